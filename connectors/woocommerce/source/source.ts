import type { Page } from '../../../src/channel/page.js';
import type { SourcePort, StockReading } from '../../../src/channel/store-ports.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { Instant } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { API } from '../api-version.js';
import { idIn } from '../read.js';
import type { WooWork } from '../shop-facts.js';
import { walkById } from './id-walk.js';
import { NOT_GOODS, sourceProduct } from './product-decode.js';
import { STOCK_FIELDS, stockReadings } from './stock-decode.js';
import { type VariationReader, variationReader } from './variations.js';

const PRODUCTS = `${API}/products`;
const CHANGED_VARIATIONS = 'variations ';
const PER_CALL = 100;

/**
 * The shop as a source of products and stock. Changes go by `modified_after`, which misses stock (no stamp moves with it) and deletions: stock is
 * swept, deletions show in the full read.
 */
export function wooSource(work: WooWork): SourcePort {
  const variations = variationReader(work.client);

  async function decoded(rows: readonly JsonObject[]): Promise<readonly SourceProduct[]> {
    const goods = rows.filter(({ type }) => !NOT_GOODS.has(String(type)));
    if (goods.length === 0) return [];
    const [byProduct, facts] = [await variations(goods), await work.facts()];
    return goods.map((item) => sourceProduct(item, byProduct.get(idIn(item)) ?? [], facts));
  }

  return {
    async products(cursor, since) {
      if (cursor?.startsWith(CHANGED_VARIATIONS) === true)
        return changedVariations(work, decoded, { cursor, since: since ?? '' });
      const query = { status: 'any', ...changed(since) };
      const page = await walkById(work.client, { operation: 'products', route: PRODUCTS, query }, cursor);
      const next = page.next ?? (since === undefined ? null : CHANGED_VARIATIONS);
      return { items: await decoded(page.rows), next };
    },
    stock: (cursor) => stockPage(work, variations, cursor),
  };
}

/** Instants are UTC with whole seconds; without the flag the shop would read them as its own local time. */
function changed(since: Instant | undefined): Readonly<Record<string, string>> {
  return since === undefined ? {} : { modified_after: since.slice(0, 19), dates_are_gmt: 'true' };
}

/** Products of which only a variation changed, which need not move the stamp of the product. Shops without the route tell them in the full read. */
async function changedVariations(
  { client }: WooWork,
  decoded: (rows: readonly JsonObject[]) => Promise<readonly SourceProduct[]>,
  { cursor, since }: { readonly cursor: string; readonly since: Instant },
): Promise<Page<SourceProduct>> {
  const at = cursor.slice(CHANGED_VARIATIONS.length) || null;
  const call = {
    operation: 'changed variations',
    route: `${API}/variations`,
    query: { ...changed(since), _fields: 'id,parent_id' },
  };
  try {
    const page = await walkById(client, call, at);
    const parents = [...new Set(page.rows.map((row) => idIn(row, 'parent_id')))];
    const items: SourceProduct[] = [];
    for (let from = 0; from < parents.length; from += PER_CALL) {
      const include = parents.slice(from, from + PER_CALL).join(',');
      const query = { include, per_page: PER_CALL, status: 'any' };
      items.push(...(await decoded(await client.list({ operation: 'products', route: PRODUCTS, query }))));
    }
    return { items, next: page.next === null ? null : `${CHANGED_VARIATIONS}${page.next}` };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'route_missing') return { items: [], next: null };
    throw error;
  }
}

async function stockPage(
  { client }: WooWork,
  variations: VariationReader,
  cursor: string | null,
): Promise<Page<StockReading>> {
  const query = { status: 'any', _fields: STOCK_FIELDS };
  const page = await walkById(client, { operation: 'stock', route: PRODUCTS, query }, cursor);
  const goods = page.rows.filter(({ type }) => !NOT_GOODS.has(String(type)));
  const byProduct = await variations(goods, STOCK_FIELDS);
  return {
    items: goods.flatMap((item) => stockReadings(item, byProduct.get(idIn(item)) ?? [])),
    next: page.next,
  };
}
