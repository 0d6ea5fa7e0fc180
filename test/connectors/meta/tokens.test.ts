import { afterEach, beforeEach, expect, it } from 'vitest';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { sealer } from '../../../src/channel/credentials.js';
import { OperatorError } from '../../../src/domain/errors.js';
import { instantOf } from '../../../src/domain/instant.js';
import { channelSecrets } from '../../../src/setup/channel-secrets.js';
import { onEachDatabase, type TestDatabase } from '../../support/databases.js';
import { graphCaller } from './graph-caller.js';
import { testHost } from './support.js';

const DAY_MS = 86_400_000;
const KEY = sealer(Buffer.alloc(32, 7));

onEachDatabase('a Meta token of 60 days', (database) => {
  let test: TestDatabase;
  let simulator: RunningGraph;
  let nowMs: number;
  beforeEach(async () => {
    nowMs = Date.now();
    test = await database();
    simulator = await startGraph({ port: 0, processingMs: 0 }, () => nowMs);
  });
  afterEach(async () => {
    await simulator.stop();
    await test.dispose();
  });

  const clock = { now: () => instantOf(nowMs), monotonicMs: () => nowMs };
  /** The channel as a process that just started has it. */
  const open = (more: Partial<MetaSettings> = {}, seals = async () => KEY): OpenChannel =>
    meta.open(
      { ...(simulator.settings as MetaSettings), ...more },
      {
        ...testHost(),
        clock,
        secrets: channelSecrets({ database: test.database, sealer: seals, clock }, 'meta-us'),
      },
    );
  const endsIn = (days: number): Promise<unknown> =>
    graphCaller(simulator).command('token', { expiresAt: Math.floor((nowMs + days * DAY_MS) / 1_000) });
  const codes = async (channel = open()): Promise<readonly string[]> =>
    (await channel.check()).map(({ severity, code }) => `${severity} ${code}`);
  const kept = () => test.database.all<{ sealed: string }>('SELECT sealed FROM channel_secret');

  it('is left alone while it has more than 30 days, and when it does not end', async () => {
    await endsIn(31);
    expect(await codes()).toEqual([]);
    await graphCaller(simulator).command('token', { expiresAt: 0 });
    expect(await codes()).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  it('is renewed again and again, so that the house works long after the first one has ended', async () => {
    await endsIn(29);
    for (let day = 0; day <= 200; day += 25) {
      expect(await codes()).toEqual([]);
      nowMs += 25 * DAY_MS;
    }
    const [row, ...more] = await kept();
    expect(more).toEqual([]);
    expect(row?.sealed).not.toContain('EAA');
  });

  it('is in use in a process that was running before, and gives way to one put into the settings', async () => {
    await endsIn(29);
    const running = open();
    expect(await codes(running)).toEqual([]);
    const other = open({ accessToken: 'EAAanother' });
    await expect(other.listings?.observe?.(null)).rejects.toMatchObject({ kind: 'auth-lost' });
    nowMs += 29.5 * DAY_MS;
    await expect(running.listings?.observe?.(null)).resolves.toBeDefined();
  });

  it('that cannot be renewed is told a month before it ends: refused by Meta, or nowhere to keep it', async () => {
    await endsIn(29);
    simulator.faults.add({ kind: 'fail', match: 'oauth', times: 9 });
    expect(await codes()).toEqual(['warning token_not_renewed']);
    simulator.faults.clear();
    const keyless = async () => {
      throw new OperatorError('key_missing', 'There is no data key', 'Make one.');
    };
    expect(await codes(open({}, keyless))).toEqual(['warning token_not_renewed']);
    expect(await kept()).toEqual([]);
    expect(await codes()).toEqual([]);
  });
});

it('without a place for secrets, ends, and the check says so two weeks before', async () => {
  const simulator = await startGraph({ port: 0, processingMs: 0 }, () => Date.now());
  try {
    const expiresAt = Math.floor((Date.now() + 13 * DAY_MS) / 1_000);
    await graphCaller(simulator).command('token', { expiresAt });
    const issues = await meta.open(simulator.settings as MetaSettings, testHost()).check();
    expect(issues.map(({ code }) => code)).toEqual(['token_expires']);
  } finally {
    await simulator.stop();
  }
});
