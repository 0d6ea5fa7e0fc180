import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { setOverride } from '../../src/catalog/overrides.js';
import { setStock } from '../../src/catalog/set-stock.js';
import { systemClock } from '../../src/clock.js';
import type { PlaceSetup } from '../../src/domain/place.js';
import type { Allocation } from '../../src/domain/stock.js';
import { placeUnits } from '../../src/stock/place-units.js';
import { placeShareOf, type RuledChannel } from '../../src/stock/shares.js';
import { placeFactsOf } from '../../src/sync/place-facts.js';
import { type PlacesSent, placeCounts } from '../../src/sync/send-places.js';
import { syncUntilSettled } from '../../src/sync/sync-channel.js';
import { syncPlaces } from '../../src/sync/sync-places.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

const BERLIN: PlaceSetup = {
  kind: 'store',
  place: 'BER-1',
  locations: ['default'],
  pickup: { method: 'buy', sla: 'same_day' },
};
const WEST: PlaceSetup = { kind: 'region', place: 'west', locations: ['default', 'annex'], pickup: null };

const GOOGLE = (safetyStock: number, allocation: Allocation = { mode: 'shared' }): RuledChannel => ({
  id: 'google',
  stock: { allocation, safetyStock },
});
const shareAt = (locations: readonly string[]) => placeShareOf([GOOGLE(0)], GOOGLE(0), locations);

describe('units at a place', () => {
  const levels = [
    { location: 'a', onHand: 5 },
    { location: 'b', onHand: 2 },
  ];
  const facts = { levels, reserved: 3 };
  it.each([
    ['are what is counted there', ['b'], { ...facts, reserved: 0 }, 0, 2],
    ['of several locations are added', ['a', 'b'], { ...facts, reserved: 0 }, 0, 7],
    ['are never more than may be promised at all', ['a'], facts, 0, 4],
    ['leave safety stock alone', ['a'], facts, 3, 1],
    ['are never below zero', ['b'], { ...facts, reserved: 9 }, 0, 0],
    ['are unknown where nobody counts', ['c'], facts, 0, null],
    ['are unknown for goods that are not counted', ['a'], { ...facts, tracked: false }, 0, null],
  ])('%s', (_title, locations, stock, safety, units) => {
    expect(placeUnits(stock, placeShareOf([GOOGLE(safety)], GOOGLE(safety), locations))).toBe(units);
  });
});

describe('units at a place beside other channels', () => {
  const facts = {
    levels: [
      { location: 'a', onHand: 5 },
      { location: 'b', onHand: 4 },
    ],
    reserved: 0,
  };
  const beside = (allocation: Allocation, locations?: readonly string[]): RuledChannel => ({
    id: 'other',
    stock: { allocation, safetyStock: 0, ...(locations === undefined ? {} : { locations }) },
  });
  const held = (units: number) => ({
    ...facts,
    allotments: [{ channel: 'other', state: 'open' as const, units, sold: 0 }],
  });
  const STRICT: Allocation = { mode: 'strict', percent: 50 };
  it.each([
    ['leave alone what a strict channel holds of all', beside(STRICT), held(6), 3],
    ['leave alone what it holds there and nowhere else', beside(STRICT, ['a']), held(4), 1],
    ['are not less for what it holds elsewhere', beside(STRICT, ['b']), held(4), 5],
    ['leave alone what is set aside of all', beside({ mode: 'reserve', units: 7 }), facts, 2],
    ['leave alone what is set aside there', beside({ mode: 'reserve', units: 2 }, ['a']), facts, 3],
  ])('%s', (_title, other, stock, units) => {
    const google = GOOGLE(0);
    expect(placeUnits(stock, placeShareOf([google, other], google, ['a']))).toBe(units);
  });

  it('are those the channel itself was given, where it is strict', () => {
    const google = GOOGLE(0, STRICT);
    const given = {
      ...facts,
      allotments: [{ channel: 'google', state: 'open' as const, units: 3, sold: 1 }],
    };
    expect(placeUnits(given, placeShareOf([google], google, ['a']))).toBe(2);
  });

  it('are how often a bundle can be put together there', () => {
    const part = (sku: string, quantity: number, a: number, b: number) => ({
      sku,
      quantity,
      facts: {
        levels: [
          { location: 'a', onHand: a },
          { location: 'b', onHand: b },
        ],
        reserved: 0,
      },
    });
    const google = GOOGLE(0);
    const stock = {
      levels: [],
      reserved: 0,
      bundle: { broken: null, parts: [part('X', 2, 5, 9), part('Y', 1, 3, 0)] },
    };
    expect(placeUnits(stock, placeShareOf([google], google, ['a']))).toBe(2);
    expect(placeUnits(stock, placeShareOf([google], google, ['b']))).toBe(0);
  });
});

