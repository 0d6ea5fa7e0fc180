import type { Queries } from '../db/database.js';
import { addStock } from './add-staged.js';
import { forgetSummaries } from './forget-summaries.js';
import type { ImportRun } from './import-run.js';
import type { RowError } from './readers/reader.js';
import type { StagedStock, StagedVariant } from './staged-rows.js';

/** What became of variants whose SKU was staged before. */
export interface Duplicates {
  /** Numbers of the variants that are not staged. */
  readonly left: readonly number[];
  /** How many of them only brought counts at further locations, which the first one has now. */
  readonly joined: number;
  /** One for each of the others. */
  readonly complaints: readonly RowError[];
}

/** There were none. */
export const NO_DUPLICATES: Duplicates = { left: [], joined: 0, complaints: [] };

interface First {
  readonly sku: string;
  readonly n: number;
  readonly line: number | null;
  readonly product_key: string;
}

/**
 * Settles the variants of a batch that were left out because their SKU was staged before. A further row of the same product
 * with counts at other locations is how stock of several stores comes in one file: its counts are joined to the first
 * row. Any other is reported.
 */
export async function settleDuplicates(
  tx: Queries,
  run: ImportRun,
  batch: { readonly variants: readonly StagedVariant[]; readonly stock: readonly StagedStock[] },
): Promise<Duplicates> {
  const first = await firstOf(tx, run, batch.variants);
  const again = batch.variants.flatMap((variant) => {
    const winner = first.get(variant.sku);
    return winner === undefined || winner.n === variant.n ? [] : [{ variant, winner }];
  });
  const counted = await countedPlaces(tx, [...new Set(again.map(({ winner }) => winner.n))]);
  const stockOf = byNumber(batch.stock);
  const joined: StagedStock[] = [];
  const complaints: RowError[] = [];
  let joinedRows = 0;
  for (const { variant, winner } of again) {
    const counts = (stockOf.get(variant.n) ?? []).map((count) => ({ ...count, n: winner.n }));
    const further = counts.length > 0 && counts.every((count) => !counted.has(placeOf(count)));
    if (winner.product_key !== variant.product_key || !further) {
      complaints.push(duplicate(variant, winner));
      continue;
    }
    for (const count of counts) counted.add(placeOf(count));
    joined.push(...counts);
    joinedRows++;
  }
  await addStock(tx, joined);
  await forgetSummaries(tx, run, [...new Set(again.map(({ variant }) => variant.product_key))]);
  return { left: again.map(({ variant }) => variant.n), joined: joinedRows, complaints };
}

async function firstOf(
  tx: Queries,
  run: ImportRun,
  variants: readonly StagedVariant[],
): Promise<ReadonlyMap<string, First>> {
  const kept = await tx.all<First>(
    `SELECT sku, n, line, product_key FROM staged_variant
     WHERE run = ? AND sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [run.number, JSON.stringify(variants.map(({ sku }) => ({ sku })))],
  );
  return new Map(kept.map((row) => [row.sku, row]));
}

async function countedPlaces(tx: Queries, numbers: readonly number[]): Promise<Set<string>> {
  const counts = await tx.all<Pick<StagedStock, 'n' | 'location'>>(
    `SELECT n, location FROM staged_stock WHERE n IN (SELECT k FROM ${tx.unfold('r', { k: 'integer' })})`,
    [JSON.stringify(numbers.map((k) => ({ k })))],
  );
  return new Set(counts.map(placeOf));
}

function placeOf({ n, location }: Pick<StagedStock, 'n' | 'location'>): string {
  return `${n} ${location}`;
}

function byNumber(stock: readonly StagedStock[]): Map<number, StagedStock[]> {
  const groups = new Map<number, StagedStock[]>();
  for (const count of stock) {
    const known = groups.get(count.n);
    if (known) known.push(count);
    else groups.set(count.n, [count]);
  }
  return groups;
}

function duplicate(variant: StagedVariant, winner: First): RowError {
  const where = winner.line === null ? `product "${winner.product_key}"` : `line ${winner.line}`;
  return {
    line: variant.line ?? 0,
    key: variant.sku,
    code: 'sku_duplicate',
    reason: `The SKU "${variant.sku}" was already given in ${where}. The first one is kept; give this variant a SKU of its own.`,
    severity: 'error',
  };
}
