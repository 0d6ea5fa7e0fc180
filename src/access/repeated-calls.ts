import type { Database, Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';

/** An answer is kept for so long. */
const KEPT_MS = 24 * 3_600_000;

/** A call that may come again. */
export interface RepeatableCall {
  /** Keys of different callers have nothing to do with each other. */
  readonly caller: string;
  readonly key: string;
  /** Hash of address and body: the same key with another one is a mistake. */
  readonly hash: string;
}

/** What is known of a call: nothing yet (it is ours to do), its answer, that it runs or broke off, or that the key was used for another. */
export type EarlierCall =
  | { readonly state: 'new' | 'under-way' | 'other' }
  | { readonly state: 'answered'; readonly status: number; readonly answer: string | null };

/** Takes a call to be done, or tells what came of it before. */
export async function takeCall(database: Database, call: RepeatableCall, now: Instant): Promise<EarlierCall> {
  const { caller, key, hash } = call;
  await database.run('DELETE FROM repeated_call WHERE at <= ?', [plusMs(now, -KEPT_MS)]);
  const taken = await database.run(
    'INSERT INTO repeated_call (caller, call_key, call_hash, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    [caller, key, hash, now],
  );
  if (taken === 1) return { state: 'new' };
  const row = await database.get<{ call_hash: string; status: number | null; answer: string | null }>(
    'SELECT call_hash, status, answer FROM repeated_call WHERE caller = ? AND call_key = ?',
    [caller, key],
  );
  if (row && row.call_hash !== hash) return { state: 'other' };
  if (!row || row.status === null) return { state: 'under-way' };
  return { state: 'answered', status: Number(row.status), answer: row.answer };
}

/** Keeps the answer of a call. */
export async function keepAnswer(
  queries: Queries,
  { caller, key }: RepeatableCall,
  answer: { readonly status: number; readonly body: string | null },
): Promise<void> {
  await queries.run('UPDATE repeated_call SET status = ?, answer = ? WHERE caller = ? AND call_key = ?', [
    answer.status,
    answer.body,
    caller,
    key,
  ]);
}

/** A call that was refused, so that nothing was done: the key may be used again. */
export async function forgetCall(queries: Queries, { caller, key }: RepeatableCall): Promise<void> {
  await queries.run('DELETE FROM repeated_call WHERE caller = ? AND call_key = ?', [caller, key]);
}
