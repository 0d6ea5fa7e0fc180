import { canonicalJson, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { FeedClient } from './feed/feed-client.js';
import type { ProductSet } from './product-set-settings.js';

/** What the sets of the settings need. */
export interface SetWork {
  readonly create: readonly ProductSet[];
  readonly update: readonly { readonly id: string; readonly filter: JsonObject }[];
}

/** Compares by name. Sets that are not in the settings belong to somebody else and are left alone. Pure. */
export function setWork(wanted: readonly ProductSet[], there: readonly JsonObject[]): SetWork {
  const byName = new Map(there.map((set) => [String(set.name), set]));
  const create: ProductSet[] = [];
  const update: { id: string; filter: JsonObject }[] = [];
  for (const set of wanted) {
    const known = byName.get(set.name);
    if (known === undefined) create.push(set);
    else if (canonicalJson(filterOf(known.filter)) !== canonicalJson(set.filter))
      update.push({ id: String(known.id), filter: set.filter });
  }
  return { create, update };
}

/** Brings the sets of the settings into being. Repeating it changes nothing. */
export async function ensureProductSets(client: FeedClient, wanted: readonly ProductSet[]): Promise<void> {
  if (wanted.length === 0) return;
  const { create, update } = setWork(wanted, await client.productSets());
  for (const { name, filter } of create) await client.createProductSet({ name, filter });
  for (const { id, filter } of update) await client.updateProductSet(id, { filter });
}

/** Meta tells a filter as text. */
function filterOf(told: JsonValue | undefined): JsonValue {
  if (typeof told !== 'string') return told ?? null;
  try {
    const parsed: unknown = JSON.parse(told);
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    // A filter we cannot read is not ours: it is written anew.
    return null;
  }
}
