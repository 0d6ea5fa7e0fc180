import { afterEach, beforeEach, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { openProblems } from '../../../src/problems/problems.js';
import { checkProblems } from '../../../src/sync/check-channel.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { onEachDatabase } from '../../support/databases.js';
import { command } from './support.js';

onEachDatabase('problems of a Merchant Center account', (open) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(googleMerchant, await open());
  });
  afterEach(() => bench.stop());

  const problems = async (): Promise<readonly string[]> => {
    await checkProblems({ ...bench.desk, channel: bench.desk.kit.channel.id });
    const open = await openProblems(bench.desk.database);
    return open.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
  };

  it('are its issues, without mere advice, until they are mended', async () => {
    const suspended = { title: 'Misrepresentation', severity: 'CRITICAL' };
    await command(bench.simulator, 'account', {
      issues: [
        suspended,
        { title: 'No returns', severity: 'ERROR' },
        { title: 'Logo', severity: 'SUGGESTION' },
      ],
    });
    expect(await problems()).toEqual([
      'error account_issue: Misrepresentation',
      'warning account_issue: No returns',
    ]);
    await command(bench.simulator, 'account', { issues: [] });
    expect(await problems()).toEqual([]);
  });

  it('are disapproved products, counted by place with their commonest reasons', async () => {
    bench.simulator.tamper('BAD', { title: 'Only a title' });
    const told = await problems();
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(
      /^warning products_disapproved: 1 of 1 products are disapproved in \w+: Missing value \[\w+\] \(1\), /,
    );
  });
});
