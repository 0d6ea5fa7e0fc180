import { describe, expect, it } from 'vitest';
import { sumOfLine } from '../../src/activity/run-sums.js';

const line = (facts: Record<string, number>) => ({ message: 'orders pulled', facts });

describe('the numbers of a run', () => {
  it('are a sum that says whether it adds up', () => {
    const facts = { seen: 5, created: 2, updated: 1, unchanged: 2 };
    expect(sumOfLine(line(facts))).toEqual({
      whole: { name: 'seen', n: 5 },
      parts: [
        { name: 'created', n: 2 },
        { name: 'updated', n: 1 },
        { name: 'unchanged', n: 2 },
      ],
      adds: true,
    });
    expect(sumOfLine(line({ ...facts, unchanged: 3 }))?.adds).toBe(false);
  });

  it('are no sum where a part was not told, or nobody said what must add up', () => {
    expect(sumOfLine(line({ seen: 5, created: 2, updated: 1 }))).toBeNull();
    expect(sumOfLine({ message: 'constructor', facts: {} })).toBeNull();
  });
});
