import type { Database, Queries } from '../db/database.js';
import type { Status, VariantContent } from '../domain/product.js';
import { searchWords } from './search-words.js';
import { productOf } from './store.js';

const PAGE = 1_000;

interface Place {
  readonly seq: number;
  readonly product_id: number;
  readonly variant_id: number;
}

const BEGINNING: Place = { seq: 0, product_id: 0, variant_id: 0 };

/**
 * Brings the words of products up to date: goes through what was written since last time and writes only words that differ. Work is
 * proportional to the change; a stopped pass goes on. Answers how many variants were gone through.
 */
export async function keepSearchWords(database: Database, signal?: AbortSignal): Promise<number> {
  let seen = 0;
  for (;;) {
    signal?.throwIfAborted();
    const page = await database.transaction((tx) => keepPage(tx));
    seen += page;
    if (page < PAGE) return seen;
  }
}

async function keepPage(tx: Queries): Promise<number> {
  const place =
    (await tx.get<Place>('SELECT seq, product_id, variant_id FROM catalog_word_place')) ?? BEGINNING;
  const rows = await tx.all<Place>(
    `SELECT seq, product_id, id AS variant_id FROM variant WHERE (seq, product_id, id) > (?, ?, ?) ORDER BY seq, product_id, id LIMIT ?`,
    [place.seq, place.product_id, place.variant_id, PAGE],
  );
  const last = rows[rows.length - 1];
  if (last === undefined) return 0;
  await writeDifferences(tx, [...new Set(rows.map((row) => row.product_id))]);
  await tx.run(
    `INSERT INTO catalog_word_place (id, seq, product_id, variant_id) VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, product_id = excluded.product_id, variant_id = excluded.variant_id`,
    [last.seq, last.product_id, last.variant_id],
  );
  return rows.length;
}

interface WordRow {
  readonly product_id: number;
  readonly word: string;
}

async function writeDifferences(tx: Queries, productIds: readonly number[]): Promise<void> {
  const ids = JSON.stringify(productIds.map((id) => ({ k: id })));
  const among = `IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`;
  const products = await tx.all<ProductRow>(
    `SELECT id, source, status, body FROM product WHERE id ${among}`,
    [ids],
  );
  const variants = await tx.all<VariantRow>(
    `SELECT product_id, sku, status, content FROM variant WHERE product_id ${among}`,
    [ids],
  );
  const stored = await tx.all<WordRow>(
    `SELECT product_id, word FROM catalog_word WHERE product_id ${among}`,
    [ids],
  );
  const had = grouped(stored);
  const of = grouped(variants);
  const added: WordRow[] = [];
  const gone: WordRow[] = [];
  for (const row of products) {
    const wanted = wordsOf(row, of.get(row.id) ?? []);
    const before = new Set((had.get(row.id) ?? []).map(({ word }) => word));
    for (const word of wanted) if (!before.has(word)) added.push({ product_id: row.id, word });
    for (const word of before) if (!wanted.has(word)) gone.push({ product_id: row.id, word });
  }
  const columns = { product_id: 'integer', word: 'text' } as const;
  if (gone.length > 0)
    await tx.run(
      `DELETE FROM catalog_word WHERE (product_id, word) IN (SELECT product_id, word FROM ${tx.unfold('r', columns)})`,
      [JSON.stringify(gone)],
    );
  await tx.insert({ table: 'catalog_word', columns }, added);
}

interface ProductRow {
  readonly id: number;
  readonly source: string;
  readonly status: Status;
  readonly body: string;
}

interface VariantRow {
  readonly product_id: number;
  readonly sku: string;
  readonly status: Status;
  readonly content: string;
}

/** An ended product is found no more. */
function wordsOf(row: ProductRow, variants: readonly VariantRow[]): ReadonlySet<string> {
  if (row.status === 'ended') return new Set();
  const product = { ...productOf({ ...row, summary: null }), source: row.source };
  return searchWords(
    product,
    variants.map(({ sku, status, content }) => ({
      sku,
      status,
      content: JSON.parse(content) as VariantContent,
    })),
  );
}

function grouped<Row extends { readonly product_id: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.product_id);
    if (group === undefined) groups.set(row.product_id, [row]);
    else group.push(row);
  }
  return groups;
}
