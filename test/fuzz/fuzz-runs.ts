import type { Parameters } from 'fast-check';

/** How many cases a property is tried with: a few in every run, as many as wanted in the long one (`npm run fuzz`). */
export const FUZZ_RUNS = Number(process.env.OMNIFEED_FUZZ_RUNS ?? 60);

/**
 * How a property is run. `kept`: cases that once failed, tried first and for ever. A failure prints its seed and path; OMNIFEED_FUZZ_SEED
 * repeats a seed.
 */
export function fuzzed<Case>(kept: readonly Case[] = [], share = 1): Parameters<Case> {
  const seed = process.env.OMNIFEED_FUZZ_SEED;
  return {
    numRuns: Math.max(5, Math.round(FUZZ_RUNS * share)) + kept.length,
    examples: [...kept],
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  };
}
