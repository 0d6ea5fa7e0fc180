import type { OpenChannel } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { raiseProblem } from '../problems/problems.js';
import { readChannelState } from './channel-state.js';
import { channelFailed } from './open-desk.js';

/** Why a channel cannot work now, in one sentence for the operator; null: it can. */
export async function checkFailure(open: OpenChannel): Promise<string | null> {
  try {
    const issue = (await open.check()).find((found) => found.severity === 'error');
    return issue === undefined ? null : `${issue.message}. ${issue.advice ?? ''}`.trim();
  } catch (error) {
    if (error instanceof ChannelError) return `${error.message}. ${error.advice}`;
    throw error;
  }
}

/** What checking a channel needs: no listings, so that shops are checked too. */
export interface CheckDesk {
  readonly database: Database;
  readonly channel: string;
  readonly open: OpenChannel;
  readonly clock: Clock;
}

/** Of one kind; a catalog may have a finding per feed or per rule. */
const MOST_OF_A_KIND = 20;

/**
 * Asks a channel about its account (a token that ends soon, a version that ages, somebody else who writes there) and brings its problems
 * up to date: what is found is raised, what is no longer found goes away. A failed check concludes nothing; a paused channel is left alone.
 */
export async function checkProblems(desk: CheckDesk): Promise<readonly Issue[]> {
  const { channel } = desk;
  if ((await readChannelState(desk.database, channel)).paused_code !== null) return [];
  let issues: readonly Issue[];
  try {
    issues = await desk.open.check();
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await channelFailed(desk, error);
    return [];
  }
  const now = desk.clock.now();
  const told = issues.filter(({ severity }) => severity !== 'info');
  await desk.database.transaction(async (tx) => {
    const counts = new Map<string, number>();
    for (const { code, severity, message, advice } of told) {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > MOST_OF_A_KIND) continue;
      await raiseProblem(
        tx,
        {
          key: `channel:${channel}:check:${code}:${count}`,
          channel,
          severity: severity === 'error' ? 'error' : 'warning',
          code,
          message,
          advice: advice ?? 'See the channel’s own pages.',
        },
        now,
      );
    }
    await tx.run('DELETE FROM problem WHERE channel = ? AND problem_key LIKE ? AND seen_at < ?', [
      channel,
      'channel:%:check:%',
      now,
    ]);
  });
  return told;
}
