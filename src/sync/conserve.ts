import type { Database } from '../db/database.js';
import { currentSequence } from '../db/sequence.js';
import { InvariantError } from '../domain/errors.js';
import { channelCounts } from './records.js';

/** Planned changes of a round, each counted where it ended. Throws when one is missing or counted twice. */
export function assertRoundAddsUp(round: {
  readonly channel: string;
  readonly planned: number;
  readonly applied: { readonly sent: number; readonly failed: number; readonly waiting: number };
  readonly held: number;
}): void {
  const { sent, failed, waiting } = round.applied;
  if (round.planned === sent + failed + waiting + round.held) return;
  throw new InvariantError(
    `${round.channel}: planned ${round.planned} is not sent ${sent} + failed ${failed} + waiting ${waiting} + held ${round.held}`,
  );
}

/** A pass over the catalog that has come to its end. */
export interface EndedPass {
  readonly channel: string;
  /** Number of the catalog's last write when it began. */
  readonly upTo: number;
  /** Variants of the catalog it met that have not ended; null: it looked at changes only. */
  readonly present: number | null;
}

/**
 * After a pass over everything: catalog = listed + blocked + excluded, as the database counts the records. Nothing can be said when somebody
 * wrote to the catalog meanwhile; the next pass of this kind says it.
 */
export async function assertCatalogAddsUp(database: Database, pass: EndedPass): Promise<void> {
  if (pass.present === null || (await currentSequence(database)) !== pass.upTo) return;
  const { listed, blocked, excluded } = await channelCounts(database, pass.channel);
  if (listed + blocked + excluded === pass.present) return;
  throw new InvariantError(
    `${pass.channel}: ${pass.present} variants are not listed ${listed} + blocked ${blocked} + excluded ${excluded}`,
  );
}
