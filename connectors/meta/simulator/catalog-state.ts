import type { JsonObject } from '../../../src/domain/json.js';

/** An item as the simulated catalog holds it: fields as they were sent, without empty ones and without the id. */
export interface CatalogItem {
  readonly id: string;
  fields: JsonObject;
  review: '' | 'rejected';
  complaints: readonly JsonObject[];
}

/** What became of one record. */
export interface RecordOutcome {
  readonly line: number;
  readonly id: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** A batch under way or done. */
export interface CatalogBatch {
  readonly handle: string;
  readonly allowUpsert: boolean;
  readonly requests: readonly JsonObject[];
  readonly dueAtMs: number;
  outcomes: readonly RecordOutcome[] | null;
}

/** Everything the simulated catalog remembers. Instants are of a clock that never jumps. */
export interface CatalogState {
  readonly catalogId: string;
  readonly processingMs: number;
  readonly items: Map<string, CatalogItem>;
  readonly batches: Map<string, CatalogBatch>;
  readonly refusals: Map<string, string>;
  readonly batchCallsAtMs: number[];
  tokenValid: boolean;
  created: number;
  /** Records that arrived while an earlier one for the same item was under way: a real catalog may apply them in any order. */
  overlaps: number;
}

/** An empty catalog. */
export function emptyCatalog(catalogId: string, processingMs: number): CatalogState {
  return {
    catalogId,
    processingMs,
    items: new Map(),
    batches: new Map(),
    refusals: new Map(),
    batchCallsAtMs: [],
    tokenValid: true,
    created: 0,
    overlaps: 0,
  };
}

/** Puts an item under its retailer id, keeping Meta's own number of an existing one. */
export function putItem(state: CatalogState, retailerId: string, fields: JsonObject): void {
  const known = state.items.get(retailerId);
  state.created += known ? 0 : 1;
  const id = known?.id ?? String(7_000_000_000_000_000 + state.created);
  state.items.set(retailerId, { id, fields, review: '', complaints: [] });
}
