import type { Database, Queries } from '../../src/db/database.js';
import { type Life, never } from './time.js';
import type { World } from './world.js';

/**
 * The database as one process has it: the same real SQL for all of them, but this one may be slow, its disk may be full, and the process may be
 * killed before or after any commit. What a dead process asked for is never answered.
 */
export function nodeStore(base: Database, life: Life, world: World): Database {
  const reading = async <Result>(read: () => Promise<Result>): Promise<Result> => {
    await world.mayGoOn(life);
    const rows = await read();
    return life.alive ? rows : never();
  };
  const writing = async <Result>(write: (commit: () => void) => Promise<Result>): Promise<Result> => {
    await world.mayGoOn(life);
    if (world.weather.strikes('store-slow', 'store')) await world.time.sleep(world.roll.below(3_000));
    await world.mayGoOn(life);
    const beforeCommit = (): void => {
      if (!life.alive) throw new Died();
      if (world.weather.strikes('killed-before-commit', 'store')) {
        world.kill(life);
        throw new Died();
      }
      if (world.weather.strikes('disk-full', 'store')) throw new Error('database or disk is full');
    };
    try {
      const result = await write(beforeCommit);
      if (world.weather.strikes('killed-after-commit', 'store')) world.kill(life);
      return life.alive ? result : await never();
    } catch (error) {
      if (error instanceof Died) return never();
      throw error;
    }
  };
  const single = <Result>(statement: (tx: Queries) => Promise<Result>): Promise<Result> =>
    writing((commit) =>
      base.transaction(async (tx) => {
        const result = await statement(tx);
        commit();
        return result;
      }),
    );
  return {
    engine: base.engine,
    all: (sql, parameters) => reading(() => base.all(sql, parameters)) as Promise<never[]>,
    get: (sql, parameters) => reading(() => base.get(sql, parameters)) as Promise<undefined>,
    run: (sql, parameters) => single((tx) => tx.run(sql, parameters)),
    insert: (into, rows) => single((tx) => tx.insert(into, rows)),
    unfold: base.unfold,
    staging: {
      all: (sql, parameters) => reading(() => base.staging.all(sql, parameters)) as Promise<never[]>,
      get: (sql, parameters) => reading(() => base.staging.get(sql, parameters)) as Promise<undefined>,
      unfold: base.staging.unfold,
    },
    transaction: (work) =>
      writing((commit) =>
        base.transaction(async (tx) => {
          const result = await work(tx);
          commit();
          return result;
        }),
      ),
    durability: () => base.durability(),
    close: () => Promise.resolve(),
  };
}

/** Thrown inside a transaction whose process is gone, so that it is taken back; nobody outside sees it. */
class Died extends Error {}
