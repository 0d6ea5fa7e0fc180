import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variantsBySku } from '../../src/catalog/store.js';
import { handClock } from '../support/channel-bench.js';
import { postgresAddress, postgresDatabase, sqliteDatabase } from '../support/databases.js';
import { House, lamp, SKU, type Truth } from './strict-house.js';
import { type Fault, LAG_MS, Market, PATIENCE_MS, QUIET_MS } from './strict-market.js';

type Command = fc.AsyncCommand<Truth, House>;

function command(name: string, run: (truth: Truth, house: House) => Promise<void> | void): Command {
  return {
    check: () => true,
    async run(truth, house) {
      await run(truth, house);
      house.check(truth);
    },
    toString: () => name,
  };
}

const FAULTS: readonly Fault[] = [
  'none',
  'none',
  'none',
  'lost',
  'unanswered',
  'late',
  'slow',
  'dropped',
  'died',
  'died-after',
];

const market = fc.nat({ max: 1 });
const buys = fc
  .tuple(market, fc.integer({ min: 1, max: 4 }))
  .map(([at, units]) =>
    command(`buy ${units} at ${at}`, (_, house) => void house.market(at).buy(SKU, units)),
  );
const syncs = fc
  .tuple(market, fc.constantFrom(...FAULTS))
  .map(([at, fault]) => command(`sync ${at} ${fault}`, (_, house) => house.sync(at, fault)));
const pulls = market.map((at) => command(`pull ${at}`, (_, house) => house.pull(at)));
const waits = fc
  .constantFrom(1_000, LAG_MS + 1, QUIET_MS + 1, PATIENCE_MS + 1)
  .map((ms) => command(`wait ${ms}`, (_, house) => house.clock.advance(ms)));
const restocks = fc.integer({ min: 1, max: 12 }).map((units) =>
  command(`restock ${units}`, async (truth, house) => {
    truth.units += units;
    await house.count(truth.units);
  }),
);
const shopSales = fc.integer({ min: 1, max: 6 }).map((units) =>
  command(`the shop sells ${units}`, async (truth, house) => {
    // What is in the hands of a channel is not the shop's to sell.
    truth.units -= Math.min(units, Math.max(0, await house.free()));
    await house.count(truth.units);
  }),
);
const repricings = fc
  .integer({ min: 900, max: 1_100 })
  .map((minor) => command(`price ${minor}`, (truth, house) => lamp(house.database, truth.units, minor)));
const changes = fc
  .tuple(market, fc.constantFrom(...FAULTS), fc.integer({ min: 900, max: 1_100 }))
  .map(([at, fault, minor]) =>
    command(`price ${minor}, sync ${at} ${fault}, sync ${at}`, async (truth, house) => {
      await lamp(house.database, truth.units, minor);
      await house.sync(at, fault);
      house.check(truth);
      await house.sync(at, 'none');
    }),
  );
/** Something is sold, nobody knows of it yet, and the units are taken back and would be given out again. */
const unseenSale = (at: number, units: number, minor: number): Command =>
  command(`sync ${at}, buy ${units}, price ${minor}, sync ${at} until it rests`, async (truth, house) => {
    await house.sync(at, 'none');
    house.market(at).buy(SKU, units);
    await lamp(house.database, truth.units, minor);
    for (let round = 0; round < 3; round++) {
      await house.sync(at, 'none');
      house.check(truth);
    }
  });
const unseen = fc
  .tuple(market, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 900, max: 1_100 }))
  .map((given) => unseenSale(...given));
/** Tried first, wherever few runs are made: a protocol that does not wait for orders fails it. */
const FIRST: [Iterable<Command>][] = [[[unseenSale(0, 4, 1_050), unseenSale(1, 3, 1_060)]]];
// What makes trouble comes often: sales nobody knows of while listings are sent.
const commands = fc.commands(
  [unseen, syncs, syncs, syncs, buys, buys, waits, waits, pulls, restocks, shopSales, repricings, changes],
  { maxCommands: 50 },
);

async function run(open: typeof sqliteDatabase, cmds: Iterable<Command>): Promise<void> {
  const test = await open();
  try {
    const clock = handClock();
    const split = [
      { market: new Market('alpha', clock), percent: 60 },
      { market: new Market('beta', clock), percent: 40 },
    ];
    const house = new House(test.database, split, clock);
    const truth = { units: 8 };
    await lamp(test.database, truth.units, 1_000);
    await fc.asyncModelRun(() => ({ model: truth, real: house }), cmds);
    await calm(house, truth);
  } finally {
    await test.dispose();
  }
}

/** Once nothing fails any more and every order is known, everything that may be promised strictly is on sale. */
async function calm(house: House, truth: Truth): Promise<void> {
  for (let round = 0; round < 6; round++) {
    for (const at of [0, 1]) {
      house.clock.advance(PATIENCE_MS);
      await house.pull(at);
      await house.sync(at, 'none');
      house.check(truth);
    }
  }
  const [row] = await variantsBySku(house.database, [SKU]);
  const shown = house.split.map(({ market: { shown } }) => shown.get(SKU) ?? 0);
  const sold = house.split.reduce((sum, { market: { sold: own } }) => sum + own, 0);
  expect(row?.stock.reserved).toBe(sold);
  const left = row?.stock.allotments?.map(({ units, sold: own, state }) =>
    state === 'open' ? units - own : 0,
  );
  expect(left, 'what is on sale is what we think').toEqual(shown);
  if (truth.units - sold > 1) expect(Math.max(...shown), 'something is on sale').toBeGreaterThan(0);
}

const RUNS = Number(process.env.OMNIFEED_MODEL_RUNS ?? 15);

describe('strict stock', () => {
  it('never has more on sale than there is, whatever gets lost, comes late or dies, and sells again afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(commands, (cmds) => run(sqliteDatabase, cmds)),
      { numRuns: RUNS, examples: FIRST },
    );
  }, 300_000);

  it.skipIf(postgresAddress === undefined)(
    'does so on Postgres',
    async () => {
      await fc.assert(
        fc.asyncProperty(commands, (cmds) => run(postgresDatabase, cmds)),
        { numRuns: Math.ceil(RUNS / 10), examples: FIRST },
      );
    },
    300_000,
  );
});
