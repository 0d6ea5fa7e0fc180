import { afterEach, beforeEach, expect, it } from 'vitest';
import { googleMerchant } from '../../connectors/google-merchant/index.js';
import type { Database } from '../../src/db/database.js';
import { openProblems } from '../../src/problems/problems.js';
import { lookAtHealth } from '../../src/sync/channel-health.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

onEachDatabase('the health of a channel', (open) => {
  let bench: ChannelBench;
  let database: Database;
  beforeEach(async () => {
    bench = await channelBench(googleMerchant, await open());
    database = bench.desk.database;
  });
  afterEach(() => bench.stop());

  async function account(parts: object): Promise<void> {
    const { url } = bench.simulator;
    await fetch(`${url}/_sim/account`, { method: 'POST', body: JSON.stringify(parts) });
  }
  const look = (now: string): ReturnType<typeof lookAtHealth> =>
    lookAtHealth(database, { channel: bench.desk.kit.channel.id, open: bench.desk.open, now });
  const issue = (title: string, severity = 'ERROR'): object => ({ title, severity, detail: 'Mend it.' });

  it('keeps what is wrong with the account as problems, and forgets what was mended', async () => {
    await account({
      issues: [issue('Misrepresentation', 'CRITICAL'), issue('No returns'), issue('Logo', 'SUGGESTION')],
    });
    expect(await look('2026-11-24T06:00:00.000Z')).toEqual({ errors: 1, warnings: 1 });
    expect(await openProblems(database)).toMatchObject([
      { severity: 'error', code: 'account_issue', message: 'Misrepresentation', advice: 'Mend it.' },
      { severity: 'warning', code: 'account_issue', message: 'No returns' },
    ]);
    await account({ issues: [issue('Misrepresentation', 'CRITICAL')] });
    expect(await look('2026-11-24T12:00:00.000Z')).toEqual({ errors: 1, warnings: 0 });
    expect(await openProblems(database)).toMatchObject([
      { message: 'Misrepresentation', since: '2026-11-24T06:00:00.000Z', seenAt: '2026-11-24T12:00:00.000Z' },
    ]);
  });

  it('counts disapproved products with their commonest reasons', async () => {
    bench.simulator.tamper('BAD', { title: 'Only a title' });
    expect(await look('2026-11-24T06:00:00.000Z')).toEqual({ errors: 0, warnings: 2 });
    expect((await openProblems(database))[0]).toMatchObject({
      code: 'products_disapproved',
      message: expect.stringMatching(
        /^1 of 1 products are disapproved in \w+: Missing value \[\w+\] \(1\), /,
      ),
    });
  });

  it('concludes nothing from a look that failed, and says when to look again', async () => {
    await account({ issues: [issue('Misrepresentation', 'CRITICAL')] });
    await look('2026-11-24T06:00:00.000Z');
    bench.simulator.faults.add({ kind: 'fail', match: '/issues' });
    expect(await look('2026-11-24T12:00:00.000Z')).toEqual({ againInMs: 900_000 });
    expect(await openProblems(database)).toHaveLength(1);
  });
});
