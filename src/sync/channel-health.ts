import type { OpenChannel } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { raiseProblem } from '../problems/problems.js';

/** What a look at a channel as a whole found. */
export interface Health {
  readonly errors: number;
  readonly warnings: number;
}

/** A channel that could not be asked is asked again after this. */
const FAILED_MS = 15 * 60_000;
const MOST_PROBLEMS = 100;

/**
 * Asks the channel what is wrong with the account and keeps it as problems, which go away when a later look does not find them.
 * A failed look concludes nothing: problems stay as they are, and the caller is told when to look again.
 */
export async function lookAtHealth(
  database: Database,
  place: { readonly channel: string; readonly open: OpenChannel; readonly now: Instant },
): Promise<Health | { readonly againInMs: number }> {
  const { channel, open, now } = place;
  const issues = await open.check().catch((error: unknown) => {
    if (error instanceof ChannelError) return error;
    throw error;
  });
  if (issues instanceof ChannelError) return { againInMs: issues.againInMs ?? FAILED_MS };
  const told = issues.filter(({ severity }) => severity !== 'info').slice(0, MOST_PROBLEMS);
  await database.transaction(async (tx) => {
    for (const problem of keyed(channel, told)) await raiseProblem(tx, problem, now);
    await tx.run('DELETE FROM problem WHERE channel = ? AND problem_key LIKE ? AND seen_at < ?', [
      channel,
      `health:${channel}:%`,
      now,
    ]);
  });
  const count = (severity: Issue['severity']): number =>
    told.filter((issue) => issue.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** A key says which of several issues of a code it is, never how it is worded: counts in a message do not make another problem. */
function keyed(channel: string, issues: readonly Issue[]): Parameters<typeof raiseProblem>[1][] {
  const seen = new Map<string, number>();
  return issues.map(({ severity, code, attribute, message, advice }) => {
    const name = `${code}:${attribute ?? ''}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return {
      key: `health:${channel}:${name}:${number}`,
      channel,
      severity: severity === 'error' ? 'error' : 'warning',
      code,
      message,
      advice: advice ?? 'See the channel’s own pages.',
    };
  });
}
