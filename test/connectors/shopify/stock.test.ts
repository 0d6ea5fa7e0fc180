import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { addProduct, type ShopVariant } from '../../../connectors/shopify/simulator/shop-state.js';
import { jobHandlers } from '../../../jobs/index.js';
import { openApp } from '../../../src/app.js';
import { setStock } from '../../../src/catalog/set-stock.js';
import { stateOwners } from '../../../src/catalog/stock-owners.js';
import type { Fault } from '../../../src/channel/simulator.js';
import { placeOrders } from '../../../src/orders/place.js';
import { releaseSettled } from '../../../src/orders/release-reservations.js';
import { openShare } from '../../../src/stock/available.js';
import { type ShopStockTold, syncShopStock } from '../../../src/sync/shop-stock.js';
import { deskWith, line, order, take } from '../../orders/order-bench.js';
import { fillCatalog } from '../../support/catalog.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';
import { openStage, type Stage } from './support.js';

const OURS = { stockOwner: 'omnifeed' } as const;
const plain = (id: string | undefined): string => id?.split('/').at(-1) ?? '';
const usd = (minor: number) => ({ minor, currency: 'USD' });

const THINGS = [
  {
    product: { id: 'p', title: 'Things', status: 'active' as const, images: [] },
    variants: ['SHIRT-S', 'MUG'].map((sku) => ({ sku, offer: { price: usd(1_165) }, content: {} })),
  },
];

