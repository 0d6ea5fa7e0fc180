import { entriesOf } from '../../src/channel/attribute-table.js';
import type { ListingChange } from '../../src/channel/connector.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { MetaRow } from './attributes/row.js';
import { ITEM_ATTRIBUTES, OVERRIDE_ATTRIBUTES, OVERRIDES } from './attributes.js';

/** Longest id Meta takes (catalog fields, verified 2026-11). */
export const ID_MAX = 100;

/**
 * The `items_batch` record of a change. An UPDATE touches only what it names, so attributes the listing no longer has are
 * sent empty: `""` and `[]`, as Meta's own shop plugin does for an ended sale.
 */
export function recordOf(change: ListingChange): JsonObject {
  if (change.action === 'remove') return { method: 'DELETE', data: { id: change.sku } };
  const data: Record<string, JsonValue> = { id: change.sku };
  for (const row of ITEM_ATTRIBUTES) {
    if (change.action === 'offer' && row.lane !== 'offer') continue;
    const value = change.attributes[row.name];
    if (value !== undefined) data[row.name] = value;
    else if (row.clear) data[row.name] = emptyOf(row);
  }
  return { method: 'UPDATE', data };
}

/**
 * The `localized_items_batch` records of a change: one per language or country the listing has values of its own for. The item must
 * exist already. What an override no longer says is sent empty, so that the item's own value shows again.
 */
export function overrideRecordsOf(change: ListingChange): readonly JsonObject[] {
  if (change.action !== 'upsert') return [];
  return entriesOf(change.attributes[OVERRIDES]).map(({ type, value, ...values }) => {
    const data: Record<string, JsonValue> = { id: change.sku };
    for (const row of OVERRIDE_ATTRIBUTES) {
      const own = values[row.name];
      if (own !== undefined) data[row.name] = own;
      else if (row.clear && (row.override === 'any' || type === 'COUNTRY')) data[row.name] = emptyOf(row);
    }
    return { method: 'UPDATE', data, localization: { type: type ?? '', value: value ?? '' } };
  });
}

function emptyOf(row: MetaRow): JsonValue {
  return row.list === null ? '' : [];
}
