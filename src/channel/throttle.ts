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
  /** The channel refused a call as too fast without telling its rate: half of ours from now on, and slowly more with every call. */
  slow(): void;
}

interface Time {
  monotonicMs(): number;
}

/** Refusals of calls that were under way together are one refusal. */
const ONE_REFUSAL_MS = 250;
/** After a refusal the rate comes back in steps of this share of the refused one, and near it in small steps. */
const STEP = 0.07;
const NEAR = 0.85;
const SMALL_STEP = 0.003;

/** A bucket on a clock, never faster than `spec` or what was learned since; see `TokenBucket` for what makes it slower. */
export function tokenBucket(spec: BucketSpec, time: Time): TokenBucket {
  let fastest = spec.perSecond;
  let perSecond = spec.perSecond;
  let refused: { readonly rate: number; readonly at: number } | null = null;
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

  function speedUp(): void {
    if (refused === null) return;
    const step = perSecond < refused.rate * NEAR ? STEP : SMALL_STEP;
    perSecond = Math.min(fastest, perSecond + refused.rate * step);
  }

  return {
    async take(signal) {
      for (let wait = waitMs(); wait > 0; wait = waitMs()) await pause(Math.ceil(wait), signal);
      signal.throwIfAborted();
      tokens -= 1;
      speedUp();
    },
    park(ms) {
      parkedUntil = Math.max(parkedUntil, time.monotonicMs() + ms);
    },
    restMs: () => Math.max(0, parkedUntil - time.monotonicMs()),
    waitMs,
    learn(rate) {
      if (!Number.isFinite(rate) || rate <= 0) return;
      perSecond = rate;
      fastest = rate;
      refused = null;
    },
    slow() {
      refill();
      const now = time.monotonicMs();
      if (refused === null || now - refused.at >= ONE_REFUSAL_MS) refused = { rate: perSecond, at: now };
      perSecond = refused.rate / 2;
      tokens = Math.min(tokens, 0);
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
