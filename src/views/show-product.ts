import type { OverrideRecord, StoredOverride } from '../catalog/override-rows.js';
import { storedOverride } from '../catalog/override-rows.js';
import { productOf, variantsById } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { JsonObject } from '../domain/json.js';
import type { Money } from '../domain/money.js';
import type { Product, Status } from '../domain/product.js';
import { type ChannelShare, channelStock, onHandOf } from '../stock/available.js';
import { type BundleTold, bundleTold } from '../stock/bundle-told.js';
import { readStoredPrices } from '../sync/guard.js';
import { type ListingRecord, RECORD_COLUMNS } from '../sync/listing-record.js';
import { issuesIn, type SeenWord, type StateFacts, seenWord, stateFacts } from './listing-words.js';
import { cursorOf, placeOf } from './page-cursor.js';
import { variantPicture } from './picture.js';
import { titleOf } from './variant-face.js';

/** A product with what its source says, and its overrides. */
export interface ProductFacts {
  readonly product: Product;
  readonly source: string;
  readonly status: Status;
  /** What each source says about the product itself; the last one wins member by member. */
  readonly layers: readonly SourceLayer[];
  /** Overrides of the product and of its variants. */
  readonly overrides: readonly StoredOverride[];
  /** Variants that have not ended. */
  readonly variantCount: number;
}

/** Members one source says. */
export interface SourceLayer {
  readonly source: string;
  readonly role: 'primary' | 'supplemental';
  readonly values: JsonObject;
}

/** A variant with all channels side by side. */
export interface VariantFacts {
  readonly sku: string;
  readonly title: string;
  readonly image: string | null;
  readonly status: Status;
  readonly options: Readonly<Record<string, string>>;
  readonly values: JsonObject;
  readonly layers: readonly SourceLayer[];
  readonly onHand: number | null;
  readonly reserved: number;
  /** What it is made of, for a bundle. */
  readonly bundle: BundleTold | null;
  readonly listings: readonly VariantListing[];
}

/** A variant on one channel. */
export interface VariantListing {
  readonly channel: string;
  readonly see: SeenWord;
  readonly state: StateFacts;
  readonly price: Money | null;
  readonly available: number | null;
  readonly errors: number;
}

interface ProductRow {
  readonly id: number;
  readonly source: string;
  readonly status: Status;
  readonly body: string;
  readonly base_body: string | null;
  readonly summary: string | null;
}

/** One product by the merchant's id; null: the catalog has none. */
export async function showProduct(queries: Queries, id: string): Promise<ProductFacts | null> {
  const row = await productRow(queries, id);
  if (row === undefined) return null;
  const count = await queries.get<{ n: number }>(
    "SELECT CAST(COUNT(*) AS bigint) AS n FROM variant WHERE product_id = ? AND status <> 'ended'",
    [row.id],
  );
  return {
    product: productOf(row),
    source: row.source,
    status: row.status,
    layers: [
      { source: row.source, role: 'primary', values: JSON.parse(row.base_body ?? row.body) as JsonObject },
      ...(await supplements(queries, 'product', [id])).map(({ layer }) => layer),
    ],
    overrides: await overridesOfProduct(queries, id, row.id),
    variantCount: count?.n ?? 0,
  };
}

function productRow(queries: Queries, id: string): Promise<ProductRow | undefined> {
  return queries.get<ProductRow>(
    'SELECT id, source, status, body, base_body, summary FROM product WHERE product_key = ?',
    [id],
  );
}

async function supplements(
  queries: Queries,
  scope: 'product' | 'variant',
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly layer: SourceLayer }[]> {
  const rows = await queries.all<{ source: string; scope_key: string; content: string; offer: string }>(
    `SELECT source, scope_key, content, offer FROM supplement WHERE scope = ? AND scope_key IN
       (SELECT k FROM ${queries.unfold('r', { k: 'text' })}) ORDER BY priority, source`,
    [scope, JSON.stringify(keys.map((k) => ({ k })))],
  );
  return rows.map(({ source, scope_key, content, offer }) => ({
    key: scope_key,
    layer: {
      source,
      role: 'supplemental',
      values: { ...(JSON.parse(content) as JsonObject), ...(JSON.parse(offer) as JsonObject) },
    },
  }));
}

async function overridesOfProduct(queries: Queries, key: string, id: number): Promise<StoredOverride[]> {
  const rows = await queries.all<OverrideRecord>(
    `SELECT * FROM catalog_override WHERE (scope = 'product' AND scope_key = ?)
       OR (scope = 'variant' AND scope_key IN (SELECT sku FROM variant WHERE product_id = ?)) ORDER BY channel, scope, scope_key`,
    [key, id],
  );
  return rows.map(storedOverride);
}

