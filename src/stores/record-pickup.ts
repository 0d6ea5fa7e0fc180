import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelOrderStatus } from '../domain/order.js';
import type { CancelledLine, PickupNews } from '../domain/order-message.js';
import type { StoreUnits } from '../domain/store-order.js';
import { closeExceptions, type OrderPlace, raiseException } from '../orders/exceptions.js';
import { leftUnits, lineUnits } from '../orders/line-units.js';
import { queueMessage } from '../orders/order-messages.js';
import { decidePickup, type PickupRefusal } from './decide-pickup.js';
import type { FulfilDesk } from './fulfil-desk.js';
import { type Fulfilment, readFulfilment, writeOrderEvent } from './fulfilment-rows.js';
import { handOver, type UnitsOfLine, unitsLeft, writeHandedOver } from './hand-over.js';
import { closingAfterDays } from './opening-hours.js';

/** News of an order its buyer fetches, and who says so. */
export interface PickupSaid {
  readonly externalId: string;
  readonly news: PickupNews;
  /** What the buyer took along, where that is not all that is there: `picked-up` only. */
  readonly units?: readonly StoreUnits[] | null;
  readonly by: string;
}

/** What became of news: `taken`, or `same`: it was said before. */
export type PickupTaken = 'taken' | 'same';

/**
 * Takes down that an order is ready, was fetched, whole or in part, or was not, and has the channel told, in the caller's transaction. The same again
 * changes nothing, but for units that are named: they are further ones. Throws OperatorError `unknown_order`, `not_to_be_fetched`, `no_location`,
 * `not_paid`, `order_cancelled`, `already_collected`, `not_ready`, `given_back`, `more_than_there`, `nothing_named`, `whole_only`.
 */
export async function recordPickup(tx: Queries, desk: FulfilDesk, said: PickupSaid): Promise<PickupTaken> {
  const place = { channel: desk.channel, externalId: said.externalId };
  const status = await statusOf(tx, place);
  const known = await readFulfilment(tx, place);
  if (known === null) throw refusal(said, 'no_location');
  if (known.method === 'ship')
    throw new OperatorError(
      'not_to_be_fetched',
      `Order "${said.externalId}" goes by parcel`,
      'Announce its parcel with `omnifeed ship`.',
    );
  const step = decidePickup(status, known.state, said.news);
  const units = said.news === 'picked-up' ? (said.units ?? null) : null;
  if (step === 'same' && units !== null) throw refusal(said, 'already_collected');
  if (step === 'same') return 'same';
  if (typeof step === 'object') throw refusal(said, step.refused);
  const now = desk.clock.now();
  const taking: Taking = { place, known, now };
  const done =
    said.news === 'picked-up' ? await handUnits(tx, taking, units) : await TAKE[said.news](tx, desk, taking);
  if (done.ends)
    await tx.run('UPDATE order_fulfilment SET state = ? WHERE channel = ? AND external_id = ?', [
      step,
      place.channel,
      place.externalId,
    ]);
  const facts = { by: said.by, ...(done.lines === null ? {} : { units: done.lines, ends: done.ends }) };
  await writeOrderEvent(tx, place, { kind: said.news, facts, at: now });
  const kept = known.parts.some(({ handedOver = 0 }) => handedOver > 0) && said.news !== 'picked-up';
  await tellOrAsk(tx, desk, place, { news: said.news, lines: done.lines, kept });
  return 'taken';
}

interface Taking {
  readonly place: OrderPlace;
  readonly known: Fulfilment;
  readonly now: Instant;
}

/** `lines`: of what, when not of the whole order; `ends`: whether the order as a whole is that far. */
interface Taken {
  readonly lines: readonly UnitsOfLine[] | null;
  readonly ends: boolean;
}

