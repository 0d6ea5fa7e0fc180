import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';

/** An import of one source. `rows` of its facts = rows taken or continued + `rejectedRows`. */
export interface ImportRow {
  readonly id: string;
  readonly source: string;
  readonly state: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly error: string | null;
  /** Its numbers and what was detected about the file; empty while it runs. */
  readonly facts: JsonObject;
}

/** A row of a file that was set aside, or taken with a doubt. */
export interface SetAsideRow {
  readonly n: number;
  readonly line: number;
  readonly column: string | null;
  readonly key: string | null;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly reason: string;
}

interface Stored {
  readonly id: string;
  readonly number: number;
  readonly source: string;
  readonly state: string;
  readonly started_at: Instant;
  readonly finished_at: Instant | null;
  readonly facts: string;
  readonly error: string | null;
}

/** What is shown of the facts; the rest is for the next import to compare itself with. */
const SHOWN = [
  'rows',
  'products',
  'productsCreated',
  'productsChanged',
  'productsEnded',
  'variants',
  'created',
  'changed',
  'unchanged',
  'ended',
  'rejectedRows',
  'skusGenerated',
  'errors',
  'warnings',
  'complaintsByCode',
  'format',
  'encoding',
  'encodingCertain',
  'delimiter',
  'mapping',
  'sameAs',
  'changedSince',
  'heldBecause',
  'checksum',
] as const;

/** Imports of one source, the newest first. */
export async function listImports(
  queries: Queries,
  source: string,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<ViewPage<ImportRow>> {
  const before = Number(placeOf(page.cursor, ['number'])?.[0] ?? 2_147_483_647);
  const rows = await queries.all<Stored>(
    `SELECT id, number, source, state, started_at, finished_at, facts, error FROM import_run
     WHERE source = ? AND number < ? ORDER BY number DESC LIMIT ?`,
    [source, before, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown[shown.length - 1];
  return {
    items: shown.map(importRow),
    next: rows.length > page.limit && last !== undefined ? cursorOf([last.number]) : null,
  };
}

/** One import of a source; null: there is none. */
export async function showImport(queries: Queries, source: string, id: string): Promise<ImportRow | null> {
  const row = await queries.get<Stored>(
    'SELECT id, number, source, state, started_at, finished_at, facts, error FROM import_run WHERE source = ? AND id = ?',
    [source, id],
  );
  return row === undefined ? null : importRow(row);
}

function importRow(row: Stored): ImportRow {
  const { id, source, state, started_at: startedAt, finished_at: finishedAt, error } = row;
  const facts = JSON.parse(row.facts) as JsonObject;
  const shown = Object.fromEntries(
    SHOWN.flatMap((name) => (facts[name] === undefined ? [] : [[name, facts[name]]])),
  );
  return { id, source, state, startedAt, finishedAt, error, facts: shown };
}

/** Complaints about the rows of an import, in the order of the file; null severity: of both. */
export async function listSetAside(
  queries: Queries,
  importId: string,
  severity: SetAsideRow['severity'] | null,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<ViewPage<SetAsideRow>> {
  const after = Number(placeOf(page.cursor, ['number'])?.[0] ?? -1);
  const rows = await queries.all<SetAsideRow>(
    `SELECT n, line, column_name AS "column", row_key AS key, severity, code, reason FROM import_error
     WHERE import_id = ? AND n > ? AND (CAST(? AS text) IS NULL OR severity = ?) ORDER BY n LIMIT ?`,
    [importId, after, severity, severity, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown[shown.length - 1];
  return { items: shown, next: rows.length > page.limit && last !== undefined ? cursorOf([last.n]) : null };
}
