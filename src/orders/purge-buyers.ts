import type { BuyerVault } from '../buyers/buyer-vault.js';
import { UNFINISHED_DAYS } from '../channel/retention.js';
import type { Database } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';

/** When buyers are forgotten. */
export interface BuyerPurge {
  readonly now: Instant;
  /** Days after an order of this channel was finished; of channels that are no longer configured too. */
  buyerDays(channel: string): number;
}

const PER_ROUND = 1_000;
const DAY_MS = 86_400_000;

/**
 * Forgets the buyers of orders that were finished long enough ago, or that never ended, key first: then no backup shows them either. An order counts
 * as finished when the channel first showed it as shipped or cancelled; what happens to it later does not keep its buyer longer. Answers how many.
 */
export async function purgeBuyers(
  database: Database,
  buyers: BuyerVault,
  purge: BuyerPurge,
): Promise<number> {
  let purged = 0;
  for (const { channel } of await database.all<{ channel: string }>(
    'SELECT channel FROM order_buyer GROUP BY channel',
  ))
    purged += await purgeChannel(database, buyers, { channel, ...cutsOf(purge, channel) });
  return purged;
}

interface Cuts {
  readonly finishedBefore: Instant;
  readonly changedBefore: Instant;
}

function cutsOf({ now, buyerDays }: BuyerPurge, channel: string): Cuts {
  return {
    finishedBefore: plusMs(now, -buyerDays(channel) * DAY_MS),
    changedBefore: plusMs(now, -UNFINISHED_DAYS * DAY_MS),
  };
}

async function purgeChannel(
  database: Database,
  buyers: BuyerVault,
  { channel, finishedBefore, changedBefore }: Cuts & { readonly channel: string },
): Promise<number> {
  for (let purged = 0; ; ) {
    const due = await database.all<{ external_id: string }>(
      `SELECT b.external_id FROM order_buyer b JOIN channel_order o ON o.channel = b.channel AND o.external_id = b.external_id
       WHERE b.channel = ? AND (o.finished_at < ? OR o.updated_at < ?) ORDER BY b.external_id LIMIT ?`,
      [channel, finishedBefore, changedBefore, PER_ROUND],
    );
    const places = due.map((row) => ({ channel, externalId: row.external_id }));
    purged += await database.transaction((tx) => buyers.forget(tx, places));
    if (due.length < PER_ROUND) return purged;
  }
}
