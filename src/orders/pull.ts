import { answerOrStop } from '../channel/answer-or-stop.js';
import type { OrderPage } from '../channel/order-port.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelOrder } from '../domain/order.js';
import { readChannelState, writeChannelState } from '../sync/channel-state.js';
import type { OrderDesk } from './order-desk.js';
import { settleOrders } from './settle-orders.js';
import { type Stored, storeOrders } from './store-orders.js';

/** What a pull brought. `seen` = `created` + `updated` + `unchanged`. */
export interface Pulled {
  readonly pages: number;
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** A pull with when to come back by itself: at once when there is more, later when the channel failed; null: at the next look. */
export type PullReport = Pulled & { readonly againInMs: number | null };

/** A channel that failed without saying for how long is asked again after this. */
const FAILED_MS = 60_000;
/** A pull ends after this many pages and is asked to go on: other work gets its turn. */
const PAGES = 50;

/**
 * Pulls orders page by page. A page is stored, understood and reserved in the same transaction that moves the cursor: an order is
 * either ours with everything it means, or it will be read again.
 */
export async function pullOrders(desk: OrderDesk, signal?: AbortSignal): Promise<PullReport> {
  const pulled = { pages: 0, seen: 0, created: 0, updated: 0, unchanged: 0 };
  const state = await readChannelState(desk.database, desk.channel);
  if (state.paused_code !== null) return { ...pulled, againInMs: null };
  let cursor = state.order_cursor;
  for (let more = true; more; pulled.pages++) {
    if (pulled.pages === PAGES) return { ...pulled, againInMs: 0 };
    signal?.throwIfAborted();
    const askedAt = desk.clock.now();
    const page = await readPage(desk, cursor, signal);
    if ('failed' in page) return { ...pulled, againInMs: page.failed.againInMs ?? FAILED_MS };
    const stored = await storePage(desk, page, askedAt);
    pulled.seen += stored.seen;
    pulled.created += stored.created;
    pulled.updated += stored.updated;
    pulled.unchanged += stored.unchanged;
    cursor = page.cursor;
    more = page.more;
  }
  return { ...pulled, againInMs: null };
}

async function readPage(
  desk: OrderDesk,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<OrderPage | { readonly failed: ChannelError }> {
  try {
    const page = await answerOrStop(desk.port.pull(cursor), signal);
    await desk.callSucceeded('channel');
    return page;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.callFailed(error, 'channel');
    return { failed: error };
  }
}

/** After the last page everything is known that the channel had when it was asked for that page. */
function storePage(desk: OrderDesk, page: OrderPage, askedAt: Instant): Promise<Stored> {
  const now = desk.clock.now();
  return desk.database.transaction(async (tx) => {
    const stored = await takeIn(tx, desk, page.orders);
    const complete = page.more ? {} : { orders_complete_at: askedAt };
    await writeChannelState(tx, desk.channel, {
      order_cursor: page.cursor,
      orders_pulled_at: now,
      ...complete,
    });
    return stored;
  });
}

/** Stores orders, understands them and reserves their units, in the caller's transaction: wherever they were read. */
export async function takeIn(tx: Queries, desk: OrderDesk, orders: readonly ChannelOrder[]): Promise<Stored> {
  const { channel, buyers, storefront } = desk;
  const now = desk.clock.now();
  const stored = await storeOrders(tx, orders, { channel, buyers, now });
  await settleOrders(tx, stored.touched, { channel, now, placing: storefront?.policy ?? null });
  return stored;
}
