import { productOf } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Money } from '../domain/money.js';
import type { Product, Status } from '../domain/product.js';
import { type FieldFilter, fits, productFields } from './field-filter.js';
import { countProducts, findProducts, type ProductTerm } from './find-products.js';
import type { ListingWord } from './listing-words.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';
import { productPicture } from './picture.js';

/** A product in a list. */
export interface ProductLine {
  readonly id: string;
  readonly title: string | null;
  readonly image: string | null;
  readonly brand: string | null;
  readonly type: string | null;
  readonly source: string;
  readonly status: Status;
  readonly variants: number;
  /** Its SKU where it has one variant; null: see its page. */
  readonly sku: string | null;
  readonly priceFrom: Money | null;
  readonly priceTo: Money | null;
  /** Units on hand less those promised to open orders; null: nobody counts. */
  readonly available: number | null;
  readonly channels: readonly ProductOnChannel[];
}

/** How the variants of a product stand on one channel. */
export interface ProductOnChannel {
  readonly channel: string;
  readonly words: Readonly<Partial<Record<ListingWord, number>>>;
  /** Variants with at least one error. */
  readonly errors: number;
}

/** Which products are wanted. */
export interface ProductQuestion {
  readonly terms: readonly ProductTerm[];
  /** A field that no index has is looked at product by product, so many at a time. */
  readonly field: FieldFilter | null;
  readonly channels: readonly string[];
}

/** A page of products, and how many there are where that was counted. */
export interface ProductPage extends ViewPage<ProductLine> {
  readonly total: { readonly rows: number; readonly exact: boolean } | null;
}

const MOST_COUNTED = 10_000;
/** Products looked at for one page when a field is asked for. */
const MOST_LOOKED_AT = 1_500;
const STRIDE = 500;

