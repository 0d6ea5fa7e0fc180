import { isJsonArray, isJsonObject, type JsonValue } from '../../domain/json.js';
import { isForbiddenName } from './cells.js';
import { type RawRow, RawRowDraft } from './raw-row.js';

/** Levels below which an item's members are not looked at any more. */
const MAX_DEPTH = 12;

/**
 * Lays an item flat: `{ priceInfo: { price: "16" } }` is read as `row["priceInfo.price"]`, a list of texts as
 * `lists.sizes`, a list of objects member by member (`lists["images.uri"]`). Objects with a `key` of their own can also
 * be read by it: `[{ key: "material", value: { text: […] } }]` gives `lists["attributes.material.value.text"]`.
 */
export function flatJson(item: JsonValue): RawRow {
  const draft = new RawRowDraft();
  flatten(item, '', draft);
  return draft;
}

function flatten(value: JsonValue | undefined, path: string, draft: RawRowDraft): void {
  if (value === undefined || value === null || path.split('.').length > MAX_DEPTH) return;
  if (isJsonArray(value)) {
    for (const entry of value) {
      flatten(entry, path, draft);
      if (isJsonObject(entry) && typeof entry.key === 'string') flatten(entry, `${path}.${entry.key}`, draft);
    }
  } else if (isJsonObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (!isForbiddenName(name)) flatten(member, path === '' ? name : `${path}.${name}`, draft);
    }
  } else draft.add(path, String(value));
}