/** A page of the variants of a product, those that have ended last of all left out; null: there is no such product. */
export async function productVariants(
  queries: Queries,
  id: string,
  page: { readonly cursor: string | null; readonly limit: number },
  shares: ReadonlyMap<string, ChannelShare>,
): Promise<{ readonly items: readonly VariantFacts[]; readonly next: string | null } | null> {
  const product = await productRow(queries, id);
  if (product === undefined) return null;
  const after = placeOf(page.cursor, ['number', 'number']) ?? [-1, -1];
  const ids = await queries.all<{ id: number; position: number }>(
    `SELECT id, position FROM variant WHERE product_id = ? AND status <> 'ended' AND (position, id) > (?, ?) ORDER BY position, id LIMIT ?`,
    [product.id, ...after, page.limit + 1],
  );
  const shown = ids.slice(0, page.limit);
  const last = shown[shown.length - 1];
  const next = ids.length > page.limit && last !== undefined ? cursorOf([last.position, last.id]) : null;
  return {
    items: await variantFacts(
      queries,
      shown.map((row) => row.id),
      { shares, source: product.source },
    ),
    next,
  };
}

async function variantFacts(
  queries: Queries,
  ids: readonly number[],
  known: { readonly shares: ReadonlyMap<string, ChannelShare>; readonly source: string },
): Promise<VariantFacts[]> {
  const rows = new Map((await variantsById(queries, ids)).map((row) => [row.variantId, row]));
  const bases = await baseValues(queries, ids);
  const skus = [...rows.values()].map(({ sku }) => sku);
  const added = await supplements(queries, 'variant', skus);
  const records = await recordsOf(queries, ids, [...known.shares.keys()]);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    const { sku, status, stock, variant } = row;
    const primary = { source: known.source, role: 'primary', values: bases.get(id) ?? {} } as const;
    const own = added.flatMap(({ key, layer }) => (key === sku ? [layer] : []));
    const listings = records
      .filter((record) => record.variant_id === id)
      .map((record) =>
        listingOf(record, channelStock(stock, shareOf(known.shares, record.channel)).available ?? null),
      );
    return [
      {
        sku,
        title: titleOf(row),
        image: variantPicture(row),
        status,
        options: variant.options ?? {},
        values: JSON.parse(JSON.stringify(variant)) as JsonObject,
        layers: [primary, ...own],
        onHand: onHandOf(stock.levels),
        reserved: stock.reserved,
        bundle: bundleTold(stock),
        listings,
      },
    ];
  });
}

function shareOf(shares: ReadonlyMap<string, ChannelShare>, channel: string): ChannelShare {
  return shares.get(channel) ?? { channel, allocation: { mode: 'shared' }, safetyStock: 0 };
}

async function baseValues(queries: Queries, ids: readonly number[]): Promise<Map<number, JsonObject>> {
  const rows = await queries.all<{ id: number; content: string; offer: string }>(
    `SELECT id, COALESCE(base_content, content) AS content, COALESCE(base_offer, offer) AS offer FROM variant
     WHERE id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})`,
    [JSON.stringify(ids.map((k) => ({ k })))],
  );
  return new Map(
    rows.map(({ id, content, offer }) => [
      id,
      { ...(JSON.parse(content) as JsonObject), ...(JSON.parse(offer) as JsonObject) },
    ]),
  );
}

async function recordsOf(
  queries: Queries,
  ids: readonly number[],
  channels: readonly string[],
): Promise<ListingRecord[]> {
  const keys = JSON.stringify(ids.map((k) => ({ k })));
  const found: ListingRecord[] = [];
  for (const channel of channels)
    found.push(
      ...(await queries.all<ListingRecord>(
        `SELECT ${Object.keys(RECORD_COLUMNS).join(', ')} FROM listing WHERE channel = ? AND word <> 'gone'
         AND variant_id IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})`,
        [channel, keys],
      )),
    );
  return found;
}

function listingOf(record: ListingRecord, available: number | null): VariantListing {
  const issues = [...issuesIn(record.issues), ...issuesIn(record.verdict_issues)];
  return {
    channel: record.channel,
    see: seenWord(record),
    state: stateFacts(record),
    price: readStoredPrices(record.price)?.pays ?? null,
    available,
    errors: issues.filter(({ severity }) => severity === 'error').length,
  };
}
