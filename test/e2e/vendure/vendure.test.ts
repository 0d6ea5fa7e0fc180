import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../connectors/memory/store/memory-store.js';
import { buy, cancelOrder, takeMessage } from '../../../connectors/memory/store/store-orders.js';
import { jobHandlers } from '../../../jobs/index.js';
import { type App, openApp } from '../../../src/app.js';
import { importFrom } from '../../../src/catalog/import-from.js';
import { packageRoot } from '../../../src/config/package-root.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ChannelOrder, OrderLine } from '../../../src/domain/order.js';
import { silentLog } from '../../support/silent-log.js';
import { type CuttingProxy, cuttingProxy, type Moment } from './cutting-proxy.js';
import { type RunningShop, startShop, whyNoShop } from './running-shop.js';

const STORE = 'vendure-e2e';
const HOUR_MS = 3_600_000;
const OMNIFEED_KEY = randomBytes(32).toString('base64');
const why = whyNoShop();
if (why !== null) process.stdout.write(`skipped: a real Vendure shop, because ${why}\n`);

interface ShopLine {
  readonly id: string;
  readonly quantity: number;
  readonly linePriceWithTax: number;
  readonly taxRate: number;
  readonly productVariant: { readonly sku: string };
  readonly customFields: { readonly channelLineId: string };
}

interface ShopOrder {
  readonly id: string;
  readonly state: string;
  readonly totalWithTax: number;
  readonly shippingWithTax: number;
  readonly customFields: { readonly channelOrderId: string; readonly channelCollectedTax: number | null };
  readonly lines: readonly ShopLine[];
  readonly payments: readonly { readonly id: string; readonly amount: number; readonly state: string }[];
}

