import { describe, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { stockCard } from '../../src/catalog/stock-card.js';
import { variantsBySku } from '../../src/catalog/store.js';
import type { Database } from '../../src/db/database.js';
import { currentSequence } from '../../src/db/sequence.js';
import { plusMs } from '../../src/domain/instant.js';
import type { Component, SourceProduct } from '../../src/domain/product.js';
import type { Allocation } from '../../src/domain/stock.js';
import { releaseSettled } from '../../src/orders/release-reservations.js';
import { openProblems } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { unitCost } from '../../src/profit/unit-cost.js';
import { type ChannelShare, channelStock, openShare, type StockFacts } from '../../src/stock/available.js';
import { composed } from '../../src/stock/bundle.js';
import { stockSentences } from '../../src/stock/stock-sentences.js';
import { assignOrder } from '../../src/stores/assign-order.js';
import { openWork } from '../../src/stores/open-work.js';
import { returnInStore } from '../../src/stores/return-in-store.js';
import { primary, product, stream, variant } from '../catalog/support.js';
import { CHANNEL, line, order, takeUnplaced } from '../orders/order-bench.js';
import { fulfilDesk, location } from '../stores/support.js';
import { onEachDatabase } from '../support/databases.js';

const part = (sku: string, quantity = 1): Component => ({ sku, quantity });
const usd = (minor: number) => ({ minor, currency: 'USD' });

/** A cup and a saucer that are counted, and sets of them. */
function dishes(sets: Readonly<Record<string, readonly Component[]>>): SourceProduct[] {
  const piece = (sku: string, onHand: number) =>
    variant(sku, 900, {
      offer: { price: usd(900), cost: usd(sku === 'CUP' ? 200 : 100) },
      stock: [{ location: 'main', onHand }],
    });
  return [
    product('pieces', [piece('CUP', 10), piece('SAUCER', 7)]),
    ...Object.entries(sets).map(([sku, components]) =>
      product(sku.toLowerCase(), [variant(sku, 2_500, { content: { components } })]),
    ),
  ];
}

const SET = { SET: [part('CUP', 2), part('SAUCER')] };

async function filled(database: Database, products = dishes(SET)) {
  const guard = { fromKnown: Number.MAX_SAFE_INTEGER };
  return importSource(database, primary(products, { source: { id: 'shop', role: 'primary', guard } }));
}

async function factsOf(database: Database, sku: string): Promise<StockFacts> {
  const [row] = await variantsBySku(database, [sku]);
  if (!row) throw new Error(`no ${sku}`);
  return row.stock;
}

async function offered(database: Database, sku: string): Promise<number | undefined> {
  return channelStock(await factsOf(database, sku), openShare('any')).available;
}

async function reservations(database: Database): Promise<readonly string[]> {
  const rows = await database.all<{ line_id: string; sku: string; quantity: number }>(
    'SELECT line_id, sku, quantity FROM reservation ORDER BY line_id, sku',
  );
  return rows.map(({ line_id: id, sku, quantity }) => `${id}: ${quantity} ${sku}`);
}

async function changedSince(database: Database, seq: number): Promise<readonly string[]> {
  const rows = await database.all<{ sku: string }>('SELECT sku FROM variant WHERE seq > ? ORDER BY sku', [
    seq,
  ]);
  return rows.map(({ sku }) => sku);
}

describe('what a bundle is made of', () => {
  const known = (sku: string, quantity = 1) => ({ sku, quantity, known: true });
  it.each([
    ['is what it says', { A: [known('X', 2), known('Y')] }, 'X=2 Y=1'],
    ['takes bundles inside it apart', { A: [known('B', 2), known('X')], B: [known('X', 3)] }, 'X=7'],
    [
      'is broken when no product is a component',
      { A: [{ sku: 'X', quantity: 1, known: false }] },
      'no product has its component X',
    ],
    ['is broken when it is in itself', { A: [known('A')] }, 'it contains itself: A > A'],
    [
      'is broken when it is in itself by way of another',
      { A: [known('B')], B: [known('A')] },
      'it contains itself: A > B > A',
    ],
    ['is broken when nobody could read it', { A: [known('')] }, 'what it is made of could not be read'],
  ])('%s', (_title, declared, told) => {
    const made = composed('A', new Map(Object.entries(declared)));
    expect(made?.broken ?? made?.parts.map(({ sku, quantity }) => `${sku}=${quantity}`).join(' ')).toBe(told);
  });

  it('is nothing for goods that are no bundle', () => {
    expect(composed('X', new Map())).toBeNull();
  });
});

describe('a bundle', () => {
  const counted = (levels: Readonly<Record<string, number>>, more: Partial<StockFacts> = {}) => ({
    levels: Object.entries(levels).map(([at, onHand]) => ({ location: at, onHand })),
    reserved: 0,
    ...more,
  });
  const of = (...parts: readonly StockFacts[]): StockFacts => ({
    levels: [],
    reserved: 0,
    bundle: {
      broken: null,
      parts: parts.map((facts, at) => ({ sku: `P${at}`, quantity: at + 1, facts })),
    },
  });
  const share = (allocation: Allocation, more: Partial<ChannelShare> = {}): ChannelShare => ({
    channel: 'any',
    allocation,
    safetyStock: 0,
    ...more,
  });
  const SHARED = share({ mode: 'shared' });
  const units = (facts: StockFacts, by = SHARED) => channelStock(facts, by).available;

  it('is offered as often as the scarcest component lasts', () => {
    expect(units(of(counted({ a: 9 }), counted({ a: 7 })))).toBe(3);
    expect(units(of(counted({ a: 9 }), counted({ a: 7 }, { reserved: 4 })))).toBe(1);
    expect(units(of(counted({ a: 9 }), counted({ a: 1 })))).toBe(0);
  });

  it('is put together at one location, not over several', () => {
    expect(units(of(counted({ a: 4 }), counted({ b: 8 })))).toBe(0);
    expect(units(of(counted({ a: 4, b: 1 }), counted({ a: 2, b: 8 })))).toBe(2);
    expect(
      units(of(counted({ a: 4 }), counted({ a: 8 })), share({ mode: 'shared' }, { locations: ['b'] })),
    ).toBe(undefined);
  });

  it('leaves what is held back of each component', () => {
    const facts = of(counted({ a: 9 }), counted({ a: 8 }));
    expect(units(facts, share({ mode: 'shared' }, { safetyStock: 3 }))).toBe(2);
    expect(units(facts, share({ mode: 'percent', percent: 50 }))).toBe(2);
    expect(units(facts, share({ mode: 'shared', keeper: 'other', lastUnits: 8 }))).toBe(0);
    const held = counted({ a: 9 }, { allotments: [{ channel: 's', state: 'open', units: 8, sold: 0 }] });
    expect(units(of(held, counted({ a: 8 })), share({ mode: 'shared' }, { strictBeside: ['s'] }))).toBe(1);
  });

  it('is unknown as long as one component is, and not limited by one that is not counted', () => {
    expect(units(of(counted({ a: 9 }), counted({})))).toBeUndefined();
    expect(units(of(counted({ a: 9 }), counted({ a: 0 }, { tracked: false })))).toBe(9);
    expect(channelStock(of(counted({}, { tracked: false })), SHARED)).toEqual({ tracked: false });
  });

  it('is not offered by a strict channel, and says why', () => {
    const facts = of(counted({ a: 9 }));
    const strict = share({ mode: 'strict', percent: 50 });
    expect(units(facts, strict)).toBe(0);
    expect(stockSentences(facts, strict).join('\n')).toContain('a strict channel offers no bundles');
    expect(stockSentences(facts, SHARED)).toEqual([
      'a bundle, made of:',
      '  1 × P0: 9 on hand (shared)',
      'put together from what lies at one location; may offer 9',
    ]);
  });
});

onEachDatabase('bundles', (open) => {
  it('have the stock of their components, whatever their source counts of themselves', async () => {
    const { database } = await open();
    const [pieces, set] = dishes(SET);
    if (!pieces || !set) throw new Error('no dishes');
    const counted = set.variants.map((each) => ({ ...each, stock: [{ location: 'main', onHand: 99 }] }));
    await filled(database, [pieces, { ...set, variants: counted }]);
    expect(await offered(database, 'SET')).toBe(5);
    expect(await stockCard(database, 'SET', 5)).toMatchObject({
      bundle: { broken: null, parts: [{ sku: 'CUP', quantity: 2, onHand: 10 }, { sku: 'SAUCER' }] },
    });
    const [row] = await variantsBySku(database, ['SET']);
    expect(row && unitCost(row)).toEqual(usd(500));
  });

  it('are looked at again when a component is counted, sold or offered otherwise, and bundles they are in as well', async () => {
    const { database } = await open();
    await filled(database, dishes({ ...SET, BOX: [part('SET', 2)], PLATE: [part('SAUCER')] }));
    const now = new Date().toISOString();
    let seq = await currentSequence(database);
    const counts = { owner: 'shop', cause: 'operator:test', at: now };
    await setStock(database, [{ sku: 'CUP', location: 'main', onHand: 4 }], counts);
    expect(await changedSince(database, seq)).toEqual(['BOX', 'CUP', 'SET']);
    expect([await offered(database, 'SET'), await offered(database, 'BOX')]).toEqual([2, 1]);
    seq = await currentSequence(database);
    await takeUnplaced(database, [order('A', { lines: [line('1', { sku: 'CUP' })] })]);
    expect(await changedSince(database, seq)).toEqual(['BOX', 'CUP', 'SET']);
    seq = await currentSequence(database);
    const untracked = dishes({ ...SET, BOX: [part('SET', 2)], PLATE: [part('SAUCER')] });
    untracked[0] = {
      ...untracked[0],
      variants: untracked[0]?.variants.map((each) => ({ ...each, offer: { ...each.offer, tracked: false } })),
    } as SourceProduct;
    await filled(database, untracked);
    expect(await changedSince(database, seq)).toEqual(['BOX', 'CUP', 'PLATE', 'SAUCER', 'SET']);
  });

  it('that are sold reserve their components, and give them back line by line when units are taken out', async () => {
    const { database } = await open();
    await filled(database);
    const sold = order('A', {
      lines: [line('1', { sku: 'SET', quantity: 2 }), line('2', { sku: 'CUP' })],
    });
    await takeUnplaced(database, [sold]);
    await takeUnplaced(database, [sold]);
    expect(await reservations(database)).toEqual(['1: 4 CUP', '1: 2 SAUCER', '2: 1 CUP']);
    expect([await offered(database, 'CUP'), await offered(database, 'SET')]).toEqual([5, 2]);
    const fewer = [line('1', { sku: 'SET', quantity: 2, quantityCancelled: 1 }), line('2', { sku: 'CUP' })];
    await takeUnplaced(database, [{ ...sold, lines: fewer, updatedAt: '2026-11-02T08:00:00.000Z' }]);
    expect(await reservations(database)).toEqual(['1: 2 CUP', '1: 1 SAUCER', '2: 1 CUP']);
    await takeUnplaced(database, [{ ...sold, status: 'cancelled', updatedAt: '2026-11-03T08:00:00.000Z' }]);
    expect(await reservations(database)).toEqual([]);
    expect(await offered(database, 'SET')).toBe(5);
  });

  it('stay for a buyer what they were made of when they were sold', async () => {
    const { database } = await open();
    await filled(database);
    const sold = order('A', { lines: [line('1', { sku: 'SET' })] });
    await takeUnplaced(database, [sold]);
    await filled(database, dishes({ SET: [part('SAUCER', 3)] }));
    await takeUnplaced(database, [{ ...sold, updatedAt: '2026-11-02T08:00:00.000Z' }]);
    expect(await reservations(database)).toEqual(['1: 2 CUP', '1: 1 SAUCER']);
    await takeUnplaced(database, [order('B', { lines: [line('1', { sku: 'SET' })] })]);
    expect(await reservations(database)).toEqual(['1: 2 CUP', '1: 1 SAUCER', '1: 3 SAUCER']);
  });

  it('let go of nothing until every component was counted after the order had left', async () => {
    const { database } = await open();
    await filled(database);
    const left = new Date(Date.now() + 60_000).toISOString();
    const shipped = { status: 'shipped' as const, updatedAt: left };
    await takeUnplaced(database, [order('A', { ...shipped, lines: [line('1', { sku: 'SET' })] })]);
    const count = (sku: string, onHand: number) =>
      setStock(database, [{ sku, location: 'main', onHand }], {
        owner: 'shop',
        cause: 'test',
        at: plusMs(left, 1_000),
      });
    const later = plusMs(left, 5_000);
    await count('CUP', 8);
    expect(await releaseSettled(database, later)).toBe(0);
    expect(await reservations(database)).toEqual(['1: 2 CUP', '1: 1 SAUCER']);
    await count('SAUCER', 6);
    expect(await releaseSettled(database, later)).toBe(1);
    expect(await reservations(database)).toEqual([]);
    expect(await offered(database, 'SET')).toBe(4);
  });

  it('that nobody can put together are told at the import and as a problem, are not offered, and heal by themselves', async () => {
    const { database } = await open();
    const broken = dishes({ ...SET, ODD: [part('SPOON')], SELF: [part('SELF'), part('CUP')] });
    const { warnings } = await filled(database, broken);
    expect(warnings).toBe(2);
    const complaints = await database.all<{ row_key: string; reason: string }>(
      "SELECT row_key, reason FROM import_error WHERE code = 'bundle_broken' ORDER BY row_key",
    );
    expect(complaints).toEqual([
      { row_key: 'ODD', reason: expect.stringContaining('no product has its component SPOON') },
      { row_key: 'SELF', reason: expect.stringContaining('it contains itself: SELF > SELF') },
    ]);
    expect([await offered(database, 'ODD'), await offered(database, 'SELF')]).toEqual([0, 0]);
    await refreshProblems(database, new Date().toISOString());
    expect((await openProblems(database)).map(({ message }) => message)).toEqual([
      'Bundle ODD has a component that no product is: SPOON',
      'Bundle SELF contains itself',
    ]);
    await takeUnplaced(database, [order('A', { lines: [line('1', { sku: 'ODD' })] })]);
    expect(await database.get('SELECT state, reason FROM channel_order')).toEqual({
      state: 'waiting',
      reason: 'nobody knows what it is made of: ODD (no product has its component SPOON)',
    });
    const seq = await currentSequence(database);
    await filled(database, [
      ...broken,
      product('spoon', [variant('SPOON', 100, { stock: [{ location: 'main', onHand: 3 }] })]),
    ]);
    expect(await changedSince(database, seq)).toEqual(['ODD', 'SPOON']);
    expect(await offered(database, 'ODD')).toBe(3);
    await takeUnplaced(database, [
      order('A', { updatedAt: '2026-11-02T08:00:00.000Z', lines: [line('1', { sku: 'ODD' })] }),
    ]);
    expect(await reservations(database)).toEqual(['1: 1 SPOON']);
  });

  it('are declared by a supplemental source, and are goods of their own again when it says no more', async () => {
    const { database } = await open();
    const [pieces, set] = dishes(SET);
    if (!pieces || !set) throw new Error('no dishes');
    const own = { ...set, variants: [variant('SET', 2_500, { stock: [{ location: 'main', onHand: 9 }] })] };
    await filled(database, [pieces, own]);
    expect(await offered(database, 'SET')).toBe(9);
    const guard = { fromKnown: Number.MAX_SAFE_INTEGER };
    const say = (products: readonly SourceProduct[]) =>
      importSource(database, {
        ...primary([]),
        source: { id: 'sets', role: 'supplemental', guard },
        read: () => stream(products),
      });
    await say([product('set', [{ sku: 'SET', content: { components: SET.SET }, offer: {} }])]);
    expect(await offered(database, 'SET')).toBe(5);
    await say([product('pieces', [{ sku: 'CUP', content: { mpn: 'C-1' }, offer: {} }])]);
    expect(await offered(database, 'SET')).toBe(9);
  });

  it('leave from the one location that has all of it, and are picked as what lies on the shelves', async () => {
    const { database } = await open();
    await filled(database);
    const counts = { owner: 'shop', cause: 'test', at: new Date().toISOString() };
    await setStock(database, [{ sku: 'CUP', location: 'berlin', onHand: 9 }], counts);
    await takeUnplaced(database, [order('A', { lines: [line('1', { sku: 'SET', quantity: 2 })] })]);
    const desk = fulfilDesk(database, [location('berlin'), location('main', { priority: 2 })]);
    await database.transaction((tx) => assignOrder(tx, desk, 'A'));
    const work = await openWork(database, desk.locations, { location: null, order: null, limit: 9 });
    expect(
      work.map(({ location: at, sku, bundle, quantity }) => `${quantity} ${sku} for ${bundle}@${at}`),
    ).toEqual(['4 CUP for SET@main', '2 SAUCER for SET@main']);
    await takeUnplaced(database, [order('B', { lines: [line('1', { sku: 'CUP', quantity: 7 })] })]);
    await database.transaction((tx) => assignOrder(tx, desk, 'B'));
    await takeUnplaced(database, [order('C', { lines: [line('1', { sku: 'SET', quantity: 4 })] })]);
    await database.transaction((tx) => assignOrder(tx, desk, 'C'));
    const short = await database.get("SELECT message FROM order_exception WHERE code = 'location_short'");
    expect(short).toEqual({ message: 'Too little is there: 1 of SET at main' });
  });

  it('that come back go on the shelves as their components', async () => {
    const { database } = await open();
    await filled(database);
    const counts = { owner: 'counter', cause: 'test', at: new Date().toISOString() };
    const readings = ['CUP', 'SAUCER'].map((sku) => ({ sku, location: 'berlin', onHand: 1 }));
    await setStock(database, readings, counts);
    const lines = [line('1', { sku: 'SET', quantity: 2, quantityShipped: 2, unitPrice: usd(2_500) })];
    await takeUnplaced(database, [order('A', { status: 'shipped', lines })]);
    const berlin = location('berlin', { uses: ['return'] });
    const taken = await database.transaction((tx) =>
      returnInStore(tx, fulfilDesk(database, [berlin]), {
        externalId: 'A',
        location: berlin,
        reference: 'R1',
        units: [{ sku: 'SET', quantity: 1 }],
        restock: true,
        money: 'none',
        shipping: null,
        by: 'ops',
      }),
    );
    expect(taken?.goods).toMatchObject({ counted: ['CUP', 'SAUCER'] });
    const levels = await database.all(
      "SELECT sku, on_hand FROM stock_level WHERE location = 'berlin' ORDER BY sku",
    );
    expect(levels).toEqual([
      { sku: 'CUP', on_hand: 3 },
      { sku: 'SAUCER', on_hand: 2 },
    ]);
  });

  it('cost in the report what their components cost', async () => {
    const { database } = await open();
    await filled(database);
    const lines = [line('1', { sku: 'SET', quantity: 2, unitPrice: usd(2_500) })];
    await takeUnplaced(database, [order('A', { lines })]);
    const sold = await database.get<{ cost_minor: number | string }>(
      'SELECT cost_minor FROM sale_line WHERE channel = ?',
      [CHANNEL],
    );
    expect(Number(sold?.cost_minor)).toBe(500);
  });
});
