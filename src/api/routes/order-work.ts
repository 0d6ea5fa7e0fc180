import type { App } from '../../app.js';
import { matchSku } from '../../orders/match-sku.js';
import { parcelsIn } from '../../orders/parcel-file.js';
import { refundByHand } from '../../orders/refund-by-hand.js';
import { shipParcels } from '../../orders/ship-parcels.js';
import { assignByHand } from '../../stores/assign-order.js';
import { findLocation } from '../../stores/find-location.js';
import { pickLists as pickListsOf } from '../../stores/pick-list.js';
import { cancelUncollected, recordPickup } from '../../stores/record-pickup.js';
import { nextReturn, returnInStore } from '../../stores/return-in-store.js';
import { wakeAll } from '../mapping-calls.js';
import { fulfilDeskOf, handOf, nameOf, nameOfCaller, placeOf, unitsOf } from '../order-calls.js';
import { bytes, nothing, route } from '../route.js';
import { object, optional, text } from '../shape.js';
import { orderPlace } from '../shapes/order-actions.js';
import {
  goodsBack,
  locations,
  parcelsTaken,
  pickLists,
  pickupNews,
  refundWish,
  returnTaken,
  skuMatch,
} from '../shapes/order-work.js';

const MOST_FILE_BYTES = 4_000_000;

