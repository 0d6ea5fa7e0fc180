import type { JsonObject } from '../../../src/domain/json.js';
import type { HeldDocument, MemoryStore } from './memory-store.js';
import { refusalOf } from './store-listings.js';
import { dropPlacesOf } from './store-places.js';

/** Takes a whole document for processing. The same key again is the same document while it waits, and a new one afterwards. */
export function receiveDocument(
  store: MemoryStore,
  key: string,
  items: readonly { readonly sku: string; readonly attributes: JsonObject }[],
): HeldDocument {
  const known = store.documents.get(key);
  if (known && known.refused === null) return known;
  const document: HeldDocument = {
    key,
    items,
    dueAtMs: store.monotonicMs() + store.processingMs,
    refused: null,
  };
  store.documents.set(key, document);
  return document;
}

/** Replaces what is shown by what documents that are due state; listings of others stay. */
export function processDocuments(store: MemoryStore): void {
  const now = store.monotonicMs();
  for (const document of store.documents.values())
    if (document.refused === null && document.dueAtMs <= now) document.refused = replaceAll(store, document);
}

function replaceAll(store: MemoryStore, document: HeldDocument): { sku: string; code: string }[] {
  const refused: { sku: string; code: string }[] = [];
  const stated = new Set<string>();
  for (const { sku, attributes } of document.items) {
    stated.add(sku);
    const known = store.listings.get(sku);
    const code = refusalOf(
      store,
      { sku, action: 'upsert', attributes, version: known?.version ?? 0 },
      known?.attributes,
    );
    if (code !== null) {
      refused.push({ sku, code });
      store.rejected.set(sku, code);
      continue;
    }
    store.listings.set(sku, { sku, attributes, version: known?.version ?? 0, foreign: false });
    store.rejected.delete(sku);
  }
  for (const { sku, foreign } of [...store.listings.values()])
    if (!foreign && !stated.has(sku)) {
      store.listings.delete(sku);
      dropPlacesOf(store, sku);
    }
  return refused;
}
