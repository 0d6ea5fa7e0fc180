import type { Issue } from '../domain/issue.js';
import { raiseProblem } from '../problems/problems.js';
import type { ChannelDesk } from './channel-desk.js';

/** A document may break every rule about a catalog as a whole; a problem each, up to this many. */
const MOST_TOLD = 30;

/**
 * Brings the problems about the catalog as a whole up to date with what the latest document showed: what was found is raised, one problem per
 * code, and what is no longer found goes away. Kept in the database, so that a restart forgets none.
 */
export async function tellDocumentFindings(desk: ChannelDesk, issues: readonly Issue[]): Promise<void> {
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  const told = new Map(
    issues.filter(({ severity }) => severity !== 'info').map((issue) => [issue.code, issue]),
  );
  await desk.database.transaction(async (tx) => {
    for (const { code, severity, message, advice } of [...told.values()].slice(0, MOST_TOLD))
      await raiseProblem(
        tx,
        {
          key: `channel:${channel}:catalog:${code}`,
          channel,
          severity: severity === 'error' ? 'error' : 'warning',
          code,
          message,
          advice: advice ?? 'See the channel’s own pages.',
        },
        now,
      );
    await tx.run('DELETE FROM problem WHERE channel = ? AND problem_key LIKE ? AND seen_at < ?', [
      channel,
      'channel:%:catalog:%',
      now,
    ]);
  });
}
