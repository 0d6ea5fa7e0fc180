import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OrderPlace } from './exceptions.js';
import { type WhereFulfilled, whereFulfilled } from './where-fulfilled.js';

/** One thing that happened to an order. */
export interface TimelineEntry {
  readonly at: Instant;
  /** Where it happened, or who did it. */
  readonly who: 'channel' | 'us' | 'shop' | 'carrier' | 'person';
  /** One sentence. */
  readonly what: string;
}

/** An order's whole life, and where it stands. Without the buyer. */
export interface OrderLife {
  readonly channel: string;
  readonly order: string;
  readonly status: string;
  readonly state: string;
  readonly reason: string | null;
  readonly fulfilledBy: string;
  readonly shipBy: string | null;
  readonly shop: { readonly id: string | null; readonly name: string | null; readonly state: string } | null;
  /** Null: there are no locations, or nobody has decided yet. */
  readonly fulfilled: WhereFulfilled | null;
  readonly lines: readonly LineLife[];
  readonly exceptions: readonly {
    readonly code: string;
    readonly message: string;
    readonly advice: string;
    readonly at: Instant;
    readonly closedAt: Instant | null;
    readonly closedBy: string | null;
  }[];
  readonly timeline: readonly TimelineEntry[];
}

/** Units of a line. */
export interface LineLife {
  readonly line: string;
  readonly sku: string;
  readonly ordered: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly returned: number;
}

/** Reads an order's life from what was written down on the way; null: there is no such order. */
export async function orderLife(queries: Queries, place: OrderPlace): Promise<OrderLife | null> {
  const key = [place.channel, place.externalId];
  const order = await queries.get<OrderRow>(
    `SELECT o.status, o.state, o.reason, o.fulfilled_by, o.placed_at, o.ship_by, k.store_id, k.store_name, k.state AS link_state
     FROM channel_order o LEFT JOIN order_link k ON k.channel = o.channel AND k.external_id = o.external_id
     WHERE o.channel = ? AND o.external_id = ?`,
    key,
  );
  if (!order) return null;
  const lines = await queries.all<LineLife>(
    `SELECT line_id AS line, sku, quantity AS ordered, shipped, cancelled, refunded, returned FROM order_line
     WHERE channel = ? AND external_id = ? ORDER BY line_id`,
    key,
  );
  const exceptions = await queries.all<OrderLife['exceptions'][number]>(
    `SELECT code, message, advice, at, closed_at AS "closedAt", closed_by AS "closedBy" FROM order_exception
     WHERE channel = ? AND external_id = ? ORDER BY at, code`,
    key,
  );
  return {
    channel: place.channel,
    order: place.externalId,
    status: order.status,
    state: order.state,
    reason: order.reason,
    fulfilledBy: order.fulfilled_by,
    shipBy: order.ship_by,
    shop:
      order.link_state === null
        ? null
        : { id: order.store_id, name: order.store_name, state: order.link_state },
    fulfilled: await whereFulfilled(queries, place),
    lines,
    exceptions,
    timeline: await timelineOf(queries, key, order, exceptions),
  };
}

interface OrderRow {
  readonly status: string;
  readonly state: string;
  readonly reason: string | null;
  readonly fulfilled_by: string;
  readonly placed_at: string;
  readonly ship_by: string | null;
  readonly store_id: string | null;
  readonly store_name: string | null;
  readonly link_state: string | null;
}

