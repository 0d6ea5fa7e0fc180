import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { ChannelOrderStatus, Delivery } from '../domain/order.js';
import { closeExceptions, type OrderPlace, raiseException } from '../orders/exceptions.js';
import { totalsOf } from '../orders/read-order.js';
import { adjustParts, type Choice, chooseLocation, type Part, type UnitsWanted } from './choose-location.js';
import { meantLocation } from './find-location.js';
import { freeUnits } from './free-units.js';
import type { FulfilDesk } from './fulfil-desk.js';
import {
  type Fulfilment,
  locationsOfParts,
  readFulfilment,
  wantedUnits,
  writeFulfilment,
  writeOrderEvent,
} from './fulfilment-rows.js';
import { unitsLeft } from './hand-over.js';
import { afterOpenMinutes } from './opening-hours.js';
import { queueNotices } from './staff-notices.js';

/** What became of an order that was looked at. */
export type Assigned = 'chosen' | 'nowhere' | 'adjusted' | 'kept';

/** Decides where an order is fulfilled, or fits what was decided to units that changed, in the caller's transaction. Idempotent. */
export async function assignOrder(tx: Queries, desk: FulfilDesk, externalId: string): Promise<Assigned> {
  const place = { channel: desk.channel, externalId };
  const lines = await wantedUnits(tx, place);
  const known = await readFulfilment(tx, place);
  if (known !== null && known.state !== 'nowhere') return adjust(tx, desk, { place, known, lines });
  const method = await methodOf(tx, place);
  const choice = await choose(tx, desk, { place, method, lines });
  const now = desk.clock.now();
  if (choice.parts.length === 0) {
    if (known?.reason !== choice.reason) {
      await writeFulfilment(tx, place, decision({ method, state: 'nowhere', choice, by: 'itself', now }));
      await writeOrderEvent(tx, place, { kind: 'no-location', facts: { reason: choice.reason }, at: now });
    }
    await raiseException(tx, place, noLocation(choice.reason), now);
    return 'nowhere';
  }
  await write(tx, desk, { place, method, choice, by: 'itself', before: [] });
  return 'chosen';
}

/**
 * Has one location fulfil the whole order, whatever it has, because a person says so. Staff that had it before is told. Throws OperatorError
 * `unknown_order`, `not_ours`, `order_ended`, `not_done_there`.
 */
export async function assignByHand(
  tx: Queries,
  desk: FulfilDesk,
  order: { readonly externalId: string; readonly location: Location; readonly by: string },
): Promise<void> {
  const { externalId, location, by } = order;
  const place = { channel: desk.channel, externalId };
  await openOrder(tx, place);
  const known = await readFulfilment(tx, place);
  if (known?.state === 'collected') throw ended(externalId, 'the buyer has it');
  const method = await methodOf(tx, place);
  if (!location.uses.includes(method))
    throw new OperatorError(
      'not_done_there',
      `There is no ${method} at "${location.id}"`,
      `Add it to \`uses\` of the location, or choose another one.`,
    );
  const parts = await partsByHand(tx, place, { location, known: known?.parts ?? [] });
  const choice: Choice = { parts, reason: `chosen by ${by}`, short: [] };
  await write(tx, desk, { place, method, choice, by, before: locationsOfParts(known?.parts ?? []) });
}

/** All of an order at one location; what its buyer has fetched elsewhere stays there. */
async function partsByHand(
  tx: Queries,
  place: OrderPlace,
  to: { readonly location: Location; readonly known: readonly Part[] },
): Promise<readonly Part[]> {
  const { location, known } = to;
  const fetched = known.flatMap((part): Part[] => {
    const { handedOver = 0 } = part;
    return handedOver > 0 && part.location !== location.id ? [{ ...part, quantity: handedOver }] : [];
  });
  return (await wantedUnits(tx, place)).flatMap(({ lineId, units }): Part[] => {
    const own = fetched.filter((part) => part.lineId === lineId);
    const quantity = units - own.reduce((sum, part) => sum + part.quantity, 0);
    const before = known.find((part) => part.lineId === lineId && part.location === location.id);
    const here = { lineId, location: location.id, quantity, handedOver: before?.handedOver ?? 0 };
    return quantity > 0 ? [...own, here] : own;
  });
}