/** Work at locations, files of parcels, and money and SKUs that a person decides about. */
export const orderWorkRoutes = [
  route({
    method: 'GET',
    path: '/locations',
    permission: 'orders:read',
    summary: 'Lists warehouses and stores, and what is done there.',
    answer: locations,
    handle: ({ app }) => ({
      items: app.config.locations.map(({ id, name, code, zone, uses, countedBy }) => ({
        id,
        name,
        code,
        zone,
        uses,
        countedBy,
      })),
    }),
  }),
  route({
    method: 'GET',
    path: '/orders/pick-list',
    permission: 'orders:read',
    summary: 'Lists what is to be fetched from the shelves, by location and bin; without prices and buyers.',
    query: object({ location: optional(text(255)) }),
    answer: pickLists,
    handle: ({ app, query, now }) => listsOf(app, query.location, { now, names: false }),
  }),
  route({
    method: 'POST',
    path: '/orders/pick-list/names',
    permission: 'buyers:read',
    summary: 'The same with the names of the buyers; who looked is written down.',
    body: object({ location: optional(text(255)) }),
    answer: pickLists,
    shownOnce: true,
    handle({ app, body, now, note }) {
      note({ object: `buyers of the pick list${body.location === undefined ? '' : ` of ${body.location}`}` });
      return listsOf(app, body.location, { now, names: true });
    },
  }),
  route({
    method: 'POST',
    path: '/orders/parcels',
    permission: 'orders:write',
    summary:
      'Takes a CSV file of parcels; every row is answered for, good ones are taken whatever the others are.',
    query: object({ channel: optional(text(63)) }),
    body: bytes(MOST_FILE_BYTES, 'text/csv', 'application/octet-stream'),
    answer: parcelsTaken,
    repeatable: true,
    async handle({ app, query, body, now, note }) {
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk as Buffer);
      const read = parcelsIn(Buffer.concat(chunks).toString('utf8'), {
        now,
        channel: query.channel === undefined ? null : app.channel(query.channel).id,
        channels: app.config.channels.map(({ id }) => id),
      });
      const results = await shipParcels(app.database, read.parcels, now);
      for (const channel of new Set(results.map((result) => result.channel)))
        await app.queue.wake('push-shipments', channel);
      note({ object: 'file of parcels', after: { parcels: results.length, mistakes: read.mistakes.length } });
      return {
        parcels: results.map((result, at) => ({
          message: null,
          advice: null,
          ...withoutCode(result),
          rows: read.parcels[at]?.rows ?? [],
        })),
        mistakes: read.mistakes,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/match',
    permission: 'orders:write',
    summary: 'Says which of our SKUs a channel means by one of its own; remembered for every order to come.',
    params: object({ channel: text(63) }),
    body: skuMatch,
    answer: nothing,
    async handle(call) {
      const { app, params, body, note } = call;
      const { id } = app.channel(params.channel);
      const hand = await handOf(call, id);
      const orders = await app.database.transaction((tx) => matchSku(tx, { channel: id, ...body }, hand));
      note({ object: `SKU ${body.channelSku} of ${id}`, after: { sku: body.sku, orders: orders.length } });
      await app.queue.wake('place-orders', id);
      await wakeAll(app);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/assign',
    permission: 'orders:write',
    summary: 'Has one location fulfil the whole order; its staff is told.',
    params: orderPlace,
    body: object({ location: text(255) }),
    answer: nothing,
    async handle(call) {
      const { app, body, note } = call;
      const place = placeOf(call);
      const desk = fulfilDeskOf(app, place.channel);
      const location = findLocation(app.config.locations, body.location);
      const { externalId } = place;
      await app.database.transaction((tx) =>
        assignByHand(tx, desk, { externalId, location, by: nameOfCaller(call) }),
      );
      note({ object: nameOf(place), after: { location: location.id } });
      await app.queue.wake('fulfil-orders', place.channel);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/pickup',
    permission: 'orders:write',
    summary:
      'Says that an order its buyer fetches is ready, was fetched, whole or in part, or was not; the channel is told.',
    params: orderPlace,
    body: pickupNews,
    answer: nothing,
    async handle(call) {
      const { app, body, note } = call;
      const place = placeOf(call);
      const desk = fulfilDeskOf(app, place.channel);
      const said = { externalId: place.externalId, by: nameOfCaller(call) };
      await app.database.transaction(async (tx) => {
        await recordPickup(tx, desk, { ...said, news: body.news, units: body.lines?.map(unitsOf) ?? null });
        if (body.news === 'not-collected' && body.cancel === true) await cancelUncollected(tx, desk, said);
      });
      note({
        object: nameOf(place),
        after: { news: body.news, lines: body.lines ?? null, cancel: body.cancel === true },
      });
      await app.queue.wake('push-shipments', place.channel);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/return',
    permission: 'orders:write',
    summary: 'Takes back goods a buyer brought to a store: stock, and the money at the channel.',
    params: orderPlace,
    body: goodsBack,
    answer: returnTaken,
    async handle(call) {
      const { app, body, note } = call;
      const place = placeOf(call);
      const desk = fulfilDeskOf(app, place.channel);
      const location = findLocation(app.config.locations, body.location);
      const { reference, taken } = await app.database.transaction(async (tx) => {
        const name = body.reference ?? (await nextReturn(tx, place));
        const back = {
          externalId: place.externalId,
          location,
          reference: name,
          units: body.lines?.map(unitsOf) ?? null,
          restock: body.restock,
          money: body.refund ? ('paid' as const) : ('none' as const),
          shipping: body.shipping ?? null,
          by: nameOfCaller(call),
        };
        return { reference: name, taken: await returnInStore(tx, desk, back) };
      });
      note({ object: nameOf(place), after: { reference, location: location.id, known: taken === null } });
      await app.queue.wake('push-shipments', place.channel);
      await wakeAll(app);
      const units = [...(taken?.units.values() ?? [])].reduce((sum, each) => sum + each, 0);
      return { reference, known: taken === null, units, money: taken?.money.way ?? 'none' };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/refund',
    permission: 'orders:write',
    summary:
      'Has the channel give money back to the buyer; never more than was paid. It cannot be undone there.',
    params: orderPlace,
    body: refundWish,
    answer: nothing,
    async handle(call) {
      const { app, body, note, now } = call;
      const place = placeOf(call);
      const { tells } = app.open(place.channel).orders ?? {};
      const wish = { ...body, tells, by: nameOfCaller(call), now };
      await app.database.transaction((tx) => refundByHand(tx, place, wish));
      note({ object: nameOf(place), after: { reason: body.reason, lines: [...body.lines] } });
      await app.queue.wake('push-shipments', place.channel);
      return undefined;
    },
  }),
];

function withoutCode<Result extends object>(result: Result): Omit<Result, 'code'> {
  const { code: _code, ...rest } = result as Result & { readonly code?: string };
  return rest as Omit<Result, 'code'>;
}

async function listsOf(
  app: App,
  text: string | undefined,
  how: { readonly now: string; readonly names: boolean },
) {
  const { locations: known } = app.config;
  const location = text === undefined ? null : findLocation(known, text);
  const names = how.names ? await app.buyers() : null;
  return { lists: await pickListsOf(app.database, { location, locations: known, now: how.now, names }) };
}
