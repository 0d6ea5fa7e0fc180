import { createHash } from 'node:crypto';
import type { Queries, ReadQueries } from '../db/database.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { fingerprint } from '../domain/revision.js';
import { breathe } from './breathe.js';
import type { Stamp } from './history.js';
import type { ImportRun } from './import-run.js';
import { keys } from './keys.js';
import { type Merged, mergeStaged } from './merge.js';
import type { StagedRange } from './merge-products.js';
import { mergeStock } from './merge-stock.js';
import type { RowError } from './readers/reader.js';
import { type Affected, stageAffected } from './stage-affected.js';
import { stagedRanges } from './staged-ranges.js';
import type { Vanished } from './vanished.js';

/** What a supplemental source says about one product or variant; members are columns of `supplement`. */
interface Layer {
  readonly scope: 'product' | 'variant';
  readonly scope_key: string;
  readonly content: string;
  readonly offer: string;
  readonly hash: string;
}

/** Who merges a supplemental source, and how it ranks among others. */
export interface SupplementOrder {
  readonly run: ImportRun;
  readonly stamp: Stamp;
  readonly priority: number;
}

/** Counts layers of the source that its new file does not have. */
export async function findVanishedSupplements(queries: ReadQueries, run: ImportRun): Promise<Vanished> {
  const hash = createHash('sha1');
  const gone = await queries.all<{ scope: string; scope_key: string }>(
    `SELECT scope, scope_key FROM supplement x WHERE source = ?
     AND NOT EXISTS (SELECT 1 FROM staged_variant s WHERE s.run = ? AND x.scope = 'variant' AND s.sku = x.scope_key)
     AND NOT EXISTS
       (SELECT 1 FROM staged_product s WHERE s.run = ? AND x.scope = 'product' AND s.product_key = x.scope_key)`,
    [run.source, run.number, run.number],
  );
  for (const name of gone.map((row) => `${row.scope}:${row.scope_key}`).sort()) hash.update(`${name}\u0000`);
  const known = await queries.get<{ n: number }>('SELECT COUNT(*) AS n FROM supplement WHERE source = ?', [
    run.source,
  ]);
  return { known: known?.n ?? 0, vanished: gone.length, digest: hash.digest('base64url').slice(0, 16) };
}

/**
 * Takes the staged rows of a supplemental source as layers over products and variants of others, and works the affected
 * ones out again. Nothing is created and nothing ends in the catalog: rows for what it does not have are reported. The
 * counts are of layers: those over products in `products…`, those over variants in the others.
 */
export async function mergeSupplement(tx: Queries, order: SupplementOrder): Promise<Merged> {
  const { run, stamp } = order;
  const complaints: RowError[] = [];
  const affected: Affected = { products: new Set(), variants: new Set() };
  const variants: LayerCounts = { created: 0, changed: 0, unchanged: 0 };
  const products: LayerCounts = { created: 0, changed: 0, unchanged: 0 };
  const staged = { products: 0, variants: 0 };
  let rejected = 0;
  for await (const range of stagedRanges(tx, 'staged_variant', run)) {
    const found = await variantLayers(tx, range, run);
    complaints.push(...found.complaints);
    rejected += found.rejected.length;
    await removeStaged(tx, found.rejected);
    await keepLayers(tx, found.layers, { ...order, affected, counts: variants });
    const counted = { ...stamp, source: run.source, forgets: false, allNew: false };
    complaints.push(...(await mergeStock(tx, range, counted)));
    staged.variants += found.known;
  }
  for await (const range of stagedRanges(tx, 'staged_product', run)) {
    const layers = await productLayers(tx, range);
    await keepLayers(tx, layers, { ...order, affected, counts: products });
    staged.products += layers.length;
  }
  const ended = await dropVanished(tx, run, affected);
  await stageAffected(tx, run, affected);
  const worked = await mergeStaged(tx, { run, stamp, whole: false });
  complaints.push(...worked.complaints);
  return {
    ...staged,
    productsCreated: products.created,
    productsChanged: products.changed,
    ...variants,
    ...ended,
    rejected,
    complaints,
  };
}

interface JoinedVariant {
  readonly n: number;
  readonly line: number | null;
  readonly sku: string;
  readonly product_key: string;
  readonly content: string;
  readonly offer: string;
  readonly body: string;
  readonly variant_id: number | null;
  readonly product_id: number | null;
}

async function variantLayers(tx: Queries, range: StagedRange, run: ImportRun) {
  const rows = await tx.all<JoinedVariant>(
    `SELECT s.n, s.line, s.sku, s.product_key, s.content, s.offer, b.body, v.id AS variant_id, p.id AS product_id
     FROM staged_variant s
       JOIN staged_product b ON b.run = s.run AND b.product_key = s.product_key
       LEFT JOIN variant v ON v.sku = s.sku
       LEFT JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? AND s.run = ? ORDER BY s.n`,
    [range.first, range.last, run.number],
  );
  const layers: Layer[] = [];
  const complaints: RowError[] = [];
  const rejected: number[] = [];
  const strangers: number[] = [];
  for (const row of rows) {
    const content = JSON.parse(row.content) as JsonObject;
    if (row.variant_id === null) {
      // A row without a SKU of its own that names a known product speaks of the product alone.
      if (content.skuGenerated === true && row.product_id !== null) strangers.push(row.n);
      else {
        rejected.push(row.n);
        complaints.push(unknownSku(row));
      }
      continue;
    }
    const spare = row.product_id === null ? productMembers(row, complaints) : {};
    layers.push(layerOf('variant', row.sku, { content: laid(spare, content), offer: row.offer }));
  }
  await removeStaged(tx, strangers);
  return { layers, complaints, rejected, known: rows.length - rejected.length };
}