async function openOrder(tx: Queries, place: OrderPlace): Promise<void> {
  const row = await tx.get<{ status: ChannelOrderStatus; by: string }>(
    'SELECT status, fulfilled_by AS "by" FROM channel_order WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  if (!row)
    throw new OperatorError(
      'unknown_order',
      `Channel "${place.channel}" has no order "${place.externalId}"`,
      '`omnifeed orders list` shows the orders; one that was just bought comes with the next pull.',
    );
  if (row.by === 'channel')
    throw new OperatorError(
      'not_ours',
      `The channel ships order "${place.externalId}" itself`,
      'There is nothing to do for us.',
    );
  if (row.status === 'cancelled' || row.status === 'shipped')
    throw ended(place.externalId, `it is ${row.status}`);
}

function ended(externalId: string, why: string): OperatorError {
  return new OperatorError(
    'order_ended',
    `Order "${externalId}" cannot be given to a location any more: ${why}`,
    '`omnifeed orders show` tells its whole life.',
  );
}

async function methodOf(tx: Queries, place: OrderPlace): Promise<Delivery['method']> {
  return (await totalsOf(tx, place)).delivery?.method ?? 'ship';
}

async function choose(
  tx: Queries,
  desk: FulfilDesk,
  order: {
    readonly place: OrderPlace;
    readonly method: Delivery['method'];
    readonly lines: readonly UnitsWanted[];
  },
): Promise<Choice> {
  const { place, method, lines } = order;
  const { delivery } = await totalsOf(tx, place);
  const said = delivery?.location;
  const wanted = said === undefined ? null : (meantLocation(desk.locations, desk.places, said) ?? said);
  const locations = desk.locations.filter(({ id }) => desk.sellsFrom?.includes(id) ?? true);
  const skus = lines.flatMap(({ parts }) => parts.map(({ sku }) => sku));
  const candidates = await freeUnits(tx, place, { skus, locations });
  return chooseLocation({ method, wanted, lines }, candidates, desk.split);
}

interface Writing {
  readonly place: OrderPlace;
  readonly method: Delivery['method'];
  readonly choice: Choice;
  readonly by: string;
  /** Locations whose staff had it until now. */
  readonly before: readonly string[];
}

async function write(tx: Queries, desk: FulfilDesk, writing: Writing): Promise<void> {
  const { place, method, choice, by, before } = writing;
  const now = desk.clock.now();
  const locations = locationsOfParts(choice.parts);
  const readyBy = readyByOf(desk, method, locations);
  const decided = decision({ method, state: 'open', choice, by, now });
  const revision = await writeFulfilment(tx, place, { ...decided, readyBy });
  const facts = { locations, reason: choice.reason, by };
  await writeOrderEvent(tx, place, { kind: 'location-chosen', facts, at: now });
  await closeExceptions(tx, place, { codes: ['no_location'], by: 'itself', at: now });
  if (choice.short.length > 0) await raiseException(tx, place, shortage(choice), now);
  else await closeExceptions(tx, place, { codes: ['location_short'], by: 'itself', at: now });
  const known = desk.locations;
  const lost = before.filter((id) => !locations.includes(id));
  await queueNotices(tx, place, { kind: 'new', revision, locations, now, known });
  await queueNotices(tx, place, { kind: 'taken-away', revision, locations: lost, now, known });
}

/** Until when an order to be fetched should be ready, counted on the clock of its location. */
function readyByOf(
  desk: FulfilDesk,
  method: Delivery['method'],
  locations: readonly string[],
): Instant | null {
  if (method === 'ship') return null;
  const location = desk.locations.find(({ id }) => id === locations[0]);
  if (!location || location.readyWithinMinutes === null) return null;
  return afterOpenMinutes(location, desk.clock.now(), location.readyWithinMinutes);
}

function decision(made: {
  readonly method: Delivery['method'];
  readonly state: 'nowhere' | 'open';
  readonly choice: Choice;
  readonly by: string;
  readonly now: Instant;
}) {
  const { method, state, choice, by, now } = made;
  const { reason, parts } = choice;
  return { method, state, reason, chosenBy: by, chosenAt: now, readyBy: null, parts };
}

/** Units were taken out or added: the staff that has the order is told, and keeps it. */
async function adjust(
  tx: Queries,
  desk: FulfilDesk,
  order: {
    readonly place: OrderPlace;
    readonly known: Fulfilment;
    readonly lines: readonly UnitsWanted[];
  },
): Promise<Assigned> {
  const { place, known, lines } = order;
  const parts = adjustParts(known.parts, lines);
  if (JSON.stringify(sorted(parts)) === JSON.stringify(sorted(known.parts))) return 'kept';
  const now = desk.clock.now();
  const { revision: _old, ...rest } = known;
  // What was not fetched is cancelled: the buyer has all there is.
  const fetched = parts.some(({ handedOver = 0 }) => handedOver > 0) && unitsLeft(parts).length === 0;
  const state = fetched ? 'collected' : known.state;
  const revision = await writeFulfilment(tx, place, { ...rest, state, parts, chosenAt: now });
  if (state === 'collected') await endFetched(tx, place, now);
  const locations = locationsOfParts(known.parts);
  await queueNotices(tx, place, { kind: 'changed', revision, locations, now, known: desk.locations });
  return 'adjusted';
}

async function endFetched(tx: Queries, place: OrderPlace, now: Instant): Promise<void> {
  await tx.run('UPDATE order_fulfilment SET ended_at = ? WHERE channel = ? AND external_id = ?', [
    now,
    place.channel,
    place.externalId,
  ]);
  const codes = ['not_collected', 'location_short'] as const;
  await closeExceptions(tx, place, { codes, by: 'itself', at: now });
}

function sorted(parts: Choice['parts']): readonly string[] {
  return parts.map(({ lineId, location, quantity }) => JSON.stringify([lineId, location, quantity])).sort();
}

function noLocation(reason: string): Parameters<typeof raiseException>[2] {
  return {
    code: 'no_location',
    message: `Nobody fulfils it: ${reason}`,
    advice: 'Say who does with `omnifeed orders assign`, or correct `locations` and `places`.',
  };
}

function shortage({ short }: Choice): Parameters<typeof raiseException>[2] {
  return {
    code: 'location_short',
    message: `Too little is there: ${short.join(', ')}`,
    advice: 'Bring it there, give the order to another location with `omnifeed orders assign`, or cancel it.',
  };
}
