import { readChannelState, writeChannelState } from '../sync/channel-state.js';
import type { OrderDesk } from './order-desk.js';
import { settleOrders } from './settle-orders.js';
import { storeOrders } from './store-orders.js';

/** What a pull brought. */
export interface Pulled {
  readonly pages: number;
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
}

/** A pull ends after this many pages and is asked to go on: other work gets its turn. */
const PAGES = 50;

/**
 * Pulls orders page by page. A page is stored, understood and reserved in the same transaction that moves the cursor: an order is
 * either ours with everything it means, or it will be read again.
 */
export async function pullOrders(
  desk: OrderDesk,
  signal?: AbortSignal,
): Promise<Pulled & { readonly more: boolean }> {
  const pulled = { pages: 0, seen: 0, created: 0, updated: 0 };
  let cursor = (await readChannelState(desk.database, desk.channel)).order_cursor;
  for (let more = true; more; pulled.pages++) {
    if (pulled.pages === PAGES) return { ...pulled, more: true };
    signal?.throwIfAborted();
    const page = await desk.port.pull(cursor);
    const now = desk.clock.now();
    const stored = await desk.database.transaction(async (tx) => {
      const result = await storeOrders(tx, page.orders, { channel: desk.channel, sealer: desk.sealer, now });
      await settleOrders(tx, result.touched, {
        channel: desk.channel,
        now,
        placing: desk.storefront?.policy ?? null,
      });
      await writeChannelState(tx, desk.channel, { order_cursor: page.cursor, orders_pulled_at: now });
      return result;
    });
    pulled.seen += stored.seen;
    pulled.created += stored.created;
    pulled.updated += stored.updated;
    cursor = page.cursor;
    more = page.more;
  }
  return { ...pulled, more: false };
}
