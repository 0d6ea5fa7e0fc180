import { afterEach, beforeEach, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { openProblems } from '../../src/problems/problems.js';
import { pauseChannel } from '../../src/sync/channel-state.js';
import { checkProblems } from '../../src/sync/check-channel.js';
import { type ChannelBench, channelBench, type HandClock, handClock } from '../support/channel-bench.js';
import { onEachDatabase } from '../support/databases.js';

onEachDatabase('the daily check of a channel', (open) => {
  let bench: ChannelBench;
  let clock: HandClock;
  beforeEach(async () => {
    clock = handClock();
    bench = await channelBench(memory, await open(), { clock });
  });
  afterEach(() => bench.stop());

  const issue = (code: string, severity: Issue['severity'] = 'warning'): Issue => ({
    severity,
    code,
    origin: 'channel',
    message: `It is ${code}.`,
    advice: 'Do something about it.',
  });
  async function problemsAfter(check: () => Promise<readonly Issue[]>): Promise<readonly string[]> {
    clock.advance(86_400_000);
    await checkProblems({
      ...bench.desk,
      channel: bench.desk.kit.channel.id,
      open: { ...bench.desk.open, check },
    });
    return (await openProblems(bench.test.database)).map(({ severity, code }) => `${severity} ${code}`);
  }

  it('raises what is found, each of several of a kind, and takes away what is found no longer', async () => {
    const found = [
      issue('version_ageing'),
      issue('other_feed'),
      issue('other_feed'),
      issue('advice', 'info'),
    ];
    expect(await problemsAfter(async () => found)).toEqual([
      'warning other_feed',
      'warning other_feed',
      'warning version_ageing',
    ]);
    expect(await problemsAfter(async () => [issue('token_invalid', 'error')])).toEqual([
      'error token_invalid',
    ]);
    expect(await problemsAfter(async () => [])).toEqual([]);
  });

  it('keeps when a problem began while it stays', async () => {
    await problemsAfter(async () => [issue('version_ageing')]);
    const [first] = await openProblems(bench.test.database);
    await problemsAfter(async () => [issue('version_ageing')]);
    const [again] = await openProblems(bench.test.database);
    expect(again?.since).toBe(first?.since);
    expect(again?.seenAt).not.toBe(first?.seenAt);
  });

  it('concludes nothing from a check that failed', async () => {
    await problemsAfter(async () => [issue('version_ageing')]);
    const facts = { kind: 'ambiguous', code: 'no_answer', owner: 'channel', advice: 'Wait.' } as const;
    const failing = (): Promise<never> => Promise.reject(new ChannelError('no answer', facts));
    expect(await problemsAfter(failing)).toEqual(['warning version_ageing', 'warning no_answer']);
  });

  it('leaves a paused channel alone', async () => {
    const at = clock.now();
    await pauseChannel(bench.test.database, bench.desk.kit.channel.id, { code: 'credentials_refused', at });
    expect(await problemsAfter(() => Promise.reject(new Error('was called')))).toEqual([]);
  });
});
