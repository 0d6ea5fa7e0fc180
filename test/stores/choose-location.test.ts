import { describe, expect, it } from 'vitest';
import type { Component } from '../../src/domain/product.js';
import {
  adjustParts,
  type Candidate,
  chooseLocation,
  type OrderToFulfil,
} from '../../src/stores/choose-location.js';
import { location } from './support.js';

const at = (
  id: string,
  free: Record<string, number>,
  changes: Parameters<typeof location>[1] = {},
): Candidate => ({
  location: location(id, changes),
  free: new Map(Object.entries(free)),
});
const BUNDLES: Readonly<Record<string, readonly Component[]>> = {
  SET: [
    { sku: 'X', quantity: 2 },
    { sku: 'Y', quantity: 1 },
  ],
};
const order = (
  lines: readonly (readonly [string, number])[],
  changes: Partial<OrderToFulfil> = {},
): OrderToFulfil => ({
  method: 'ship',
  wanted: null,
  lines: lines.map(([sku, units], index) => ({
    lineId: `L${index + 1}`,
    sku,
    units,
    parts: BUNDLES[sku] ?? [{ sku, quantity: 1 }],
  })),
  ...changes,
});
const told = (candidates: readonly Candidate[], wanted: OrderToFulfil, split = false): string => {
  const { parts, reason, short } = chooseLocation(wanted, candidates, split);
  const where = parts.map(({ lineId, location: id, quantity }) => `${quantity}×${lineId}@${id}`).join(' ');
  return [where, reason, ...short.map((units) => `short ${units}`)].join('; ');
};
const FIRST = { priority: 1 };

describe('where a parcel leaves from', () => {
  it('is the first location by priority that has everything, whatever the order of the file', () => {
    const [a, b, c] = [
      at('a', { X: 1 }),
      at('b', { X: 2 }, { priority: 3 }),
      at('c', { X: 9 }, { priority: 2 }),
    ];
    expect(told([a, b, c], order([['X', 2]]))).toBe('2×L1@c; first by priority that has everything');
    expect(told([b, a, c], order([['X', 1]]))).toBe('1×L1@a; first by priority, and it has everything');
  });

  it('is one location for all components of a bundle, which shares them with other lines', () => {
    const stores = [at('a', { X: 5, Y: 0 }), at('b', { X: 4, Y: 2 }, { priority: 2 })];
    expect(told(stores, order([['SET', 2]]))).toBe('2×L1@b; first by priority that has everything');
    const both = order([
      ['X', 1],
      ['SET', 2],
    ]);
    expect(told(stores, both)).toBe(
      '1×L1@b 2×L2@b; no location has everything; this one has most; short 1 of SET at b',
    );
    expect(told(stores, both, true)).toBe(
      '1×L1@b 2×L2@b; no location has everything: split over as few as have it; short 1 of SET at b',
    );
  });

  it('is never a location that ships nothing', () => {
    expect(told([at('a', { X: 9 }, { uses: ['pickup'] })], order([['X', 1]]))).toBe(
      '; parcels of this channel leave from no location',
    );
  });

  it('is the one that has most where no one has everything and the order stays together', () => {
    const stores = [at('a', { X: 1, Y: 0 }), at('b', { X: 2, Y: 1 }, { priority: 7 })];
    expect(
      told(
        stores,
        order([
          ['X', 2],
          ['Y', 2],
        ]),
      ),
    ).toBe('2×L1@b 2×L2@b; no location has everything; this one has most; short 1 of Y at b');
  });

  it('is as few locations as have it where an order may be split', () => {
    const stores = [
      at('a', { X: 1 }),
      at('b', { X: 1, Y: 1 }, { priority: 7 }),
      at('c', { Z: 1 }, { priority: 8 }),
    ];
    expect(
      told(
        stores,
        order([
          ['X', 1],
          ['Y', 1],
          ['Z', 1],
        ]),
        true,
      ),
    ).toBe('1×L1@b 1×L2@b 1×L3@c; no location has everything: split over as few as have it');
  });

  it('gives what nobody has to the first location of a split order, and says how much is missing', () => {
    const stores = [at('a', { X: 1 }, FIRST), at('b', { X: 1 }, { priority: 2 })];
    expect(told(stores, order([['X', 5]]), true)).toBe(
      '4×L1@a 1×L1@b; no location has everything: split over as few as have it; short 3 of X at a',
    );
  });

  it('shares the units of a SKU between two lines of it', () => {
    expect(
      told(
        [at('a', { X: 3 }), at('b', { X: 4 }, { priority: 2 })],
        order([
          ['X', 2],
          ['X', 2],
        ]),
      ),
    ).toBe('2×L1@b 2×L2@b; first by priority that has everything');
  });

  it('is decided by priority where nobody counts the goods: unknown is not zero, and no shortage', () => {
    expect(told([at('a', {}, { priority: 2 }), at('b', {}, FIRST)], order([['X', 2]]))).toBe(
      '2×L1@b; first by priority; nobody counts its goods',
    );
    expect(
      told(
        [at('a', { Y: 1 }, { priority: 2 }), at('b', {}, FIRST)],
        order([
          ['X', 2],
          ['Y', 1],
        ]),
      ),
    ).toBe('2×L1@a 1×L2@a; first by priority that has everything');
  });

  it('keeps a paid order although nothing is left anywhere', () => {
    expect(told([at('a', { X: -1 })], order([['X', 1]]), true)).toBe(
      '1×L1@a; no location has everything: split over as few as have it; short 1 of X at a',
    );
  });
});

