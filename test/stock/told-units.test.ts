import { describe, expect, it } from 'vitest';
import { openShare } from '../../src/stock/available.js';
import { toldUnits } from '../../src/stock/told-units.js';

describe('units a shop is told', () => {
  const levels = [
    { location: 'a', onHand: 5 },
    { location: 'b', onHand: 4 },
    { location: 'c', onHand: 50 },
  ];
  const share = openShare('shop');
  const told = (facts: Parameters<typeof toldUnits>[0], safetyStock = 0) => [
    ...toldUnits(facts, { ...share, safetyStock }, ['a', 'b']),
  ];
  it.each([
    ['are what lies at each location, and at no other', { levels, reserved: 0 }, 0, [5, 4]],
    ['are together what open orders leave', { levels, reserved: 3 }, 0, [5, 1]],
    ['leave safety stock alone too', { levels, reserved: 3 }, 2, [4, 0]],
    ['are never below zero', { levels, reserved: 30 }, 0, [0, 0]],
  ])('%s', (_title, facts, safety, [a, b]) => {
    expect(told(facts, safety)).toEqual([
      ['a', a],
      ['b', b],
    ]);
  });

  it('are none where nobody counts, or the merchant does not', () => {
    expect(told({ levels: levels.slice(1, 2), reserved: 0 })).toEqual([['b', 4]]);
    expect(told({ levels: [], reserved: 0 })).toEqual([]);
    expect(told({ levels, reserved: 0, tracked: false })).toEqual([]);
  });
});
