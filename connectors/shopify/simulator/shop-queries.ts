import { itemView, locationView, productView, variantView } from './catalog-views.js';
import { type CallContext, connection, type ListArguments, refusal } from './connections.js';
import type { HeldOrder } from './order-book.js';
import { orderView, stamp } from './order-views.js';
import { fitsSearch, type SearchedMember } from './search.js';
import { ACCOUNT } from './shop-account.js';
import type { ShopWorld } from './shop-world.js';

type Searched = ListArguments & { readonly query?: string | null };

/** Orders older than this are shown only to apps with `read_all_orders`. */
const VISIBLE_MS = 60 * 86_400_000;

/** The queries of the Admin API that this shop answers. */
export function shopQueries(world: ShopWorld): object {
  const { shop, book } = world;
  const visible = (order: HeldOrder): boolean =>
    shop.scopes.has('read_all_orders') || shop.nowMs() - order.createdMs < VISIBLE_MS;
  const view = (order: HeldOrder): object => orderView(order, shop.currency);
  const filtered = <Item>(
    items: readonly Item[],
    query: string | null | undefined,
    of: SearchedMember<Item>,
  ) =>
    query === null || query === undefined || shop.switches.ignoresFilters
      ? items
      : items.filter((item) => fitsSearch(item, query, of));
  return {
    shop: () => ({
      myshopifyDomain: ACCOUNT.shop,
      currencyCode: shop.currency,
      taxesIncluded: false,
      plan: { partnerDevelopment: shop.switches.developmentStore, publicDisplayName: 'Basic' },
    }),
    currentAppInstallation: () => ({ accessScopes: [...shop.scopes].map((handle) => ({ handle })) }),
    metafieldDefinitions: (args: ListArguments & { namespace: string; key: string }, context: CallContext) =>
      connection(
        [...shop.orderKeys].filter(([name]) => name === `${args.namespace} ${args.key}`),
        args,
        {
          view: ([, type]) => ({ id: 'gid://shopify/MetafieldDefinition/1', type: { name: type } }),
          context,
        },
      ),
    orderByIdentifier(args: {
      identifier: { customId?: { namespace: string; key: string; value: string } };
    }) {
      const id = args.identifier.customId;
      if (id === undefined || shop.orderKeys.get(`${id.namespace} ${id.key}`) !== 'id')
        throw refusal(
          `Metafield definition of type 'id' is required for ${id?.namespace}.${id?.key}`,
          'NOT_FOUND',
        );
      const found = book.orders.find((order) => order.key === id.value && visible(order));
      return found ? view(found) : null;
    },
    orders(args: Searched, context: CallContext) {
      const indexed = book.orders.filter(
        (order) => visible(order) && shop.nowMs() - order.createdMs >= shop.switches.indexLagMs,
      );
      return connection(filtered(indexed, args.query, orderMember), args, { view, context });
    },
    order({ id }: { id: string }) {
      const order = book.get(id);
      return order && visible(order) ? view(order) : null;
    },
    nodes: ({ ids }: { ids: readonly string[] }) =>
      ids.map((id) => {
        const order = book.get(id);
        return order && visible(order) ? view(order) : null;
      }),
    job: ({ id }: { id: string }) => {
      const until = book.jobs.get(id);
      return until === undefined ? null : { id, done: shop.nowMs() >= until };
    },
    productVariants(args: Searched, context: CallContext) {
      const all = shop.products.flatMap((product) =>
        product.variants.map((variant) => ({ product, variant })),
      );
      const shown = filtered(all, args.query, ({ variant }, name) =>
        name === 'sku' ? [variant.sku ?? ''] : undefined,
      );
      return connection(shown, args, {
        view: ({ product, variant }) => variantView(shop, product, variant),
        context,
      });
    },
    products(args: Searched, context: CallContext) {
      const shown = filtered(shop.products, args.query, (product, name) =>
        name === 'updated_at' ? [stamp(product.updatedMs)] : name === 'status' ? [product.status] : undefined,
      );
      const sorted = [...shown].sort((a, b) => a.updatedMs - b.updatedMs || (a.id < b.id ? -1 : 1));
      return connection(sorted, args, { view: (product) => productView(shop, product), context });
    },
    product({ id }: { id: string }) {
      const product = shop.products.find((each) => each.id === id);
      return product ? productView(shop, product) : null;
    },
    inventoryItems: (args: ListArguments, context: CallContext) =>
      connection(
        shop.products.flatMap(({ variants }) => variants),
        args,
        { view: (variant) => itemView(shop, variant), context },
      ),
    location({ id }: { id: string }) {
      const location = shop.locations.find((each) => each.id === id);
      return location ? locationView(shop, location) : null;
    },
    locations: (args: ListArguments & { includeInactive?: boolean }, context: CallContext) =>
      connection(
        shop.locations.filter(({ active }) => active || args.includeInactive === true),
        args,
        { view: (location) => locationView(shop, location), context },
      ),
    webhookSubscriptions: (args: ListArguments & { uri?: string }, context: CallContext) =>
      connection(
        shop.hooks.filter(({ uri }) => args.uri === undefined || uri === args.uri),
        args,
        { view: (hook) => hook, context },
      ),
    bulkOperation: ({ id }: { id: string }) => world.bulk.view(id),
  };
}

function orderMember(order: HeldOrder, name: string): readonly string[] | undefined {
  switch (name) {
    case 'source_identifier':
      return [order.sourceIdentifier ?? ''];
    case 'tag':
      return order.tags;
    case 'created_at':
      return [stamp(order.createdMs)];
    case 'updated_at':
      return [stamp(order.updatedMs)];
    default:
      return undefined;
  }
}
