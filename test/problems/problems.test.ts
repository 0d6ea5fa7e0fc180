import { afterEach, beforeEach, expect, it } from 'vitest';
import { clearProblem, openProblems, type Problem, raiseProblem } from '../../src/problems/problems.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const LOST: Problem = {
  key: 'channel:google-us:calls',
  channel: 'google-us',
  severity: 'error',
  code: 'credentials_refused',
  message: 'Google refuses the credentials',
  advice: 'Connect the channel again.',
};

onEachDatabase('problems', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  it('keeps when a problem began while it is seen again, and begins anew when it becomes another one', async () => {
    const { database } = test;
    await raiseProblem(database, LOST, '2026-11-24T10:00:00.000Z');
    await raiseProblem(database, { ...LOST, message: 'still' }, '2026-11-24T11:00:00.000Z');
    expect(await openProblems(database)).toEqual([
      { ...LOST, message: 'still', since: '2026-11-24T10:00:00.000Z', seenAt: '2026-11-24T11:00:00.000Z' },
    ]);
    await raiseProblem(database, { ...LOST, code: 'permission_missing' }, '2026-11-24T12:00:00.000Z');
    expect((await openProblems(database))[0]).toMatchObject({ since: '2026-11-24T12:00:00.000Z' });
  });

  it('is gone when a look finds the place mended, and others stay', async () => {
    const { database } = test;
    await raiseProblem(database, LOST, '2026-11-24T10:00:00.000Z');
    await raiseProblem(
      database,
      { ...LOST, key: 'house:disk', channel: null, severity: 'warning' },
      '2026-11-24T09:00:00.000Z',
    );
    expect((await openProblems(database)).map((problem) => problem.key)).toEqual([LOST.key, 'house:disk']);
    expect(await openProblems(database, 'google-us')).toHaveLength(1);
    await clearProblem(database, LOST.key);
    await clearProblem(database, 'never raised');
    expect((await openProblems(database)).map((problem) => problem.key)).toEqual(['house:disk']);
  });
});
