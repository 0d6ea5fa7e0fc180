import type { Queries } from '../db/database.js';
import type { JsonObject } from '../domain/json.js';
import type { Product } from '../domain/product.js';
import type { ListingOverride } from '../mapping/types.js';

/** What a person fixed by hand, as stored: for one channel or all (`*`), for a product or one variant. */
export interface StoredOverride extends ListingOverride {
  /** Name of a channel, or `*`. */
  readonly channel: string;
  readonly scope: 'product' | 'variant';
  /** Product id or SKU. */
  readonly key: string;
  readonly actor: string;
  readonly at: string;
}

/** A row of `catalog_override`. */
export interface OverrideRecord {
  readonly channel: string;
  readonly scope: 'product' | 'variant';
  readonly scope_key: string;
  readonly attributes: string;
  readonly exclude: string | null;
  readonly actor: string;
  readonly at: string;
}

/** The stored form read back. */
export function storedOverride(record: OverrideRecord): StoredOverride {
  return {
    channel: record.channel,
    scope: record.scope,
    key: record.scope_key,
    attributes: JSON.parse(record.attributes) as JsonObject,
    ...(record.exclude === null ? {} : { exclude: record.exclude }),
    actor: record.actor,
    at: record.at,
  };
}

/**
 * The override of one channel: the product's for all channels, the product's for this one, the variant's for all,
 * the variant's for this one; the later wins attribute by attribute. Nothing when there is none.
 */
export function overrideFor(
  overrides: readonly StoredOverride[],
  channel: string,
): ListingOverride | undefined {
  if (overrides.length === 0) return undefined;
  const rank = (override: StoredOverride) =>
    (override.scope === 'variant' ? 2 : 0) + (override.channel === '*' ? 0 : 1);
  const own = overrides
    .filter((override) => override.channel === channel || override.channel === '*')
    .sort((a, b) => rank(a) - rank(b));
  if (own.length === 0) return undefined;
  let exclude: string | undefined;
  const attributes: Record<string, JsonObject[string]> = {};
  for (const override of own) {
    Object.assign(attributes, override.attributes);
    exclude = override.exclude ?? exclude;
  }
  return { attributes, ...(exclude === undefined ? {} : { exclude }) };
}

const NONE: readonly StoredOverride[] = [];

/** Overrides of a page of variants: answers those of one variant and its product. */
export async function overridesOf(
  queries: Queries,
  page: { readonly skus: string; readonly productKeys: ReadonlyMap<number, Product> },
): Promise<(sku: string, productKey: string) => readonly StoredOverride[]> {
  if (!(await queries.get('SELECT 1 AS one FROM catalog_override LIMIT 1'))) return () => NONE;
  const products = JSON.stringify([...page.productKeys.values()].map(({ id }) => ({ k: id })));
  const found = new Map<string, StoredOverride[]>();
  for (const [scope, keys] of [
    ['variant', page.skus],
    ['product', products],
  ] as const) {
    const records = await queries.all<OverrideRecord>(
      `SELECT * FROM catalog_override
       WHERE scope = ? AND scope_key IN (SELECT k FROM ${queries.unfold('r', { k: 'text' })})`,
      [scope, keys],
    );
    for (const record of records) {
      const place = `${scope}:${record.scope_key}`;
      const list = found.get(place) ?? [];
      list.push(storedOverride(record));
      found.set(place, list);
    }
  }
  return (sku, productKey) => {
    const variant = found.get(`variant:${sku}`);
    const product = found.get(`product:${productKey}`);
    if (variant && product) return [...product, ...variant];
    return variant ?? product ?? NONE;
  };
}