describe('a place', () => {
  it('has its own price where the price list names the store', () => {
    const row = {
      variant: {
        prices: [
          { minor: 1_500, currency: 'USD', store: 'BER-1' },
          { minor: 1_400, currency: 'EUR', store: 'BER-1' },
        ],
      },
      stock: { levels: [{ location: 'default', onHand: 1 }], reserved: 0 },
    } as unknown as Parameters<typeof placeFactsOf>[0];
    const setup = { places: [BERLIN], shareAt, currency: 'USD' };
    expect(placeFactsOf(row, setup)[0]?.facts).toEqual({
      quantity: 1,
      availability: 'in_stock',
      price: { minor: 1_500, currency: 'USD' },
      pickup: { method: 'buy', sla: 'same_day' },
    });
  });
});

onEachDatabase('stock per place', (open) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(memory, await open());
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
  });
  afterEach(() => bench.stop());

  const settle = (): ReturnType<typeof syncUntilSettled> =>
    syncUntilSettled(bench.desk, { deadlineMs: 10_000, atOnce: true });
  const round = (places: readonly PlaceSetup[] = [BERLIN, WEST]): Promise<PlacesSent | null> =>
    syncPlaces(bench.desk, { places, shareAt });
  const shown = (): Record<string, number> => Object.fromEntries(bench.simulator.places?.() ?? []);
  const count = (sku: string, location: string, onHand: number | null): Promise<unknown> =>
    setStock(bench.test.database, [{ sku, location, onHand }], {
      owner: 'shop',
      cause: 'operator:test',
      at: systemClock.now(),
    });
  const exclude = (exclude?: string): Promise<unknown> =>
    setOverride(
      bench.test.database,
      {
        channel: '*',
        scope: 'variant',
        key: 'SHIRT-M',
        attributes: {},
        ...(exclude === undefined ? {} : { exclude }),
      },
      { actor: 'test', at: systemClock.now() },
    );
  const retryNow = (): Promise<unknown> => bench.test.database.run('UPDATE place_stock SET retry_at = NULL');

  const ALL = {
    'store BER-1 00012345': 12,
    'store BER-1 SHIRT-S': 5,
    'store BER-1 SHIRT-M': 3,
    'store BER-1 SHIRT-L': 0,
    'region west 00012345': 12,
    'region west SHIRT-S': 5,
    'region west SHIRT-M': 3,
    'region west SHIRT-L': 0,
  };

  it('is sent once listings are live, and only what changed afterwards', async () => {
    expect(await round()).toMatchObject({ due: 0 });
    await settle();
    expect(await round()).toMatchObject({ due: 8, accepted: 8 });
    expect(shown()).toEqual(ALL);
    expect(await round()).toMatchObject({ due: 0 });
    await count('SHIRT-S', 'annex', 4);
    await settle();
    expect(await round()).toMatchObject({ due: 1, accepted: 1 });
    expect(shown()).toEqual({ ...ALL, 'region west SHIRT-S': 9 });
  });

  it('is withdrawn where a location is no longer counted or set up', async () => {
    await settle();
    await round();
    await count('SHIRT-S', 'default', null);
    await settle();
    expect(await round()).toMatchObject({ accepted: 2 });
    const { 'store BER-1 SHIRT-S': _store, 'region west SHIRT-S': _region, ...rest } = ALL;
    expect(shown()).toEqual(rest);
    await round([WEST]);
    expect(Object.keys(shown()).every((key) => key.startsWith('region west'))).toBe(true);
    await round([]);
    expect(shown()).toEqual({});
    expect(await placeCounts(bench.test.database, bench.desk.kit.channel.id)).toEqual({
      known: 0,
      due: 0,
      refused: 0,
    });
  });

  it('goes with its listing and comes back with it', async () => {
    await settle();
    await round();
    await exclude('not today');
    await settle();
    await round();
    expect(shown()).not.toHaveProperty('store BER-1 SHIRT-M');
    await exclude();
    await settle();
    await round();
    expect(shown()).toEqual(ALL);
  });

  it('is sent again when an answer is lost, and ends the same', async () => {
    await settle();
    bench.simulator.faults.add({ kind: 'drop-after', match: '/places' });
    expect(await round()).toMatchObject({ due: 8, accepted: 0, postponed: 8 });
    await retryNow();
    expect(await round()).toMatchObject({ accepted: 8, failure: null });
    expect(shown()).toEqual(ALL);
  });

  it('takes the newest count after an answer was lost, though it went back to what was sent before', async () => {
    await settle();
    await round();
    await count('SHIRT-S', 'default', 1);
    await settle();
    bench.simulator.faults.add({ kind: 'drop-after', match: '/places' });
    await round();
    await count('SHIRT-S', 'default', 5);
    await settle();
    await round();
    expect(shown()).toEqual(ALL);
  });

  it('that is refused is not sent again until it changes, and the others are', async () => {
    await settle();
    const body = JSON.stringify({ place: 'BER-1' });
    await fetch(`${bench.simulator.url}/_sim/close-place`, { method: 'POST', body });
    expect(await round()).toMatchObject({ due: 8, accepted: 4, rejected: 4 });
    expect(await round()).toMatchObject({ due: 0 });
    const row = await bench.test.database.get<{ issues: string }>(
      "SELECT issues FROM place_stock WHERE kind = 'store' AND sku = 'SHIRT-S'",
    );
    expect(JSON.parse(row?.issues ?? '[]')).toMatchObject([{ code: 'unknown_place', origin: 'channel' }]);
  });
});
