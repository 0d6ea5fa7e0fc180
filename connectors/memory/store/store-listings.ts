import type { JsonObject } from '../../../src/domain/json.js';
import { listingSchema, offerAttributes } from '../listing-schema.js';
import type { HeldSubmission, HeldVerdict, MemoryStore, WaitingChange } from './memory-store.js';
import { dropPlacesOf } from './store-places.js';

/** Largest batch the store takes. */
export const MOST_CHANGES = 100;

/** Takes a batch for processing. A key that still waits is the same batch; a processed one is processed again, to the same end. */
export function receive(store: MemoryStore, key: string, changes: readonly WaitingChange[]): HeldSubmission {
  const known = store.submissions.get(key);
  if (known && known.verdicts === null) return known;
  const submission: HeldSubmission = {
    id: key,
    changes,
    dueAtMs: store.monotonicMs() + store.processingMs,
    verdicts: null,
  };
  store.submissions.delete(key);
  store.submissions.set(key, submission);
  return submission;
}

/** Processes what is due, oldest first. Called before every look at the store, so no timer is needed. */
export function process(store: MemoryStore): void {
  const now = store.monotonicMs();
  for (const submission of store.submissions.values()) {
    if (submission.verdicts !== null || submission.dueAtMs > now) continue;
    submission.verdicts = submission.changes.map((change) => apply(store, change));
  }
}

function apply(store: MemoryStore, change: WaitingChange): HeldVerdict {
  const { sku } = change;
  const known = store.listings.get(sku);
  // An older change that arrives late must not undo a newer one.
  if (known && known.version > change.version) return { sku, outcome: 'live' };
  if (change.action === 'remove') {
    store.listings.delete(sku);
    dropPlacesOf(store, sku);
    store.rejected.delete(sku);
    return { sku, outcome: 'removed' };
  }
  const code = refusalOf(store, change, known?.attributes);
  if (code !== null) {
    store.rejected.set(sku, code);
    return { sku, outcome: 'rejected', code };
  }
  const attributes =
    change.action === 'offer' ? withOffer(known?.attributes ?? {}, change.attributes) : change.attributes;
  store.listings.set(sku, { sku, attributes, version: change.version, foreign: false });
  store.rejected.delete(sku);
  return { sku, outcome: 'live' };
}

/** Why the store refuses a change; null: it takes it. */
export function refusalOf(
  store: MemoryStore,
  change: WaitingChange,
  known: JsonObject | undefined,
): string | null {
  const told = store.refusals.get(change.sku);
  if (told !== undefined) return told;
  if (change.action === 'offer') return known === undefined ? 'unknown_listing' : null;
  const missing = (listingSchema.required as readonly string[]).find(
    (name) => change.attributes[name] === undefined,
  );
  return missing === undefined ? null : `missing_${missing}`;
}

/** The listing with its offer replaced as a whole: an offer attribute that is not sent is gone. */
function withOffer(listing: JsonObject, offer: JsonObject): JsonObject {
  const content = Object.entries(listing).filter(([name]) => !offerAttributes.includes(name));
  return { ...Object.fromEntries(content), ...offer };
}
