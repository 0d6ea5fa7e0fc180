import { describe, expect, it } from 'vitest';
import { tokenBucket } from '../../src/channel/throttle.js';

/** A channel that lets through `perSecond` calls, `burst` at once, and says nothing of it. */
function hiddenLimit(perSecond: number, burst: number) {
  let tokens = burst;
  let at = 0;
  return {
    takes(nowMs: number): boolean {
      tokens = Math.min(burst, tokens + ((nowMs - at) / 1_000) * perSecond);
      at = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** Calls as fast as our own bucket lets us, on a clock of our own. */
async function callFor(seconds: number, ours: number, theirs: { perSecond: number; burst: number }) {
  let nowMs = 0;
  const limit = hiddenLimit(theirs.perSecond, theirs.burst);
  const bucket = tokenBucket({ perSecond: ours, burst: 1 }, { monotonicMs: () => nowMs });
  const signal = new AbortController().signal;
  const calls: boolean[] = [];
  while (nowMs < seconds * 1_000) {
    nowMs += bucket.waitMs() + 0.001; // rounding must not leave a wait of nothing, which would be real
    await bucket.take(signal);
    const taken = limit.takes(nowMs);
    if (!taken) bucket.slow();
    calls.push(taken);
  }
  return calls;
}

describe('a channel that says neither its rate nor how long to wait', () => {
  it.each([
    [10, 2, 1],
    [10, 5, 10],
    [1, 0.5, 20],
    [100, 9, 3],
  ])('is found out: we allow %d calls a second, it %d with %d at once', async (ours, perSecond, burst) => {
    const seconds = 400 / perSecond;
    const calls = await callFor(seconds, ours, { perSecond, burst });
    const later = calls.slice(50);
    const refused = later.filter((taken) => !taken).length;
    expect(refused / later.length).toBeLessThan(0.05);
    expect(calls.filter(Boolean).length).toBeGreaterThan(0.8 * perSecond * seconds);
  });

  it('is not slowed for a channel that lets everything through', async () => {
    const calls = await callFor(100, 10, { perSecond: 1_000, burst: 10 });
    expect(calls.length).toBeGreaterThan(995);
  });

  it('is taken for one refusal when calls under way together are refused', async () => {
    let nowMs = 0;
    const bucket = tokenBucket({ perSecond: 8, burst: 1 }, { monotonicMs: () => nowMs });
    for (let call = 0; call < 5; call++) bucket.slow();
    expect(bucket.waitMs()).toBeCloseTo(250, 0);
    nowMs += 2_000;
    bucket.slow();
    expect(bucket.waitMs()).toBeCloseTo(500, 0);
  });
});
