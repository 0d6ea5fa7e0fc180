import type { JsonObject } from '../../../src/domain/json.js';
import { type UsageBuckets, usageBuckets } from './usage-buckets.js';

/** An item as the simulated catalog holds it: fields as they were sent, without empty ones and without the id. */
export interface CatalogItem {
  readonly id: string;
  fields: JsonObject;
  review: '' | 'rejected';
  complaints: readonly JsonObject[];
  /** Pictures are fetched late: an item begins without a status. */
  pictures: 'NO_STATUS' | 'FETCHED' | 'FETCH_FAILED' | 'PARTIAL_FETCH';
  /** The feed it belongs to; null: made by a batch or by hand. */
  feedId: string | null;
  /** Fields for one language or country, by `de_XX`, `GB` or `en_XX|US`. */
  readonly overrides: Map<string, JsonObject>;
}

/** What is wrong with a record or row: Meta's type of error and its words. */
export interface Finding {
  readonly type: string;
  readonly message: string;
}

/** What became of one record. */
export interface RecordOutcome {
  readonly line: number;
  readonly id: string;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/**
 * How a batch ends: as it should, or in one of the other ways that are documented or seen. `lost`: accepted, then unknown ·
 * `canceled`: the first half was applied · `stuck`: never ends · `slow`: ends as it should, after later ones.
 */
export type BatchFate = 'finished' | 'error' | 'canceled' | 'lost' | 'stuck' | 'slow';

/** A batch under way or done. */
export interface CatalogBatch {
  readonly handle: string;
  readonly kind: 'items' | 'localized';
  readonly allowUpsert: boolean;
  readonly requests: readonly JsonObject[];
  readonly dueAtMs: number;
  readonly fate: BatchFate;
  outcomes: readonly RecordOutcome[] | null;
}

/** A product feed: what it was made with. */
export interface Feed {
  readonly id: string;
  settings: JsonObject;
  rules: readonly JsonObject[];
}

/** What one reading of a feed's file did. */
export interface Ingestion {
  readonly detected: number;
  readonly persisted: number;
  readonly deleted: number;
  readonly invalid: number;
  readonly errors: readonly RowFinding[];
  readonly warnings: readonly RowFinding[];
}

/** A finding about a row of a file; row 0 is about the file. */
export interface RowFinding extends Finding {
  readonly row: number;
  readonly id: string;
}

/** One reading of a feed's file. */
export interface UploadSession {
  readonly id: string;
  readonly feedId: string;
  readonly updateOnly: boolean;
  readonly startMs: number;
  readonly dueAtMs: number;
  readonly fileName: string;
  readonly url: string | null;
  /** What was sent or fetched; null: still being fetched. */
  document: Buffer | null;
  result: Ingestion | null;
  endMs: number | null;
  reportDueAtMs: number | null;
}

/** What the system user's token is worth. */
export interface TokenState {
  valid: boolean;
  scopes: readonly string[];
  /** Catalogs the permission is limited to; null: all. */
  targets: readonly string[] | null;
  /** Seconds since 1970; 0: never. */
  expiresAt: number;
  /** Tokens it was exchanged for, each with its own end. */
  readonly exchanged: Map<string, number>;
}

/** An error that was ordered for calls to come. */
export interface OrderedError {
  readonly match: string;
  readonly code: number;
  readonly status: number;
  readonly message: string;
  readonly subcode?: number;
  readonly transient?: boolean;
  left: number;
}

/** Everything the simulated catalog remembers. */
export interface CatalogState {
  readonly catalogId: string;
  readonly processingMs: number;
  /** Milliseconds of a clock that never jumps back. */
  nowMs(): number;
  readonly items: Map<string, CatalogItem>;
  readonly batches: Map<string, CatalogBatch>;
  readonly feeds: Map<string, Feed>;
  readonly sessions: Map<string, UploadSession>;
  readonly sets: Map<string, JsonObject>;
  /** Pixels and apps whose events count for the catalog. */
  readonly eventSources: Set<string>;
  /** Events received by data set. */
  readonly events: JsonObject[];
  /** Store code and id → row, from local inventory feeds. */
  readonly localInventory: Map<string, JsonObject>;
  readonly refusals: Map<string, string>;
  /** Ids whose removal fails. */
  readonly undeletable: Set<string>;
  readonly buckets: UsageBuckets;
  readonly token: TokenState;
  readonly ordered: OrderedError[];
  /** Whether a batch with these ids is refused as a whole, without saying why. */
  blame: ((ids: readonly string[]) => boolean) | null;
  /** How the next batches end; empty: as they should. `empty`: nothing is taken. */
  readonly fates: (BatchFate | 'empty')[];
  /** The catalog's own facts, as an operator may have set them. */
  facts: JsonObject;
  versionWarning: string | null;
  created: number;
  /** Records that arrived while an earlier one for the same item was under way: a real catalog may apply them in any order. */
  overlaps: number;
}

/** An empty catalog. */
export function emptyCatalog(catalogId: string, processingMs: number, nowMs: () => number): CatalogState {
  return {
    catalogId,
    processingMs,
    nowMs,
    items: new Map(),
    batches: new Map(),
    feeds: new Map(),
    sessions: new Map(),
    sets: new Map(),
    eventSources: new Set(),
    events: [],
    localInventory: new Map(),
    refusals: new Map(),
    undeletable: new Set(),
    buckets: usageBuckets(nowMs),
    token: {
      valid: true,
      scopes: ['catalog_management', 'business_management'],
      targets: null,
      expiresAt: 0,
      exchanged: new Map(),
    },
    ordered: [],
    blame: null,
    fates: [],
    facts: { vertical: 'commerce', is_catalog_segment: false, owner_business: { id: '880000000000001' } },
    versionWarning: null,
    created: 0,
    overlaps: 0,
  };
}

/** A number of Meta's own for a new object. */
export function nextId(state: CatalogState): string {
  state.created += 1;
  return String(7_000_000_000_000_000 + state.created);
}

/** Puts an item under its retailer id, keeping Meta's own number and the owner of an existing one. */
export function putItem(state: CatalogState, retailerId: string, fields: JsonObject): CatalogItem {
  const known = state.items.get(retailerId);
  const item: CatalogItem = {
    id: known?.id ?? nextId(state),
    fields,
    review: '',
    complaints: [],
    pictures: 'NO_STATUS',
    feedId: known?.feedId ?? null,
    overrides: known?.overrides ?? new Map(),
  };
  state.items.set(retailerId, item);
  return item;
}
