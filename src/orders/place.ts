import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { StoreOrder } from '../domain/order.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { readOrder } from './read-order.js';
import { healWaiting, settleOrders } from './settle-orders.js';

/** What a round of placing did. */
export interface PlacedOrders {
  readonly placed: number;
  /** Found in the shop although our answer was lost. */
  readonly found: number;
  readonly failed: number;
}

interface Intended {
  readonly external_id: string;
  readonly place_key: string;
  readonly state: 'intended' | 'placing';
  readonly attempts: number;
}

const PER_ROUND = 200;

/**
 * Places orders that are ready in the storefront, each exactly once: the link row is there before the shop is asked, the shop is searched
 * before anything is created, one order that cannot be placed does not hold up the next.
 */
export async function placeOrders(desk: OrderDesk, signal?: AbortSignal): Promise<PlacedOrders> {
  const context = { channel: desk.channel, now: desk.clock.now(), placing: desk.storefront?.policy ?? null };
  await healWaiting(desk.database, context);
  const done = { placed: 0, found: 0, failed: 0 };
  if (desk.storefront === null) return done;
  for (const link of await intendedLinks(desk)) {
    signal?.throwIfAborted();
    try {
      const { how, order } = await placeOne(desk, desk.storefront, link);
      if (how === 'dropped') continue;
      await recordPlaced(desk, { link, order, storefront: desk.storefront.id });
      done[how] += 1;
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      done.failed += 1;
      await postpone(desk, link, error);
      await desk.callFailed(error, 'storefront');
    }
  }
  return done;
}

function intendedLinks(desk: OrderDesk): Promise<Intended[]> {
  return desk.database.all<Intended>(
    `SELECT k.external_id, k.place_key, k.state, k.attempts FROM order_link k
     JOIN channel_order o ON o.channel = k.channel AND o.external_id = k.external_id
     WHERE k.channel = ? AND (k.state = 'placing' OR (k.state = 'intended' AND o.state = 'waiting')) AND (k.retry_at IS NULL OR k.retry_at <= ?)
     ORDER BY o.placed_at, k.external_id LIMIT ?`,
    [desk.channel, desk.clock.now(), PER_ROUND],
  );
}

type PlacedOne =
  | { readonly how: 'placed' | 'found'; readonly order: StoreOrder }
  | { readonly how: 'dropped'; readonly order: null };

/** `placing` is written before the shop is asked to create: an order whose answer was lost is searched, even if it was cancelled since. */
async function placeOne(desk: OrderDesk, storefront: Storefront, link: Intended): Promise<PlacedOne> {
  const found = await storefront.sink.find(link.place_key);
  if (found) return { how: 'found', order: found };
  const order = await readOrder(
    desk.database,
    { channel: desk.channel, externalId: link.external_id },
    desk.sealer,
  );
  const cancelled = order === null || order.status === 'cancelled';
  const ours = await claim(desk, link, cancelled ? 'intended' : 'placing');
  if (cancelled || !ours) return { how: 'dropped', order: null };
  return {
    how: 'placed',
    order: await storefront.sink.place({ key: link.place_key, channel: desk.channel, order }),
  };
}

/** Fenced by what was read: of two workers that look at the same link at once, one alone goes on to place. */
async function claim(desk: OrderDesk, link: Intended, state: Intended['state']): Promise<boolean> {
  const changed = await desk.database.run(
    'UPDATE order_link SET state = ?, attempts = attempts + 1 WHERE channel = ? AND external_id = ? AND state = ? AND attempts = ?',
    [state, desk.channel, link.external_id, link.state, link.attempts],
  );
  return changed === 1;
}

async function recordPlaced(
  desk: OrderDesk,
  placed: { readonly link: Intended; readonly order: StoreOrder | null; readonly storefront: string },
): Promise<void> {
  const { link, order, storefront } = placed;
  if (order === null) return;
  const now = desk.clock.now();
  await desk.database.transaction(async (tx) => {
    await tx.run(
      "UPDATE order_link SET state = 'placed', storefront = ?, store_id = ?, store_name = ?, placed_at = ?, attempts = 0, retry_at = NULL WHERE channel = ? AND external_id = ?",
      [storefront, order.storeId, order.name ?? null, now, desk.channel, link.external_id],
    );
    await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
      desk.channel,
      link.external_id,
      'placed',
      JSON.stringify({ storefront, storeId: order.storeId }),
      now,
    ]);
    await settleOrders(tx, [link.external_id], {
      channel: desk.channel,
      now,
      placing: desk.storefront?.policy ?? null,
    });
  });
}

async function postpone(desk: OrderDesk, link: Intended, error: ChannelError): Promise<void> {
  const attempts = link.attempts + 1;
  const retryAt = plusMs(desk.clock.now(), Math.ceil(error.againInMs ?? backoffMs(attempts, desk.random())));
  await desk.database.run(
    'UPDATE order_link SET attempts = ?, retry_at = ? WHERE channel = ? AND external_id = ?',
    [attempts, retryAt, desk.channel, link.external_id],
  );
}
