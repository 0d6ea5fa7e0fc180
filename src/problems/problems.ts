import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Something an operator must act on. It goes away by itself when the next look finds it mended. */
export interface Problem {
  /** One place in the house, `channel:google-us:calls`: raising it again renews it. */
  readonly key: string;
  readonly channel: string | null;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** What the operator does about it. */
  readonly advice: string;
}

/** A problem with when it began and when it was last seen. */
export interface OpenProblem extends Problem {
  readonly since: Instant;
  readonly seenAt: Instant;
}

/** Raises or renews a problem. Its beginning stays that of the first time, unless it has become another one. */
export async function raiseProblem(queries: Queries, problem: Problem, now: Instant): Promise<void> {
  const { key, channel, severity, code, message, advice } = problem;
  await queries.run(
    `INSERT INTO problem (problem_key, channel, severity, code, message, advice, since, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (problem_key) DO UPDATE SET severity = excluded.severity, message = excluded.message, advice = excluded.advice,
       since = CASE WHEN problem.code = excluded.code THEN problem.since ELSE excluded.since END, code = excluded.code, seen_at = excluded.seen_at`,
    [key, channel, severity, code, message, advice, now, now],
  );
}

/** A look found the place mended. */
export async function clearProblem(queries: Queries, key: string): Promise<void> {
  await queries.run('DELETE FROM problem WHERE problem_key = ?', [key]);
}

/** Open problems, of one channel or of all: errors first, then the oldest. */
export async function openProblems(queries: Queries, channel?: string): Promise<OpenProblem[]> {
  return queries.all<OpenProblem>(
    `SELECT problem_key AS key, channel, severity, code, message, advice, since, seen_at AS "seenAt" FROM problem
     ${channel === undefined ? '' : 'WHERE channel = ?'} ORDER BY severity, since, problem_key`,
    channel === undefined ? [] : [channel],
  );
}
