import { expect, it } from 'vitest';
import { wishedListings } from '../../src/cli/adopt.js';

it('adopts the SKUs that are named, or all of them', () => {
  expect(wishedListings({ sku: ['A', 'B'] })).toEqual(['A', 'B']);
  expect(wishedListings({ all: true })).toBe('all');
});

it.each([{}, { sku: ['A'], all: true }, { dryRun: true }])(
  'does not guess which listings are meant: %j',
  (options) => {
    expect(() => wishedListings(options)).toThrow(expect.objectContaining({ code: 'adopt_what' }));
  },
);
