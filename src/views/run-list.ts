import type { RunLine } from '../activity/run-log.js';
import type { Queries } from '../db/database.js';
import { epochMs, type Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import { cursorOf, placeOf, type ViewPage } from './page-cursor.js';

/** A run in a list. */
export interface RunRow {
  readonly id: number;
  readonly job: string;
  readonly key: string;
  readonly outcome: 'running' | 'done' | 'failed';
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly tookMs: number | null;
  /** What its last line told: its numbers. */
  readonly facts: JsonObject;
  readonly error: string | null;
}

/** A run with every line it told. */
export interface RunFacts extends RunRow {
  readonly lines: readonly RunLine[];
}

/** When a job last looked, whether there was something to do or not. */
export interface LastLook {
  readonly job: string;
  readonly key: string;
  readonly at: Instant;
  readonly tookMs: number;
  readonly failed: boolean;
}

interface Stored {
  readonly id: number;
  readonly job: string;
  readonly run_key: string;
  readonly outcome: RunRow['outcome'];
  readonly started_at: Instant;
  readonly ended_at: Instant | null;
  readonly facts: string;
  readonly error: string | null;
}

const COLUMNS = 'id, job, run_key, outcome, started_at, ended_at, facts, error';

/** Runs, the newest first; null members of the filter: all. */
export async function listRuns(
  queries: Queries,
  filter: { readonly job: string | null; readonly key: string | null; readonly outcome: string | null },
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<ViewPage<RunRow>> {
  const before = Number(placeOf(page.cursor, ['number'])?.[0] ?? Number.MAX_SAFE_INTEGER);
  const { job, key, outcome } = filter;
  const rows = await queries.all<Stored>(
    `SELECT ${COLUMNS} FROM run WHERE id < CAST(? AS bigint) AND (CAST(? AS text) IS NULL OR job = ?) AND (CAST(? AS text) IS NULL OR run_key = ?)
       AND (CAST(? AS text) IS NULL OR outcome = ?) ORDER BY id DESC LIMIT ?`,
    [before, job, job, key, key, outcome, outcome, page.limit + 1],
  );
  const shown = rows.slice(0, page.limit);
  const last = shown[shown.length - 1];
  return {
    items: shown.map(runRow),
    next: rows.length > page.limit && last !== undefined ? cursorOf([last.id]) : null,
  };
}

/** One run with its lines; null: there is none, or it was forgotten. */
export async function showRun(queries: Queries, id: number): Promise<RunFacts | null> {
  const row = await queries.get<Stored & { readonly lines: string }>(
    `SELECT ${COLUMNS}, lines FROM run WHERE id = ?`,
    [id],
  );
  return row === undefined ? null : { ...runRow(row), lines: JSON.parse(row.lines) as RunLine[] };
}

function runRow(row: Stored): RunRow {
  const { id, job, run_key: key, outcome, started_at: startedAt, ended_at: endedAt, error } = row;
  const tookMs = endedAt === null ? null : epochMs(endedAt) - epochMs(startedAt);
  return {
    id,
    job,
    key,
    outcome,
    startedAt,
    endedAt,
    tookMs,
    facts: JSON.parse(row.facts) as JsonObject,
    error,
  };
}

/** When every job last looked, by job and key. */
export async function lastLooks(queries: Queries): Promise<LastLook[]> {
  const rows = await queries.all<{
    job: string;
    run_key: string;
    at: Instant;
    took_ms: number;
    failed: number;
  }>('SELECT job, run_key, at, took_ms, failed FROM run_look ORDER BY job, run_key');
  return rows.map(({ job, run_key, at, took_ms, failed }) => ({
    job,
    key: run_key,
    at,
    tookMs: took_ms,
    failed: failed === 1,
  }));
}
