import { touchVariants } from '../catalog/touch-variants.js';
import type { Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import type { Instant } from '../domain/instant.js';

/** Units that are put back on the shelves of a location. */
export interface PutBack {
  readonly location: string;
  readonly units: ReadonlyMap<string, number>;
  /** Written into the ledger: `return:amazon-us/114-…/R1`. */
  readonly cause: string;
  readonly at: Instant;
}

/** What became of units put back. Every SKU is in exactly one of these. */
export interface PutBackOutcome {
  /** Counted up, and on sale again. */
  readonly counted: readonly string[];
  /** Somebody else states the count: the units come with that one's next count, once it knows of them. */
  readonly others: readonly { readonly sku: string; readonly owner: string }[];
  /** Nobody counts them there. */
  readonly uncounted: readonly string[];
}

/**
 * Counts units up that were put back, where the count is a person's. A count that a source states is left to that source: adding to it what it
 * will tell itself would offer a unit twice. When the count was taken stays as it was, for this is none.
 */
export async function putBack(
  tx: Queries,
  { location, units, cause, at }: PutBack,
  sources: readonly string[],
): Promise<PutBackOutcome> {
  const counted: string[] = [];
  const others: { sku: string; owner: string }[] = [];
  const uncounted: string[] = [];
  for (const [sku, quantity] of units) {
    const level = await tx.get<{ on_hand: number; source: string }>(
      'SELECT on_hand, source FROM stock_level WHERE sku = ? AND location = ?',
      [sku, location],
    );
    if (!level) uncounted.push(sku);
    else if (sources.includes(level.source)) others.push({ sku, owner: level.source });
    else {
      await tx.run('UPDATE stock_level SET on_hand = on_hand + ? WHERE sku = ? AND location = ?', [
        quantity,
        sku,
        location,
      ]);
      await tx.run(
        'INSERT INTO stock_movement (sku, location, before, after, cause, at) VALUES (?, ?, ?, ?, ?, ?)',
        [sku, location, level.on_hand, level.on_hand + quantity, cause, at],
      );
      counted.push(sku);
    }
  }
  if (counted.length > 0) await touchVariants(tx, counted, await nextSequence(tx));
  return { counted, others, uncounted };
}
