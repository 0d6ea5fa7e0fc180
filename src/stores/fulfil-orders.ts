import { closeExceptions, raiseException } from '../orders/exceptions.js';
import { assignOrder } from './assign-order.js';
import type { FulfilDesk } from './fulfil-desk.js';
import { locationsOfParts, readFulfilment, writeFulfilment, writeOrderEvent } from './fulfilment-rows.js';
import { queueNotices } from './staff-notices.js';
import { takeHandovers } from './take-handovers.js';

/** What a round of giving orders to locations did. */
export interface Fulfilled {
  /** Orders that have a location now. */
  readonly chosen: number;
  /** Orders a person must find one for. */
  readonly nowhere: number;
  /** Orders whose units changed. */
  readonly adjusted: number;
  /** Orders that were cancelled while a location had them. */
  readonly cancelled: number;
}

const PER_ROUND = 500;

/**
 * Gives every order that is taken to the location that fulfils it, and takes cancelled ones away again. It looks at the rows, not at what happened;
 * each order is decided for itself, because each leaves less for the next. What the shop says buyers have fetched is taken over. Without locations there is
 * nothing to decide.
 */
export async function fulfilOrders(desk: FulfilDesk, signal?: AbortSignal): Promise<Fulfilled> {
  const done = { chosen: 0, nowhere: 0, adjusted: 0, cancelled: 0 };
  if (desk.locations.length === 0) return done;
  for (const externalId of await cancelledOrders(desk)) {
    signal?.throwIfAborted();
    await takeBack(desk, externalId);
    done.cancelled += 1;
  }
  for (const externalId of await dueOrders(desk)) {
    signal?.throwIfAborted();
    const assigned = await desk.database.transaction((tx) => assignOrder(tx, desk, externalId));
    if (assigned !== 'kept') done[assigned] += 1;
  }
  await takeHandovers(desk, signal);
  return done;
}

/** Open orders that nobody has, or whose units are not those their location has. Those a person is asked about come last. */
async function dueOrders(desk: FulfilDesk): Promise<readonly string[]> {
  const rows = await desk.database.all<{ external_id: string }>(
    `SELECT o.external_id FROM channel_order o
     LEFT JOIN order_fulfilment f ON f.channel = o.channel AND f.external_id = o.external_id
     WHERE o.channel = ? AND o.state = 'linked' AND (o.status IN ('open', 'partially-shipped') OR (o.status = 'shipped' AND f.state = 'not-collected')) AND o.fulfilled_by = 'merchant'
       AND (f.state IS NULL OR f.state = 'nowhere' OR (f.state IN ('open', 'ready', 'not-collected') AND EXISTS (SELECT 1 FROM order_line l
         WHERE l.channel = o.channel AND l.external_id = o.external_id
           AND l.quantity - CASE WHEN l.cancelled > l.shop_cancelled THEN l.cancelled ELSE l.shop_cancelled END
             <> (SELECT COALESCE(SUM(p.quantity), 0) FROM fulfilment_line p
                 WHERE p.channel = l.channel AND p.external_id = l.external_id AND p.line_id = l.line_id))))
     ORDER BY CASE WHEN f.state = 'nowhere' THEN 1 ELSE 0 END, o.placed_at, o.external_id LIMIT ?`,
    [desk.channel, PER_ROUND],
  );
  return rows.map(({ external_id: id }) => id);
}

async function cancelledOrders(desk: FulfilDesk): Promise<readonly string[]> {
  const rows = await desk.database.all<{ external_id: string }>(
    `SELECT o.external_id FROM order_fulfilment f JOIN channel_order o ON o.channel = f.channel AND o.external_id = f.external_id
     WHERE f.channel = ? AND o.status = 'cancelled' AND f.state <> 'cancelled'
       AND NOT (f.state = 'collected' AND EXISTS (SELECT 1 FROM order_exception e WHERE e.channel = f.channel AND e.external_id = f.external_id
         AND e.code = 'cancelled_after_shipping'))
     ORDER BY o.external_id LIMIT ?`,
    [desk.channel, PER_ROUND],
  );
  return rows.map(({ external_id: id }) => id);
}

/** A cancelled order is taken from its location; one the buyer has already is for a person. */
async function takeBack(desk: FulfilDesk, externalId: string): Promise<void> {
  const place = { channel: desk.channel, externalId };
  await desk.database.transaction(async (tx) => {
    const known = await readFulfilment(tx, place);
    if (known === null || known.state === 'cancelled') return;
    const now = desk.clock.now();
    if (known.state === 'collected') return raiseException(tx, place, FETCHED, now);
    const { revision: _old, ...rest } = known;
    const fetched = known.parts.flatMap(({ handedOver = 0, ...part }) =>
      handedOver > 0 ? [{ ...part, quantity: handedOver, handedOver }] : [],
    );
    const ended =
      fetched.length > 0
        ? { state: 'collected' as const, parts: fetched }
        : { state: 'cancelled' as const, parts: known.parts };
    const revision = await writeFulfilment(tx, place, { ...rest, ...ended, chosenAt: now });
    if (fetched.length > 0) await raiseException(tx, place, FETCHED, now);
    const at = locationsOfParts(known.parts);
    await writeOrderEvent(tx, place, {
      kind: 'taken-from-location',
      facts: { locations: at },
      at: now,
    });
    const codes = ['no_location', 'location_short', 'not_collected'] as const;
    await closeExceptions(tx, place, { codes, by: 'itself', at: now });
    await queueNotices(tx, place, { kind: 'cancelled', revision, locations: at, now, known: desk.locations });
  });
}

const FETCHED = {
  code: 'cancelled_after_shipping',
  message: 'Cancelled at the channel, but the buyer has fetched it, or some of it',
  advice: 'Agree on a return with the buyer; the channel counts the order as cancelled.',
} as const;
