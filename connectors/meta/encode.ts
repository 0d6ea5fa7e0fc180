import type { ListingChange } from '../../src/channel/connector.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { ATTRIBUTES } from './attributes.js';

/** Longest id Meta takes (catalog fields, verified 2026-11). */
export const ID_MAX = 100;

/**
 * The `items_batch` record of a change. An UPDATE touches only what it names, so attributes the listing no longer has are
 * sent empty: `""` and `[]`, as Meta's own shop plugin does for an ended sale.
 */
export function recordOf(change: ListingChange): JsonObject {
  if (change.action === 'remove') return { method: 'DELETE', data: { id: change.sku } };
  const data: Record<string, JsonValue> = { id: change.sku };
  for (const row of ATTRIBUTES) {
    if (change.action === 'offer' && row.offer !== true) continue;
    const value = change.attributes[row.name];
    if (value !== undefined) data[row.name] = value;
    else if (row.clear) data[row.name] = EMPTY[row.type] ?? '';
  }
  return { method: 'UPDATE', data };
}

const EMPTY: Readonly<Record<string, JsonValue>> = { texts: [], urls: [], objects: [] };
