import type { JsonObject } from '../../../src/domain/json.js';
import { after, listReply, RestError, sorted } from './lists.js';
import type { HeldItem } from './shop-state.js';
import type { RestCall, Route, ShopWorld } from './shop-world.js';
import { itemView } from './views.js';

/** Routes of products, variations and settings. */
export function productRoutes({ shop }: ShopWorld): readonly Route[] {
  const list = (items: readonly HeldItem[], { query }: RestCall) =>
    listReply(sorted(filtered(items, query), query), query, (item) => itemView(shop, item));
  const setting = (id: string, value: string): JsonObject => ({ id, value, type: 'text' });
  const groups: Readonly<Record<string, () => readonly JsonObject[]>> = {
    general: () => [
      setting('woocommerce_currency', shop.currency),
      setting('woocommerce_calc_taxes', shop.pricesIncludeTax === null ? 'no' : 'yes'),
    ],
    products: () => [setting('woocommerce_weight_unit', 'lbs'), setting('woocommerce_dimension_unit', 'in')],
    tax: () => [setting('woocommerce_prices_include_tax', shop.pricesIncludeTax === true ? 'yes' : 'no')],
  };
  return [
    {
      method: 'GET',
      path: 'wc/v3/products',
      answer: (call) => {
        // A SKU is looked for among variations too.
        const bySku = call.query.has('sku');
        return list(
          shop.items.filter((item) => bySku || item.type !== 'variation'),
          call,
        );
      },
    },
    {
      method: 'GET',
      path: 'wc/v3/variations',
      there: () => shop.switches.variationsRoute,
      answer: (call) =>
        list(
          shop.items.filter(({ type }) => type === 'variation'),
          call,
        ),
    },
    {
      method: 'GET',
      path: 'wc/v3/products/#/variations',
      answer: (call) =>
        list(
          shop.items.filter(({ parent }) => parent === call.ids[0]),
          call,
        ),
    },
    ...Object.entries(groups).map(
      ([group, rows]): Route => ({
        method: 'GET',
        path: `wc/v3/settings/${group}`,
        answer: () => ({ status: 200, body: rows() }),
      }),
    ),
    {
      method: 'GET',
      path: 'wc/v3/system_status',
      answer: () => ({
        status: 200,
        body: { environment: { home_url: shop.home, site_url: shop.home, version: shop.switches.version } },
      }),
    },
  ];
}

function filtered(items: readonly HeldItem[], query: URLSearchParams): readonly HeldItem[] {
  const status = query.get('status') ?? 'any';
  const include = query.get('include')?.split(',').map(Number);
  const since = after(query, 'modified_after');
  const sku = query.get('sku');
  // Split at commas, and the whole text once more; the database compares without regard to capitals.
  const skus = sku === null ? null : new Set([...sku.split(','), sku].map((each) => each.toLowerCase()));
  if (!/^[a-z]+$/.test(status))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): status', 400);
  return items.filter(
    (item) =>
      (status === 'any' ? item.status !== 'trash' : item.status === status) &&
      (include === undefined || include.includes(item.id)) &&
      (skus === null || skus.has(item.sku.toLowerCase())) &&
      Math.floor(item.modifiedMs / 1_000) * 1_000 > since,
  );
}
