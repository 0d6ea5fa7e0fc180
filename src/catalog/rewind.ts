import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import type { Product } from '../domain/product.js';
import type { VariantRow } from '../mapping/types.js';
import type { BundleFacts, CountedFacts, StockFacts } from '../stock/available.js';
import type { StoredOverride } from './override-rows.js';
import type { CatalogRow } from './store.js';

interface Change {
  /** Null: a change of the product itself. */
  readonly sku: string | null;
  readonly lane: string;
  readonly field: string;
  readonly old: string | null;
}

interface Movement {
  readonly location: string;
  readonly before: number | null;
}

/**
 * The catalog row as it was at an instant: changes since then are taken back, newest first. Exact for texts, prices, whether it is on
 * sale, what was fixed by hand, counts and reservations.
 */
export async function rewindRow(queries: Queries, row: CatalogRow, to: Instant): Promise<CatalogRow> {
  const changes = await queries.all<Change>(
    `SELECT sku, lane, field, old FROM catalog_change
     WHERE at > ? AND field <> 'created' AND (sku = ? OR (sku IS NULL AND product_key = ?)) ORDER BY id DESC`,
    [to, row.sku, row.product.id],
  );
  let { product, variant, overrides } = row;
  for (const change of changes) {
    const ofProduct = change.lane === 'product' || (change.lane === 'status' && change.sku === null);
    if (change.lane === 'override') overrides = overridesBefore(overrides, change, row);
    else if (ofProduct) product = takenBack(product, change) as Product;
    else variant = takenBack(variant, change) as VariantRow;
  }
  const own = variant.status ?? 'active';
  return {
    ...row,
    product,
    variant,
    overrides,
    status: own === 'active' ? product.status : own,
    stock: await stockThen(queries, row, to),
  };
}

/** Takes back one change of what a person fixed by hand: its field is `channel.attributes.title` or `channel.exclude`. */
function overridesBefore(
  overrides: readonly StoredOverride[],
  change: Change,
  row: CatalogRow,
): readonly StoredOverride[] {
  const [channel = '', ...path] = change.field.split('.');
  const scope = change.sku === null ? 'product' : 'variant';
  const key = change.sku ?? row.product.id;
  const isIt = (each: StoredOverride): boolean => each.channel === channel && each.scope === scope;
  const known = overrides.find(isIt) ?? { channel, scope, key, attributes: {}, actor: '', at: '' };
  const before = takenBack(known, { ...change, field: path.join('.') }) as StoredOverride;
  return [...overrides.filter((each) => !isIt(each)), before];
}

/** Sets one member, or one member of a bag (`attributes.material`), back to what it was. */
function takenBack(record: object, change: Change): object {
  const [name = '', ...rest] = change.field.split('.');
  if (rest.length === 0) return withMember(record, name, change.old);
  const bag = (record as Record<string, unknown>)[name];
  const inner = withMember(typeof bag === 'object' && bag !== null ? bag : {}, rest.join('.'), change.old);
  return { ...record, [name]: inner };
}

function withMember(record: object, name: string, old: string | null): object {
  const { [name]: _now, ...others } = record as Record<string, unknown>;
  return old === null ? others : { ...others, [name]: JSON.parse(old) as JsonValue };
}

/** What a bundle was made of then is not looked up: its components are rewound as they are now. */
async function stockThen(queries: Queries, { sku, stock }: CatalogRow, to: Instant): Promise<StockFacts> {
  const { bundle } = stock;
  if (bundle === undefined) return { ...stock, ...(await countsThen(queries, { sku, facts: stock }, to)) };
  const parts: BundleFacts['parts'][number][] = [];
  for (const part of bundle.parts)
    parts.push({ ...part, facts: { ...part.facts, ...(await countsThen(queries, part, to)) } });
  return { ...stock, bundle: { ...bundle, parts } };
}

async function countsThen(
  queries: Queries,
  { sku, facts }: { readonly sku: string; readonly facts: CountedFacts },
  to: Instant,
): Promise<Pick<CountedFacts, 'levels' | 'reserved'>> {
  const movements = await queries.all<Movement>(
    'SELECT location, before FROM stock_movement WHERE sku = ? AND at > ? ORDER BY id DESC',
    [sku, to],
  );
  const levels = new Map(facts.levels.map((level) => [level.location, level.onHand]));
  for (const { location, before } of movements) {
    if (before === null) levels.delete(location);
    else levels.set(location, before);
  }
  const since = await queries.get<{ units: number }>(
    'SELECT CAST(COALESCE(SUM(quantity), 0) AS bigint) AS units FROM reservation WHERE sku = ? AND at > ?',
    [sku, to],
  );
  return {
    levels: [...levels].map(([location, onHand]) => ({ location, onHand })),
    reserved: facts.reserved - (since?.units ?? 0),
  };
}
