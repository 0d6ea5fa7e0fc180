import type { SinkPort, SourcePort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { Money } from '../../src/domain/money.js';
import type { SourceProduct } from '../../src/domain/product.js';
import type { StoreOrder } from '../../src/domain/store-order.js';
import { type Client, nextOf, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** The shop side as a source. The store keeps products in our own form, so nothing is translated. */
export function memorySource(client: Client): SourcePort {
  return {
    async products(cursor) {
      const body = await client({ method: 'GET', path: '/products', query: cursorQuery(cursor) });
      return { items: objectsOf(body.items) as unknown as readonly SourceProduct[], next: nextOf(body) };
    },
    async stock(cursor) {
      const body = await client({ method: 'GET', path: '/stock', query: cursorQuery(cursor) });
      const items = objectsOf(body.items).map((reading) => ({
        sku: String(reading.sku),
        location: String(reading.location),
        onHand: Number(reading.onHand),
      }));
      return { items, next: nextOf(body) };
    },
  };
}

/** The shop side as the place where channel orders land. */
export function memorySink(client: Client): SinkPort {
  return {
    // The store has applied a call before it answers, and is searched as it stands.
    uncertainty: { quietMs: 0, searchAgainMs: 0 },
    async place({ key, channel, order }) {
      const { raw: _verbatim, ...placed } = order;
      const tagged = { channel, externalId: order.externalId, order: placed as unknown as JsonValue };
      const body = await client({ method: 'POST', path: '/shop-orders', body: { key, order: tagged } });
      return one(objectsOf([body.order ?? null]));
    },
    async find(key) {
      const body = await client({ method: 'GET', path: '/shop-orders', query: { key } });
      return objectsOf(body.orders).map(storeOrderOf);
    },
    async read(storeIds) {
      if (storeIds.length === 0) return [];
      const query = { ids: storeIds.join(',') };
      const body = await client({ method: 'GET', path: '/shop-orders', query });
      const held = new Map(
        objectsOf(body.orders).map((order) => [String(order.storeId), storeOrderOf(order)]),
      );
      return storeIds.map(
        (storeId) => held.get(storeId) ?? { storeId, gone: true, cancelled: false, shipments: [] },
      );
    },
    async cancel({ storeId, key, reason, units }) {
      const body = { storeId, key, reason, units: units as unknown as JsonValue };
      const reply = await client({ method: 'POST', path: '/shop-orders/cancel', body });
      return typeof reply.code === 'string' ? [refusal(reply.code)] : [];
    },
    async refund({ storeId, key, at, reason, amount, lines, shipping }) {
      const refund = {
        at,
        reason,
        amount,
        lines: lines.map(({ restockAt: _counted, ...line }) => line),
        ...(shipping === undefined ? {} : { shipping }),
      } as unknown as JsonValue;
      const reply = await client({
        method: 'POST',
        path: '/shop-orders/refund',
        body: { storeId, key, refund },
      });
      return typeof reply.reference === 'string'
        ? { booked: true, reference: reply.reference, left: [] }
        : { booked: false, left: [refusal(String(reply.code))] };
    },
  };
}

function cursorQuery(cursor: string | null): Readonly<Record<string, string>> {
  return cursor === null ? {} : { cursor };
}

function one(orders: readonly JsonObject[]): StoreOrder {
  const [first] = orders;
  if (first) return storeOrderOf(first);
  throw new ChannelError('The shop answered without the order it placed', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The order is searched before it is placed again; nothing to do.',
  });
}

function storeOrderOf(order: JsonObject): StoreOrder {
  const total = objectsOf([order.total ?? null])[0] as unknown as Money | undefined;
  return {
    ...(total === undefined ? {} : { totals: { total } }),
    storeId: String(order.storeId),
    name: String(order.name),
    cancelled: order.cancelled === true,
    shipments: objectsOf(order.shipments) as unknown as StoreOrder['shipments'],
    refunds: objectsOf(order.refunds) as unknown as NonNullable<StoreOrder['refunds']>,
    cancelledUnits: objectsOf(order.cancelledUnits) as unknown as NonNullable<StoreOrder['cancelledUnits']>,
  };
}
