import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allotmentsOf } from '../../src/catalog/allotment-rows.js';
import { keys } from '../../src/catalog/keys.js';
import { handClock } from '../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../support/databases.js';
import { House, lamp, SKU } from './strict-house.js';
import { LAG_MS, Market, PATIENCE_MS } from './strict-market.js';

const ALPHA = 0;
const BETA = 1;

describe('a unit in strict hands', () => {
  let test: TestDatabase;
  let house: House;
  beforeEach(async () => {
    test = await sqliteDatabase();
    const clock = handClock();
    const split = [
      { market: new Market('alpha', clock), percent: 60 },
      { market: new Market('beta', clock), percent: 40 },
    ];
    house = new House(test.database, split, clock);
    await lamp(test.database, 8, 1_000);
    for (const at of [ALPHA, BETA, ALPHA, BETA]) await house.sync(at, 'none');
    house.clock.advance(1_000);
  });
  afterEach(() => test.dispose());

  const shown = () => [ALPHA, BETA].map((at) => house.market(at).shown.get(SKU));
  const states = async () =>
    [...(await allotmentsOf(test.database, keys([SKU]))).values()].flat().map(({ state }) => state);

  it('is shared out by percent and moves nothing when it is sold', async () => {
    expect(shown()).toEqual([5, 3]);
    house.market(ALPHA).buy(SKU, 2);
    house.clock.advance(LAG_MS + 1);
    await house.pull(ALPHA);
    for (const at of [ALPHA, BETA]) await house.sync(at, 'none');
    expect(shown()).toEqual([3, 3]);
  });

  it('is not sent again to a listing that may be on sale: what was sold meanwhile would come back', async () => {
    house.market(ALPHA).buy(SKU, 2);
    await lamp(test.database, 8, 1_050);
    await house.sync(ALPHA, 'none');
    expect(shown()).toEqual([0, 3]);
  });

  it('comes back on sale only when the orders of before are known', async () => {
    house.market(ALPHA).buy(SKU, 2);
    await lamp(test.database, 8, 1_050);
    for (let round = 0; round < 3; round++) await house.sync(ALPHA, 'none');
    expect(shown()).toEqual([0, 3]);
    await house.pull(ALPHA); // too early: the market does not tell the order yet
    await house.sync(ALPHA, 'none');
    expect(shown()).toEqual([0, 3]);
    house.clock.advance(LAG_MS + 1);
    await house.pull(ALPHA);
    for (let round = 0; round < 2; round++) await house.sync(ALPHA, 'none');
    expect(shown()).toEqual([3, 3]);
  });

  it('stays with a channel that has not confirmed that it sells none', async () => {
    await lamp(test.database, 8, 1_050);
    await house.sync(ALPHA, 'slow');
    house.clock.advance(LAG_MS + 1);
    await house.pull(ALPHA);
    await house.sync(ALPHA, 'none');
    expect(await states()).toEqual(['closing', 'open']);
    house.clock.advance(PATIENCE_MS);
    await house.sync(ALPHA, 'none');
    expect(shown()[ALPHA]).toBe(0);
  });

  it('is opened anew with as many as before, though the channel was told that number already', async () => {
    house.market(BETA).buy(SKU, 3);
    house.clock.advance(LAG_MS + 1);
    await house.pull(BETA);
    await house.count(16);
    for (let round = 0; round < 2; round++) await house.sync(BETA, 'none');
    expect(shown()[BETA]).toBeGreaterThan(0);
    house.check({ units: 16 });
  });

  it('is taken from a listing that was on sale before the channel became strict', async () => {
    await test.database.run("DELETE FROM stock_allotment WHERE channel = 'alpha'");
    await test.database.run('UPDATE channel_state SET allotted_for = NULL');
    house.market(ALPHA).buy(SKU, 1);
    await house.sync(ALPHA, 'none');
    expect(shown()[ALPHA]).toBe(0);
    expect(await states()).toEqual(['closing', 'open']);
  });
});
