import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quantile, suggestSafetyStock } from '../../src/stock/safety-stock.js';
import { suggestFor } from '../../src/sync/safety-facts.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { House, lamp, SKU } from './strict-house.js';
import { LAG_MS, Market } from './strict-market.js';

const HOUR_MS = 3_600_000;

describe('suggested safety stock', () => {
  it('covers in 99 of 100 cases what is sold before a channel has heard of it', () => {
    const facts = { sold: 240, days: 10, confirmMs: HOUR_MS, orderMs: HOUR_MS };
    // Two expected in two hours; a Poisson count of mean 2 is above 6 in 0.5 % of cases, above 5 in 1.7 %.
    expect(suggestSafetyStock(facts)).toMatchObject({ units: 6, windowMs: 2 * HOUR_MS });
    expect(suggestSafetyStock(facts).expected).toBeCloseTo(2);
    expect(suggestSafetyStock({ ...facts, sold: 240_000_000 }).units).toBeGreaterThan(2_000_000);
  });

  it('is zero for what nobody buys, and unknown where nothing was measured', () => {
    const facts = { sold: 0, days: 28, confirmMs: 1_000, orderMs: null };
    expect(suggestSafetyStock(facts)).toMatchObject({ units: 0, because: 'nothing sold in 28 days' });
    expect(suggestSafetyStock({ ...facts, confirmMs: null }).units).toBeNull();
    expect(suggestSafetyStock({ ...facts, sold: 3 }).units).toBeNull();
  });

  it('rests on what nineteen of twenty did', () => {
    const values = Array.from({ length: 20 }, (_, at) => at + 1);
    expect(quantile(values, 0.95)).toBe(19);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.95)).toBeNull();
  });
});

onEachDatabase('safety stock from what was recorded', (open) => {
  let test: TestDatabase;
  let house: House;
  beforeEach(async () => {
    test = await open();
    const clock = handClock();
    house = new House(test.database, [{ market: new Market('alpha', clock), percent: 100 }], clock);
    await lamp(test.database, 8, 1_000);
    await house.sync(0, 'none');
  });
  afterEach(() => test.dispose());

  const suggested = () =>
    suggestFor(test.database, ['alpha'], { days: 28, now: house.clock.now(), sku: null, limit: 10 });

  it('is not known before a change of stock was confirmed, and then measured from the change, not from the call', async () => {
    expect(await suggested()).toMatchObject([{ units: null, measured: 0, confirmMs: null }]);
    house.market(0).buy(SKU, 3);
    house.clock.advance(LAG_MS + 5_000);
    await house.pull(0);
    await house.count(40);
    house.clock.advance(30_000);
    for (let round = 0; round < 2; round++) await house.sync(0, 'none');
    const [suggestion] = await suggested();
    expect(suggestion).toMatchObject({
      measured: 1,
      orderMs: LAG_MS + 5_000,
      variants: [{ sku: SKU, sold: 3 }],
    });
    expect(suggestion?.confirmMs).toBeGreaterThanOrEqual(30_000);
    expect(suggestion?.confirmMs).toBeLessThan(31_000);
    expect(suggestion?.variants[0]?.because).toMatch(
      /^3 sold in 28 days; 15 s until an order is known, 30 s until/,
    );
  });
});