/** The buyer takes units along. An order of which something was fetched before is told line by line. */
async function handUnits(
  tx: Queries,
  { place, known, now }: Taking,
  units: readonly StoreUnits[] | null,
): Promise<Taken> {
  const { parts, fetched, rest } = await handOver(tx, place, { parts: known.parts, units });
  const ends = rest.length === 0;
  if (!ends && known.state === 'not-collected')
    throw new OperatorError(
      'whole_only',
      `Order "${place.externalId}" counts as not fetched`,
      'Hand over all of it, or cancel it with `omnifeed orders not-collected --cancel` and sell what the buyer takes.',
    );
  await writeHandedOver(tx, place, parts);
  const before = known.parts.some(({ handedOver = 0 }) => handedOver > 0);
  if (!ends) return { lines: fetched, ends };
  await tx.run('UPDATE order_fulfilment SET ended_at = ? WHERE channel = ? AND external_id = ?', [
    now,
    place.channel,
    place.externalId,
  ]);
  await closeExceptions(tx, place, { codes: ['not_collected', 'location_short'], by: 'itself', at: now });
  return { lines: before ? fetched : null, ends };
}

const TAKE: Readonly<
  Record<Exclude<PickupNews, 'picked-up'>, (tx: Queries, desk: FulfilDesk, taking: Taking) => Promise<Taken>>
> = {
  async ready(tx, desk, { place, known, now }) {
    const location = desk.locations.find(({ id }) => id === known.parts[0]?.location);
    const keepDays = location?.keepDays ?? null;
    const until = location && keepDays !== null ? closingAfterDays(location, now, keepDays) : null;
    await tx.run(
      'UPDATE order_fulfilment SET ready_at = ?, keep_until = ? WHERE channel = ? AND external_id = ?',
      [now, until, place.channel, place.externalId],
    );
    return { lines: null, ends: true };
  },
  async 'not-collected'(tx, _desk, { place, known, now }) {
    await raiseException(tx, place, NOT_COLLECTED, now);
    const fetched = known.parts.some(({ handedOver = 0 }) => handedOver > 0);
    return { lines: fetched ? unitsLeft(known.parts) : null, ends: true };
  },
};

const NOT_COLLECTED = {
  code: 'not_collected',
  message: 'The buyer did not fetch it, or not all of it; its units are kept for it',
  advice:
    'Cancel it with `omnifeed orders not-collected --cancel`: its units are on sale again. Or hand it over late with `omnifeed orders picked-up`.',
} as const;

/**
 * Only how it stands now is told: what was not told yet is replaced, but for units that were fetched when it is the rest that is spoken of. A channel that
 * cannot be told leaves it to a person.
 */
async function tellOrAsk(
  tx: Queries,
  desk: FulfilDesk,
  place: OrderPlace,
  told: {
    readonly news: PickupNews;
    readonly lines: readonly UnitsOfLine[] | null;
    /** What was told of units fetched before still holds. */
    readonly kept: boolean;
  },
): Promise<void> {
  const now = desk.clock.now();
  const { news, lines } = told;
  if (!desk.tells.includes(news)) {
    const words = UNTOLD[news];
    return raiseException(tx, place, { code: 'pickup_at_channel', ...words }, now);
  }
  const over = told.kept ? "'ready', 'not-collected'" : "'ready', 'picked-up', 'not-collected'";
  await tx.run(
    `UPDATE order_message SET state = 'replaced' WHERE channel = ? AND external_id = ? AND kind IN (${over}) AND state = 'pending'`,
    [place.channel, place.externalId],
  );
  const named = lines?.map(({ lineId, quantity }) => ({ lineExternalId: lineId, quantity }));
  await queueMessage(
    tx,
    desk.channel,
    {
      kind: news,
      reference:
        lines === null
          ? news
          : `${news}:${lines.map(({ lineId, quantity }) => `${lineId}=${quantity}`).join(',')}`,
      orderExternalId: place.externalId,
      ...(named === undefined ? {} : { lines: named }),
    },
    { now, held: desk.confirms.includes(news) },
  );
}

