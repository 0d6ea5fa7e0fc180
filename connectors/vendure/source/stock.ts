import type { StockReading } from '../../../src/channel/store-ports.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { objectOf, objectsOf } from '../client.js';
import { countingOf } from './tracked.js';

/**
 * What may be sold of a variant: on hand, less what is promised to orders, less what is never sold. A variant that is not counted has no
 * readings. The threshold is one for all locations and is taken off where most is. Without `asOf`: the shop answers from its own database,
 * so that a reading is as new as the request, and its stamps have whole seconds only. Pure.
 */
export function stockReadings(variant: JsonObject, globalSettings: JsonObject): readonly StockReading[] {
  const { tracked, threshold } = countingOf(variant, globalSettings);
  const { sku } = variant;
  if (!tracked || typeof sku !== 'string' || sku === '') return [];
  const readings = objectsOf(variant.stockLevels).map((level) => ({
    sku,
    location: String(objectOf(level.stockLocation).name),
    onHand: unitsOf(level.stockOnHand) - unitsOf(level.stockAllocated),
  }));
  const most = readings.reduce(
    (best, { onHand }, at) => (onHand > (readings[best]?.onHand ?? 0) ? at : best),
    0,
  );
  return readings.map((reading, at) =>
    at === most ? { ...reading, onHand: reading.onHand - threshold } : reading,
  );
}

function unitsOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;
}
