import { ChannelError } from '../../../src/domain/errors.js';
import { isJsonArray, type JsonObject } from '../../../src/domain/json.js';
import { API } from '../api-version.js';
import type { WooClient } from '../client.js';
import { idIn, unreadable } from '../read.js';

/** Reads the variations of products: by product id, each in the shop's order. */
export type VariationReader = (
  products: readonly JsonObject[],
  fields?: string,
) => Promise<ReadonlyMap<string, readonly JsonObject[]>>;

const PER_CALL = 100;

/**
 * Many variations of several products in one call where the shop has the route (WooCommerce 10.3 and later, verified 2026-11-23), else product by
 * product. What a product names and the list does not show is asked for once more at the product: a plugin may hide rows from lists.
 */
export function variationReader(client: WooClient): VariationReader {
  let together = true;

  async function listed(ids: readonly string[], fields: object): Promise<readonly JsonObject[]> {
    const rows: JsonObject[] = [];
    for (let from = 0; from < ids.length && together; from += PER_CALL) {
      const include = ids.slice(from, from + PER_CALL);
      try {
        const found = await client.list({
          operation: 'variations',
          route: `${API}/variations`,
          query: { ...fields, include: include.join(','), per_page: PER_CALL },
        });
        const asked = new Set(include);
        if (!found.every((row) => asked.has(idIn(row)))) throw unreadable('variations: rows not asked for');
        rows.push(...found);
      } catch (error) {
        if (!(error instanceof ChannelError) || error.code !== 'route_missing') throw error;
        together = false;
      }
    }
    return rows;
  }

  async function ofProduct(product: string, fields: object): Promise<readonly JsonObject[]> {
    const rows: JsonObject[] = [];
    for (let page = 1; ; page++) {
      const query = { ...fields, orderby: 'id', order: 'asc', per_page: PER_CALL, page };
      const found = await client.page({
        operation: 'variations',
        route: `${API}/products/${product}/variations`,
        query,
      });
      rows.push(...found.rows);
      if (found.rows.length === 0 || rows.length >= found.total) return rows;
    }
  }

  return async (products, only) => {
    const fields = only === undefined ? {} : { _fields: only };
    const wanted = new Map(
      products
        .filter(({ type }) => type === 'variable' || type === 'variable-subscription')
        .map((product) => [idIn(product), idsIn(product)] as const),
    );
    const rows = together ? await listed([...wanted.values()].flat(), fields) : [];
    const byId = new Map(rows.map((row) => [idIn(row), row]));
    const found = new Map<string, readonly JsonObject[]>();
    for (const [product, ids] of wanted) {
      const own = ids.map((id) => byId.get(id));
      const whole = own.every((row) => row !== undefined && Number(row.parent_id) === Number(product));
      const held = whole ? own.filter((row) => row !== undefined) : await ofProduct(product, fields);
      const place = new Map(ids.map((id, at) => [id, at]));
      const at = (row: JsonObject): number => place.get(idIn(row)) ?? ids.length;
      found.set(
        product,
        [...held].sort((a, b) => at(a) - at(b)),
      );
    }
    return found;
  };
}

function idsIn(product: JsonObject): readonly string[] {
  const { variations } = product;
  if (isJsonArray(variations) && variations.every((id) => typeof id === 'number'))
    return variations.map(String);
  throw unreadable('variations');
}
