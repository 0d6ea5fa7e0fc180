import { entriesOf } from '../../src/channel/attribute-table.js';
import type { ListingChange } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { OVERRIDES } from './attributes.js';
import { overrideRecordsOf } from './encode.js';

/** A language (`de_XX`), a country (`GB`) or a language in a country (`en_XX|US`), as `localized_items_batch` writes it (verified 2026-11). */
export const PLACE_PATTERN = '^([a-z]{2}_[A-Z]{2}(\\|[A-Z]{2})?|[A-Z]{2})$';

/**
 * The records for single languages and countries of a change: an UPDATE for each the listing has values for, and a DELETE for every one of
 * `places` it has none for (any more). An item Meta has not named to us may be new; nothing can be left behind there.
 */
export function localizedRecordsOf(change: ListingChange, places: readonly string[]): readonly JsonObject[] {
  const present = new Set(entriesOf(change.attributes[OVERRIDES]).map(({ value }) => String(value)));
  const gone = change.externalId === null ? [] : places.filter((place) => !present.has(place));
  return [
    ...overrideRecordsOf(change),
    ...gone.map((value) => ({
      method: 'DELETE',
      data: { id: change.sku },
      localization: { type: typeOf(value), value },
    })),
  ];
}

function typeOf(place: string): string {
  if (place.includes('|')) return 'LANGUAGE_AND_COUNTRY';
  return place.includes('_') ? 'LANGUAGE' : 'COUNTRY';
}