/** Members of a product that a variant can have as well. */
const SHARED_MEMBERS: ReadonlySet<string> = new Set(['title', 'link', 'images', 'attributes']);
const OWN_MEMBERS: ReadonlySet<string> = new Set(['id', 'status', 'skuGenerated']);

/** A row that names only a SKU: what it says of its product is taken for the variant, as far as a variant has it. */
function productMembers(row: JoinedVariant, complaints: RowError[]): JsonObject {
  const kept: Record<string, JsonObject[string]> = {};
  const lost: string[] = [];
  for (const [name, value] of Object.entries(JSON.parse(row.body) as JsonObject)) {
    if (SHARED_MEMBERS.has(name)) kept[name] = value;
    else if (!OWN_MEMBERS.has(name)) lost.push(name);
  }
  if (lost.length > 0) {
    complaints.push({
      line: row.line ?? 0,
      key: row.sku,
      code: 'supplement_product_unknown',
      reason: `The catalog has no product "${row.product_key}", so ${lost.join(', ')} cannot be added. Name the product by its id.`,
      severity: 'warning',
    });
  }
  return kept;
}

function laid(below: JsonObject, above: JsonObject): JsonObject {
  const attributes =
    isJsonObject(below.attributes) && isJsonObject(above.attributes)
      ? { attributes: { ...below.attributes, ...above.attributes } }
      : {};
  return { ...below, ...above, ...attributes };
}

async function productLayers(tx: Queries, range: StagedRange): Promise<Layer[]> {
  const rows = await tx.all<{ product_key: string; body: string }>(
    `SELECT s.product_key, s.body FROM staged_product s JOIN product p ON p.product_key = s.product_key
     WHERE s.n BETWEEN ? AND ? ORDER BY s.n`,
    [range.first, range.last],
  );
  return rows.map((row) =>
    layerOf('product', row.product_key, { content: JSON.parse(row.body) as JsonObject, offer: '{}' }),
  );
}

/** A supplement never says which goods they are, nor whether they are sold. */
function layerOf(
  scope: Layer['scope'],
  scope_key: string,
  said: { readonly content: JsonObject; readonly offer: string },
): Layer {
  const members = Object.entries(said.content).filter(([name]) => !OWN_MEMBERS.has(name));
  const content = JSON.stringify(Object.fromEntries(members));
  return { scope, scope_key, content, offer: said.offer, hash: fingerprint(content + said.offer) };
}

interface Keeping extends SupplementOrder {
  readonly affected: Affected;
  readonly counts: LayerCounts;
}

interface LayerCounts {
  created: number;
  changed: number;
  unchanged: number;
}

const COLUMNS = { scope: 'text', scope_key: 'text', content: 'text', offer: 'text', hash: 'text' } as const;

async function keepLayers(tx: Queries, all: readonly Layer[], keeping: Keeping): Promise<void> {
  const layers = all.filter((layer) => layer.content !== '{}' || layer.offer !== '{}');
  if (layers.length === 0) return;
  const { run, priority, affected, counts } = keeping;
  const differing = await tx.all<Pick<Layer, 'scope' | 'scope_key'> & { old: string | null }>(
    `SELECT r.scope, r.scope_key, x.hash AS old FROM ${tx.unfold('r', COLUMNS)}
     LEFT JOIN supplement x ON x.source = ? AND x.scope = r.scope AND x.scope_key = r.scope_key
     WHERE x.hash IS NULL OR x.hash <> r.hash OR x.priority <> ?`,
    [JSON.stringify(layers), run.source, priority],
  );
  for (const row of differing) {
    (row.scope === 'product' ? affected.products : affected.variants).add(row.scope_key);
    if (row.old === null) counts.created++;
    else counts.changed++;
  }
  counts.unchanged += layers.length - differing.length;
  await tx.run(
    `INSERT INTO supplement (source, scope, scope_key, priority, content, offer, hash, run)
     SELECT CAST(? AS text), r.scope, r.scope_key, CAST(? AS integer), r.content, r.offer, r.hash, CAST(? AS integer)
     FROM ${tx.unfold('r', COLUMNS)} WHERE true
     ON CONFLICT (source, scope, scope_key) DO UPDATE SET priority = excluded.priority, content = excluded.content,
       offer = excluded.offer, hash = excluded.hash, run = excluded.run`,
    [run.source, priority, run.number, JSON.stringify(layers)],
  );
  await breathe();
}

/** What the source does not say any more goes; what the primary source says shows again. */
async function dropVanished(
  tx: Queries,
  run: ImportRun,
  affected: Affected,
): Promise<Pick<Merged, 'ended' | 'productsEnded'>> {
  const gone = await tx.all<Pick<Layer, 'scope' | 'scope_key'>>(
    'SELECT scope, scope_key FROM supplement WHERE source = ? AND run <> ?',
    [run.source, run.number],
  );
  for (const row of gone)
    (row.scope === 'product' ? affected.products : affected.variants).add(row.scope_key);
  await tx.run('DELETE FROM supplement WHERE source = ? AND run <> ?', [run.source, run.number]);
  const productsEnded = gone.filter((row) => row.scope === 'product').length;
  return { ended: gone.length - productsEnded, productsEnded };
}

async function removeStaged(tx: Queries, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return;
  await tx.run(`DELETE FROM staged_variant WHERE n IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`, [
    keys(numbers),
  ]);
}

function unknownSku(row: JoinedVariant): RowError {
  return {
    line: row.line ?? 0,
    key: row.sku,
    code: 'sku_unknown',
    reason: `No primary source has the SKU "${row.sku}" or the product "${row.product_key}"; there is nothing to add to.`,
    severity: 'error',
  };
}
