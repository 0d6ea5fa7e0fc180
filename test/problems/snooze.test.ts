import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/db/database.js';
import { clearProblem, openProblems, type Problem, raiseProblem } from '../../src/problems/problems.js';
import { endSnooze, forgetSnoozes, notedProblems, snoozeProblems } from '../../src/problems/snooze.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const HELD: Problem = {
  key: 'standing:changes_held:market',
  channel: 'market',
  severity: 'warning',
  code: 'changes_held',
  message: '3 changes are held',
  advice: 'Look at the plan.',
};
const hour = (n: number): string => `2026-11-24T${String(n).padStart(2, '0')}:00:00.000Z`;

onEachDatabase('snoozed problems', (open) => {
  let test: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    test = await open();
    database = test.database;
    await raiseProblem(database, HELD, hour(8));
  });
  afterEach(() => test.dispose());

  const snooze = async (until: string | null): Promise<void> => {
    const wish = { until, note: 'Bob is on it', by: 'Ann', at: hour(9) };
    const problems = await openProblems(database);
    await database.transaction((tx) => snoozeProblems(tx, problems, wish));
  };
  const asleep = async (now: string): Promise<boolean> => {
    const [problem] = await notedProblems(database, await openProblems(database), now);
    return problem?.snooze !== null && problem?.snooze !== undefined;
  };

  it('sleep until their time, whatever numbers their sentence names meanwhile', async () => {
    await snooze(hour(12));
    await raiseProblem(database, { ...HELD, message: '4 changes are held' }, hour(10));
    expect(await asleep(hour(11))).toBe(true);
    expect(await asleep(hour(12))).toBe(false);
  });

  it('sleep without a time until anything about them is said differently', async () => {
    await snooze(null);
    await raiseProblem(database, HELD, hour(10));
    expect(await asleep(hour(23))).toBe(true);
    await raiseProblem(database, { ...HELD, message: '4 changes are held' }, hour(10));
    expect(await asleep(hour(11))).toBe(false);
  });

  it('wake when they become worse, another one, or come again after they were gone', async () => {
    await snooze(hour(20));
    await raiseProblem(database, { ...HELD, severity: 'error' }, hour(10));
    expect(await asleep(hour(11))).toBe(false);
    await snooze(hour(20));
    expect(await asleep(hour(11))).toBe(true);
    await clearProblem(database, HELD.key);
    await raiseProblem(database, { ...HELD, severity: 'error' }, hour(12));
    expect(await asleep(hour(13))).toBe(false);
  });

  it('are brought back by a person, and forgotten with their problem', async () => {
    await snooze(null);
    expect(await endSnooze(database, await openProblems(database))).toBe(1);
    expect(await asleep(hour(10))).toBe(false);
    await snooze(null);
    expect(await forgetSnoozes(database)).toBe(0);
    await clearProblem(database, HELD.key);
    expect(await forgetSnoozes(database)).toBe(1);
  });
});
