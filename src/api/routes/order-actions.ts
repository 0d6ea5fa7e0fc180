import type { Buyer } from '../../domain/order.js';
import { confirmMessages, pushOrder, resolveExceptions, takeOver } from '../../orders/by-hand.js';
import { cancelByHand } from '../../orders/cancel-by-hand.js';
import { shipOpenUnits } from '../../orders/ship-open-units.js';
import { handOf, nameOf, nameOfCaller, placeOf, unitsOf } from '../order-calls.js';
import { noSuch } from '../problem.js';
import { nothing, route } from '../route.js';
import { integer, object } from '../shape.js';
import {
  buyer,
  cancelWish,
  orderPlace,
  parcel,
  parcelTaken,
  type RevealedBuyer,
  resolution,
} from '../shapes/order-actions.js';

/** What people do about an order. */
export const orderActionRoutes = [
  route({
    method: 'POST',
    path: '/orders/:channel/:order/shipments',
    permission: 'orders:write',
    summary: 'Enters a parcel; the channel is told with the next push.',
    params: orderPlace,
    body: parcel,
    answer: parcelTaken,
    async handle(call) {
      const { app, body, now } = call;
      const place = placeOf(call);
      const { reference, shippedAt, lines, trackingUrl, carrier, trackingNumber } = body;
      const given = {
        reference: reference ?? trackingNumber,
        carrier,
        trackingNumber,
        shippedAt: shippedAt ?? now,
        ...(trackingUrl === undefined ? {} : { trackingUrl }),
        ...(lines === undefined ? {} : { lines: lines.map(unitsOf) }),
      };
      const outcome = await app.database.transaction((tx) => shipOpenUnits(tx, { ...place, now }, given));
      call.note({ object: nameOf(place), after: { carrier, trackingNumber, outcome } });
      await app.queue.wake('push-shipments', place.channel);
      return { outcome };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/cancel',
    permission: 'orders:write',
    summary: 'Cancels units at the channel that have not left.',
    params: orderPlace,
    body: cancelWish,
    answer: nothing,
    async handle(call) {
      const { app, body, now } = call;
      const place = placeOf(call);
      const { tells } = app.open(place.channel).orders ?? {};
      await app.database.transaction((tx) =>
        cancelByHand(tx, place, { ...body, tells, by: nameOfCaller(call), now }),
      );
      call.note({ object: nameOf(place), after: { reason: body.reason, lines: [...body.lines] } });
      await app.queue.wake('push-shipments', place.channel);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/place',
    permission: 'orders:write',
    summary: 'Has the order placed in the shop now, whatever the policy of its channel.',
    params: orderPlace,
    answer: nothing,
    async handle(call) {
      const place = placeOf(call);
      const hand = await handOf(call, place.channel);
      await call.app.database.transaction((tx) => pushOrder(tx, place, hand));
      call.note({ object: nameOf(place) });
      await call.app.queue.wake('place-orders', place.channel);
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/take-over',
    permission: 'orders:write',
    summary: 'Leaves the order to a person: it is not placed by itself.',
    params: orderPlace,
    answer: nothing,
    async handle(call) {
      const place = placeOf(call);
      const hand = await handOf(call, place.channel);
      await call.app.database.transaction((tx) => takeOver(tx, place, hand));
      call.note({ object: nameOf(place) });
      return undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/resolve',
    permission: 'orders:write',
    summary: 'Closes what needed a person; with `retry` it is tried again.',
    params: orderPlace,
    body: resolution,
    answer: object({ closed: integer() }),
    async handle(call) {
      const { app, body, now } = call;
      const place = placeOf(call);
      const closing = { code: body.code ?? null, retry: body.retry === true, by: nameOfCaller(call), now };
      const closed = await app.database.transaction((tx) => resolveExceptions(tx, place, closing));
      call.note({ object: nameOf(place), after: { code: closing.code, retry: closing.retry, closed } });
      if (closing.retry) await app.queue.wake('push-shipments', place.channel);
      return { closed };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/confirm',
    permission: 'orders:write',
    summary: 'Lets the channel give money back to the buyer as the shop did; it cannot be undone there.',
    params: orderPlace,
    answer: object({ released: integer() }),
    async handle(call) {
      const place = placeOf(call);
      const by = { by: nameOfCaller(call), now: call.now };
      const released = await call.app.database.transaction((tx) => confirmMessages(tx, place, by));
      call.note({ object: nameOf(place), after: { released } });
      await call.app.queue.wake('push-shipments', place.channel);
      return { released };
    },
  }),
  route({
    method: 'POST',
    path: '/orders/:channel/:order/reveal',
    permission: 'buyers:read',
    summary: 'Shows name and address of the buyer; who looked is written down.',
    params: orderPlace,
    answer: buyer,
    shownOnce: true,
    async handle(call) {
      const place = placeOf(call);
      call.note({ object: `buyer of ${nameOf(place)}` });
      const row = await call.app.database.get<{ sealed: string }>(
        'SELECT sealed FROM order_buyer WHERE channel = ? AND external_id = ?',
        [place.channel, place.externalId],
      );
      const opened = row && (await (await call.app.buyers()).open(place, row.sealed));
      if (!opened) throw noSuch('buyer', place.externalId);
      return shown(opened);
    },
  }),
];

function shown({ name, email, phone, company, taxId, giftMessages, address }: Buyer): RevealedBuyer {
  return {
    name: name ?? null,
    email: email ?? null,
    phone: phone ?? null,
    company: company ?? null,
    taxId: taxId ?? null,
    giftMessages: giftMessages ?? {},
    address: address
      ? {
          lines: address.lines,
          city: address.city ?? null,
          region: address.region ?? null,
          postalCode: address.postalCode ?? null,
          country: address.country ?? null,
        }
      : null,
  };
}
