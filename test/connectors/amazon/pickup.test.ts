import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelOrder } from '../../../src/domain/order.js';
import type { OrderMessage, OrderMessageVerdict, PickupNews } from '../../../src/domain/order-message.js';
import { openStage, type Stage } from './support.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.simulator.stop());

const LINES = [
  { sku: 'A', quantity: 2, unitPrice: '3.00' },
  { sku: 'B', quantity: 1, unitPrice: '5.00' },
];
const PICKUP = { delivery: { method: 'pickup' as const } };

function buy(how: object = PICKUP): string {
  return stage.simulator.placeOrder?.({ lines: LINES, ...how }) ?? '';
}

async function orderOf(id: string): Promise<ChannelOrder> {
  const orders = (await stage.channel.orders?.pull(null))?.orders ?? [];
  const order = orders.find(({ externalId }) => externalId === id);
  if (!order) throw new Error('no such order');
  return order;
}

const news = (orderExternalId: string, kind: PickupNews): OrderMessage => ({
  kind,
  reference: kind,
  orderExternalId,
});

async function tell(...messages: OrderMessage[]): Promise<readonly OrderMessageVerdict[]> {
  return (await stage.channel.orders?.tell?.(messages, 'k'))?.verdicts ?? [];
}

/** A call past the judge of our own calls, for what we never send. */
async function raw(id: string, body: object): Promise<number> {
  const { clientId, clientSecret, refreshToken } = stage.settings;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
  const fields = { ...form, client_secret: clientSecret } as Record<string, string>;
  const { url } = stage.simulator;
  const tokens = await fetch(`${url}/auth/o2/token`, { method: 'POST', body: new URLSearchParams(fields) });
  const { access_token: token = '' } = (await tokens.json()) as Record<string, string>;
  const reply = await fetch(`${url}/orders/v0/orders/${id}/shipment`, {
    method: 'POST',
    headers: { 'x-amz-access-token': token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return reply.status;
}

describe('orders that buyers fetch in a store', () => {
  it('are known by their program, without a store, and others go by parcel', async () => {
    expect((await orderOf(buy())).delivery).toMatchObject({ method: 'pickup' });
    expect((await orderOf(buy({}))).delivery).toEqual({ method: 'ship', service: 'STANDARD' });
  });

  it('are ready, and with the buyer once they are fetched', async () => {
    const id = buy();
    expect(await tell(news(id, 'ready'))).toEqual([
      { reference: 'ready', orderExternalId: id, outcome: 'accepted' },
    ]);
    expect((await orderOf(id)).status).toBe('open');
    await tell(news(id, 'picked-up'));
    expect(await orderOf(id)).toMatchObject({
      status: 'shipped',
      lines: [{ quantityShipped: 2 }, { quantityShipped: 1 }],
    });
  });

  it('are told again after a lost answer, which changes nothing', async () => {
    const id = buy();
    stage.simulator.faults.add({ kind: 'drop-after', match: '/shipment' });
    expect(await tell(news(id, 'ready'))).toMatchObject([{ outcome: 'retry' }]);
    expect(await tell(news(id, 'ready'))).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('are told each for itself: one that is refused does not keep the next one', async () => {
    const [parcel, fetched] = [buy({}), buy()];
    expect(await tell(news(parcel, 'ready'), news(fetched, 'not-collected'))).toEqual([
      {
        reference: 'ready',
        orderExternalId: parcel,
        outcome: 'rejected',
        issues: [expect.objectContaining({ message: expect.stringContaining('in-store pickup') })],
      },
      { reference: 'not-collected', orderExternalId: fetched, outcome: 'accepted' },
    ]);
  });

  it('wait when Amazon is busy, all of them, and what goes by feed waits for the next call', async () => {
    const [first, second] = [buy(), buy()];
    stage.simulator.faults.add({ kind: 'throttle', match: '/shipment' });
    const acknowledge: OrderMessage = {
      kind: 'acknowledge',
      reference: 'acknowledge',
      orderExternalId: first,
      storeId: 'S-1',
    };
    await expect(tell(news(first, 'ready'), acknowledge)).rejects.toMatchObject({ kind: 'throttled' });
    expect(await tell(news(first, 'ready'), acknowledge, news(second, 'ready'))).toMatchObject([
      { orderExternalId: first, outcome: 'accepted' },
      { orderExternalId: second, outcome: 'accepted' },
      { reference: 'acknowledge', outcome: 'retry' },
    ]);
  });
});

describe('the simulated updateShipmentStatus', () => {
  const store = { marketplaceId: 'ATVPDKIKX0DER' };

  it.each([
    ['no store', { shipmentStatus: 'ReadyForPickup' }],
    ['another store', { marketplaceId: '1', shipmentStatus: 'ReadyForPickup' }],
    ['no status', store],
    ['a status that is none', { ...store, shipmentStatus: 'Ready' }],
    ['no items in a list of items', { ...store, shipmentStatus: 'PickedUp', orderItems: [] }],
    [
      'an item it does not have',
      { ...store, shipmentStatus: 'PickedUp', orderItems: [{ orderItemId: 'x', quantity: 1 }] },
    ],
  ])('refuses %s', async (_what, body) => {
    expect(await raw(buy(), body)).toBe(400);
  });

  it('takes a part of an order, refuses more than was ordered, and does not go back from the end', async () => {
    const id = buy();
    const item = (await orderOf(id)).lines[0]?.externalId;
    const part = (quantity: number) => ({
      ...store,
      shipmentStatus: 'PickedUp',
      orderItems: [{ orderItemId: item, quantity }],
    });
    expect(await raw(id, part(3))).toBe(400);
    expect(await raw(id, part(1))).toBe(204);
    expect(await orderOf(id)).toMatchObject({
      status: 'partially-shipped',
      lines: [{ quantityShipped: 1 }, { quantityShipped: 0 }],
    });
    expect(await raw(id, { ...store, shipmentStatus: 'ReadyForPickup' })).toBe(400);
    expect(await raw('114-0000000-0000000', { ...store, shipmentStatus: 'PickedUp' })).toBe(404);
  });
});
