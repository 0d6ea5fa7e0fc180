import type { Sealer } from '../channel/credentials.js';
import type { Database, Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { WebPurchase } from '../domain/web-purchase.js';

/** Where a purchase ends. */
export type Settled = 'sent' | 'refused' | 'expired';

/** A purchase that is to be reported. */
export interface WaitingPurchase {
  readonly purchase: WebPurchase;
  readonly attempts: number;
}

/** Days a settled purchase is remembered, so that the same order told again is not reported twice. */
const REMEMBERED_DAYS = 30;

const seal = (channel: string, orderId: string): string => `web_purchase:${channel}:${orderId}`;

/** Keeps a purchase for a channel. The same order again changes nothing. Answers whether it is new. */
export async function keepPurchase(
  queries: Queries,
  purchase: WebPurchase,
  to: { readonly channel: string; readonly sealer: Sealer; readonly now: Instant },
): Promise<boolean> {
  const sealed = to.sealer.seal(JSON.stringify(purchase), seal(to.channel, purchase.orderId));
  const written = await queries.run(
    `INSERT INTO web_purchase (channel, order_id, placed_at, state, sealed, attempts, due_at) VALUES (?, ?, ?, 'waiting', ?, 0, ?)
     ON CONFLICT (channel, order_id) DO NOTHING`,
    [to.channel, purchase.orderId, purchase.placedAt, sealed, to.now],
  );
  return written > 0;
}

/** Purchases of a channel whose time has come, oldest first. */
export async function duePurchases(
  queries: Queries,
  of: { readonly channel: string; readonly sealer: Sealer; readonly now: Instant; readonly most: number },
): Promise<readonly WaitingPurchase[]> {
  const rows = await queries.all<{ order_id: string; sealed: string; attempts: number }>(
    `SELECT order_id, sealed, attempts FROM web_purchase WHERE channel = ? AND due_at <= ? AND state = 'waiting'
     ORDER BY placed_at, order_id LIMIT ?`,
    [of.channel, of.now, of.most],
  );
  return rows.map(({ order_id: id, sealed, attempts }) => ({
    purchase: JSON.parse(of.sealer.open(sealed, seal(of.channel, id))) as WebPurchase,
    attempts,
  }));
}

/** Purchases are done with: what was known of the buyers is forgotten. */
export async function settlePurchases(
  database: Database,
  orderIds: readonly string[],
  as: {
    readonly channel: string;
    readonly state: Settled;
    readonly reason: string | null;
    readonly now: Instant;
  },
): Promise<void> {
  await database.transaction(async (tx) => {
    for (const id of orderIds)
      await tx.run(
        `UPDATE web_purchase SET state = ?, reason = ?, sealed = NULL, due_at = NULL, settled_at = ?, attempts = attempts + 1
         WHERE channel = ? AND order_id = ? AND state = 'waiting'`,
        [as.state, as.reason, as.now, as.channel, id],
      );
  });
}

/** Purchases wait until then. */
export async function postponePurchases(
  database: Database,
  orderIds: readonly string[],
  until: { readonly channel: string; readonly dueAt: Instant; readonly reason: string },
): Promise<void> {
  await database.transaction(async (tx) => {
    for (const id of orderIds)
      await tx.run(
        "UPDATE web_purchase SET attempts = attempts + 1, due_at = ?, reason = ? WHERE channel = ? AND order_id = ? AND state = 'waiting'",
        [until.dueAt, until.reason, until.channel, id],
      );
  });
}

/** Forgets settled purchases after a while, and waiting ones that no channel takes any more. Answers how many. */
export async function purgePurchases(queries: Queries, now: Instant): Promise<number> {
  return queries.run('DELETE FROM web_purchase WHERE placed_at < ?', [
    plusMs(now, -REMEMBERED_DAYS * 86_400_000),
  ]);
}