/** Products in the order they came into the catalog. With a field filter a page may be short and still have a next one: it looked far enough for once. */
export async function listProducts(
  queries: Queries,
  question: ProductQuestion,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<ProductPage> {
  const after = Number(placeOf(page.cursor, ['number'])?.[0] ?? 0);
  const { terms, field, channels } = question;
  if (field !== null) {
    const { ids, place } = await walk(queries, { terms, field }, { after, limit: page.limit });
    const next = place === null ? null : cursorOf([place]);
    return { items: await linesOf(queries, ids, channels), next, total: null };
  }
  const ids = await findProducts(queries, terms, { after, limit: page.limit + 1 });
  const shown = ids.slice(0, page.limit);
  const next = ids.length > page.limit ? cursorOf([shown[shown.length - 1] ?? 0]) : null;
  const total = page.cursor === null ? await countProducts(queries, terms, MOST_COUNTED) : null;
  return { items: await linesOf(queries, shown, channels), next, total };
}

async function walk(
  queries: Queries,
  asked: { readonly terms: readonly ProductTerm[]; readonly field: FieldFilter },
  page: { readonly after: number; readonly limit: number },
): Promise<{ readonly ids: readonly number[]; readonly place: number | null }> {
  const found: number[] = [];
  let place = page.after;
  for (let seen = 0; seen < MOST_LOOKED_AT; seen += STRIDE) {
    const ids = await findProducts(queries, asked.terms, { after: place, limit: STRIDE });
    const values = await productFields(queries, ids, asked.field);
    for (const id of ids) {
      place = id;
      if (!(values.get(id) ?? []).some((value) => fits(value, asked.field))) continue;
      found.push(id);
      if (found.length === page.limit) return { ids: found, place };
    }
    if (ids.length < STRIDE) return { ids: found, place: null };
  }
  return { ids: found, place };
}

interface ProductRow {
  readonly id: number;
  readonly source: string;
  readonly status: Status;
  readonly body: string;
  readonly summary: string | null;
}

async function linesOf(
  queries: Queries,
  ids: readonly number[],
  channels: readonly string[],
): Promise<ProductLine[]> {
  const keys = JSON.stringify(ids.map((id) => ({ k: id })));
  const among = `IN (SELECT k FROM ${queries.unfold('r', { k: 'integer' })})`;
  const rows = await queries.all<ProductRow>(
    `SELECT id, source, status, body, summary FROM product WHERE id ${among} ORDER BY id`,
    [keys],
  );
  const variants = await queries.all<{ product_id: number; n: number; sku: string }>(
    `SELECT product_id, CAST(COUNT(*) AS bigint) AS n, MIN(sku) AS sku FROM variant WHERE product_id ${among} AND status <> 'ended' GROUP BY product_id`,
    [keys],
  );
  const counts = new Map(variants.map((row) => [row.product_id, row]));
  const units = await unitsOf(queries, keys, among);
  const standing = await standingOf(queries, { keys, among, channels });
  return rows.map((row) => {
    const { n: count = 0, sku = null } = counts.get(row.id) ?? {};
    return {
      ...faceOf(productOf(row), row),
      variants: count,
      sku: count === 1 ? sku : null,
      available: units.get(row.id) ?? null,
      channels: channels.map(
        (channel) => standing.get(`${row.id} ${channel}`) ?? { channel, words: {}, errors: 0 },
      ),
    };
  });
}

function faceOf(
  product: Product,
  { source, status }: ProductRow,
): Omit<ProductLine, 'variants' | 'sku' | 'available' | 'channels'> {
  const { id, title = null, images, brand = null, type = null, summary } = product;
  const priceFrom = summary?.priceFrom ?? null;
  const priceTo = summary?.priceTo ?? null;
  return {
    id,
    title,
    image: productPicture({ id, images: images ?? [] }),
    brand,
    type,
    source,
    status,
    priceFrom,
    priceTo,
  };
}

async function unitsOf(queries: Queries, keys: string, among: string): Promise<Map<number, number>> {
  const rows = await queries.all<{ product_id: number; units: number }>(
    `SELECT v.product_id, CAST(SUM(s.on_hand) AS bigint) - COALESCE(CAST(SUM((SELECT SUM(r.quantity) FROM reservation r WHERE r.sku = s.sku)) AS bigint), 0) AS units
     FROM variant v JOIN (SELECT sku, SUM(on_hand) AS on_hand FROM stock_level WHERE sku IN (SELECT sku FROM variant WHERE product_id ${among}) GROUP BY sku) s
       ON s.sku = v.sku WHERE v.status <> 'ended' GROUP BY v.product_id`,
    [keys],
  );
  return new Map(rows.map(({ product_id, units }) => [product_id, units]));
}

async function standingOf(
  queries: Queries,
  asked: { readonly keys: string; readonly among: string; readonly channels: readonly string[] },
): Promise<Map<string, ProductOnChannel>> {
  const { keys, among, channels } = asked;
  const found = new Map<string, ProductOnChannel>();
  for (const channel of channels) {
    const rows = await queries.all<{ product_id: number; word: ListingWord; n: number; errors: number }>(
      `SELECT v.product_id, l.word, CAST(COUNT(*) AS bigint) AS n, CAST(SUM(CASE WHEN EXISTS
         (SELECT 1 FROM listing_issue i WHERE i.channel = l.channel AND i.variant_id = l.variant_id) THEN 1 ELSE 0 END) AS bigint) AS errors
       FROM variant v CROSS JOIN listing l WHERE l.channel = ? AND l.variant_id = v.id
         AND v.product_id ${among} AND l.word <> 'gone' GROUP BY v.product_id, l.word`,
      [channel, keys],
    );
    for (const { product_id, word, n, errors } of rows) {
      const key = `${product_id} ${channel}`;
      const known = found.get(key) ?? { channel, words: {}, errors: 0 };
      found.set(key, { channel, words: { ...known.words, [word]: n }, errors: known.errors + errors });
    }
  }
  return found;
}