onEachDatabase('stock we count, in Shopify', (openDatabase) => {
  let stage: Stage;
  let test: TestDatabase;
  let clock: HandClock;
  beforeEach(async () => {
    [stage, test] = await Promise.all([openStage(), openDatabase()]);
    clock = handClock();
    stage.shop.locations.push({ id: stage.shop.nextId('Location'), name: 'Store', active: true });
    await stateOwners(test.database, [
      { location: 'berlin', owner: 'wms' },
      { location: 'other', owner: 'elsewhere' },
    ]);
    await fillCatalog(test.database, THINGS, clock);
  });
  afterEach(async () => {
    await stage.stop();
    await test.dispose();
  });

  const level = (variant: ShopVariant = stage.shirt) => {
    const held = variant.levels[0];
    if (!held) throw new Error('no level');
    return held;
  };
  const mug = (): ShopVariant => {
    const found = stage.shop.products.flatMap(({ variants }) => variants).find(({ sku }) => sku === 'MUG');
    if (!found) throw new Error('no mug');
    return found;
  };
  const count = (sku: string, onHand: number, location = 'berlin'): Promise<unknown> =>
    setStock(test.database, [{ sku, location, onHand }], {
      owner: location === 'berlin' ? 'wms' : 'elsewhere',
      cause: 'operator:test',
      at: clock.now(),
    });
  /** One round, as a process that just started does it. */
  const tell = (): Promise<ShopStockTold | null> => {
    const { stockKeeper } = stage.open(OURS);
    if (!stockKeeper) throw new Error('the shop is told no stock');
    return syncShopStock(
      { database: test.database, clock, channel: 'shop', port: stockKeeper, random: () => 0 },
      {
        locations: [{ location: 'berlin', inShop: plain(stage.shop.locations[0]?.id) }],
        share: openShare('shop'),
      },
    );
  };
  const writes = (): number => stage.asked().filter((name) => name === 'SetStock').length;
  const problems = () => test.database.all<{ code: string }>('SELECT code FROM problem');

  it('writes what differs, once, and nothing that is there already', async () => {
    await count('SHIRT-S', 7);
    await count('MUG', 10);
    expect(await tell()).toMatchObject({ accepted: 2, rejected: 0, postponed: 0, failure: null });
    expect([level().available, level(mug()).available, writes()]).toEqual([7, 10, 1]);
    expect(await tell()).toMatchObject({ accepted: 0, postponed: 0, againInMs: null });
    expect(writes()).toBe(1);
  });

  it('writes only what is counted at locations of ours, and tells of nothing that nobody counts there', async () => {
    await count('SHIRT-S', 7);
    await count('SHIRT-S', 90, 'other');
    await count('MUG', 90, 'other');
    await tell();
    expect([level().available, level(mug()).available]).toEqual([7, 10]);
  });

  it('has no stock to be read while ours is written, and no keeper while the shop counts', () => {
    expect(stage.open(OURS).source?.stock).toBeUndefined();
    expect(stage.open().source?.stock).toBeDefined();
    expect(stage.open().stockKeeper).toBeUndefined();
    expect(stage.open({ stockOwner: 'elsewhere' }).stockKeeper).toBeUndefined();
  });

  it.each<[Fault['kind'], string]>([
    ['drop-before', 'SetStock'],
    ['drop-after', 'SetStock'],
    ['fail', 'SetStock'],
    ['throttle', 'SetStock'],
    ['drop-after', 'LevelsBySku'],
  ])(
    'comes to the right figure after %s of %s, and never takes its own for another’s',
    async (kind, step) => {
      await count('SHIRT-S', 9);
      await tell();
      await count('SHIRT-S', 4);
      stage.running.faults.add({ kind, match: `#${step}`, ms: 50 });
      const first = await tell();
      expect(first).toMatchObject({ accepted: 0, postponed: 1 });
      expect(first?.failure).not.toBeNull();
      // Another figure is due by the time the lost one is looked at.
      await count('SHIRT-S', 6);
      clock.advance(61_000);
      const second = await tell();
      expect(second).toMatchObject({ accepted: 1, changed: [], failure: null });
      expect(level().available).toBe(6);
      expect(await problems()).toEqual([]);
    },
  );

  it('leaves a figure alone that fell in the shop, and says so, until we have another', async () => {
    await count('SHIRT-S', 9);
    await tell();
    level().available = 6;
    await count('SHIRT-S', 8);
    expect(await tell()).toMatchObject({ accepted: 0, changed: [{ sku: 'SHIRT-S', found: 6 }] });
    clock.advance(3_600_000);
    await tell();
    expect(level().available).toBe(6);
    await count('SHIRT-S', 5);
    expect(await tell()).toMatchObject({ accepted: 1, changed: [] });
    expect(level().available).toBe(5);
  });

  it('lowers a figure that rose in the shop once it was read again', async () => {
    await count('SHIRT-S', 9);
    await tell();
    level().available = 20;
    await count('SHIRT-S', 8);
    expect(await tell()).toMatchObject({ changed: [{ found: 20 }], againInMs: 1_000 });
    expect(level().available).toBe(20);
    clock.advance(1_000);
    expect(await tell()).toMatchObject({ accepted: 1 });
    expect(level().available).toBe(8);
  });

  it('is refused by the shop when a unit is sold between reading and writing, and sees that sale', async () => {
    await count('SHIRT-S', 9);
    await tell();
    const { stockKeeper } = stage.open(OURS);
    await count('SHIRT-S', 8);
    const { available } = level();
    const held = level();
    // The read answers the old figure; the write finds the new one.
    let reads = 0;
    Object.defineProperty(held, 'available', {
      configurable: true,
      get: () => (reads++ === 0 ? available : available - 2),
      set: () => {
        throw new Error('overwritten');
      },
    });
    const receipts = await stockKeeper?.set(
      [{ sku: 'SHIRT-S', location: plain(held.location), units: 8, ours: [9] }],
      'one',
    );
    expect(receipts).toMatchObject([{ outcome: 'retry' }]);
    Object.defineProperty(held, 'available', { value: available - 2, writable: true });
    expect(await tell()).toMatchObject({ accepted: 0, changed: [{ found: 7 }] });
    expect(level().available).toBe(7);
  });

  it('counts an order once: while it is open, when it is placed, and after the owner counted anew', async () => {
    await count('SHIRT-S', 9);
    await tell();
    const price = { unitPrice: usd(1_000), tax: usd(0), taxRate: '0', channelCollectedTax: usd(0) };
    const bought = {
      lines: [line('1', { quantity: 2, ...price })],
      shippingPrice: usd(0),
      shippingTax: usd(0),
      tax: usd(0),
      total: usd(2_000),
      delivery: { method: 'ship' as const, service: 'Standard' },
      buyer: {
        name: 'Ann B. Buyer',
        address: { lines: ['1 Main St'], city: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
      },
    };
    await take(test.database, [order('A', bought)]);
    await tell();
    expect(level()).toMatchObject({ available: 7, committed: 0 });
    const desk = { ...deskWith(test.database, stage.sink(OURS)), clock };
    expect(await placeOrders(desk)).toMatchObject({ placed: 1 });
    await tell();
    expect(level()).toMatchObject({ available: 7, committed: 0 });
    clock.advance(60_000);
    await count('SHIRT-S', 7);
    clock.advance(60_000);
    expect(await releaseSettled(test.database, clock.now())).toBe(1);
    await tell();
    expect(level()).toMatchObject({ available: 7, committed: 0 });
  });

  it('writes the others when the shop does not take one, and shows it until it is mended', async () => {
    mug().tracked = false;
    addProduct(stage.shop, { title: 'Twin', variants: [{ sku: 'TWIN' }, { sku: 'TWIN' }] });
    await count('SHIRT-S', 7);
    await count('MUG', 7);
    expect(await tell()).toMatchObject({ accepted: 1, rejected: 1, failure: null });
    expect(level().available).toBe(7);
    expect(await problems()).toEqual([{ code: 'not_tracked' }]);
    mug().tracked = true;
    clock.advance(3_600_000);
    expect(await tell()).toMatchObject({ accepted: 1 });
    expect(level(mug()).available).toBe(7);
    expect(await problems()).toEqual([]);
  });
});

describe('a house that counts for its shop', () => {
  let stage: Stage;
  let folder: string;
  beforeEach(async () => {
    [stage, folder] = await Promise.all([openStage(), mkdtemp(path.join(tmpdir(), 'omnifeed-told-'))]);
  });
  afterEach(async () => {
    await stage.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells it by the look at everything and after every change of the stock, and checks that it may', async () => {
    const file = path.join(folder, 'omnifeed.yaml');
    const shop = {
      connector: 'shopify',
      ...stage.running.market,
      settings: { ...stage.running.settings, ...OURS },
      stock: { tellShop: { berlin: plain(stage.shop.locations[0]?.id) } },
    };
    const locations = { berlin: { zone: 'Europe/Berlin', countedBy: 'wms' } };
    await writeFile(file, stringify({ database: 'omnifeed.db', locations, channels: { shop } }));
    const environment = { OMNIFEED_KEY: randomBytes(32).toString('base64') };
    const app = await openApp(file, { environment, log: silentLog });
    try {
      const clock = handClock();
      const handlers = jobHandlers(app);
      const { signal } = new AbortController();
      await fillCatalog(app.database, THINGS, clock);
      for (const [woken, onHand] of [
        ['sweep', 7],
        ['reconcile', 3],
      ] as const) {
        const count = { sku: 'SHIRT-S', location: 'berlin', onHand };
        await setStock(app.database, [count], { owner: 'wms', cause: 'operator:test', at: clock.now() });
        await handlers[woken]?.(woken === 'sweep' ? '*' : 'shop', signal);
        const wakes = await app.database.all<{ job: string; wake_key: string }>(
          "SELECT job, wake_key FROM wake WHERE job = 'shop-stock'",
        );
        expect(wakes).toEqual([{ job: 'shop-stock', wake_key: 'shop' }]);
        await app.database.run('DELETE FROM wake');
        await handlers['shop-stock']?.('shop', signal);
        expect(stage.shirt.levels[0]).toMatchObject({ available: onHand });
      }
      stage.shop.scopes.delete('write_inventory');
      expect(await app.open('shop').check()).toMatchObject([
        { code: 'scope_missing', message: expect.stringContaining('write_inventory') },
      ]);
    } finally {
      await app.close();
    }
  });
});