describe.skipIf(why !== null)('a real Vendure shop', () => {
  let shop: RunningShop;
  let proxy: CuttingProxy;
  let folder: string;
  let app: App;
  let offsetMs = 0;

  beforeAll(async () => {
    shop = await startShop();
    proxy = await cuttingProxy(shop.adminApi);
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    const facts = 'country: US, language: en, currency: USD, zone: America/New_York';
    await writeFile(
      path.join(folder, 'omnifeed.yaml'),
      `sources: { products: { channel: my-shop } }
database: omnifeed.db
log: { level: silent }
channels:
  my-shop: { connector: vendure, ${facts}, settings: { url: "${proxy.url}", username: "${shop.username}", password: ${shop.password}, productLink: "https://shop.example/p/{slug}" } }
  market: { connector: memory, ${facts}, settings: { store: ${STORE} }, orders: { placeIn: my-shop, policy: matched } }
`,
    );
    app = await openApp(path.join(folder, 'omnifeed.yaml'), {
      clock: { now: () => instantOf(Date.now() + offsetMs), monotonicMs: () => performance.now() },
      log: silentLog,
      environment: { OMNIFEED_KEY },
      random: () => 0,
    });
    await app.open('my-shop').actions?.['prepare-shop']?.run({});
    await read();
  }, 240_000);
  afterAll(async () => {
    await app?.close();
    await proxy?.stop();
    await shop?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  const read = (whole = true) => importFrom(app, { source: app.source('products'), actor: 'test', whole });
  const job = async (name: 'pull-orders' | 'place-orders' | 'push-shipments'): Promise<void> => {
    await jobHandlers(app)[name]?.('market', app.signal);
  };
  /** What an hour of `omnifeed start` does with orders. */
  const anHour = async (): Promise<void> => {
    offsetMs += HOUR_MS;
    for (const name of ['pull-orders', 'place-orders', 'push-shipments'] as const) await job(name);
  };
  const order = (sku: string, quantity: number, unitMinor = 999): string =>
    buy(memoryStore(STORE), { currency: 'USD', lines: [{ sku, quantity, unitMinor }] });
  const held = (id: string) => memoryStore(STORE).orders.get(id);
  const inShop = async (id: string): Promise<readonly ShopOrder[]> => {
    const { orders } = (await shop.admin(
      `query Q($key: String!) { orders(options: { filter: { channelOrderId: { eq: $key } } }) { items { id state totalWithTax shippingWithTax
        customFields { channelOrderId channelCollectedTax } payments { id amount state }
        lines { id quantity linePriceWithTax taxRate productVariant { sku } customFields { channelLineId } } } } }`,
      { key: `market:${id}` },
    )) as unknown as { orders: { items: ShopOrder[] } };
    return orders.items;
  };
  const placed = async (id: string): Promise<ShopOrder> => {
    const [first, ...others] = await inShop(id);
    if (first === undefined || others.length > 0) throw new Error(`${id} is ${others.length + 1} orders`);
    return first;
  };
  const stockOf = async (sku: string): Promise<{ stockOnHand: number; stockAllocated: number }> => {
    const { productVariants } = (await shop.admin(
      'query Q($sku: String!) { productVariants(options: { filter: { sku: { eq: $sku } } }) { items { stockLevels { stockOnHand stockAllocated } } } }',
      { sku },
    )) as unknown as {
      productVariants: { items: { stockLevels: { stockOnHand: number; stockAllocated: number }[] }[] };
    };
    return (
      productVariants.items[0]?.stockLevels[0] ?? { stockOnHand: Number.NaN, stockAllocated: Number.NaN }
    );
  };
  /** A person packs units and hands them to the carrier. */
  const ship = async (
    id: string,
    quantity: number,
    parcel: { carrier: string; tracking: string },
  ): Promise<string> => {
    const [line] = (await placed(id)).lines;
    const made = (await shop.admin(
      `mutation M($input: FulfillOrderInput!) { addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } ... on ErrorResult { errorCode message } } }`,
      {
        input: {
          lines: [{ orderLineId: String(line?.id), quantity }],
          handler: {
            code: 'manual-fulfillment',
            arguments: [
              { name: 'method', value: parcel.carrier },
              { name: 'trackingCode', value: parcel.tracking },
            ],
          },
        },
      },
    )) as unknown as { addFulfillmentToOrder: { id: string } };
    const fulfillment = made.addFulfillmentToOrder.id;
    await to(fulfillment, 'Shipped');
    return fulfillment;
  };
  const to = (id: string, state: string): Promise<JsonObject> =>
    shop.admin(
      `mutation M($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, state: $state) { ... on Fulfillment { id } ... on ErrorResult { errorCode message } } }`,
      { id, state },
    );

  it('gives its products, prices with tax and what may be sold, also what changed since', async () => {
    const row = await app.database.get<JsonObject>(
      "SELECT p.product_key, p.body, v.content, v.offer FROM variant v JOIN product p ON p.id = v.product_id WHERE v.sku = '00012345'",
    );
    expect(JSON.parse(String(row?.body))).toMatchObject({
      title: 'Trail Shirt',
      brand: 'Acme',
      type: 'Clothing',
      link: 'https://shop.example/p/trail-shirt',
      attributes: { material: ['cotton'] },
    });
    expect(JSON.parse(String(row?.content))).toMatchObject({ options: { Size: 'S', Colour: 'Red' } });
    expect(JSON.parse(String(row?.offer))).toMatchObject({
      price: { minor: 1_200, currency: 'USD' },
      tracked: true,
    });
    const levels = await app.database.all<{ sku: string }>('SELECT sku FROM stock_level ORDER BY sku');
    expect(levels.map(({ sku }) => sku)).toEqual(['00012345', 'MUG', 'SHIRT-L', 'SHIRT-M', 'SHIRT-XL']);
    const { productVariants, products } = (await shop.admin(
      `{ productVariants(options: { filter: { sku: { eq: "SHIRT-L" } } }) { items { id } }
         products(options: { take: 1, sort: { updatedAt: DESC } }) { items { updatedAt } } }`,
    )) as unknown as {
      productVariants: { items: { id: string }[] };
      products: { items: { updatedAt: string }[] };
    };
    const since = instantOf(Date.parse(products.items[0]?.updatedAt ?? '') + 1_000);
    // Another price moves the variant's stamp and not the product's. Stamps are looked at by whole seconds: it is set until its second is
    // a later one than that of any product.
    await vi.waitFor(async () => {
      const { updateProductVariants: changed } = (await shop.admin(
        'mutation M($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { updatedAt } }',
        { input: [{ id: String(productVariants.items[0]?.id), price: 2_000 }] },
      )) as unknown as { updateProductVariants: { updatedAt: string }[] };
      expect(Date.parse(changed[0]?.updatedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(since));
    }, 10_000);
    const source = app.open('my-shop').source;
    const first = await source?.products(null, since);
    const second = await source?.products(first?.next ?? null, since);
    expect(first?.items).toEqual([]);
    expect(second?.items.map(({ product }) => product.title)).toEqual(['Trail Shirt']);
    expect(await read()).toMatchObject({ changed: 1, ended: 0 });
    const offer = await app.database.get<{ offer: string }>(
      "SELECT offer FROM variant WHERE sku = 'SHIRT-L'",
    );
    expect(JSON.parse(offer?.offer ?? '{}')).toMatchObject({ price: { minor: 2_400 } });
  });

  it('has exactly one order for each, wherever the line was cut, before or after a call was applied', {
    timeout: 60_000,
  }, async () => {
    const before = await stockOf('00012345');
    const ids: string[] = [];
    for (const moment of ['arrived', 'applied'] as const) {
      for (let at = 1; ; at++) {
        const id = order('00012345', 1);
        ids.push(id);
        await job('pull-orders');
        let cuts = 0;
        proxy.watch((call, now) => call === at && now === moment && ++cuts > 0);
        await job('place-orders');
        proxy.watch(() => false);
        if (cuts === 0) break; // placing takes fewer calls than that
      }
    }
    for (let hour = 0; hour < 3; hour++) await anHour();
    expect(ids.length).toBeGreaterThanOrEqual(14);
    for (const id of ids)
      expect((await inShop(id)).map(({ state, totalWithTax }) => [id, state, totalWithTax])).toEqual([
        [id, 'PaymentSettled', 999],
      ]);
    expect((await stockOf('00012345')).stockAllocated - before.stockAllocated).toBe(ids.length);
    const links = await app.database.all<{ state: string }>(
      `SELECT state FROM order_link WHERE external_id IN (${ids.map((id) => `'${id}'`).join(',')})`,
    );
    expect(links.filter(({ state }) => state !== 'placed')).toEqual([]);
  });

  it('has exactly one order after our process was killed while it placed it', {
    timeout: 60_000,
  }, async () => {
    const kills: readonly (readonly [number, Moment])[] = [
      [5, 'applied'],
      [8, 'arrived'],
      [8, 'applied'],
    ];
    const ids: string[] = [];
    for (const [at, moment] of kills) {
      const id = order('SHIRT-M', 1);
      ids.push(id);
      await job('pull-orders');
      const script = path.join(import.meta.dirname, 'place-once.mjs');
      const args = [script, path.join(packageRoot(), 'dist'), path.join(folder, 'omnifeed.yaml'), 'market'];
      const child = spawn(process.execPath, args, { env: { ...process.env, OMNIFEED_KEY }, stdio: 'ignore' });
      proxy.watch((call, now) => call === at && now === moment && child.kill('SIGKILL'));
      const [, signal] = await once(child, 'exit');
      proxy.watch(() => false);
      expect(signal).toBe('SIGKILL');
      // What the shop was doing for the dead process it goes on doing; its work on one call is over when it answers another.
      await stockOf('SHIRT-M');
    }
    for (let hour = 0; hour < 3; hour++) await anHour();
    for (const id of ids) expect((await inShop(id)).map(({ state }) => state)).toEqual(['PaymentSettled']);
  });

  it('has one order when five workers place it at once', async () => {
    const { sink } = app.open('my-shop');
    const id = 'RACE-1';
    const wanted = {
      key: `market:${id}`,
      channel: 'market',
      draft: null,
      order: orderOf(id, [line('1', 2, 1_000)], 2_000),
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => sink?.place(wanted)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
    const [draft] = (await sink?.find(wanted.key, '')) ?? [];
    await sink?.place({ ...wanted, draft: draft?.storeId ?? null });
    expect(await placed(id)).toMatchObject({ state: 'PaymentSettled', totalWithTax: 2_000 });
  });

  it.each<readonly [string, Partial<ChannelOrder> & { lines: readonly OrderLine[] }, Partial<ShopOrder>]>([
    [
      'three for 10.00',
      { lines: [line('1', 3, 0, { unitPrice: usd(333) }), line('2', 1, 1)], total: usd(1_000) },
      { totalWithTax: 1_000 },
    ],
    [
      'a discount that does not divide',
      { lines: [line('1', 3, 400, { discount: usd(200) })], total: usd(1_000) },
      { totalWithTax: 1_000 },
    ],
    [
      'prices with 19 % tax',
      { lines: [line('1', 2, 1_190, { taxRate: '0.19', tax: usd(380) })], total: usd(2_380), tax: usd(380) },
      { totalWithTax: 2_380 },
    ],
    [
      'prices without tax, 8.25 % collected by the channel, and shipping',
      {
        lines: [
          line('1', 15, 1_000, { taxRate: '0.0825', tax: usd(1_238), channelCollectedTax: usd(1_238) }),
        ],
        shippingPrice: usd(399),
        shippingTax: usd(33),
        total: usd(15_000 + 1_238 + 399 + 33),
      },
      { totalWithTax: 16_670, shippingWithTax: 432 },
    ],
    [
      'a line for nothing',
      { lines: [line('1', 1, 0), line('2', 1, 500)], total: usd(500) },
      { totalWithTax: 500 },
    ],
    [
      'a discount on the whole order',
      { lines: [line('1', 1, 500), line('2', 2, 333)], discount: usd(100), total: usd(1_066) },
      { totalWithTax: 1_066 },
    ],
  ])('takes %s as it was paid', async (name, parts, expected) => {
    const id = `AMOUNTS-${name.length}-${parts.lines.length}-${parts.total?.minor}`;
    const { sink } = app.open('my-shop');
    const wanted = {
      key: `market:${id}`,
      channel: 'market',
      draft: null,
      order: { ...orderOf(id, parts.lines), ...parts },
    };
    const answer = await sink?.place(wanted);
    const found = await placed(id);
    expect(found).toMatchObject({ state: 'PaymentSettled', ...expected });
    expect(answer?.totals).toEqual({ total: parts.total, outstanding: usd(0) });
    expect(found.payments.map(({ amount, state }) => [amount, state])).toEqual([
      [parts.total?.minor, 'Settled'],
    ]);
    const [first] = parts.lines;
    if (first?.taxRate !== undefined) expect(found.lines[0]?.taxRate).toBe(Number(first.taxRate) * 100);
    if (first?.channelCollectedTax)
      expect(found.customFields.channelCollectedTax).toBe(first.channelCollectedTax.minor);
  });

  it('takes a paid order whatever the stock, and says then that less than nothing may be sold', async () => {
    const before = await stockOf('MUG');
    const id = order('MUG', 20);
    await anHour();
    expect((await placed(id)).state).toBe('PaymentSettled');
    expect(await stockOf('MUG')).toEqual({ ...before, stockAllocated: before.stockAllocated + 20 });
    await read();
    const level = await app.database.get<{ on_hand: number }>(
      "SELECT on_hand FROM stock_level WHERE sku = 'MUG'",
    );
    expect(level?.on_hand).toBe(before.stockOnHand - before.stockAllocated - 20);
  });

  it('lets go of a reservation once the shop has counted the order', async () => {
    const id = order('SHIRT-M', 1);
    await anHour();
    const reserved = () =>
      app.database.get<{ n: number }>('SELECT COUNT(*) AS n FROM reservation WHERE external_id = ?', [id]);
    expect((await reserved())?.n).toBe(1);
    offsetMs += HOUR_MS;
    await read(false);
    await jobHandlers(app).sweep?.('*', app.signal);
    expect((await reserved())?.n).toBe(0);
  });

  it('brings parcels to the channel, each when it is shipped, and a delivered one no second time', async () => {
    const id = order('SHIRT-M', 3);
    await anHour();
    const first = await ship(id, 2, { carrier: 'UPS', tracking: '1Z999AA10123456784' });
    await anHour();
    expect([...(held(id)?.parcels.values() ?? [])]).toMatchObject([
      { carrier: 'UPS', trackingNumber: '1Z999AA10123456784', lines: [{ quantity: 2 }] },
    ]);
    expect(held(id)?.status).toBe('partially-shipped');
    await to(first, 'Delivered');
    await ship(id, 1, { carrier: 'DHL', tracking: 'JD014600003' });
    await anHour();
    expect(
      [...(held(id)?.parcels.values() ?? [])].map(({ carrier, lines }) => [carrier, lines[0]?.quantity]),
    ).toEqual([
      ['UPS', 2],
      ['DHL', 1],
    ]);
    expect(held(id)?.status).toBe('shipped');
  });

  it('takes out what the buyer cancels at the channel, once, and puts the units back on sale', async () => {
    const before = await stockOf('SHIRT-M');
    const id = order('SHIRT-M', 2);
    await anHour();
    cancelOrder(memoryStore(STORE), id);
    await job('pull-orders');
    proxy.watch((call, moment) => call === 3 && moment === 'applied'); // the cancellation is carried out, its answer lost
    await job('push-shipments');
    proxy.watch(() => false);
    await anHour();
    expect((await placed(id)).state).toBe('Cancelled');
    expect(await stockOf('SHIRT-M')).toEqual(before);
  });

  it('takes single units out once, and leaves it to a person when some of the line are packed', async () => {
    const { sink } = app.open('my-shop');
    const before = await stockOf('SHIRT-M');
    const id = order('SHIRT-M', 3);
    await anHour();
    const { id: storeId, lines } = await placed(id);
    const one = {
      storeId,
      key: 'first',
      reason: 'no-stock',
      units: [{ lineExternalId: `${id}-1`, sku: 'SHIRT-M', quantity: 1 }],
    };
    expect([await sink?.cancel?.(one), await sink?.cancel?.(one)]).toEqual([[], []]);
    expect((await placed(id)).lines[0]?.quantity).toBe(2);
    expect(await sink?.read([storeId])).toMatchObject([
      { cancelledUnits: [{ lineExternalId: `${id}-1`, quantity: 1 }] },
    ]);
    expect(await stockOf('SHIRT-M')).toEqual({ ...before, stockAllocated: before.stockAllocated + 2 });
    await ship(id, 1, { carrier: 'UPS', tracking: '1Z1' });
    expect(await sink?.cancel?.({ ...one, key: 'second' })).toMatchObject([{ code: 'already_packed' }]);
    expect((await placed(id)).lines[0]?.quantity).toBe(lines[0] === undefined ? 0 : 2);
    expect(await stockOf('SHIRT-M')).toEqual({
      stockOnHand: before.stockOnHand - 1,
      stockAllocated: before.stockAllocated + 1,
    });
  });

  it('tells the channel what the shop took out and gave back', async () => {
    const id = order('SHIRT-XL', 2, 1_500);
    await anHour();
    await ship(id, 2, { carrier: 'UPS', tracking: '1Z2' });
    await anHour();
    const { payments, lines } = await placed(id);
    const made = (await shop.admin(
      'mutation M($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { id } ... on ErrorResult { errorCode message } } }',
      {
        input: {
          paymentId: String(payments[0]?.id),
          amount: 1_500,
          reason: 'came back',
          lines: [{ orderLineId: String(lines[0]?.id), quantity: 1 }],
          shipping: 0,
          adjustment: 0,
        },
      },
    )) as unknown as { refundOrder: { id: string } };
    await anHour();
    expect(held(id)?.refundedUnits.size).toBe(0); // asked for, not given yet
    await shop.admin(
      'mutation M($input: SettleRefundInput!) { settleRefund(input: $input) { ... on Refund { id } ... on ErrorResult { errorCode message } } }',
      { input: { id: made.refundOrder.id, transactionId: 'R-1' } },
    );
    await anHour();
    await anHour();
    expect([...(held(id)?.refundedUnits ?? [])]).toEqual([[`${id}-1`, 1]]);
  });

  it.each([
    ['at once', 0],
    ['although the answer to the refund is lost', 3], // after reading the order for its key and for its payment
    ['although the answer to settling it is lost', 4],
  ])(
    'books what the channel gave back, %s, once, settled, without telling the channel of it',
    async (_how, lost) => {
      const id = order('SHIRT-XL', 2, 1_500);
      await anHour();
      await ship(id, 2, { carrier: 'UPS', tracking: '1Z3' });
      await anHour();
      const before = await stockOf('SHIRT-XL');
      const lines = [{ lineExternalId: `${id}-1`, quantity: 1, item: { minor: 1_200, currency: 'USD' } }];
      takeMessage(memoryStore(STORE), { kind: 'refund', reference: 'seller', orderExternalId: id, lines });
      await anHour();
      let cuts = 0;
      proxy.watch((call, moment) => call === lost && moment === 'applied' && ++cuts > 0);
      await anHour();
      proxy.watch(() => false);
      expect(cuts).toBe(lost === 0 ? 0 : 1);
      for (let hour = 0; hour < 3; hour++) await anHour();
      const { orders } = (await shop.admin(
        'query Q($key: String!) { orders(options: { filter: { channelOrderId: { eq: $key } } }) { items { payments { refunds { total state reason lines { quantity } } } } } }',
        { key: `market:${id}` },
      )) as unknown as { orders: { items: { payments: { refunds: JsonObject[] }[] }[] } };
      expect(orders.items[0]?.payments.flatMap(({ refunds }) => refunds)).toEqual([
        {
          total: 1_200,
          state: 'Settled',
          reason: `Omnifeed: other [market:${id}:channel:${id}-1=1/1200]`,
          lines: [{ quantity: 1 }],
        },
      ]);
      expect(await stockOf('SHIRT-XL')).toEqual(before);
      const told = [...(held(id)?.messages.keys() ?? [])];
      expect(told).toEqual(['acknowledge', 'seller']);
      expect(
        await app.database.all(
          'SELECT code FROM order_exception WHERE external_id = ? AND closed_at IS NULL',
          [id],
        ),
      ).toEqual([]);
    },
  );

  it('tells an order that is gone from one that is there, and refuses what it does not sell', async () => {
    const { sink } = app.open('my-shop');
    expect(await sink?.read(['999999'])).toMatchObject([{ storeId: '999999', gone: true }]);
    const wanted = {
      key: 'market:UNKNOWN-1',
      channel: 'market',
      draft: null,
      order: orderOf('UNKNOWN-1', [line('1', 1, 100, { sku: 'NOT-THERE' })], 100),
    };
    await expect(sink?.place(wanted)).rejects.toMatchObject({ code: 'sku_unknown', kind: 'refused' });
  });

  it('offers shoppers its promotion, and neither the shipping of marketplaces, a price of their own nor units it has not', async () => {
    const ask = async (query: string): Promise<JsonObject> =>
      (await fetch(shop.shopApi, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...cookie },
        body: JSON.stringify({ query }),
      }).then(async (reply) => {
        cookie = { authorization: `Bearer ${reply.headers.get('vendure-auth-token') ?? ''}` };
        return reply.json();
      })) as JsonObject;
    let cookie: Record<string, string> = {};
    const own = await ask(
      'mutation { addItemToOrder(productVariantId: "2", quantity: 1, customFields: { channelUnitPrice: 1 }) { __typename } }',
    );
    expect(JSON.stringify(own)).toContain('Unknown argument');
    const cart = await ask(
      'mutation { addItemToOrder(productVariantId: "2", quantity: 1) { __typename ... on Order { totalWithTax } } }',
    );
    expect(cart).toMatchObject({ data: { addItemToOrder: { totalWithTax: 600 } } });
    const methods = await ask('{ eligibleShippingMethods { code } }');
    expect(methods).toMatchObject({ data: { eligibleShippingMethods: [{ code: 'standard-shipping' }] } });
    const many = await ask(
      'mutation { addItemToOrder(productVariantId: "2", quantity: 9000) { __typename ... on ErrorResult { errorCode } } }',
    );
    expect(JSON.stringify(many)).toMatch(/INSUFFICIENT_STOCK_ERROR|ORDER_LIMIT_ERROR/);
  });

  it('is checked, and a key it does not know is said', async () => {
    expect(await app.open('my-shop').check()).toEqual([]);
    const file = path.join(folder, 'other.yaml');
    await writeFile(
      file,
      `database: ":memory:"\nchannels: { my-shop: { connector: vendure, country: US, language: en, currency: EUR, zone: UTC, settings: { url: "${proxy.url}", apiKey: '\${VENDURE_KEY}' } } }\n`,
    );
    const issues = async (key: string) => {
      const other = await openApp(file, { log: silentLog, environment: { VENDURE_KEY: key } });
      return other
        .open('my-shop')
        .check()
        .finally(() => other.close());
    };
    expect(await issues(shop.apiKey)).toMatchObject([{ code: 'currency_differs', severity: 'error' }]);
    await expect(issues('0123456789:abcdef')).rejects.toMatchObject({ kind: 'auth-lost', owner: 'operator' });
  });

  it('has no accounts and no address of a buyer that could be written to', async () => {
    order('00012345', 1);
    await anHour();
    const { customers } = (await shop.admin(
      '{ customers(options: { take: 100 }) { items { emailAddress user { id } } } }',
    )) as unknown as {
      customers: { items: { emailAddress: string; user: object | null }[] };
    };
    expect(customers.items.length).toBeGreaterThan(0);
    expect(
      customers.items.filter(
        ({ emailAddress, user }) => user !== null || !emailAddress.endsWith('@market.invalid'),
      ),
    ).toEqual([]);
  });
});

function usd(minor: number) {
  return { minor, currency: 'USD' };
}

function line(
  externalId: string,
  quantity: number,
  unitMinor: number,
  more: Partial<OrderLine> = {},
): OrderLine {
  return {
    externalId,
    sku: 'SHIRT-M',
    quantity,
    quantityShipped: 0,
    quantityCancelled: 0,
    unitPrice: usd(unitMinor),
    ...more,
  };
}

function orderOf(externalId: string, lines: readonly OrderLine[], total = 0): ChannelOrder {
  return {
    externalId,
    status: 'open',
    fulfilledBy: 'merchant',
    placedAt: '2026-11-01T08:00:00.000Z',
    updatedAt: '2026-11-01T08:00:00.000Z',
    lines,
    total: usd(total),
    buyer: { name: 'Ada Example', address: { lines: ['1 Main St'], city: 'Exampleton', country: 'US' } },
    raw: {},
  };
}
