import { afterEach, beforeEach, expect, it } from 'vitest';
import { enterHouse, ownPlace, type ProcessPlace } from '../src/house-process.js';
import { handClock } from './support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from './support/databases.js';

onEachDatabase('a second process on the same data', (open) => {
  let test: TestDatabase;
  const clock = handClock();
  const leaving: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    test = await open();
  });
  afterEach(async () => {
    for (const leave of leaving.splice(0)) await leave();
    await test.dispose();
  });

  const place = (pid: number, alive: readonly number[] = [], host = 'here'): ProcessPlace => ({
    host,
    pid,
    alive: (asked) => alive.includes(asked),
  });
  const enter = async (at: ProcessPlace): Promise<void> => {
    leaving.push(await enterHouse(test.database, clock, at));
  };

  it('is refused on SQLite while the first one lives, and says which one it is; on Postgres they share the work', async () => {
    await enter(place(1));
    const second = enter(place(2, [1]));
    if (test.database.engine === 'postgres') await expect(second).resolves.toBeUndefined();
    else
      await expect(second).rejects.toMatchObject({
        code: 'already_running',
        message: expect.stringContaining('process 1 on here'),
        advice: expect.stringContaining('Stop it first'),
      });
  });

  it('goes on where the first one was killed, at once on the same machine and after a minute on another', async () => {
    await enter(place(1));
    await expect(enter(place(2))).resolves.toBeUndefined();
    clock.advance(61_000);
    await expect(enter(place(3, [], 'there'))).resolves.toBeUndefined();
  });

  it('is no other one when it has the number of the one it replaced, as in a container', async () => {
    await enter(place(1));
    await expect(enter(place(1, [1]))).resolves.toBeUndefined();
  });

  it('may start once the first one has left', async () => {
    const leave = await enterHouse(test.database, clock, place(1));
    await leave();
    await expect(enter(place(2, [1]))).resolves.toBeUndefined();
  });
});

it('a process knows itself to be alive', () => {
  const own = ownPlace();
  expect(own.alive(own.pid)).toBe(true);
  expect(own.alive(2 ** 22 + 1)).toBe(false);
});
