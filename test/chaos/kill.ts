import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importFrom } from '../../src/catalog/import-from.js';
import { packageRoot } from '../../src/config/package-root.js';
import { type ChaosHouse, openChaosHouse, type RunningHouse } from './chaos-house.js';
import { type Dice, dice } from './dice.js';
import { isZero, quietNow, restful, type Unrest } from './quiet.js';
import { type Storm, storm } from './storm.js';
import { type Truth, truthOf, type Units, unitsOf } from './truth.js';

/** What a run of kills came to. */
export interface KillReport extends Truth, Units {
  readonly seed: number;
  readonly kills: number;
  readonly changes: Storm['counts'];
  /** Exit code of the house when it was asked to stop. */
  readonly exitCodes: readonly (number | null)[];
  /** Left to do at the end, by kind: all zero. */
  readonly unrest: Unrest;
}

const LONGEST_LIFE_MS = 1_500;
const LONGEST_DOWNTIME_MS = 20 * 60_000;
const QUIET_MS = 30_000;
/** Longer than the longest window in which a channel gathers changes, and than a lost submission is waited for. */
const LATER_MS = 40 * 60_000;
const MOST_RESTARTS = 8;

/**
 * The house is killed while it imports, sends, takes orders and announces parcels, again and again, and started again after a while;
 * then it may come to rest. Answers what the channels, the shop and the database have to say about it.
 */
export async function killAgainAndAgain(options: { kills: number; seed: number }): Promise<KillReport> {
  const chance = dice(options.seed);
  const house = await openChaosHouse(path.join(packageRoot(), 'examples/catalog.csv'));
  try {
    await importFrom(house.app, { source: house.app.source('catalog'), actor: 'chaos' });
    const weather = await storm(house, chance);
    for (let kill = 0; kill < options.kills; kill++) await oneLife(house, weather, chance);
    const { exitCodes, left } = await settleDown(house, weather);
    const journal = (await readFile(house.journal, 'utf8')).trim().split('\n');
    return {
      ...options,
      changes: weather.counts,
      exitCodes,
      unrest: left,
      ...(await truthOf(house, journal)),
      ...(await unitsAfterLastOrders(house, weather)),
    };
  } finally {
    await house.close();
  }
}

/** Orders after the last stock reading: nobody has counted them out, so their units must be reserved. */
async function unitsAfterLastOrders(house: ChaosHouse, weather: Storm): Promise<Units> {
  const running = await house.start();
  await weather.buy(5);
  await quietNow(house, QUIET_MS);
  await running.kill();
  return unitsOf(house);
}

/** A start, some weather, SIGKILL at a random moment (now and then before the house is at work), and some minutes in which nothing runs. */
async function oneLife(house: ChaosHouse, weather: Storm, chance: Dice): Promise<void> {
  const attended = !chance.once(4);
  const running = await house.start(chance.once(5));
  const death = performance.now() + chance.below(LONGEST_LIFE_MS);
  while (performance.now() < death) {
    if (attended) await reviveAll(house);
    await weather.gust();
    await pause(Math.min(chance.below(120), Math.max(0, death - performance.now())));
  }
  await running.kill();
  house.pass(chance.below(LONGEST_DOWNTIME_MS));
}

/** A job that was running at two kills rests; a person who looks lets it go on. */
async function reviveAll(house: ChaosHouse): Promise<void> {
  for (const { job, key } of await house.app.queue.dead()) await house.app.queue.revive(job, key);
}

/** Started and stopped in good order until nothing is left, each time some minutes later; at last a person looks after dead jobs. */
async function settleDown(
  house: ChaosHouse,
  weather: Storm,
): Promise<{ exitCodes: (number | null)[]; left: Unrest }> {
  const exitCodes: (number | null)[] = [];
  for (let round = 0; ; round++) {
    if (round > 2) await reviveAll(house);
    const running: RunningHouse = await house.start();
    await house.app.queue.wake('import', 'catalog'); // the sweep leaves sources to the calendar
    await quietNow(house, QUIET_MS);
    await weather.finish();
    await quietNow(house, QUIET_MS);
    exitCodes.push(await running.stop());
    const left = await restful(house);
    if (process.env.OMNIFEED_CHAOS_SHOW) process.stderr.write(`${JSON.stringify(left)}\n${running.told()}\n`);
    if (isZero(left) || round === MOST_RESTARTS) return { exitCodes, left };
    house.pass(LATER_MS);
  }
}
