import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { ListingChange, OpenChannel, Receipt } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, command, failure, LISTING, removal, settingsOf } from './support.js';
import { type VirtualTime, virtualTime } from './virtual-time.js';

const WRITES = 'merchant-product-write-methods';
const HOUR_MS = 3_600_000;

describe('keeping within the quota groups of the account', () => {
  let simulator: RunningSimulator;
  let time: VirtualTime;
  let channel: OpenChannel;

  beforeEach(async () => {
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    time = virtualTime(simulator);
    await untilNoonAnd(HOUR_MS);
    channel = open();
  });
  afterEach(() => simulator.stop());

  function open(more: JsonObject = {}): OpenChannel {
    const { callsPerMinute: _, ...settings } = settingsOf(simulator);
    return googleMerchant.open({ ...settings, ...more }, time.host);
  }
  /** Lets time pass until so long after the next renewal. */
  async function untilNoonAnd(ms: number): Promise<void> {
    const now = Date.parse(time.host.clock.now());
    const noon = Date.parse(`${instantOf(now).slice(0, 10)}T12:00:00Z`);
    await time.wait(noon - now + (noon > now ? 0 : 24 * HOUR_MS) + ms);
  }
  const limit = (limits: JsonObject, group = WRITES): Promise<void> =>
    command(simulator, 'quota', { ...limits, group });
  async function send(changes: readonly ListingChange[]): Promise<readonly Receipt[]> {
    return (await channel.listings?.submit(changes, 'k'))?.receipts ?? [];
  }
  const some = (count: number, from = 0): ListingChange[] =>
    Array.from({ length: count }, (_, place) => change(`S${from + place}`));
  const outcomes = (receipts: readonly Receipt[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { outcome } of receipts) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  };
  async function written(): Promise<number> {
    const state = (await (await fetch(`${simulator.url}/_sim/state`)).json()) as {
      calls: Record<string, number>;
    };
    return state.calls[WRITES] ?? 0;
  }

  it('never meets the limit of the minute and uses four fifths of it', async () => {
    await limit({ perMinute: 300 });
    const began = time.waitedMs();
    for (let batch = 0; batch < 20; batch++) {
      expect(outcomes(await send(some(50, batch * 50)))).toEqual({ accepted: 50 });
    }
    const minutes = (time.waitedMs() - began) / 60_000;
    // 1,000 calls at 240 a minute, less the burst of ten seconds at the start.
    expect(minutes).toBeGreaterThan(3.5);
    expect(minutes).toBeLessThan(4.5);
  });

  it('keeps to the operator’s own ceiling where that is lower', async () => {
    await limit({ perMinute: 300 });
    channel = open({ callsPerMinute: 60 });
    const began = time.waitedMs();
    for (let batch = 0; batch < 4; batch++) await send(some(50, batch * 50));
    expect((time.waitedMs() - began) / 60_000).toBeGreaterThan(2.9);
  });

  it('keeps a tenth of the day for removals and stock that ran out, which go first', async () => {
    await limit({ perDay: 100 });
    expect(outcomes(await send(some(90)))).toEqual({ accepted: 90 });
    const before = await written();
    expect(await failure(send(some(5, 90)))).toMatchObject({
      kind: 'throttled',
      code: 'daily_quota_used',
    });
    expect(await written()).toBe(before);
    const soldOut = change('S2', { ...LISTING, availability: 'out_of_stock' }, { version: 2 });
    expect(await send([change('NEW'), removal('S1'), soldOut])).toEqual([
      expect.objectContaining({ sku: 'NEW', outcome: 'retry', code: 'daily_quota_used' }),
      expect.objectContaining({ sku: 'S1', outcome: 'accepted' }),
      expect.objectContaining({ sku: 'S2', outcome: 'accepted' }),
    ]);
  });

  it('waits until 12:00 UTC when the day is used up, without a call, and goes on then', async () => {
    await limit({ perDay: 100 });
    await send(some(90));
    const refused = (await failure(send(some(50, 90)))) as { againInMs: number };
    expect(refused.againInMs).toBeGreaterThan(22.9 * HOUR_MS);
    expect(refused.againInMs).toBeLessThan(23 * HOUR_MS);
    await time.wait(refused.againInMs + 1_000);
    expect(outcomes(await send(some(50, 90)))).toEqual({ accepted: 50 });
  });

  it('parks the group until 12:00 UTC when Google says the day is over before we counted so', async () => {
    await send(some(1));
    await command(simulator, 'fail', {
      call: 'productInputs.insert',
      status: 429,
      message: 'Quota exceeded: quota/daily_limit_exceeded',
    });
    expect(await send([change('A')])).toMatchObject([{ outcome: 'retry', code: 'daily_quota_used' }]);
    const before = await written();
    expect(await failure(send([removal('S0')]))).toMatchObject({ code: 'daily_quota_used' });
    expect(await written()).toBe(before);
    await untilNoonAnd(1_000);
    expect(await send([removal('S0')])).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('spreads the second half of a day until its renewal', async () => {
    await limit({ perDay: 2_000 });
    await send(some(50));
    for (let batch = 1; batch < 20; batch++) await send(some(50, batch * 50));
    const began = time.waitedMs();
    for (let batch = 20; batch < 24; batch++) await send(some(50, batch * 50));
    // 1,000 calls are left for 23 hours: 200 of them take a good four hours, bursts aside.
    expect((time.waitedMs() - began) / HOUR_MS).toBeGreaterThan(1);
    expect(await written()).toBe(1_200);
  });

  it('slows a group down after Google throttled it, and recovers', async () => {
    await limit({ perMinute: 6_000 });
    await send(some(1));
    await command(simulator, 'fail', {
      call: 'productInputs.insert',
      status: 429,
      message: 'Quota exceeded: quota/request_rate_too_high',
    });
    expect(await send([change('A')])).toMatchObject([{ outcome: 'retry', code: 'throttled' }]);
    const began = time.waitedMs();
    await send([change('A')]);
    const pausedMs = time.waitedMs() - began;
    expect(pausedMs).toBeGreaterThan(59_000);
    expect(pausedMs).toBeLessThan(66_000);
  });

  it('reads limits again every quarter of an hour, so that a raised one is used', async () => {
    await limit({ perDay: 100 });
    await send(some(90));
    await limit({ perDay: 10_000 });
    expect(await failure(send(some(5, 90)))).toMatchObject({ code: 'daily_quota_used' });
    await time.wait(15 * 60_000);
    expect(outcomes(await send(some(5, 90)))).toEqual({ accepted: 5 });
  });

  it('holds a product back that had two updates today once half of the day is used, unless it ran out', async () => {
    await limit({ perDay: 100 });
    const update = (version: number, attributes = LISTING): ListingChange =>
      change('HOT', { ...attributes, title: `Title ${version}` }, { version });
    for (let version = 1; version <= 4; version++)
      expect(await send([update(version)])).toMatchObject([{ outcome: 'accepted' }]);
    await send(some(50));
    expect(await send([update(5), change('COOL')])).toEqual([
      { sku: 'HOT', outcome: 'retry', code: 'two_updates_today', againInMs: expect.any(Number) },
      expect.objectContaining({ sku: 'COOL', outcome: 'accepted' }),
    ]);
    const soldOut = update(6, { ...LISTING, availability: 'out_of_stock' });
    expect(await send([soldOut])).toMatchObject([{ outcome: 'accepted' }]);
    await untilNoonAnd(1_000);
    expect(await send([update(7)])).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('counts what other programs of the account have used', async () => {
    await limit({ perDay: 100 });
    const other = open();
    await other.listings?.submit(some(60), 'k');
    expect(outcomes(await send(some(30, 60)))).toEqual({ accepted: 30 });
    expect(await failure(send(some(1, 90)))).toMatchObject({ code: 'daily_quota_used' });
  });

  it('keeps groups apart: reading goes on when writing is used up', async () => {
    await limit({ perDay: 0 });
    expect(await failure(send(some(1)))).toMatchObject({ code: 'daily_quota_used' });
    expect((await channel.listings?.observe?.(null))?.items).toEqual([]);
  });
});
