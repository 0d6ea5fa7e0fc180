import type { Log } from '../channel/connector.js';
import type { Database, Queries } from '../db/database.js';
import { type Clock, type Instant, plusMs } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import type { Redactor } from '../log/redact.js';
import { type JobHandlers, reasonOf } from '../queue/job-queue.js';

/** One line a job told while it ran. */
export interface RunLine {
  readonly at: Instant;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly facts: JsonObject;
}

/** What runs are kept with. */
export interface RunLogParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  /** Takes secrets and buyers out before anything is written. */
  readonly redactor: Redactor;
}

const MOST_LINES = 200;

/**
 * The same handlers, remembered: a run that told something or failed becomes a row, one that found nothing to do only moves the instant
 * of the last look. Keeping it never fails a job. `handlersWith` builds the handlers on a log.
 */
export function rememberRuns(parts: RunLogParts, handlersWith: (log: Log) => JobHandlers): JobHandlers {
  const remembered = Object.keys(handlersWith(parts.log)).map((job) => [
    job,
    async (key: string, signal: AbortSignal) => {
      const run = openRun(parts, job, key);
      try {
        const result = await handlersWith(run.log)[job]?.(key, signal);
        await run.end(null);
        return result;
      } catch (error) {
        await run.end(reasonOf(error));
        throw error;
      }
    },
  ]);
  return Object.fromEntries(remembered) as JobHandlers;
}

interface OpenRun {
  readonly log: Log;
  end(error: string | null): Promise<void>;
}

function openRun(parts: RunLogParts, job: string, key: string): OpenRun {
  const { clock, redactor } = parts;
  const begun = { at: clock.now(), ms: clock.monotonicMs() };
  const lines: RunLine[] = [];
  let row: Promise<number | null> | null = null;
  const told =
    (level: RunLine['level']) =>
    (facts: JsonObject, message: string): void => {
      parts.log[level](facts, message);
      if (lines.length >= MOST_LINES) lines.pop(); // the last one is the sum
      lines.push({ at: clock.now(), level, message: redactor.text(message), facts: redactor.object(facts) });
      row ??= kept(parts, () => begin(parts.database, { job, key, at: begun.at }));
    };
  return {
    log: { info: told('info'), warn: told('warn'), error: told('error') },
    async end(error) {
      const at = clock.now();
      const tookMs = Math.round(clock.monotonicMs() - begun.ms);
      await kept(parts, () => look(parts.database, { job, key, at, tookMs, failed: error !== null }));
      if (row === null && error === null) return;
      const id = await (row ?? kept(parts, () => begin(parts.database, { job, key, at: begun.at })));
      if (id === null) return;
      const reason = error === null ? null : redactor.text(error);
      await kept(parts, () => finish(parts.database, id, { at, lines, reason }));
    },
  };
}

async function kept<Result>(parts: RunLogParts, write: () => Promise<Result>): Promise<Result | null> {
  try {
    return await write();
  } catch (error) {
    parts.log.warn({ reason: reasonOf(error) }, 'a run could not be remembered');
    return null;
  }
}

async function begin(
  database: Database,
  run: { readonly job: string; readonly key: string; readonly at: Instant },
): Promise<number> {
  const row = await database.transaction((tx) =>
    tx.get<{ id: number }>(
      "INSERT INTO run (job, run_key, outcome, started_at, facts, lines) VALUES (?, ?, 'running', ?, '{}', '[]') RETURNING id",
      [run.job, run.key, run.at],
    ),
  );
  return row?.id ?? 0;
}

async function look(
  queries: Queries,
  seen: {
    readonly job: string;
    readonly key: string;
    readonly at: Instant;
    readonly tookMs: number;
    readonly failed: boolean;
  },
): Promise<void> {
  await queries.run(
    `INSERT INTO run_look (job, run_key, at, took_ms, failed) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (job, run_key) DO UPDATE SET at = excluded.at, took_ms = excluded.took_ms, failed = excluded.failed`,
    [seen.job, seen.key, seen.at, seen.tookMs, seen.failed ? 1 : 0],
  );
}

async function finish(
  queries: Queries,
  id: number,
  end: { readonly at: Instant; readonly lines: readonly RunLine[]; readonly reason: string | null },
): Promise<void> {
  await queries.run(
    'UPDATE run SET outcome = ?, ended_at = ?, facts = ?, lines = ?, error = ? WHERE id = ?',
    [
      end.reason === null ? 'done' : 'failed',
      end.at,
      JSON.stringify(end.lines[end.lines.length - 1]?.facts ?? {}),
      JSON.stringify(end.lines),
      end.reason,
      id,
    ],
  );
}

const KEEP_MS = 35 * 86_400_000;

/** Forgets runs of more than five weeks ago. Answers how many. */
export async function forgetOldRuns(queries: Queries, now: Instant): Promise<number> {
  return queries.run('DELETE FROM run WHERE started_at < ?', [plusMs(now, -KEEP_MS)]);
}

/** Runs left behind by a process that died are failed ones: those begun before this instant. */
export async function endLostRuns(queries: Queries, before: Instant): Promise<number> {
  return queries.run(
    "UPDATE run SET outcome = 'failed', ended_at = ?, error = 'process_died: the process ended while this ran' WHERE outcome = 'running' AND started_at < ?",
    [before, before],
  );
}