const UNTOLD: Readonly<Record<PickupNews, { readonly message: string; readonly advice: string }>> = {
  ready: {
    message: 'It is ready, and this channel takes no news of that',
    advice: 'Tell the buyer that it can be fetched, where the channel lets you.',
  },
  'picked-up': {
    message: 'The buyer has fetched it, and this channel takes no news of that',
    advice: 'Mark the order as fetched at the channel by hand, or it counts as late there.',
  },
  'not-collected': {
    message: 'The buyer did not fetch it, and this channel takes no news of that',
    advice: 'Mark it at the channel by hand, or cancel it there.',
  },
};

/**
 * Gives up an order that its buyer did not fetch: the channel is told to cancel what is left. The units are free again when the channel has it as
 * cancelled. Answers how many units. Throws OperatorError `not_uncollected`.
 */
export async function cancelUncollected(
  tx: Queries,
  desk: FulfilDesk,
  said: { readonly externalId: string; readonly by: string },
): Promise<number> {
  const place = { channel: desk.channel, externalId: said.externalId };
  const known = await readFulfilment(tx, place);
  if (known?.state !== 'not-collected')
    throw new OperatorError(
      'not_uncollected',
      `Order "${said.externalId}" is not waiting for a buyer who did not come`,
      '`omnifeed orders not-collected` says first that the buyer did not come.',
    );
  const now = desk.clock.now();
  const lines = (await lineUnits(tx, place)).flatMap((line): (CancelledLine & { units: number })[] => {
    const units = line.ordered - leftUnits(line);
    const quantity = units - line.cancelled;
    return quantity > 0 ? [{ lineExternalId: line.lineId, quantity, ordered: line.ordered, units }] : [];
  });
  if (lines.length === 0) return 0;
  await closeExceptions(tx, place, { codes: ['not_collected'], by: said.by, at: now });
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
  if (!desk.tells.includes('cancel')) {
    const message = 'The buyer did not fetch it, and the channel still expects it to be sent';
    const advice = 'Cancel it at the channel by hand; this channel takes no cancellations from us.';
    await raiseException(tx, place, { code: 'cancel_at_channel', message, advice }, now);
    return quantity;
  }
  const added = await queueMessage(
    tx,
    desk.channel,
    {
      kind: 'cancel',
      reference: `cancel:${lines.map(({ lineExternalId, units }) => `${lineExternalId}=${units}`).join(',')}`,
      orderExternalId: place.externalId,
      reason: 'undeliverable',
      lines: lines.map(({ units: _counted, ...line }) => line),
    },
    { now, held: desk.confirms.includes('cancel') },
  );
  if (!added) return 0;
  await writeOrderEvent(tx, place, { kind: 'given-up', facts: { by: said.by }, at: now });
  return quantity;
}

async function statusOf(tx: Queries, place: OrderPlace): Promise<ChannelOrderStatus> {
  const row = await tx.get<{ status: ChannelOrderStatus }>(
    'SELECT status FROM channel_order WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  if (row) return row.status;
  throw new OperatorError(
    'unknown_order',
    `Channel "${place.channel}" has no order "${place.externalId}"`,
    '`omnifeed orders list` shows the orders; one that was just bought comes with the next pull.',
  );
}

const REFUSALS: Readonly<Record<PickupRefusal, readonly [message: string, advice: string]>> = {
  not_paid: ['is not paid yet', 'Keep the goods; it goes on by itself when the channel says it is paid.'],
  order_cancelled: ['is cancelled', 'Put the goods back; they are on sale again.'],
  no_location: ['has no location yet', 'Give it one with `omnifeed orders assign`.'],
  already_collected: [
    'is with its buyer already',
    'What the buyer brings back is taken with `omnifeed orders return`.',
  ],
  given_back: [
    'was not fetched, and the channel knows',
    'Hand it over late with `omnifeed orders picked-up`, or cancel it.',
  ],
  not_ready: ['was not ready yet', 'Say `omnifeed orders ready` first, or cancel the order.'],
};

function refusal({ externalId }: PickupSaid, why: PickupRefusal): OperatorError {
  const [message, advice] = REFUSALS[why];
  return new OperatorError(why, `Order "${externalId}" ${message}`, advice);
}
