import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../connectors/google-merchant/settings.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import type { Clock } from '../../src/domain/instant.js';
import { testHost } from '../connectors/google-merchant/support.js';

/** A clock whose wall can be set while its own time goes on as it does. */
function settable(): Clock & { off(ms: number): void; pass(ms: number): void } {
  let offMs = 0;
  let passedMs = 0;
  return {
    now: () => new Date(Date.now() + offMs).toISOString(),
    monotonicMs: () => performance.now() + passedMs,
    off(ms) {
      offMs = ms;
    },
    pass(ms) {
      passedMs += ms;
    },
  };
}

describe('a clock that is wrong', () => {
  let simulator: RunningSimulator;
  beforeEach(async () => {
    const module = await googleMerchant.simulator?.();
    if (!module) throw new Error('Google has a simulator');
    simulator = await module.start({ port: 0, processingMs: 10 });
  });
  afterEach(() => simulator.stop());

  const open = (clock: Clock) =>
    googleMerchant.open(simulator.settings as GoogleSettings & object, testHost(clock));
  const exchanges = (): number => simulator.calls.filter(({ path }) => path === '/token').length;

  it('by half a minute keeps nobody from signing in', async () => {
    const clock = settable();
    for (const seconds of [25, -25]) {
      clock.off(seconds * 1_000);
      expect(await open(clock).check()).toEqual([]);
    }
  });

  it('or set by ten minutes, either way, ends no token early and keeps none too long', async () => {
    const clock = settable();
    const channel = open(clock);
    expect(await channel.check()).toEqual([]);
    for (const minutes of [10, -10, 600, -600]) {
      clock.off(minutes * 60_000);
      expect(await channel.check()).toEqual([]);
    }
    expect(exchanges()).toBe(1);
    clock.off(0);
    clock.pass(3_000_000);
    expect(await channel.check()).toEqual([]);
    expect(exchanges()).toBe(2);
  });
});
