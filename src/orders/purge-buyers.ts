import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { Database } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';

/**
 * Days after the last change of a finished order until the buyer is removed: Amazon allows 30 after delivery, and backups of the keys made before
 * are kept for up to a week (Amazon Data Protection Policy, verified 2026-11).
 */
export const BUYER_DAYS = 23;

const PER_ROUND = 1_000;

/** Forgets the buyers of orders that were shipped or cancelled long enough ago, key first: then no backup shows them either. Answers how many. */
export async function purgeBuyers(database: Database, buyers: BuyerVault, now: Instant): Promise<number> {
  for (let purged = 0; ; ) {
    const due = await database.all<{ channel: string; external_id: string }>(
      `SELECT b.channel, b.external_id FROM order_buyer b JOIN channel_order o ON o.channel = b.channel AND o.external_id = b.external_id
       WHERE o.status IN ('shipped', 'cancelled') AND o.updated_at < ? ORDER BY b.channel, b.external_id LIMIT ?`,
      [plusMs(now, -BUYER_DAYS * 86_400_000), PER_ROUND],
    );
    const places = due.map((row) => ({ channel: row.channel, externalId: row.external_id }));
    purged += await database.transaction((tx) => buyers.forget(tx, places));
    if (due.length < PER_ROUND) return purged;
  }
}
