import { afterEach, beforeEach, expect, it } from 'vitest';
import { endLostRuns, forgetOldRuns, rememberRuns } from '../../src/activity/run-log.js';
import { redactor } from '../../src/log/redact.js';
import type { JobHandler } from '../../src/queue/job-queue.js';
import { handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { silentLog } from '../support/silent-log.js';

onEachDatabase('the log of runs', (open) => {
  let test: TestDatabase;
  const clock = handClock();
  const signal = new AbortController().signal;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  function jobs(handler: (log: typeof silentLog) => JobHandler) {
    const clean = redactor();
    clean.hide('s3cret-token');
    const parts = { database: test.database, clock, log: silentLog, redactor: clean };
    return rememberRuns(parts, (log) => ({ work: handler(log) }));
  }
  const runs = () => test.database.all<Record<string, unknown>>('SELECT * FROM run ORDER BY id');
  const looks = () => test.database.all<Record<string, unknown>>('SELECT * FROM run_look');

  it('keeps what a job told, in order, with what the last line said as its result', async () => {
    const begun = clock.now();
    const { work } = jobs((log) => async (channel) => {
      log.info({ channel, seen: 3 }, 'read');
      clock.advance(1_500);
      log.info({ channel, changed: 2 }, 'reconciled');
      return { againInMs: 7 };
    });
    expect(await work?.('shop', signal)).toEqual({ againInMs: 7 });
    const [run] = await runs();
    expect(run).toMatchObject({
      job: 'work',
      run_key: 'shop',
      outcome: 'done',
      started_at: begun,
      error: null,
    });
    expect(run?.ended_at).toBe(clock.now());
    expect(JSON.parse(String(run?.facts))).toEqual({ channel: 'shop', changed: 2 });
    const messages = (JSON.parse(String(run?.lines)) as { message: string }[]).map(({ message }) => message);
    expect(messages).toEqual(['read', 'reconciled']);
    expect(await looks()).toMatchObject([{ job: 'work', run_key: 'shop', took_ms: 1_500, failed: 0 }]);
  });

  it('only moves the last look of a run that found nothing to do', async () => {
    const { work } = jobs(() => async () => undefined);
    await work?.('shop', signal);
    clock.advance(60_000);
    await work?.('shop', signal);
    expect(await runs()).toEqual([]);
    expect(await looks()).toMatchObject([{ at: clock.now(), failed: 0 }]);
  });

  it('keeps a failure with its reason and hands it on to the queue', async () => {
    const { work } = jobs(() => async () => {
      throw new Error('the address said s3cret-token');
    });
    await expect(work?.('shop', signal)).rejects.toThrow('s3cret-token');
    expect(await runs()).toMatchObject([{ outcome: 'failed', error: 'the address said [redacted]' }]);
    expect(await looks()).toMatchObject([{ failed: 1 }]);
  });

  it('keeps no secret and no buyer', async () => {
    const { work } = jobs(
      (log) => async () => log.warn({ email: 'a@b.example', note: 's3cret-token' }, 'told'),
    );
    await work?.('shop', signal);
    const [run] = await runs();
    expect(JSON.stringify(run)).not.toMatch(/a@b\.example|s3cret-token/);
  });

  it('ends what a dead process left behind, and forgets what is old', async () => {
    const insert =
      "INSERT INTO run (job, run_key, outcome, started_at, facts, lines) VALUES ('work', 'shop', 'running', ?, '{}', '[]')";
    await test.database.run(insert, [clock.now()]);
    clock.advance(1_000);
    await endLostRuns(test.database, clock.now());
    expect(await runs()).toMatchObject([
      { outcome: 'failed', error: expect.stringContaining('process_died') },
    ]);
    clock.advance(34 * 86_400_000);
    expect(await forgetOldRuns(test.database, clock.now())).toBe(0);
    clock.advance(2 * 86_400_000);
    expect(await forgetOldRuns(test.database, clock.now())).toBe(1);
  });
});
