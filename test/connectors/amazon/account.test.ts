import { afterEach, describe, expect, it } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import type { AmazonSettings } from '../../../connectors/amazon/settings.js';
import { bucketRoom } from '../../../src/channel/throttle.js';
import { systemClock } from '../../../src/clock.js';
import { openProblems } from '../../../src/problems/problems.js';
import { readChannelState } from '../../../src/sync/channel-state.js';
import { syncUntilSettled } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';
import { openStage, testHost } from './support.js';

describe('buckets', () => {
  it('are the same for the same owner and name only', () => {
    const room = bucketRoom(systemClock);
    const spec = { perSecond: 1, burst: 1 };
    expect(room('a b', 'c', spec)).toBe(room('a b', 'c', { perSecond: 9, burst: 9 }));
    expect(room('a', 'b c', spec)).not.toBe(room('a b', 'c', spec));
  });

  it('of one seller in one region are shared by its stores, and by nobody else', async () => {
    const stage = await openStage();
    const asked = async (changes: Partial<AmazonSettings>): Promise<ReadonlySet<string | undefined>> => {
      const host = testHost();
      const accounts = new Set<string | undefined>();
      const bucket: typeof host.bucket = (name, spec, account) => {
        accounts.add(account);
        return host.bucket(name, spec);
      };
      const { endpoint: _simulated, ...settings } = { ...stage.settings, ...changes };
      const nobody = { ...host.http, send: () => Promise.reject(new Error('no call is wanted')) };
      const channel = amazon.open(settings, { ...host, bucket, http: nobody });
      await channel.listings?.observe?.(null).catch(() => undefined);
      return accounts;
    };
    const us = await asked({});
    expect(us.size).toBe(1);
    expect(await asked({ marketplaceId: 'A2EUQ1WTGCTBG2' })).toEqual(us);
    expect(await asked({ marketplaceId: 'A1PA6795UKMFR9' })).not.toEqual(us);
    expect(await asked({ sellerId: 'A1OTHER' })).not.toEqual(us);
    expect(await asked({ clientId: 'amzn1.application-oa2-client.other' })).not.toEqual(us);
    await stage.simulator.stop();
  });
});

describe('an authorization that is taken back', () => {
  let bench: ChannelBench;
  afterEach(() => bench.stop());

  it('stops the channel at once: one exchange, a problem that says what to do, and no call afterwards', async () => {
    bench = await channelBench(amazon, await sqliteDatabase(), { settings: { definitions: 'built-in' } });
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
    await fetch(`${bench.simulator.url}/_sim/account`, {
      method: 'POST',
      body: JSON.stringify({ authorized: false }),
    });
    const settle = () => syncUntilSettled(bench.desk, { deadlineMs: 5_000, atOnce: true });
    await settle();
    const state = await readChannelState(bench.test.database, bench.desk.kit.channel.id);
    expect(state.paused_code).toBe('authorization_lost');
    expect(await openProblems(bench.test.database)).toMatchObject([
      { code: 'authorization_lost', advice: expect.stringContaining('Authorize the application again') },
    ]);
    const calls = bench.simulator.calls.length;
    expect(bench.simulator.calls.map(({ path }) => path)).toEqual(['/auth/o2/token']);
    await settle();
    expect(bench.simulator.calls).toHaveLength(calls);
    expect(bench.simulator.held().size).toBe(0);
  });
});
