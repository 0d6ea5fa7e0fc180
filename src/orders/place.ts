import { randomUUID } from 'node:crypto';
import { answerOrStop } from '../channel/answer-or-stop.js';
import { backoffMs, LONGEST_BACKOFF_MS } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { OrderToPlace, StoreOrder } from '../domain/store-order.js';
import { checkPlaced, heldUnder } from './check-placed.js';
import { closeExceptions, raiseException } from './exceptions.js';
import { mayCall } from './may-call.js';
import type { OrderDesk, Storefront } from './order-desk.js';
import { queueMessage } from './order-messages.js';
import { type Intended, PlacingLease } from './placing-lease.js';
import { readOrder, totalsOf } from './read-order.js';
import { healWaiting, settleOrders } from './settle-orders.js';
import { withoutBuyer } from './without-buyer.js';

/** What a round of placing did. */
export interface PlacedOrders {
  readonly placed: number;
  /** Found in the shop although our answer was lost. */
  readonly found: number;
  readonly failed: number;
  /** The outcome of an earlier call is unknown and the shop was searched in vain: searched once more before anything is placed. */
  readonly waiting: number;
}

const PER_ROUND = 200;
const UNCERTAINTY = { quietMs: 180_000, searchAgainMs: 60_000 };

/**
 * Places orders that are ready in the storefront, each exactly once: the link row is there before the shop is asked, one worker holds it, the
 * shop is searched before anything is created, one order that cannot be placed does not hold up the next.
 */
export async function placeOrders(desk: OrderDesk, signal?: AbortSignal): Promise<PlacedOrders> {
  const context = { channel: desk.channel, now: desk.clock.now(), placing: desk.storefront?.policy ?? null };
  await healWaiting(desk.database, context);
  const done = { placed: 0, found: 0, failed: 0, waiting: 0 };
  if (desk.storefront === null) return done;
  for (const link of await intendedLinks(desk)) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'storefront'))) break;
    const outcome = await placeLink(desk, { storefront: desk.storefront, signal }, link);
    if (outcome !== 'dropped') done[outcome] += 1;
  }
  return done;
}

function intendedLinks(desk: OrderDesk): Promise<Intended[]> {
  const now = desk.clock.now();
  return desk.database.all<Intended>(
    `SELECT k.external_id, k.place_key, k.state, k.attempts, k.misses, o.first_seen_at FROM order_link k
     JOIN channel_order o ON o.channel = k.channel AND o.external_id = k.external_id
     WHERE k.channel = ? AND (k.state = 'placing' OR (k.state = 'intended' AND o.state = 'waiting'))
       AND (k.retry_at IS NULL OR k.retry_at <= ?) AND (k.lease_until IS NULL OR k.lease_until <= ?)
     ORDER BY o.placed_at, k.external_id LIMIT ?`,
    [desk.channel, now, now, PER_ROUND],
  );
}

type Outcome = keyof PlacedOrders | 'dropped';

/** A failure that is not the shop's, or an answer nobody waited for, leaves the lease to run out: then the outcome counts as unknown. */
async function placeLink(
  desk: OrderDesk,
  way: { readonly storefront: Storefront; readonly signal: AbortSignal | undefined },
  link: Intended,
): Promise<Outcome> {
  const { storefront, signal } = way;
  const { quietMs, searchAgainMs } = storefront.sink.uncertainty ?? UNCERTAINTY;
  const lease = new PlacingLease(desk, link, { token: randomUUID(), quietMs });
  if (!(await lease.take())) return 'dropped';
  let order: OrderToPlace | null = null;
  try {
    const held = await answerOrStop(storefront.sink.find(link.place_key, link.first_seen_at), signal);
    const { placed: found, draft } = heldUnder(held);
    if (found.length > 0) return await recordPlaced(desk, { lease, orders: found, how: 'found' });
    const unsure = link.state === 'placing' && link.misses === 0 && draft === null;
    if (unsure) {
      await lease.missed(plusMs(desk.clock.now(), searchAgainMs));
      return 'waiting';
    }
    order = await orderToPlace(desk, link, draft);
    // Written before the shop is asked: an order whose answer was lost is searched, even if it was cancelled since.
    if (order === null) await lease.release();
    if (order === null || !(await lease.placing())) return 'dropped';
    const placed = await answerOrStop(storefront.sink.place(order), signal);
    return await recordPlaced(desk, { lease, orders: [placed], how: 'placed' });
  } catch (failure) {
    if (!(failure instanceof ChannelError)) throw failure;
    const error = withoutBuyer(failure, order?.order.buyer);
    const backoff = Math.ceil(error.againInMs ?? backoffMs(link.attempts + 1, desk.random()));
    const refused = error.kind === 'refused';
    const wait =
      error.kind === 'ambiguous' ? Math.max(quietMs, backoff) : refused ? LONGEST_BACKOFF_MS : backoff;
    await lease.failed({ retryAt: plusMs(desk.clock.now(), wait), unknown: error.kind === 'ambiguous' });
    if (refused) await askPerson(desk, link, error);
    else await desk.callFailed(error, 'storefront');
    return 'failed';
  }
}

