import type { Queries } from '../db/database.js';
import type { StockReading } from '../domain/product.js';
import type { Stamp } from './history.js';
import type { StagedRange } from './merge-products.js';
import type { RowError } from './readers/reader.js';
import { type VariantReading, writeStock } from './set-stock.js';

interface StagedStock {
  readonly sku: string;
  readonly line: number | null;
  readonly stock: string | null;
}

/**
 * Takes the quantities of staged variants into the ledger. A variant that the source counted before and does not count
 * any more becomes unknown again; counts that belong to another source are left alone and reported.
 */
export async function mergeStock(
  tx: Queries,
  range: StagedRange,
  by: Stamp & { readonly source: string; readonly primary: boolean },
): Promise<readonly RowError[]> {
  const staged = await tx.all<StagedStock>(
    'SELECT sku, line, stock FROM staged_variant WHERE n BETWEEN ? AND ? ORDER BY n',
    [range.first, range.last],
  );
  const lines = new Map<string, number | null>();
  const readings: VariantReading[] = [];
  for (const { sku, line, stock } of staged) {
    if (stock === null) continue;
    lines.set(sku, line);
    for (const { location, onHand } of JSON.parse(stock) as StockReading[])
      readings.push({ sku, location, onHand });
  }
  if (by.primary) readings.push(...(await noLongerCounted(tx, range, { source: by.source, readings })));
  const origin = {
    owner: by.source,
    cause: by.actor,
    at: by.at,
    seq: by.seq,
    ...(by.countedAt === undefined ? {} : { countedAt: by.countedAt }),
  };
  const outcome = await writeStock(tx, readings, origin);
  return outcome.foreign.map((reading) => ({
    line: lines.get(reading.sku) ?? 0,
    key: reading.sku,
    code: 'stock_owned_elsewhere',
    reason: `The count of "${reading.sku}" at "${reading.location}" belongs to the source "${reading.owner}"; ${reading.onHand} is not taken. Give this source a location of its own, or let one of them state it.`,
    severity: 'warning',
  }));
}

async function noLongerCounted(
  tx: Queries,
  range: StagedRange,
  own: { readonly source: string; readonly readings: readonly VariantReading[] },
): Promise<VariantReading[]> {
  const counted = new Set(own.readings.map((reading) => `${reading.sku}\u0000${reading.location}`));
  const levels = await tx.all<{ sku: string; location: string }>(
    `SELECT l.sku, l.location FROM staged_variant s JOIN stock_level l ON l.sku = s.sku
     WHERE s.n BETWEEN ? AND ? AND l.source = ?`,
    [range.first, range.last, own.source],
  );
  return levels
    .filter((level) => !counted.has(`${level.sku}\u0000${level.location}`))
    .map((level) => ({ ...level, onHand: null }));
}
