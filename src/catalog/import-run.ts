import { randomUUID } from 'node:crypto';
import type { Database, Queries } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { plusMs } from '../domain/instant.js';
import { breathe } from './breathe.js';
import { forgetOldImports } from './forget-imports.js';

/** `staging`: being read · `held`: a guard waits for a person · `merged`: in the catalog · `failed`: changed nothing. */
export type ImportState = 'staging' | 'held' | 'merged' | 'failed';

/** One import under way. Its staged rows are numbered from `first` to `last`. */
export interface ImportRun {
  readonly id: string;
  readonly number: number;
  readonly source: string;
  readonly first: number;
  readonly last: number;
}

/** A stored import. */
export interface PastImport<Facts> {
  readonly id: string;
  readonly state: ImportState;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly facts: Facts;
  readonly error: string | null;
}

const ROWS_PER_RUN = 1_000_000_000;
const ABANDONED_AFTER_MS = 24 * 3_600_000;
const SWEEP_ROWS = 5_000;
/** Emptying tables of a few hundred thousand rows takes SQLite longer than others should wait. */
const SWEPT_AT_ONCE = 200_000;
const STAGED = ['staged_variant', 'staged_product', 'staged_stock'] as const;
const ENDED = `run NOT IN (SELECT number FROM import_run WHERE state = 'staging')`;

/**
 * Notes the beginning of an import. An earlier one of the same source that never ended was killed: it is marked
 * failed, and its staged rows go with those of all others that ended.
 */
export async function beginImport(database: Database, source: string, at: Instant): Promise<ImportRun> {
  const run = await database.transaction(async (tx) => {
    await nextSequence(tx); // Takes the lock of the catalog: numbers are handed out one after the other.
    await tx.run(
      `UPDATE import_run SET state = 'failed', finished_at = ?, error = ?
       WHERE state = 'staging' AND (source = ? OR started_at < ?)`,
      [at, 'The import was interrupted before it was complete.', source, plusMs(at, -ABANDONED_AFTER_MS)],
    );
    const latest = await tx.get<{ number: number | null }>('SELECT MAX(number) AS number FROM import_run');
    const number = (latest?.number ?? 0) + 1;
    const id = `${at.slice(0, 10).replaceAll('-', '')}-${randomUUID().slice(0, 8)}`;
    await tx.run(
      `INSERT INTO import_run (id, number, source, state, started_at, facts) VALUES (?, ?, ?, 'staging', ?, '{}')`,
      [id, number, source, at],
    );
    const first = number * ROWS_PER_RUN;
    return { id, number, source, first, last: first + ROWS_PER_RUN - 1 };
  });
  await sweepStaging(database);
  await forgetOldImports(database, source, at);
  return run;
}

/** Removes staged rows of imports that ended: all at once where none is under way and they are few, else some thousand at a time. */
export async function sweepStaging(database: Database): Promise<void> {
  const idle = await database.transaction(async (tx) => {
    await nextSequence(tx); // No import begins while we hold it.
    if (await tx.get(`SELECT 1 AS one FROM import_run WHERE state = 'staging' LIMIT 1`)) return false;
    const rows = await tx.get<{ n: number }>('SELECT MAX(n) - MIN(n) AS n FROM staged_variant');
    if ((rows?.n ?? 0) > SWEPT_AT_ONCE) return false;
    for (const table of STAGED) await tx.run(`DELETE FROM ${table}`);
    return true;
  });
  if (idle) return;
  for (const table of ['staged_variant', 'staged_product']) {
    for (;;) {
      const oldest = await database.staging.get<{ n: number }>(
        `SELECT n FROM ${table} WHERE ${ENDED} ORDER BY n LIMIT 1`,
      );
      if (!oldest) break;
      await database.transaction(async (tx) => {
        const range = [oldest.n, oldest.n + SWEEP_ROWS];
        const gone = `SELECT n FROM ${table} WHERE n >= ? AND n < ? AND ${ENDED}`;
        await tx.run(`DELETE FROM staged_stock WHERE n IN (${gone})`, range);
        await tx.run(`DELETE FROM ${table} WHERE n IN (${gone})`, range);
      });
      await breathe();
    }
  }
}

/** Writes how the import ended. Fails when a later import of the source has taken its place. */
export async function endImport(
  tx: Queries,
  run: ImportRun,
  end: { readonly state: ImportState; readonly at: Instant; readonly facts: object; readonly error?: string },
): Promise<void> {
  const written = await tx.run(
    `UPDATE import_run SET state = ?, finished_at = ?, facts = ?, error = ? WHERE id = ? AND state = 'staging'`,
    [end.state, end.at, JSON.stringify(end.facts), end.error ?? null, run.id],
  );
  if (written === 0) throw superseded(run.source);
}

/** Makes sure that the import still is the one of its source; called before anything is merged. */
export async function assertCurrent(tx: Queries, run: ImportRun): Promise<void> {
  const row = await tx.get<{ state: string }>('SELECT state FROM import_run WHERE id = ?', [run.id]);
  if (row?.state !== 'staging') throw superseded(run.source);
}

function superseded(source: string): OperatorError {
  return new OperatorError(
    'import_superseded',
    `Another import of the source "${source}" was started meanwhile; this one changed nothing`,
    'Let only one import of a source run at a time.',
  );
}

/** Facts of the latest import of a source that went into the catalog, however many were held or failed since; null: none. */
export async function lastMerged<Facts>(queries: Queries, source: string): Promise<Facts | null> {
  const row = await queries.get<{ facts: string }>(
    `SELECT facts FROM import_run WHERE source = ? AND state = 'merged' ORDER BY number DESC LIMIT 1`,
    [source],
  );
  return row === undefined ? null : (JSON.parse(row.facts) as Facts);
}

/** The latest imports of a source, newest first. */
export async function pastImports<Facts>(
  queries: Queries,
  source: string,
  limit: number,
): Promise<PastImport<Facts>[]> {
  const rows = await queries.all<{
    id: string;
    state: ImportState;
    started_at: string;
    finished_at: string | null;
    facts: string;
    error: string | null;
  }>('SELECT * FROM import_run WHERE source = ? ORDER BY number DESC LIMIT ?', [source, limit]);
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    facts: JSON.parse(row.facts) as Facts,
    error: row.error,
  }));
}
