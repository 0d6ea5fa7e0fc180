/** A token bucket: `burst` calls at once, refilled at `perSecond`. */
export interface BucketSpec {
  readonly perSecond: number;
  readonly burst: number;
}

/** Paces calls of one kind on one channel. */
export interface TokenBucket {
  /** Waits until a call may be made; rejects when the signal is aborted. */
  take(signal: AbortSignal): Promise<void>;
  /** Nothing may be called before this many milliseconds have passed (the channel said so). */
  park(ms: number): void;
  /** How much longer it is parked; 0: it is not. For callers that would rather come back than wait. */
  restMs(): number;
  /** How long `take` would wait now; 0: a call may be made. For callers that would rather do something else meanwhile. */
  waitMs(): number;
  /** The channel told its present rate; later calls follow it. */
  learn(perSecond: number): void;
}

interface Time {
  monotonicMs(): number;
}

/** A bucket on a clock. A throttled call halves the rate (see `park`), success adds back slowly through `learn`. */
export function tokenBucket(spec: BucketSpec, time: Time): TokenBucket {
  let perSecond = spec.perSecond;
  let tokens = spec.burst;
  let filledAt = time.monotonicMs();
  let parkedUntil = 0;

  function refill(): void {
    const now = time.monotonicMs();
    tokens = Math.min(spec.burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
  }

  function waitMs(): number {
    refill();
    const parked = parkedUntil - time.monotonicMs();
    if (parked > 0) return parked;
    return tokens >= 1 ? 0 : ((1 - tokens) / perSecond) * 1_000;
  }

  return {
    async take(signal) {
      for (let wait = waitMs(); wait > 0; wait = waitMs()) await pause(Math.ceil(wait), signal);
      signal.throwIfAborted();
      tokens -= 1;
    },
    park(ms) {
      parkedUntil = Math.max(parkedUntil, time.monotonicMs() + ms);
    },
    restMs: () => Math.max(0, parkedUntil - time.monotonicMs()),
    waitMs,
    learn(rate) {
      if (Number.isFinite(rate) && rate > 0) perSecond = rate;
    },
  };
}

/** Lends buckets: the same owner and name, the same bucket. The first one to ask says how fast it is. */
export function bucketRoom(time: Time): (owner: string, name: string, spec: BucketSpec) => TokenBucket {
  const buckets = new Map<string, TokenBucket>();
  return (owner, name, spec) => {
    const key = JSON.stringify([owner, name]);
    const bucket = buckets.get(key) ?? tokenBucket(spec, time);
    buckets.set(key, bucket);
    return bucket;
  };
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