describe('where a buyer fetches an order', () => {
  const stores = [
    at('mitte', { X: 0 }, { uses: ['pickup'] }),
    at('nord', { X: 9 }, { uses: ['pickup', 'curbside'] }),
  ];
  const fetched = (
    wanted: OrderToFulfil['wanted'],
    method: 'pickup' | 'curbside' = 'pickup',
  ): OrderToFulfil => order([['X', 2]], { method, wanted });

  it('is where the buyer chose, though another one has it and nothing may be split off', () => {
    expect(told(stores, fetched(location('mitte')), true)).toBe(
      '2×L1@mitte; the buyer fetches it there; short 2 of X at mitte',
    );
  });

  it('is nowhere when the place is none of ours, or does not do it', () => {
    expect(told(stores, fetched('STORE-77'))).toBe(
      '; the buyer fetches it at "STORE-77", which is no location of ours',
    );
    expect(told(stores, fetched(location('mitte'), 'curbside'))).toBe(
      '; the buyer fetches it at mitte, where there is no curbside for this channel',
    );
  });

  it('is guessed for nobody: without a word of the channel only the only one is taken', () => {
    expect(told(stores, fetched(null))).toBe(
      '; the channel does not say at which of 2 locations the buyer fetches it',
    );
    expect(told(stores, fetched(null, 'curbside'))).toBe('2×L1@nord; the only location for curbside');
    expect(told([], fetched(null))).toBe('; there is no location for pickup');
  });
});

describe('units that change after a location has the order', () => {
  const parts = [
    { lineId: 'L1', location: 'a', quantity: 2 },
    { lineId: 'L1', location: 'b', quantity: 1 },
    { lineId: 'L2', location: 'b', quantity: 1 },
  ];
  const lines = (l1: number, l2: number) => [
    { lineId: 'L1', sku: 'X', units: l1 },
    { lineId: 'L2', sku: 'Y', units: l2 },
  ];

  it('leave the last location first, and are added where the line is', () => {
    expect(adjustParts(parts, lines(2, 0))).toEqual([{ lineId: 'L1', location: 'a', quantity: 2 }]);
    expect(adjustParts(parts, lines(4, 2))).toEqual([
      { lineId: 'L1', location: 'a', quantity: 3 },
      { lineId: 'L1', location: 'b', quantity: 1 },
      { lineId: 'L2', location: 'b', quantity: 2 },
    ]);
  });
});
