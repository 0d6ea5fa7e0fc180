import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memory } from '../../connectors/memory/index.js';
import { answerOrStop } from '../../src/channel/answer-or-stop.js';
import { systemClock } from '../../src/clock.js';
import { observeChannel } from '../../src/sync/observe.js';
import { channelCounts } from '../../src/sync/records.js';
import { syncChannel, syncUntilSettled } from '../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { type ChannelBench, channelBench, handClock } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const STOP = new Error('the process stops');

describe('an answer that is waited for', () => {
  it('comes through when the process stops and it is quick', async () => {
    const stop = new AbortController();
    const call = new Promise<string>((resolve) =>
      stop.signal.addEventListener('abort', () => resolve('live')),
    );
    const answer = answerOrStop(call, stop.signal);
    stop.abort(STOP);
    expect(await answer).toBe('live');
  });

  it('is given up when it does not come within the grace', async () => {
    const stop = new AbortController();
    const answer = answerOrStop(new Promise<string>(() => undefined), stop.signal, 10);
    stop.abort(STOP);
    await expect(answer).rejects.toBe(STOP);
  });

  it('is given up at once by a process that is stopping already, after the same grace', async () => {
    await expect(answerOrStop(new Promise(() => undefined), AbortSignal.abort(STOP), 10)).rejects.toBe(STOP);
  });

  it('fails with the call’s own failure while nothing stops', async () => {
    const failure = new Error('refused');
    const stop = new AbortController();
    await expect(answerOrStop(Promise.reject(failure), stop.signal)).rejects.toBe(failure);
  });
});

describe('a process that is told to stop', () => {
  let bench: ChannelBench;
  const clock = handClock();
  beforeEach(async () => {
    bench = await channelBench(memory, await sqliteDatabase(), { clock, processingMs: 0 });
    await fillCatalog(bench.test.database, smallCatalog(), clock);
  });
  afterEach(() => bench.stop());

  /** Stops as soon as the channel has received a call of this kind. */
  async function stopAtCall(match: string, work: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
    const stop = new AbortController();
    const before = bench.simulator.calls.length;
    const ended = expect(work(stop.signal)).rejects.toBe(STOP);
    await expect
      .poll(
        () =>
          bench.simulator.calls.slice(before).some((call) => `${call.method} ${call.path}`.includes(match)),
        { timeout: 5_000 },
      )
      .toBe(true);
    const at = performance.now();
    stop.abort(STOP);
    await ended;
    return performance.now() - at;
  }

  it('leaves a channel that does not answer within seconds, and what was under way is sent again', async () => {
    bench.simulator.faults.add({ kind: 'stall', match: 'POST /listings' });
    const ms = await stopAtCall('POST /listings', (signal) =>
      syncChannel(bench.desk, { atOnce: true, signal }),
    );
    expect(ms).toBeLessThan(6_000);
    expect(await channelCounts(bench.test.database, 'memory-test')).toMatchObject({ inFlight: 4, live: 0 });
    bench.simulator.faults.clear();
    clock.advance(memory.limits.patienceMs + 1);
    await syncChannel(bench.desk, { atOnce: true });
    clock.advance(1_000);
    await syncChannel(bench.desk, { atOnce: true });
    expect((await channelCounts(bench.test.database, 'memory-test')).live).toBe(4);
  });

  it('leaves the questions about verdicts, which are asked again', async () => {
    await syncChannel(bench.desk, { atOnce: true });
    clock.advance(1_000);
    bench.simulator.faults.add({ kind: 'stall', match: 'GET /submissions' });
    await stopAtCall('GET /submissions', (signal) => syncChannel(bench.desk, { atOnce: true, signal }));
    bench.simulator.faults.clear();
    await syncChannel(bench.desk, { atOnce: true });
    expect((await channelCounts(bench.test.database, 'memory-test')).live).toBe(4);
  });

  it('leaves a read-back, which concludes nothing', async () => {
    const { listings } = bench.desk.open;
    if (!listings?.observe) throw new Error('the memory channel can be read back');
    const port = { observe: listings.observe.bind(listings) };
    await syncChannel(bench.desk, { atOnce: true });
    clock.advance(1_000);
    await syncChannel(bench.desk, { atOnce: true });
    bench.simulator.faults.add({ kind: 'stall', match: 'GET /listings' });
    await stopAtCall('GET /listings', (signal) => observeChannel(bench.desk, port, signal));
    expect((await channelCounts(bench.test.database, 'memory-test')).live).toBe(4);
  });

  it('sends no further batch', async () => {
    const small = { ...memory.limits, batch: { items: 1, bytes: 1_000_000 }, concurrency: 1 };
    const desk = {
      ...bench.desk,
      kit: { ...bench.desk.kit, connector: { ...memory, limits: small } },
    } as typeof bench.desk;
    const stop = new AbortController();
    const { listings } = desk.open;
    if (!listings) throw new Error('the memory channel takes listings');
    const stopping = {
      ...desk,
      open: {
        ...desk.open,
        listings: {
          ...listings,
          submit: (...call: Parameters<typeof listings.submit>) => {
            stop.abort(STOP);
            return listings.submit(...call);
          },
        },
      },
    };
    await expect(syncChannel(stopping, { atOnce: true, signal: stop.signal })).rejects.toBe(STOP);
    expect(
      bench.simulator.calls.filter((call) => call.method === 'POST' && call.path === '/listings'),
    ).toHaveLength(1);
    expect(await channelCounts(bench.test.database, 'memory-test')).toMatchObject({ inFlight: 1 });
  });
});

describe('the numbers of a run', () => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(memory, await sqliteDatabase());
    await fillCatalog(bench.test.database, smallCatalog(), systemClock);
  });
  afterEach(() => bench.stop());

  it('stop it when the channel’s records are not the catalog', async () => {
    await syncUntilSettled(bench.desk, { deadlineMs: 5_000, atOnce: true });
    await bench.test.database.run(
      "INSERT INTO listing (channel, variant_id, sku, state, version) VALUES ('memory-test', 999, 'GHOST', 'listed', 1)",
    );
    await bench.test.database.run(
      "UPDATE channel_state SET mapping_revision = 'another' WHERE channel = 'memory-test'",
    );
    await expect(syncChannel(bench.desk, { atOnce: true })).rejects.toMatchObject({
      code: 'invariant_broken',
      message: expect.stringContaining('4 variants are not listed 5'),
    });
  });
});
