import type { Database } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';

/**
 * Days after the last change of a finished order until the buyer is removed: Amazon allows 30 after delivery, and backups made before are
 * kept for up to a week (Amazon Data Protection Policy, verified 2026-11).
 */
export const BUYER_DAYS = 23;

/** Removes the buyers of orders that were shipped or cancelled long enough ago. Answers how many. */
export async function purgeBuyers(database: Database, now: Instant): Promise<number> {
  return database.run(
    `DELETE FROM order_buyer WHERE EXISTS (SELECT 1 FROM channel_order o WHERE o.channel = order_buyer.channel AND o.external_id = order_buyer.external_id
       AND o.status IN ('shipped', 'cancelled') AND o.updated_at < ?)`,
    [plusMs(now, -BUYER_DAYS * 86_400_000)],
  );
}
