import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrder } from '../../../connectors/woocommerce/simulator/order-create.js';
import { addItem, type ShopSwitches } from '../../../connectors/woocommerce/simulator/shop-state.js';
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
const PRICED = { unitPrice: usd(1_165), tax: usd(192), taxRate: '0.0825', channelCollectedTax: usd(192) };
const BOUGHT: Partial<ChannelOrder> = {
  lines: [line('76543210', { quantity: 2, ...PRICED })],
  shippingPrice: usd(399),
  shippingTax: usd(33),
  tax: usd(225),
  total: usd(2_954),
  delivery: { method: 'ship', service: 'Standard' },
  shipBy: '2026-11-28T08:00:00.000Z',
  buyer: {
    name: 'Ann B. Buyer',
    email: 'ann@example.com',
    phone: '+15125550100',
    address: { lines: ['1 Main St'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
  },
};

describe('placing in WooCommerce', () => {
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
  const paid = () => stage.book.orders.filter(({ status }) => status !== 'pending');

  it('copies what was paid, takes the units once, writes to nobody and makes no customer', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place()).toMatchObject({ placed: 1, failed: 0 });
    expect(await exceptions()).toEqual([]);
    expect(stage.book.orders).toMatchObject([
      {
        status: 'processing',
        total: 29.54,
        transactionId: `${CHANNEL}:A`,
        billing: { last_name: 'Buyer', city: 'Austin', country: 'US' },
        notes: [{ forCustomer: false, note: expect.stringContaining('Ship by 2026-11-28 08:00 UTC') }],
      },
    ]);
    expect(stage.book.orders[0]?.billing.email).toBeUndefined();
    expect(stage.shirt.quantity).toBe(8);
    expect(stage.shop.outbox).toEqual(['new_order merchant']);
    expect(await place()).toMatchObject({ placed: 0, found: 0, failed: 0 });
    expect(stage.book.orders).toHaveLength(1);
  });

  it('gives the shop the buyer’s address for mail only where the merchant wants it', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await place(stage.sink({ buyerContact: true }));
    expect(stage.shop.outbox).toContain('customer_processing_order ann@example.com');
  });

  const STEPS = [
    'GET /wp-json/wc/v3/orders',
    'GET /wp-json/wc/v3/products',
    'POST /wp-json/wc/v3/orders',
    'PUT ',
  ];
  it.each<Fault['kind']>(['drop-before', 'drop-after', 'fail', 'throttle'])(
    'makes exactly one order whichever step meets: %s',
    async (kind) => {
      for (const [at, step] of STEPS.entries()) {
        const id = `113-${at}`;
        await take(test.database, [order(id, BOUGHT)]);
        stage.running.faults.add({ kind, match: step, ms: 50 });
        for (let round = 0; round < 8 && (await link(id))?.state !== 'placed'; round++) {
          // A restarted process every time: nothing is remembered but the link.
          await place(stage.sink());
          later(181_000);
        }
        const [mine] = paid().filter(({ transactionId }) => transactionId === `${CHANNEL}:${id}`);
        expect(await link(id)).toEqual({ state: 'placed', store_id: String(mine?.id) });
      }
      expect(paid()).toHaveLength(STEPS.length);
      expect(stage.book.orders).toHaveLength(STEPS.length);
      expect(stage.shirt.quantity).toBe(2);
      expect(await exceptions()).toEqual([]);
    },
  );

  it.each<ShopSwitches['storage']>(['hpos', 'hpos-old', 'hpos-fulltext', 'posts'])(
    'finds its own order again in a shop whose search is that of %s',
    async (storage) => {
      stage.shop.switches.storage = storage;
      await take(test.database, [order('113-1234567-1234567', BOUGHT)]);
      stage.running.faults.add({ kind: 'drop-after', match: 'PUT ' });
      expect(await place()).toMatchObject({ failed: 1 });
      later(181_000);
      expect(await place(stage.sink())).toMatchObject({ found: 1 });
      expect(stage.book.orders).toHaveLength(1);
      expect(stage.shirt.quantity).toBe(8);
    },
  );

  it('goes on with a draft the shop made after its caller had left, and never with two', async () => {
    stage.shop.switches.lateCommits = true;
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place()).toMatchObject({ failed: 1 });
    stage.shop.switches.lateCommits = false;
    later(181_000);
    expect(await place(stage.sink())).toMatchObject({ placed: 1 });
    expect(stage.book.orders).toMatchObject([{ status: 'processing' }]);
    expect(stage.shirt.quantity).toBe(8);
  });

  it('makes the draft anew when the order has changed at the channel since', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    stage.running.faults.add({ kind: 'drop-before', match: 'PUT ' });
    await place();
    const [first] = stage.book.orders;
    await take(test.database, [
      order('A', {
        ...BOUGHT,
        updatedAt: '2026-11-02T08:00:00.000Z',
        lines: [line('76543210', { quantity: 3, unitPrice: usd(1_165) })],
        tax: usd(0),
        shippingTax: usd(0),
        total: usd(3_894),
      }),
    ]);
    later(181_000);
    expect(await place(stage.sink())).toMatchObject({ placed: 1 });
    expect(stage.book.orders).toMatchObject([{ status: 'processing', total: 38.94 }]);
    expect(stage.book.orders[0]?.id).not.toBe(first?.id);
    expect(stage.shirt.quantity).toBe(7);
  });

  it('places once when two processes have the same order in hand', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    const outcomes = await Promise.all([place(stage.sink()), place(stage.sink())]);
    expect(outcomes.map(({ placed }) => placed).sort()).toEqual([0, 1]);
    expect(paid()).toHaveLength(1);
  });

  it.each<[string, (stage: Stage) => void, string]>([
    [
      'shows orders that cannot match',
      ({ shop }) => Object.assign(shop.switches, { ignoresFilters: true }),
      'search_unreliable',
    ],
    [
      'answers a page about maintenance',
      ({ shop }) => Object.assign(shop.switches, { maintenance: true }),
      'unreadable_answer',
    ],
    [
      'puts notices before its answers',
      ({ shop }) => Object.assign(shop.switches, { notice: true }),
      'unreadable_answer',
    ],
    [
      'has moved',
      ({ shop }) => Object.assign(shop.switches, { movedTo: 'https://www.shop.example' }),
      'address_moved',
    ],
    [
      'is behind a firewall that refuses us',
      ({ shop }) => Object.assign(shop.switches, { firewall: true }),
      'firewall_refused',
    ],
  ])('places nothing while the shop %s, and says so', async (_what, spoil, code) => {
    stage.book.orders.push({
      ...createOrder(stage.shop, stage.book, { line_items: [] }),
      createdMs: Date.parse('2026-01-01T00:00:00Z'),
    });
    spoil(stage);
    await take(test.database, [order('A', BOUGHT)]);
    const told: string[] = [];
    const before = stage.book.orders.length;
    const desk = { ...deskWith(test.database, stage.sink()), clock };
    const outcome = await placeOrders({ ...desk, callFailed: async (error) => void told.push(error.code) });
    expect(outcome).toMatchObject({ placed: 0, failed: 1 });
    expect(told).toEqual([code]);
    expect(stage.book.orders).toHaveLength(before);
  });

  it('stops at an order that another connector has placed for the same purchase', async () => {
    createOrder(stage.shop, stage.book, {
      line_items: [{ product_id: stage.shop.items.at(-1)?.id ?? 0, quantity: 1 }],
      transaction_id: '113-777',
    });
    await take(test.database, [order('113-777', BOUGHT)]);
    expect(await place()).toMatchObject({ placed: 0, failed: 1 });
    expect(await exceptions()).toMatchObject([
      { code: 'placing_refused', message: expect.stringContaining('which is not ours') },
    ]);
    expect(stage.book.orders).toHaveLength(1);
  });

  it('finds an order in the trash, so that it is not placed a second time', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    stage.running.faults.add({ kind: 'drop-after', match: 'PUT ' });
    await place();
    const [held] = stage.book.orders;
    if (held) held.status = 'trash';
    later(181_000);
    expect(await place(stage.sink())).toMatchObject({ found: 1 });
    expect(stage.book.orders).toHaveLength(1);
  });

  it('places a paid order though nothing is left, and the units go below zero', async () => {
    stage.shirt.quantity = 0;
    await take(test.database, [order('A', BOUGHT)]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(stage.shirt.quantity).toBe(-2);
  });

  const shirts = (quantity: number, changes: Partial<OrderLine>): readonly OrderLine[] => [
    line('1', { quantity, ...changes }),
  ];
  const AMOUNTS: readonly (readonly [string, Partial<ChannelOrder>, number])[] = [
    [
      'three units for 10.00',
      { lines: shirts(3, { unitPrice: usd(334), discount: usd(2) }), total: usd(1_000) },
      10,
    ],
    [
      'prices that contain 19 % tax',
      {
        lines: shirts(1, { unitPrice: usd(1_190), tax: usd(190), taxRate: '0.19' }),
        tax: usd(190),
        total: usd(1_190),
      },
      11.9,
    ],
    [
      'a line that costs nothing beside one that does',
      {
        lines: [line('1', { unitPrice: usd(0) }), line('2', { sku: 'MUG', unitPrice: usd(720) })],
        total: usd(720),
      },
      7.2,
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
      16.65,
    ],
    [
      'a discount of the whole order',
      { lines: shirts(2, { unitPrice: usd(1_000) }), discount: usd(150), total: usd(1_850) },
      18.5,
    ],
    [
      'gift wrap, and tax told for the whole order only',
      { lines: shirts(1, { unitPrice: usd(1_000), giftWrap: usd(299) }), tax: usd(91), total: usd(1_390) },
      13.9,
    ],
    ['nothing at all to be paid', { lines: shirts(1, { unitPrice: usd(0) }), total: usd(0) }, 0],
  ];
  it.each(AMOUNTS)(
    'shows the total of %s unchanged in a shop that adds tax of its own',
    async (_name, bought, total) => {
      stage.shop.pricesIncludeTax = true;
      stage.shop.rates.push({ id: 1, country: '', class: '', percent: 10, onShipping: true });
      await take(test.database, [order('A', bought)]);
      expect(await place()).toMatchObject({ placed: 1 });
      expect(await exceptions()).toEqual([]);
      expect(stage.book.orders).toMatchObject([{ total, status: 'processing' }]);
    },
  );

  describe('with the shop’s own tax', () => {
    const sink = () => stage.sink({ taxMode: 'shop-rates' });
    const german: Partial<ChannelOrder> = {
      lines: shirts(2, { unitPrice: usd(1_190), tax: usd(380), taxRate: '0.19' }),
      shippingPrice: usd(399),
      shippingTax: usd(64),
      tax: usd(444),
      total: usd(2_779),
      buyer: { address: { lines: ['Hauptstr. 1'], city: 'Berlin', country: 'DE' } },
    };
    beforeEach(() => {
      stage.shop.pricesIncludeTax = true;
    });

    it('comes to what was paid where the rates are the same', async () => {
      stage.shop.rates.push({ id: 1, country: 'DE', class: '', percent: 19, onShipping: true });
      await take(test.database, [order('A', german)]);
      expect(await place(sink())).toMatchObject({ placed: 1 });
      expect(await exceptions()).toEqual([]);
      expect(stage.book.orders).toMatchObject([{ total: 27.79 }]);
    });

    it('tells a person where they are not', async () => {
      stage.shop.rates.push({ id: 1, country: 'DE', class: '', percent: 7, onShipping: true });
      await take(test.database, [order('A', german)]);
      expect(await place(sink())).toMatchObject({ placed: 1 });
      expect(await exceptions()).toMatchObject([{ code: 'totals_differ' }]);
    });
  });

  it('copies amounts of a currency without decimals', async () => {
    Object.assign(stage.shop, { currency: 'JPY', decimals: 0 });
    const yen = (minor: number): Money => ({ minor, currency: 'JPY' });
    const lines = shirts(2, { unitPrice: yen(1_980), tax: yen(396) });
    await take(test.database, [
      order('A', { lines, shippingPrice: yen(500), tax: yen(396), total: yen(4_856) }),
    ]);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(await exceptions()).toEqual([]);
    expect(stage.book.orders).toMatchObject([{ total: 4_856 }]);
  });

  it.each<[string, Partial<ChannelOrder>, string]>([
    [
      'nothing has its SKU',
      { lines: shirts(1, { sku: 'NOWHERE', unitPrice: usd(100) }) },
      'has the SKU NOWHERE',
    ],
    [
      'its SKU differs in capitals only',
      { lines: shirts(1, { sku: 'shirt-s', unitPrice: usd(100) }) },
      'has the SKU shirt-s',
    ],
    [
      'two things have its SKU',
      { lines: shirts(1, { sku: 'TWICE', unitPrice: usd(100) }) },
      'Several things',
    ],
    [
      'its SKU is that of a product with variations',
      { lines: shirts(1, { sku: 'WHOLE', unitPrice: usd(100) }) },
      'not sold itself',
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
      addItem(stage.shop, { sku: 'TWICE' });
      addItem(stage.shop, { sku: 'TWICE' });
      addItem(stage.shop, { sku: 'WHOLE', variations: [{ sku: 'PART' }] });
      await take(test.database, [order('A', bought), order('B', BOUGHT)]);
      expect(await place()).toMatchObject({ placed: 1, failed: 1 });
      expect(await exceptions()).toMatchObject([
        { code: 'placing_refused', message: expect.stringContaining(words) },
      ]);
      expect(stage.book.orders.map(({ transactionId }) => transactionId)).toEqual([`${CHANNEL}:B`]);
    },
  );

  it('finds a SKU with a comma in it', async () => {
    addItem(stage.shop, { sku: 'MUG,BLUE', quantity: 5 });
    await take(test.database, [order('A', { lines: shirts(1, { sku: 'MUG,BLUE', unitPrice: usd(100) }) })]);
    expect(await place()).toMatchObject({ placed: 1 });
  });

  it('deletes drafts left beside a placed order when it is told to, and no other pending order', async () => {
    await take(test.database, [order('A', BOUGHT)]);
    await place();
    const meta = (key: string) => ({ meta_data: [{ key: '_omnifeed_key', value: key }] });
    const left = createOrder(stage.shop, stage.book, meta(`${CHANNEL}:A`));
    const underWay = createOrder(stage.shop, stage.book, meta(`${CHANNEL}:B`));
    const somebodys = createOrder(stage.shop, stage.book, {});
    const clean = () => stage.open().actions?.['remove-leftover-drafts']?.run({});
    expect(await clean()).toEqual({ removed: [] });
    stage.shop.advance(3_700_000);
    expect(await clean()).toEqual({ removed: [String(left.id)] });
    expect(stage.book.orders.map(({ id }) => id)).toEqual(
      expect.arrayContaining([underWay.id, somebodys.id]),
    );
    expect(stage.book.orders).toHaveLength(3);
  });

  it('stops as lost access when the key is deleted in the middle of a run, and places the rest when it is back', async () => {
    const { keys } = stage.shop;
    const sink = stage.sink();
    await take(test.database, [order('A', BOUGHT), order('B', BOUGHT)]);
    const cut: SinkPort = {
      ...sink,
      async place(toPlace) {
        const placed = await sink.place(toPlace);
        keys.secret = 'cs_another';
        return placed;
      },
    };
    const told: string[] = [];
    const desk = { ...deskWith(test.database, cut), clock };
    const outcome = await placeOrders({ ...desk, callFailed: async ({ kind }) => void told.push(kind) });
    expect([outcome.placed, told]).toEqual([1, ['auth-lost']]);
    keys.secret = 'cs_simulated';
    later(600_000);
    expect(await place()).toMatchObject({ placed: 1 });
    expect(paid()).toHaveLength(2);
  });
});
