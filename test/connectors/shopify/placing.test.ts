import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addProduct } from '../../../connectors/shopify/simulator/shop-state.js';
import type { Fault } from '../../../src/channel/simulator.js';
import type { SinkPort } from '../../../src/channel/store-ports.js';
import type { Money } from '../../../src/domain/money.js';
import type { ChannelOrder, OrderLine } from '../../../src/domain/order.js';
import { placeOrders } from '../../../src/orders/place.js';
import { CHANNEL, deskWith, line, order, take } from '../../orders/order-bench.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { openStage, type Stage } from './support.js';

const usd = (minor: number): Money => ({ minor, currency: 'USD' });
const KEY = `${CHANNEL}:A`;
const PRICED = { unitPrice: usd(1_165), tax: usd(192), taxRate: '0.0825', channelCollectedTax: usd(192) };
const BOUGHT: Partial<ChannelOrder> = {
  lines: [line('76543210', { quantity: 2, ...PRICED })],
  shippingPrice: usd(399),
  shippingTax: usd(33),
  tax: usd(225),
  total: usd(2_954),
  delivery: { method: 'ship', service: 'Standard' },
  buyer: {
    name: 'Ann B. Buyer',
    email: 'ann@example.com',
    phone: '+15125550100',
    address: { lines: ['1 Main St'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
  },
};

describe('placing in Shopify', () => {
  let stage: Stage;
  let test: TestDatabase;
  let clock: HandClock;
  beforeEach(async () => {
    [stage, test] = await Promise.all([openStage(), sqliteDatabase()]);
    clock = handClock();
  });
  afterEach(async () => {
    await stage.stop();
    await test.dispose();
  });

  const place = (sink: SinkPort = stage.sink()) => placeOrders({ ...deskWith(test.database, sink), clock });
  const later = (ms: number): void => {
    clock.advance(ms);
    stage.shop.advance(ms);
  };
  const exceptions = () =>
    test.database.all<{ code: string; message: string }>(
      'SELECT code, message FROM order_exception WHERE closed_at IS NULL',
    );
  const link = (externalId: string) =>
    test.database.get<{ state: string; store_id: string }>(
      'SELECT state, store_id FROM order_link WHERE external_id = ?',
      [externalId],
    );

  it('copies every amount, takes the units once, writes to nobody and makes no customer', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place()).toMatchObject({ placed: 1, failed: 0 });
    expect(await exceptions()).toEqual([]);
    const [held] = stage.book.orders;
    expect(held).toMatchObject({
      total: 2_954,
      tax: 225,
      shipping: 399,
      paid: 2_954,
      sourceIdentifier: KEY,
      key: KEY,
      taxesIncluded: false,
      lines: [{ quantity: 2, unit: 1_165, requiresShipping: true }],
    });
    expect(stage.shirt.levels[0]).toMatchObject({ available: 8, committed: 2 });
    expect(stage.shop.outbox).toEqual([]);
    expect(await place()).toMatchObject({ placed: 0, found: 0, failed: 0 });
    expect(stage.book.orders).toHaveLength(1);
  });

  const STEPS = ['FindByKey', 'SearchOrders', 'VariantsBySku', 'PlaceOrder'];
  it.each<Fault['kind']>(['drop-before', 'drop-after', 'fail', 'throttle'])(
    'makes exactly one order whichever step meets: %s',
    async (kind) => {
      for (const step of STEPS) {
        await take(test.database, [order(step, BOUGHT)]);
        stage.running.faults.add({ kind, match: `#${step}`, ms: 50 });
        for (let round = 0; round < 8 && (await link(step))?.state !== 'placed'; round++) {
          // A restarted process every time: nothing is remembered but the link.
          await place(stage.sink());
          later(61_000);
        }
        expect(await link(step)).toEqual({ state: 'placed', store_id: stage.book.orders.at(-1)?.id });
      }
      expect(stage.book.orders.map(({ key }) => key)).toEqual(STEPS.map((step) => `${CHANNEL}:${step}`));
      expect(stage.shirt.levels[0]).toMatchObject({ available: 2, committed: 8 });
      expect(await exceptions()).toEqual([]);
    },
  );

  it.each(['refuse', 'drop'] as const)(
    'finds an order whose answer was lost though the index is 90 s behind and a taken key means %s',
    async (takenKey) => {
      Object.assign(stage.shop.switches, { takenKey, indexLagMs: 90_000 });
      await take(test.database, [order('A', BOUGHT)]);
      stage.running.faults.add({ kind: 'drop-after', match: '#PlaceOrder' });
      expect(await place()).toMatchObject({ failed: 1 });
      later(61_000);
      expect(await place(stage.sink())).toMatchObject({ found: 1 });
      expect(stage.book.orders).toHaveLength(1);
    },
  );

  it('takes the refusal of a taken key as an order that is there, and adopts it', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    const sink = stage.sink();
    // Both look-ups are blind the first time: the key alone stops the second order.
    const blind = { ...sink, find: async () => [] };
    await sink.find(KEY, clock.now());
    const first = await place(blind);
    expect(first).toMatchObject({ placed: 1 });
    await test.database.run("UPDATE order_link SET state = 'placing', misses = 1, store_id = NULL");
    expect(await place(blind)).toMatchObject({ failed: 1 });
    later(61_000);
    expect(await place(sink)).toMatchObject({ found: 1 });
    expect(stage.book.orders).toHaveLength(1);
  });

  it('places once when two processes have the same order in hand', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    const outcomes = await Promise.all([place(stage.sink()), place(stage.sink())]);
    expect(outcomes.map(({ placed }) => placed).sort()).toEqual([0, 1]);
    expect(stage.book.orders).toHaveLength(1);
  });

  it('places nothing while the search fails or shows what cannot match, and says so', async () => {
    await stage.open().check();
    await stage
      .sink()
      .place({ key: 'other:old', channel: 'other', draft: null, order: order('old', BOUGHT) });
    later(3_600_000);
    stage.shop.switches.ignoresFilters = true;
    await take(test.database, [order('A', BOUGHT)]);
    await test.database.run('UPDATE channel_order SET first_seen_at = ?', [clock.now()]);
    const told: string[] = [];
    const desk = { ...deskWith(test.database, stage.sink()), clock };
    const outcome = await placeOrders({
      ...desk,
      callFailed: async ({ code }) => void told.push(code),
    });
    expect(outcome).toMatchObject({ placed: 0, failed: 1 });
    expect(told).toEqual(['search_unreliable']);
    expect(stage.book.orders.filter(({ sourceIdentifier }) => sourceIdentifier === KEY)).toEqual([]);
  });

  it('finds an order whose key and source identifier are gone by its attributes', async () => {
    await stage.open().check();
    const placed = await stage
      .sink()
      .place({ key: KEY, channel: CHANNEL, draft: null, order: order('A', BOUGHT) });
    const [held] = stage.book.orders;
    Object.assign(held ?? {}, { key: null, sourceIdentifier: null });
    stage.shop.advance(6_000);
    const found = await stage.sink().find(KEY, clock.now());
    expect(found.map(({ storeId }) => storeId)).toEqual([placed.storeId]);
  });

  it('places a paid order though nothing is left, and the units go below zero', async () => {
    Object.assign(stage.shirt.levels[0] ?? {}, { available: 0 });
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(stage.shirt.levels[0]).toMatchObject({ available: -2, committed: 2 });
  });

  it('takes no units where the stock is counted elsewhere', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place(stage.sink({ stockOwner: 'elsewhere' }))).toMatchObject({ placed: 1 });
    expect(stage.shirt.levels[0]).toMatchObject({ available: 10, committed: 0 });
    expect(stage.book.orders[0]?.fulfillmentOrders).toHaveLength(1);
  });

  const shirts = (quantity: number, changes: Partial<OrderLine>): readonly OrderLine[] => [
    line('1', { quantity, ...changes }),
  ];
  it.each<[string, Partial<ChannelOrder>, number]>([
    [
      'three units for 10.00',
      { lines: shirts(3, { unitPrice: usd(334), discount: usd(2) }), total: usd(1_000) },
      1_000,
    ],
    [
      'prices that contain 19 % tax',
      {
        lines: shirts(1, { unitPrice: usd(1_190), tax: usd(190), taxRate: '0.19' }),
        tax: usd(190),
        total: usd(1_190),
      },
      1_190,
    ],
    [
      'a line that costs nothing beside one that does',
      {
        lines: [line('1', { unitPrice: usd(0) }), line('2', { sku: 'MUG', unitPrice: usd(720) })],
        total: usd(720),
      },
      720,
    ],
    [
      'shipping taxed at another rate',
      {
        lines: shirts(1, { unitPrice: usd(1_000), tax: usd(70) }),
        shippingPrice: usd(500),
        shippingTax: usd(95),
        tax: usd(165),
        total: usd(1_665),
      },
      1_665,
    ],
    [
      'a discount of the whole order',
      { lines: shirts(2, { unitPrice: usd(1_000) }), discount: usd(150), total: usd(1_850) },
      1_850,
    ],
    [
      'gift wrap, and tax told for the whole order only',
      {
        lines: shirts(1, { unitPrice: usd(1_000), giftWrap: usd(299) }),
        tax: usd(91),
        total: usd(1_390),
      },
      1_390,
    ],
    [
      'tax of which the channel collects a part, on units at two prices',
      {
        lines: shirts(3, {
          unitPrice: usd(334),
          discount: usd(2),
          tax: usd(83),
          channelCollectedTax: usd(50),
        }),
        tax: usd(83),
        total: usd(1_083),
      },
      1_083,
    ],
  ])('shows the totals of %s unchanged', async (_name, bought, total) => {
    await take(test.database, [order('A', bought)]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(await exceptions()).toEqual([]);
    expect(stage.book.orders[0]).toMatchObject({ total, paid: total });
  });

  it('copies amounts of a currency without decimals', async () => {
    stage.shop.currency = 'JPY';
    const yen = (minor: number): Money => ({ minor, currency: 'JPY' });
    const lines = shirts(2, { unitPrice: yen(1_980), tax: yen(396) });
    await take(test.database, [
      order('A', { lines, shippingPrice: yen(500), tax: yen(396), total: yen(4_856) }),
    ]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(await exceptions()).toEqual([]);
    expect(stage.book.orders[0]).toMatchObject({ total: 4_856, paid: 4_856, shipping: 500 });
  });

  it('tells a person when the amounts of the channel do not add up to its own total', async () => {
    await take(test.database, [
      order('A', { lines: shirts(1, { unitPrice: usd(1_000) }), total: usd(1_234) }),
    ]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect((await exceptions()).map(({ code, message }) => [code, message])).toEqual([
      ['totals_differ', expect.stringContaining('total 10.00 USD instead of 12.34 USD')],
    ]);
  });

  it.each<[string, Partial<ChannelOrder>, string]>([
    [
      'no variant has its SKU',
      { lines: shirts(1, { sku: 'NOWHERE', unitPrice: usd(100) }) },
      'No variant of the shop has the SKU NOWHERE',
    ],
    [
      'two variants have its SKU',
      { lines: shirts(1, { sku: 'TWICE', unitPrice: usd(100) }) },
      '2 variants of the shop have the SKU TWICE',
    ],
    [
      'it is in another currency',
      { lines: shirts(1, { unitPrice: { minor: 100, currency: 'EUR' } }) },
      'The order is in EUR, the shop in USD',
    ],
    ['its prices are missing', { lines: shirts(1, {}) }, 'its amounts are missing'],
  ])(
    'refuses an order when %s, makes nothing, tells a person, and takes others all the same',
    async (_name, bought, words) => {
      addProduct(stage.shop, { title: 'Twice', variants: [{ sku: 'TWICE' }, { sku: 'TWICE' }] });
      await take(test.database, [order('A', bought), order('B', BOUGHT)]);
      expect(await place()).toMatchObject({ placed: 1, failed: 1 });
      const [told] = await exceptions();
      expect(told).toMatchObject({ code: 'placing_refused', message: expect.stringContaining(words) });
      expect(stage.book.orders.map(({ sourceIdentifier }) => sourceIdentifier)).toEqual([`${CHANNEL}:B`]);
    },
  );

  it('keeps waiting at five orders a minute in a development store, and places the rest later', async () => {
    stage.shop.switches.developmentStore = true;
    await take(
      test.database,
      Array.from({ length: 7 }, (_, place) => order(`O${place}`, BOUGHT)),
    );
    const outcome = await place();
    expect(outcome.placed).toBe(5);
    expect(outcome.failed).toBe(2);
    later(61_000);
    expect(await place(stage.sink())).toMatchObject({ placed: 2, failed: 0 });
    expect(stage.book.orders).toHaveLength(7);
  });

  it('goes on with a new token when the one in use dies between two calls', async () => {
    await take(test.database, [order('A', BOUGHT), order('B', BOUGHT)]);
    const sink = stage.sink();
    await sink.find(KEY, clock.now());
    stage.running.world.door.expireAll();
    expect(await place(sink)).toMatchObject({ placed: 2, failed: 0 });
  });
});
