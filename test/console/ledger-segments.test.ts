import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmentsOf } from '../../src/console/ui/ledger-bar/segments.js';

describe('the pieces of a ledger bar', () => {
  it('stand in the order of the sum, and the smallest cannot hide', () => {
    const pieces = segmentsOf({ excluded: 1, live: 99_990, rejected: 9 }, 100_000);
    expect(pieces.map(({ part }) => part)).toEqual(['live', 'rejected', 'excluded']);
    expect(pieces.map(({ size }) => Math.round(size))).toEqual([990, 5, 5]);
  });

  it('fill the bar without gaps, whatever the parts', () => {
    const parts = fc.record({
      live: fc.nat(1_000_000),
      waiting: fc.nat(50),
      blocked: fc.nat(3),
      held: fc.nat(100_000),
    });
    fc.assert(
      fc.property(parts, (given) => {
        const total = Object.values(given).reduce((sum, n) => sum + n, 0);
        fc.pre(total > 0);
        const pieces = segmentsOf(given, total);
        let end = 0;
        for (const { from, size } of pieces) {
          expect(from).toBeCloseTo(end, 6);
          expect(size).toBeGreaterThanOrEqual(4.999);
          end = from + size;
        }
        expect(end).toBeCloseTo(1000, 6);
      }),
    );
  });
});