async function timelineOf(
  queries: Queries,
  key: readonly string[],
  order: OrderRow,
  exceptions: OrderLife['exceptions'],
): Promise<readonly TimelineEntry[]> {
  const events = await queries.all<{ kind: string; facts: string; at: string }>(
    'SELECT kind, facts, at FROM order_event WHERE channel = ? AND external_id = ? ORDER BY id',
    key,
  );
  const parcels = await queries.all<ParcelRow>(
    'SELECT reference, carrier, tracking_number, shipped_at, sent_at, state FROM shipment WHERE channel = ? AND external_id = ?',
    key,
  );
  const messages = await queries.all<MessageRow>(
    'SELECT reference, kind, state, made_at, sent_at FROM order_message WHERE channel = ? AND external_id = ?',
    key,
  );
  const entries: TimelineEntry[] = [
    { at: order.placed_at, who: 'channel', what: 'bought at the channel' },
    ...events.map(({ kind, facts, at }) => ({
      at,
      who: EVENT_PLACES[kind] ?? 'us',
      what: eventText(kind, JSON.parse(facts) as EventFacts),
    })),
    ...parcels.flatMap(parcelEntries),
    ...messages.flatMap(messageEntries),
    ...exceptions.flatMap(exceptionEntries),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

type EventFacts = Readonly<Record<string, unknown>>;

const EVENT_TEXTS: Readonly<Record<string, (facts: EventFacts) => string>> = {
  read: ({ status, updatedAt }) =>
    `read from the channel: ${String(status)}, changed there ${String(updatedAt)}`,
  placed: ({ storefront, storeId }) => `placed in ${String(storefront)} as ${String(storeId)}`,
  'cancelled-in-shop': () => 'cancellation carried out in the shop',
  'refunded-in-shop': ({ reference, storeReference }) =>
    `refund ${String(reference)} booked in the shop${storeReference === null ? '' : ` as ${String(storeReference)}`}`,
  'taken-over': ({ by }) => `taken over by ${String(by)}: nothing is placed by itself`,
  pushed: ({ by }) => `${String(by)} had it placed by hand`,
  'location-chosen': ({ locations, reason }) => `to be fulfilled at ${listed(locations)}: ${String(reason)}`,
  'no-location': ({ reason }) => `nobody fulfils it: ${String(reason)}`,
  'taken-from-location': ({ locations }) => `cancelled, and taken from ${listed(locations)}`,
  ready: ({ by }) => `ready for its buyer, says ${String(by)}`,
  'picked-up': ({ by, ends, units }) =>
    `${units === undefined ? '' : ends === true ? 'the rest ' : 'in part '}fetched by its buyer, says ${String(by)}`,
  'not-collected': ({ by, units }) =>
    `${units === undefined ? '' : 'the rest '}not fetched by its buyer, says ${String(by)}`,
  returned: ({ reference, location, units, goods, by }) =>
    `${unitsSum(units)} came back to ${String(location)} (${String(reference)}), ${GOODS[String(goods)] ?? String(goods)}, says ${String(by)}`,
  'given-up': ({ by }) => `${String(by)} had it cancelled: the buyer did not come`,
  'cancel-asked': ({ by, reason, lines }) =>
    `${String(by)} had ${Number(lines)} of its lines cancelled at the channel (${String(reason)})`,
  'refund-asked': ({ by, reason, amount }) =>
    `${String(by)} had the channel give ${String(amount)} back (${String(reason)})`,
  matched: ({ by, channelSku, sku }) => `${String(channelSku)} is ${String(sku)}, says ${String(by)}`,
};

const GOODS: Readonly<Record<string, string>> = {
  restocked: 'put back on the shelves',
  owner: 'put back, to be counted by whoever counts there',
  'written-off': 'written off',
};

function unitsSum(units: unknown): number {
  const parts = Array.isArray(units) ? (units as readonly { readonly quantity?: unknown }[]) : [];
  return parts.reduce((sum, { quantity }) => sum + Number(quantity), 0);
}

function listed(names: unknown): string {
  return Array.isArray(names) ? names.map(String).join(', ') : String(names);
}

const EVENT_PLACES: Readonly<Record<string, TimelineEntry['who']>> = {
  read: 'channel',
  placed: 'shop',
  'cancelled-in-shop': 'shop',
  'refunded-in-shop': 'shop',
  'taken-over': 'person',
  pushed: 'person',
  ready: 'person',
  'picked-up': 'person',
  'not-collected': 'person',
  'given-up': 'person',
  'cancel-asked': 'person',
  'refund-asked': 'person',
  matched: 'person',
};

function eventText(kind: string, facts: EventFacts): string {
  return EVENT_TEXTS[kind]?.(facts) ?? kind;
}

interface ParcelRow {
  readonly reference: string;
  readonly carrier: string;
  readonly tracking_number: string;
  readonly shipped_at: string;
  readonly sent_at: string | null;
  readonly state: string;
}

function parcelEntries(parcel: ParcelRow): TimelineEntry[] {
  const { reference, carrier, tracking_number: number, state } = parcel;
  const left: TimelineEntry = {
    at: parcel.shipped_at,
    who: 'carrier',
    what: `parcel ${reference} left with ${carrier} ${number}`,
  };
  if (parcel.sent_at === null) return [left];
  const told: Readonly<Record<string, string>> = {
    accepted: 'announced to the channel',
    rejected: 'refused by the channel',
    pending: 'to be announced again',
  };
  return [left, { at: parcel.sent_at, who: 'us', what: `parcel ${reference} ${told[state] ?? state}` }];
}

interface MessageRow {
  readonly reference: string;
  readonly kind: string;
  readonly state: string;
  readonly made_at: string;
  readonly sent_at: string | null;
}

const KINDS: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledgement',
  cancel: 'cancellation',
  refund: 'refund',
  ready: 'readiness',
  'picked-up': 'handing over',
  'not-collected': 'the buyer’s not coming',
};

function messageEntries(message: MessageRow): TimelineEntry[] {
  const name = `${KINDS[message.kind] ?? message.kind} (${message.reference})`;
  const made: TimelineEntry = { at: message.made_at, who: 'us', what: `${name} to be told to the channel` };
  return message.sent_at === null
    ? [made]
    : [made, { at: message.sent_at, who: 'us', what: `${name}: ${message.state}` }];
}

function exceptionEntries(exception: OrderLife['exceptions'][number]): TimelineEntry[] {
  const raised: TimelineEntry = {
    at: exception.at,
    who: 'us',
    what: `needs a person (${exception.code}): ${exception.message}`,
  };
  if (exception.closedAt === null) return [raised];
  const who = exception.closedBy === 'itself' ? 'us' : 'person';
  return [raised, { at: exception.closedAt, who, what: `${exception.code} closed by ${exception.closedBy}` }];
}
