import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookShop } from '../../../connectors/webhook-shop/index.js';
import type { WebhookShopSettings } from '../../../connectors/webhook-shop/settings.js';
import { type RunningShop, startWebhookShop } from '../../../connectors/webhook-shop/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { httpClient } from '../../../src/channel/http.js';
import type { Fault } from '../../../src/channel/simulator.js';
import type { SinkPort } from '../../../src/channel/store-ports.js';
import { tokenBucket } from '../../../src/channel/throttle.js';
import { systemClock } from '../../../src/clock.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import { cancelInShop } from '../../../src/orders/cancel-in-shop.js';
import { collectShipments } from '../../../src/orders/collect-shipments.js';
import { placeOrders } from '../../../src/orders/place.js';
import { deskWith, line, order, take } from '../../orders/order-bench.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const BOUGHT: Partial<ChannelOrder> = {
  lines: [
    line('76543210', {
      sku: '00012345',
      quantity: 2,
      unitPrice: usd(1_165),
      tax: usd(192),
      taxRate: '0.0825',
    }),
  ],
  shippingPrice: usd(399),
  total: usd(2_921),
  tax: usd(192),
  buyer: {
    name: 'Ann B. Buyer',
    email: 'ann@example.com',
    address: { lines: ['1 Main St'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
  },
};

describe('a shop by webhook', () => {
  let running: RunningShop;
  let test: TestDatabase;
  let clock: HandClock;
  let stop: AbortController;
  beforeEach(async () => {
    [running, test] = await Promise.all([startWebhookShop({ port: 0, processingMs: 0 }), sqliteDatabase()]);
    clock = handClock();
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await running.stop();
    await test.dispose();
  });

  const opened = (settings: WebhookShopSettings): OpenChannel =>
    webhookShop.open(settings, {
      channel: { id: 'shop', connector: 'webhook-shop', ...running.market },
      http: httpClient(stop.signal),
      clock: systemClock,
      log: silentLog,
      signal: stop.signal,
      bucket: (_name, spec) => tokenBucket(spec, systemClock),
    });
  const open = (settings: Partial<WebhookShopSettings> = {}): OpenChannel =>
    opened({ ...(running.settings as WebhookShopSettings), ...settings });
  const sink = (settings: Partial<WebhookShopSettings> = {}): SinkPort => {
    const found = open(settings).sink;
    if (!found) throw new Error('no sink');
    return found;
  };
  const desk = (to: SinkPort = sink()) => ({ ...deskWith(test.database, to), clock });
  const exceptions = () =>
    test.database.all<{ code: string; message: string }>(
      'SELECT code, message FROM order_exception WHERE closed_at IS NULL',
    );

  it('is given every amount as it was paid and every id as text, the contact only where the merchant wants it', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    expect(await placeOrders(desk())).toMatchObject({ placed: 1 });
    expect(await exceptions()).toEqual([]);
    expect(running.orders).toHaveLength(1);
    expect(running.orders[0]?.posted).toMatchObject({
      version: 1,
      key: 'market:A',
      orderId: 'A',
      currency: 'USD',
      total: '29.21',
      shipping: { method: 'ship', price: '3.99' },
      lines: [
        {
          line: '76543210',
          sku: '00012345',
          quantity: 2,
          unitPrice: '11.65',
          tax: '1.92',
          taxRate: '0.0825',
        },
      ],
      buyer: { name: 'Ann B. Buyer', address: { lines: ['1 Main St'], postalCode: '78701' } },
    });
    expect(JSON.stringify(running.orders)).not.toContain('ann@example.com');
    await sink({ buyerContact: true }).place({
      key: 'x:B',
      channel: 'x',
      draft: null,
      order: order('B', BOUGHT),
    });
    expect(JSON.stringify(running.orders)).toContain('ann@example.com');
  });

  const FAULTS: readonly Fault['kind'][] = ['drop-before', 'drop-after', 'fail', 'throttle'];
  it.each(FAULTS.flatMap((kind) => [true, false].map((forgetful) => [kind, forgetful] as const)))(
    'has exactly one order whichever call meets %s, also when it would make a second one of a repeated post (%s)',
    async (kind, forgetful) => {
      running.switches.forgetful = forgetful;
      for (const method of ['GET', 'POST']) {
        await take(test.database, [order(method, BOUGHT)]);
        running.faults.add({ kind, match: `${method} /orders`, ms: 20 });
        for (let round = 0; round < 6; round++) {
          await placeOrders(desk());
          clock.advance(61_000);
        }
      }
      expect(running.orders.map(({ answer }) => answer.key)).toEqual(['market:GET', 'market:POST']);
    },
  );

  it('is placed in by nobody while it shows other orders than it is asked for', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk());
    running.switches.ignoresKey = true;
    await take(test.database, [order('B', BOUGHT)]);
    expect(await placeOrders(desk())).toMatchObject({ placed: 0, failed: 1 });
    expect(running.orders).toHaveLength(1);
    expect(await open().check()).toMatchObject([{}, { code: 'search_shows_others' }]);
  });

  it('refuses an order with its own words, which a person reads', async () => {
    await take(test.database, [
      order('A', { ...BOUGHT, lines: [line('1', { sku: 'NOWHERE', unitPrice: usd(1) })] }),
    ]);
    expect(await placeOrders(desk())).toMatchObject({ placed: 0, failed: 1 });
    expect(await exceptions()).toMatchObject([
      { code: 'placing_refused', message: expect.stringContaining('we do not sell NOWHERE') },
    ]);
  });

  it('tells parcels, refunds and units taken out, and an order it no longer has', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk());
    const [held] = running.orders;
    if (!held) throw new Error('nothing was placed');
    const units = [{ line: '76543210', sku: '00012345', quantity: 1 }];
    held.answer = {
      ...held.answer,
      shipments: [
        {
          id: 'p1',
          carrier: 'UPS',
          trackingNumber: '1Z1',
          shippedAt: '2026-11-25T10:00:00+01:00',
          lines: units,
        },
      ],
      refunds: [
        {
          id: 'r1',
          at: '2026-11-25T11:00:00Z',
          amount: '11.65',
          lines: [{ ...units[0], amount: '11.65', returned: true }],
        },
      ],
    };
    await collectShipments(desk());
    expect(
      await test.database.all('SELECT reference, carrier, tracking_number, shipped_at FROM shipment'),
    ).toEqual([
      { reference: 'p1', carrier: 'UPS', tracking_number: '1Z1', shipped_at: '2026-11-25T09:00:00.000Z' },
    ]);
    const [read] = await sink().read([String(held.answer.id)]);
    expect(read?.refunds).toMatchObject([
      { amount: usd(1_165), lines: [{ returned: true, amount: usd(1_165) }] },
    ]);
    running.orders.splice(0);
    expect(await sink().read(['1001'])).toMatchObject([{ storeId: '1001', gone: true }]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'a number as SKU',
      { shipments: [{ id: 'p', shippedAt: '2026-11-25T10:00:00Z', lines: [{ sku: 12345, quantity: 1 }] }] },
      'sku',
    ],
    [
      'a time without its zone',
      { shipments: [{ id: 'p', shippedAt: '2026-11-25T10:00:00', lines: [] }] },
      'shippedAt',
    ],
    ['an amount without a currency', { currency: null, total: '1.00' }, 'currency'],
    ['half a unit', { cancelledUnits: [{ sku: 'A', quantity: 0.5 }] }, 'quantity'],
    ['no id', { id: '' }, 'id'],
  ])('is not believed what cannot be read: %s', async (_what, changes, member) => {
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk());
    const [held] = running.orders;
    if (held) held.answer = { ...held.answer, ...(changes as typeof held.answer) };
    await expect(sink().find('market:A', clock.now())).rejects.toMatchObject({
      code: 'unreadable_answer',
      message: expect.stringMatching(new RegExp(`at ${member}$`)),
    });
  });

  it('is told of cancellations where it takes them, and says why it does not', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk());
    const cancelled = BOUGHT.lines?.map((each) => ({ ...each, quantityCancelled: 1 })) ?? [];
    await take(test.database, [
      order('A', { ...BOUGHT, updatedAt: '2026-11-02T08:00:00.000Z', lines: cancelled }),
    ]);
    running.switches.refusesCancel = 'it is packed';
    expect(await cancelInShop(desk())).toMatchObject({ refused: 1 });
    expect(running.cancellations).toMatchObject([{ id: '1001', units: [{ line: '76543210', quantity: 1 }] }]);
    expect(await exceptions()).toMatchObject([{ message: expect.stringContaining('it is packed') }]);
    const { cancelAddress: _none, ...without } = running.settings as WebhookShopSettings;
    expect(opened(without).sink?.cancel).toBeUndefined();
  });

  it('books refunds of the channel once, though an answer was lost, repeats their key, and says why it does not', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await placeOrders(desk());
    const refund = {
      storeId: '1001',
      orderKey: 'market:A',
      key: 'market:A:return:R1',
      channel: 'market',
      at: '2026-11-03T08:00:00.000Z',
      reason: 'returned',
      amount: usd(1_165),
      lines: [
        { lineExternalId: '76543210', sku: '00012345', quantity: 1, amount: usd(1_165), restockAt: null },
      ],
    } as const;
    running.faults.add({ kind: 'drop-after', match: 'refund' });
    await expect(sink().refund?.(refund)).rejects.toMatchObject({ kind: 'ambiguous' });
    expect(await sink().refund?.(refund)).toEqual({ booked: true, reference: 'r1', left: [] });
    expect([...running.refunds.values()]).toMatchObject([
      { kind: 'refund', amount: '11.65', lines: [{ line: '76543210', quantity: 1, amount: '11.65' }] },
    ]);
    expect(await sink().read(['1001'])).toMatchObject([
      { refunds: [{ reference: 'r1', key: 'market:A:return:R1', amount: usd(1_165) }] },
    ]);
    expect(await sink().refund?.({ ...refund, storeId: '9', key: 'k' })).toMatchObject({
      booked: false,
      left: [{ code: 'refund_refused', message: 'we have no order 9' }],
    });
    const { refundAddress: _none, ...without } = running.settings as WebhookShopSettings;
    expect(opened(without).sink?.refund).toBeUndefined();
  });

  it('may tell which orders changed, if it signs what it tells', () => {
    const body = Buffer.from('{"ids":["1001",7]}');
    const sign = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const news = (signature: string) =>
      open().shopNews?.newsIn({ headers: { 'omnifeed-signature': signature }, body });
    expect(news(sign(String(running.settings.secret)))).toEqual({ storeIds: ['1001'], catalog: false });
    expect([news(sign('guessed')), news('')]).toEqual([null, null]);
  });

  it('refuses calls with a wrong secret or a clock that is off, and the check says so without showing the secret', async () => {
    const issues = await open({ secret: 'another-secret-of-24-letters' }).check();
    expect(issues).toMatchObject([
      { code: 'not_encrypted' },
      { severity: 'error', code: 'signature_refused' },
    ]);
    expect(JSON.stringify(issues)).not.toContain('another-secret');
    expect(await open().check()).toMatchObject([{ code: 'not_encrypted' }]);
    expect(await open({ address: `${running.url}/nothing` }).check()).toMatchObject([
      {},
      { code: 'address_wrong' },
    ]);
  });

  it('holds up no other order with one it tells in a form nobody can read', async () => {
    await take(test.database, [order('A', BOUGHT), order('B', BOUGHT)]);
    await placeOrders(desk());
    const [first] = running.orders;
    if (first) first.answer = { ...first.answer, cancelledUnits: [{ sku: 7, quantity: 1 }] };
    expect(await sink().read(['1001', '1002'])).toMatchObject([
      { storeId: '1001', needsPerson: expect.stringContaining('sku') },
      { storeId: '1002', name: 'W-1002' },
    ]);
  });
});
