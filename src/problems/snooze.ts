import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OpenProblem } from './problems.js';

/** Why nobody is reminded of a problem for a while. */
export interface Snooze {
  /** Null: until the problem changes. */
  readonly until: Instant | null;
  readonly note: string;
  readonly by: string;
  readonly at: Instant;
}

/** A problem, and whether somebody put it off. */
export interface NotedProblem extends OpenProblem {
  readonly snooze: Snooze | null;
}

interface SnoozeRow {
  readonly problem_key: string;
  readonly until: Instant | null;
  readonly code: string;
  readonly since: Instant;
  readonly severity: string;
  readonly message: string;
  readonly note: string;
  readonly snoozed_by: string;
  readonly snoozed_at: Instant;
}

/** Puts problems off as they are now: once more replaces what was said before. */
export async function snoozeProblems(
  tx: Queries,
  problems: readonly OpenProblem[],
  snooze: Snooze,
): Promise<void> {
  for (const { key, code, since, severity, message } of problems)
    await tx.run(
      `INSERT INTO problem_snooze (problem_key, until, code, since, severity, message, note, snoozed_by, snoozed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (problem_key) DO UPDATE SET until = excluded.until, code = excluded.code, since = excluded.since, severity = excluded.severity,
         message = excluded.message, note = excluded.note, snoozed_by = excluded.snoozed_by, snoozed_at = excluded.snoozed_at`,
      [key, snooze.until, code, since, severity, message, snooze.note, snooze.by, snooze.at],
    );
}

/** Brings problems back at once. Answers how many were put off. */
export async function endSnooze(tx: Queries, problems: readonly OpenProblem[]): Promise<number> {
  let ended = 0;
  for (const { key } of problems)
    ended += await tx.run('DELETE FROM problem_snooze WHERE problem_key = ?', [key]);
  return ended;
}

/** Problems with what was put off: a snooze whose time is over, or whose problem became another one, counts no longer. */
export async function notedProblems(
  queries: Queries,
  problems: readonly OpenProblem[],
  now: Instant,
): Promise<NotedProblem[]> {
  const rows = await queries.all<SnoozeRow>('SELECT * FROM problem_snooze');
  const snoozes = new Map(rows.map((row) => [row.problem_key, row]));
  return problems.map((problem) => {
    const row = snoozes.get(problem.key);
    return { ...problem, snooze: row !== undefined && holds(row, problem, now) ? snoozeOf(row) : null };
  });
}

/**
 * With a time: until then, unless the problem went away and came again, became another one, or became worse. Without: until anything about it
 * is said differently.
 */
function holds(row: SnoozeRow, problem: OpenProblem, now: Instant): boolean {
  const same = row.code === problem.code && row.since === problem.since && row.severity === problem.severity;
  return same && (row.until === null ? row.message === problem.message : row.until > now);
}

function snoozeOf({ until, note, snoozed_by, snoozed_at }: SnoozeRow): Snooze {
  return { until, note, by: snoozed_by, at: snoozed_at };
}

/** Forgets snoozes of problems that are gone. Answers how many. */
export function forgetSnoozes(queries: Queries): Promise<number> {
  return queries.run(
    'DELETE FROM problem_snooze WHERE NOT EXISTS (SELECT 1 FROM problem p WHERE p.problem_key = problem_snooze.problem_key)',
  );
}
