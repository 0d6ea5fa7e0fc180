import type { Host } from '../../../src/channel/connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { BucketSpec, TokenBucket } from '../../../src/channel/throttle.js';
import { type Clock, instantOf } from '../../../src/domain/instant.js';
import { command, testHost } from './support.js';

/** Time that passes only where somebody waits: for the host's buckets and for the simulator alike. */
export interface VirtualTime {
  readonly host: Host;
  /** Milliseconds waited so far. */
  waitedMs(): number;
  wait(ms: number): Promise<void>;
}

/** A host whose buckets let time pass instead of sleeping, and a simulator that lives in the same time. */
export function virtualTime(simulator: RunningSimulator): VirtualTime {
  let aheadMs = 0;
  const clock: Clock = {
    now: () => instantOf(Date.now() + aheadMs),
    monotonicMs: () => performance.now() + aheadMs,
  };
  async function wait(ms: number): Promise<void> {
    aheadMs += Math.ceil(ms);
    await command(simulator, 'advance', { ms: Math.ceil(ms) });
  }
  const buckets = new Map<string, TokenBucket>();
  function bucket(name: string, spec: BucketSpec): TokenBucket {
    const known = buckets.get(name) ?? virtualBucket(spec, { clock, wait });
    buckets.set(name, known);
    return known;
  }
  return { host: { ...testHost(clock), bucket }, waitedMs: () => aheadMs, wait };
}

function virtualBucket(
  spec: BucketSpec,
  time: { readonly clock: Clock; wait(ms: number): Promise<void> },
): TokenBucket {
  let perSecond = spec.perSecond;
  let tokens = spec.burst;
  let filledAt = time.clock.monotonicMs();
  let parkedUntil = 0;
  return {
    async take() {
      const parked = parkedUntil - time.clock.monotonicMs();
      if (parked > 0) await time.wait(parked);
      const now = time.clock.monotonicMs();
      tokens = Math.min(spec.burst, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      // A second's worth at a time, so that waiting costs one message to the simulator and not fifty.
      if (tokens < 1) {
        const missing = Math.max(1, Math.min(perSecond, spec.burst));
        await time.wait((missing / perSecond) * 1_000);
        tokens += missing;
        filledAt = time.clock.monotonicMs();
      }
      tokens -= 1;
    },
    park(ms) {
      parkedUntil = Math.max(parkedUntil, time.clock.monotonicMs() + ms);
    },
    restMs: () => Math.max(0, parkedUntil - time.clock.monotonicMs()),
    waitMs: () => Math.max(0, parkedUntil - time.clock.monotonicMs()),
    learn(rate) {
      perSecond = rate;
    },
    slow: () => undefined,
  };
}
