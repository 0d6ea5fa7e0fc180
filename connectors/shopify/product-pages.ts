import type { Page } from '../../src/channel/page.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import { nextOf, nodesIn, objectIn, textIn } from './json-path.js';
import type { ShopProduct } from './product-decode.js';
import type { ShopifyWork } from './shopify-work.js';
import { READ_PRODUCTS, READ_REST } from './source-documents.js';

/** Reads products page by page, as many at once as one call may cost. */
export type ProductPages = (query: string | null, cursor: string | null) => Promise<Page<ShopProduct>>;

const AT_ONCE = 20;
const LISTS = ['variants', 'media', 'collections', 'metafields'] as const;
type ListName = (typeof LISTS)[number];

/**
 * Products by change time, with everything that hangs on them. Pages end at 25,000 products (shopify.dev, "Pagination limits", verified 2026-11-23):
 * Shopify says so and the read fails; larger shops are read by bulk operations.
 */
export function productPages({ client }: Pick<ShopifyWork, 'client'>): ProductPages {
  let atOnce = AT_ONCE;

  async function ask(query: string | null, after: string | null): Promise<JsonObject> {
    try {
      return await client.call(READ_PRODUCTS, { first: atOnce, query, after });
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== 'max_cost_exceeded' || atOnce === 1) throw error;
      atOnce = Math.max(1, Math.floor(atOnce / 2));
      return ask(query, after);
    }
  }

  return async (query, cursor) => {
    const data = await ask(query, cursor);
    const items: ShopProduct[] = [];
    for (const product of nodesIn(data, 'products')) items.push(await whole(client, product));
    return { items, next: nextOf(data, 'products') };
  };
}

/** What did not fit on the page is asked for until every list is at its end. */
async function whole(client: ShopifyWork['client'], product: JsonObject): Promise<ShopProduct> {
  const lists = new Map<ListName, JsonObject[]>(LISTS.map((name) => [name, [...nodesIn(product, name)]]));
  const next = new Map<ListName, string | null>(LISTS.map((name) => [name, nextOf(product, name)]));
  while (LISTS.some((name) => next.get(name) !== null)) {
    const after = Object.fromEntries(LISTS.map((name) => [name, next.get(name) ?? null]));
    const data = await client.call(READ_REST, { id: textIn(product, 'id'), ...after });
    const rest = objectIn(data, 'product');
    for (const name of LISTS) {
      if (next.get(name) === null) continue; // it was at its end: this is its beginning again
      lists.get(name)?.push(...nodesIn(rest, name));
      next.set(name, nextOf(rest, name));
    }
  }
  const list = (name: ListName): readonly JsonObject[] => lists.get(name) ?? [];
  return {
    product,
    variants: list('variants'),
    media: list('media'),
    collections: list('collections'),
    metafields: list('metafields'),
  };
}
