import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Allotment,
  type AllotmentState,
  reallot,
  strictTargets,
  unitsHeld,
  unitsLeft,
} from '../../src/stock/allotment.js';

const SHARES = [
  { channel: 'a', percent: 50 },
  { channel: 'b', percent: 50 },
];
const has = (channel: string, state: AllotmentState, units: number, sold = 0): Allotment => ({
  channel,
  state,
  units,
  sold,
});
const told = (allotments: readonly Allotment[]) =>
  allotments.map(({ channel, state, units }) => `${channel} ${state} ${units}`);

describe('strict targets', () => {
  it('are whole units by largest remainder, the first named first', () => {
    expect([...strictTargets(5, SHARES).values()]).toEqual([3, 2]);
    expect([...strictTargets(1, SHARES).values()]).toEqual([1, 0]);
  });

  it('leave alone what the percentages leave', () => {
    expect([...strictTargets(10, [{ channel: 'a', percent: 33 }]).values()]).toEqual([3]);
    expect([...strictTargets(1, [{ channel: 'a', percent: 50 }]).values()]).toEqual([0]);
  });
});

describe('sharing out strictly', () => {
  it('opens closed channels at once', () => {
    expect(told(reallot(7, SHARES, []))).toEqual(['a open 4', 'b open 3']);
  });

  it('changes nothing when a channel sells its own', () => {
    const sold = [has('a', 'open', 4, 2), has('b', 'open', 3)];
    expect(reallot(5, SHARES, sold)).toEqual(sold);
  });

  it('closes the richest when there is less than is out, and gives nothing of it away before it is closed', () => {
    const next = reallot(3, SHARES, [has('a', 'open', 4), has('b', 'open', 1)]);
    expect(told(next)).toEqual(['a closing 4', 'b open 1']);
    expect(told(reallot(3, SHARES, [has('a', 'closing', 4), has('b', 'open', 1)]))).toEqual(told(next));
    expect(told(reallot(3, SHARES, [has('a', 'closed', 0), has('b', 'open', 1)]))).toEqual([
      'a open 2',
      'b open 1',
    ]);
  });

  it('opens a channel that sold everything again without closing it', () => {
    expect(told(reallot(3, SHARES, [has('a', 'open', 4, 4), has('b', 'open', 1)]))).toEqual([
      'a open 2',
      'b open 1',
    ]);
  });

  it('closes for more only where it at least doubles what is left', () => {
    expect(told(reallot(10, SHARES, [has('a', 'open', 3), has('b', 'open', 5)]))[0]).toBe('a open 3');
    expect(told(reallot(20, SHARES, [has('a', 'open', 3), has('b', 'open', 5)]))).toEqual([
      'a closing 3',
      'b closing 5',
    ]);
  });

  it('lets a channel that has nothing take from one that has more than its share', () => {
    expect(told(reallot(4, SHARES, [has('a', 'open', 4), has('b', 'closed', 0)]))).toEqual([
      'a closing 4',
      'b closed 0',
    ]);
  });

  it('never raises what is held above what there is, changes no open number, and says the same twice', () => {
    const allotment = fc.record({
      channel: fc.constant(''),
      state: fc.constantFrom<AllotmentState>('open', 'closing', 'closed'),
      units: fc.nat({ max: 12 }),
      sold: fc.nat({ max: 12 }),
    });
    const percents = fc.array(fc.integer({ min: 0, max: 33 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(
        fc.nat({ max: 30 }),
        percents,
        fc.array(allotment, { maxLength: 3 }),
        (available, p, all) => {
          const shares = p.map((percent, at) => ({ channel: `c${at}`, percent }));
          const current = all.slice(0, p.length).map((each, at) => ({ ...each, channel: `c${at}` }));
          const next = reallot(available, shares, current);
          expect(unitsHeld(next)).toBeLessThanOrEqual(Math.max(available, unitsHeld(current)));
          for (const [at, before] of current.entries())
            if (unitsLeft(before) > 0) expect(next[at]?.units).toBe(before.units);
          expect(reallot(available, shares, next)).toEqual(next);
        },
      ),
      { numRuns: 500 },
    );
  });
});
