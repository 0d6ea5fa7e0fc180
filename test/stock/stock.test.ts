import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { variantsBySku } from '../../src/catalog/store.js';
import { nextSequence } from '../../src/db/sequence.js';
import { channelStock, openShare } from '../../src/stock/available.js';
import { type Reservation, release, reserve } from '../../src/stock/reserve.js';
import { primary, shop } from '../catalog/support.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const levels = [
  { location: 'berlin', onHand: 4 },
  { location: 'store', onHand: 3 },
];

describe('stock as a channel sees it', () => {
  it('is on hand less reserved units and safety stock, never below zero', () => {
    const share = { ...openShare('google'), safetyStock: 1 };
    expect(channelStock({ levels, reserved: 2 }, share).available).toBe(4);
    expect(channelStock({ levels, reserved: 20 }, share).available).toBe(0);
  });

  it('stays unknown when nobody counts', () => {
    expect(channelStock({ levels: [], reserved: 1 }, openShare('google'))).not.toHaveProperty('available');
  });

  it('has no quantity when the merchant does not track the variant', () => {
    const stock = channelStock({ levels, reserved: 0, tracked: false, policy: 'deny' }, openShare('google'));
    expect(stock).toEqual({ tracked: false, policy: 'deny' });
  });

  it('counts only the locations a channel sells from, and offers no more than that at any', () => {
    const share = { ...openShare('google'), locations: ['store'] };
    expect(channelStock({ levels, reserved: 1 }, share)).toMatchObject({
      available: 2,
      locations: [{ id: 'store', available: 2 }],
    });
  });

  it('leaves the last units to the keeper', () => {
    const allocation = { mode: 'shared', keeper: 'amazon', lastUnits: 7 } as const;
    expect(channelStock({ levels, reserved: 0 }, { ...openShare('google'), allocation }).available).toBe(0);
    expect(channelStock({ levels, reserved: 0 }, { ...openShare('amazon'), allocation }).available).toBe(7);
  });
});

onEachDatabase('reservations', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await importSource(test.database, primary(shop(2)));
  });
  afterEach(() => test.dispose());

  const line = (quantity: number, sku = 'p0-s'): Reservation => ({
    channel: 'amazon',
    externalId: 'A-1',
    lineId: '1',
    sku,
    quantity,
  });
  const keep = (lines: readonly Reservation[]) =>
    test.database.transaction(async (tx) =>
      reserve(tx, lines, { at: '2026-11-24T12:00:00.000Z', seq: await nextSequence(tx) }),
    );
  const row = async (sku: string) => (await variantsBySku(test.database, [sku]))[0]!;

  it('lower what is available, once, however often the same order comes', async () => {
    expect(await keep([line(2)])).toEqual(['p0-s']);
    const { seq } = await row('p0-s');
    expect(await keep([line(2)])).toEqual([]);
    expect(await row('p0-s')).toMatchObject({ seq, stock: { reserved: 2 } });
  });

  it('move with a line that changes its SKU, and both variants are looked at again', async () => {
    await keep([line(2)]);
    expect((await keep([line(2, 'p1-s')])).sort()).toEqual(['p0-s', 'p1-s']);
    expect((await row('p0-s')).stock.reserved).toBe(0);
    expect((await row('p1-s')).stock.reserved).toBe(2);
  });

  it('go when nothing is open, or when the order is released', async () => {
    await keep([line(2)]);
    expect(await keep([line(0)])).toEqual(['p0-s']);
    await keep([line(3)]);
    const released = await test.database.transaction(async (tx) =>
      release(tx, [{ channel: 'amazon', externalId: 'A-1' }], { seq: await nextSequence(tx) }),
    );
    expect(released).toEqual(['p0-s']);
    expect((await row('p0-s')).stock.reserved).toBe(0);
  });
});