/** What the shop refuses outright is about this order: the next one goes on, and a person looks. It is tried again by itself, seldom. */
function askPerson(desk: OrderDesk, link: Intended, error: ChannelError): Promise<void> {
  const place = { channel: desk.channel, externalId: link.external_id };
  const exception = {
    code: 'placing_refused' as const,
    message: `The shop refused the order: ${error.message}`,
    advice: `${error.advice} Then \`omnifeed orders place\` tries it at once.`,
  };
  return desk.database.transaction((tx) => raiseException(tx, place, exception, desk.clock.now()));
}

/** Null: the order was cancelled, or is gone. */
async function orderToPlace(
  desk: OrderDesk,
  link: Intended,
  draft: string | null,
): Promise<OrderToPlace | null> {
  const place = { channel: desk.channel, externalId: link.external_id };
  const order = await readOrder(desk.database, place, desk.buyers);
  if (order === null || order.status === 'cancelled') return null;
  return { key: link.place_key, channel: desk.channel, order, draft };
}

/** Whoever holds the lease writes; a worker that was overtaken leaves the link to the one that has it now. */
async function recordPlaced(
  desk: OrderDesk,
  placed: {
    readonly lease: PlacingLease;
    readonly orders: readonly StoreOrder[];
    readonly how: 'placed' | 'found';
  },
): Promise<Outcome> {
  const { lease, how } = placed;
  const [order] = placed.orders;
  if (order === undefined) return 'dropped';
  const storefront = desk.storefront?.id ?? '';
  const externalId = lease.link.external_id;
  const now = desk.clock.now();
  const ours = await desk.database.transaction(async (tx) => {
    const changed = await tx.run(
      `UPDATE order_link SET state = 'placed', storefront = ?, store_id = ?, store_name = ?, placed_at = ?, attempts = 0, misses = 0,
         retry_at = NULL, lease = NULL, lease_until = NULL WHERE channel = ? AND external_id = ? AND lease = ?`,
      [storefront, order.storeId, order.name ?? null, now, desk.channel, externalId, lease.token],
    );
    if (changed === 0) return false;
    await tx.run('INSERT INTO order_event (channel, external_id, kind, facts, at) VALUES (?, ?, ?, ?, ?)', [
      desk.channel,
      externalId,
      'placed',
      JSON.stringify({ storefront, storeId: order.storeId }),
      now,
    ]);
    const where = { channel: desk.channel, externalId };
    await closeExceptions(tx, where, { codes: ['placing_refused'], by: 'itself', at: now });
    if (desk.port.tells?.includes('acknowledge'))
      await queueMessage(
        tx,
        desk.channel,
        {
          kind: 'acknowledge',
          reference: 'acknowledge',
          orderExternalId: externalId,
          storeId: order.storeId,
        },
        { now },
      );
    for (const exception of checkPlaced(await totalsOf(tx, where), placed.orders))
      await raiseException(tx, where, exception, now);
    await settleOrders(tx, [externalId], {
      channel: desk.channel,
      now,
      placing: desk.storefront?.policy ?? null,
    });
    return true;
  });
  return ours ? how : 'dropped';
}
