import type { BuyerVault } from '../buyers/buyer-vault.js';
import { BUYER_DAYS, type Retention } from '../channel/retention.js';
import type { Database } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { purgeBuyers } from './purge-buyers.js';
import { monthsBefore, purgeOrders } from './purge-orders.js';

/** What is kept how long, by channel. */
export interface EndedPurge {
  readonly database: Database;
  /** Opened only when there is somebody to forget: a house that has no buyers needs no key. */
  buyers(): Promise<BuyerVault>;
  readonly channels: readonly { readonly id: string; readonly retention: Retention }[];
  readonly now: Instant;
}

/** Forgets buyers and deletes orders whose time is over, on every channel. */
export async function purgeEnded(
  purge: EndedPurge,
): Promise<{ readonly forgotten: number; readonly deleted: number }> {
  const { database, channels, now } = purge;
  const days = new Map(channels.map(({ id, retention }) => [id, retention.buyerDays]));
  const forgotten = (await anyRow(database, 'order_buyer'))
    ? await purgeBuyers(database, await purge.buyers(), {
        now,
        buyerDays: (channel) => days.get(channel) ?? BUYER_DAYS,
      })
    : 0;
  let deleted = 0;
  for (const { id, retention } of channels) {
    if (retention.orderMonths === null || !(await anyRow(database, 'channel_order'))) continue;
    const before = monthsBefore(now, retention.orderMonths);
    deleted += await purgeOrders(database, await purge.buyers(), { channel: id, before });
  }
  return { forgotten, deleted };
}

async function anyRow(database: Database, table: 'order_buyer' | 'channel_order'): Promise<boolean> {
  return Boolean(await database.get(`SELECT 1 AS found FROM ${table} LIMIT 1`));
}
