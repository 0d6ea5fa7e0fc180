import type { JsonObject } from '../../../src/domain/json.js';
import {
  type CatalogState,
  type Feed,
  type Finding,
  type Ingestion,
  putItem,
  type RowFinding,
  type UploadSession,
} from './catalog-state.js';
import { fieldsOf } from './feed-cells.js';
import { type FeedRow, readFeed, UnreadableFeed } from './feed-document.js';
import { judge, judgeOverride, merged, unknownFields } from './item-rules.js';

/** Reads the files of sessions that are due and applies them. */
export function processSessions(state: CatalogState): void {
  for (const session of state.sessions.values()) {
    if (session.result !== null || session.document === null || session.dueAtMs > state.nowMs()) continue;
    const feed = state.feeds.get(session.feedId);
    session.result = feed ? ingest(state, feed, session) : fatal('The feed is gone');
    session.endMs = state.nowMs();
    session.document = Buffer.alloc(0);
  }
}

function ingest(state: CatalogState, feed: Feed, session: UploadSession): Ingestion {
  let rows: readonly FeedRow[];
  try {
    rows = readFeed(session.document ?? Buffer.alloc(0));
  } catch (error) {
    if (error instanceof UnreadableFeed) return fatal(error.message);
    throw error;
  }
  const ids = rows.map((row) => (row.cells.get('id')?.[0] ?? '').trim());
  const subjects = rows.map(subjectOf);
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const [errors, warnings]: [RowFinding[], RowFinding[]] = [[], []];
  let persisted = 0;
  rows.forEach((row, index) => {
    const id = ids[index] ?? '';
    const found =
      (counts.get(subjects[index] ?? '') ?? 0) > 1 ? { errors: [DUPLICATE] } : applyRow(state, feed, id, row);
    const at = (finding: Finding): RowFinding => ({ ...finding, row: row.number, id });
    errors.push(...found.errors.map(at));
    warnings.push(...('warnings' in found ? found.warnings : []).map(at));
    if (found.errors.length === 0) persisted += 1;
  });
  const deleted = deletes(feed, session) ? deleteAbsent(state, feed, new Set(ids)) : 0;
  return { detected: rows.length, persisted, deleted, invalid: rows.length - persisted, errors, warnings };
}

/** What a row is about: an item, or an item in a store or for a language. */
function subjectOf(row: FeedRow): string {
  return ['id', 'store_code', 'override'].map((name) => row.cells.get(name)?.[0]?.trim() ?? '').join('\n');
}

/** Every instance of an id that comes twice is ignored (Feed API guide, read 2026-11). */
const DUPLICATE: Finding = { type: 'DUPLICATE_RETAILER_ID', message: 'The id is in the file more than once' };

interface Found {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

function applyRow(state: CatalogState, feed: Feed, id: string, row: FeedRow): Found {
  if (id === '' || [...id].length > 100)
    return failed('RETAILER_ID_NOT_PROVIDED', 'The id is missing or longer than 100 characters');
  const fields = fieldsOf(row);
  if (feed.settings.feed_type === 'LOCAL_INVENTORY') return applyLocal(state, id, fields);
  if (feed.settings.override_type !== undefined) return applyOverride(state, feed, { id, row, fields });
  return applyItem(state, feed, { id, fields });
}

/** A row is the whole item: what it leaves out is gone. A supplementary row adds to an item that is there. */
function applyItem(
  state: CatalogState,
  feed: Feed,
  { id, fields }: { readonly id: string; readonly fields: JsonObject },
): Found {
  const known = state.items.get(id);
  const adds = feed.settings.ingestion_source_type === 'SUPPLEMENTARY_FEED';
  if (adds && !known) return failed('ITEM_NOT_FOUND', 'A supplementary feed cannot create items');
  if (!adds && known && known.feedId !== null && known.feedId !== feed.id)
    return failed('ITEM_OWNED_BY_OTHER_FEED', 'The item belongs to another data source');
  const refusal = state.refusals.get(id);
  if (refusal !== undefined) return failed(refusal, `Rejected in review: ${refusal}`);
  const warnings = unknownFields(fields).map((name) => ({
    type: 'UNRECOGNIZED_FIELD',
    message: `Unrecognised field: ${name}`,
  }));
  const after = merged(adds ? (known?.fields ?? {}) : {}, fields);
  const found = judge(after);
  if (found.errors.length === 0) {
    const item = putItem(state, id, after);
    if (!adds) item.feedId = feed.id;
  }
  return { errors: found.errors, warnings: [...warnings, ...found.warnings] };
}

interface OverrideRow {
  readonly id: string;
  readonly row: FeedRow;
  readonly fields: JsonObject;
}

function applyOverride(state: CatalogState, feed: Feed, { id, row, fields }: OverrideRow): Found {
  const item = state.items.get(id);
  if (!item) return failed('ITEM_NOT_FOUND', 'An override feed cannot create items');
  const place = (row.cells.get('override')?.[0] ?? '').trim();
  const wanted = feed.settings.override_value;
  if (wanted !== undefined && wanted !== place)
    return failed('OVERRIDE_VALUE_INVALID', `The feed is for ${String(wanted)}, the row for ${place}`);
  const errors = judgeOverride(place, fields);
  if (errors.length === 0) item.overrides.set(place, fields);
  return { errors, warnings: [] };
}

function applyLocal(state: CatalogState, id: string, fields: JsonObject): Found {
  if (!state.items.has(id)) return failed('ITEM_NOT_FOUND', 'A local inventory feed cannot create items');
  const store = fields.store_code;
  if (typeof store !== 'string')
    return failed('STORE_CODE_MISSING', 'A required field is missing: store_code');
  state.localInventory.set(`${store} ${id}`, fields);
  return { errors: [], warnings: [] };
}

/** Only a replace of a primary feed deletes, and only what belongs to it. */
function deletes(feed: Feed, session: UploadSession): boolean {
  return (
    !session.updateOnly &&
    feed.settings.deletion_enabled !== false &&
    feed.settings.ingestion_source_type !== 'SUPPLEMENTARY_FEED' &&
    feed.settings.override_type === undefined &&
    feed.settings.feed_type !== 'LOCAL_INVENTORY'
  );
}

function deleteAbsent(state: CatalogState, feed: Feed, present: ReadonlySet<string>): number {
  const absent = [...state.items].filter(([id, item]) => item.feedId === feed.id && !present.has(id));
  for (const [id] of absent) state.items.delete(id);
  return absent.length;
}

function failed(type: string, message: string): Found {
  return { errors: [{ type, message }], warnings: [] };
}

function fatal(message: string): Ingestion {
  const error = { type: 'FILE_UNREADABLE', message, row: 0, id: '' };
  return { detected: 0, persisted: 0, deleted: 0, invalid: 0, errors: [error], warnings: [] };
}
