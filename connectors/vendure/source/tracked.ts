import type { JsonObject } from '../../../src/domain/json.js';

/** How the shop counts a variant. */
export interface Counting {
  readonly tracked: boolean;
  /** Units that are never sold; below zero: units sold beyond what is there. */
  readonly threshold: number;
}

/** A variant's own rule, or the shop's. */
export function countingOf(variant: JsonObject, settings: JsonObject): Counting {
  const { trackInventory } = variant;
  const tracked =
    trackInventory === 'INHERIT' ? settings.trackInventory !== false : trackInventory !== 'FALSE';
  const threshold =
    variant.useGlobalOutOfStockThreshold === true
      ? settings.outOfStockThreshold
      : variant.outOfStockThreshold;
  return { tracked, threshold: typeof threshold === 'number' ? threshold : 0 };
}
