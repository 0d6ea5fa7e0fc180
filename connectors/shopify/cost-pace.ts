import { pause } from '../../src/channel/throttle.js';
import type { Cost } from './failures.js';

/** Keeps calls within the points a shop grants an app, as far as the last answers tell. */
export interface CostPace {
  /** Waits until a call like the last one of this name can be paid. */
  take(operation: string, signal: AbortSignal): Promise<void>;
  /** The shop told its state. */
  learn(operation: string, cost: Cost): void;
  /** Nothing may be asked for this long. */
  park(ms: number): void;
}

/**
 * A leaky bucket whose size and rate the shop tells itself: 100 points a second on Standard, 200 Advanced, 1,000 Plus, 2,000 Enterprise
 * (shopify.dev, "GraphQL Admin API rate limits", verified 2026-11-23). Until the first answer nothing is assumed. The requested cost is what
 * Shopify checks first; what a call did not use is given back. A call dearer than the whole bucket is left to Shopify to refuse.
 */
export function costPace(time: { monotonicMs(): number }): CostPace {
  const prices = new Map<string, number>();
  let bucket: { available: number; maximum: number; restoreRate: number; atMs: number } | null = null;
  let parkedUntil = 0;

  function waitMs(operation: string): number {
    const now = time.monotonicMs();
    if (parkedUntil > now) return parkedUntil - now;
    if (bucket === null) return 0;
    const restored = ((now - bucket.atMs) / 1_000) * bucket.restoreRate;
    const available = Math.min(bucket.maximum, bucket.available + restored);
    const price = Math.min(prices.get(operation) ?? 0, bucket.maximum);
    return available >= price ? 0 : ((price - available) / bucket.restoreRate) * 1_000;
  }

  return {
    async take(operation, signal) {
      for (let wait = waitMs(operation); wait > 0; wait = waitMs(operation))
        await pause(Math.ceil(wait), signal);
      signal.throwIfAborted();
      if (bucket !== null) bucket.available -= prices.get(operation) ?? 0;
    },
    learn(operation, { requested, available, maximum, restoreRate }) {
      prices.set(operation, requested);
      bucket = { available, maximum, restoreRate, atMs: time.monotonicMs() };
    },
    park(ms) {
      parkedUntil = Math.max(parkedUntil, time.monotonicMs() + ms);
    },
  };
}
