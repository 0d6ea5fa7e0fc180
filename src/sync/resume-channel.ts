import type { OpenChannel } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { RESTORED, readChannelState, writeChannelState } from './channel-state.js';

/**
 * Throws `not_read_back` for a channel paused by a restore that was not read back since: we believe what was true earlier, and a channel that can be
 * read back is read back before anything is sent to it.
 */
export async function refuseUnread(database: Database, channel: string, open: OpenChannel): Promise<void> {
  const { paused_code, observed_at } = await readChannelState(database, channel);
  if (paused_code !== RESTORED || observed_at !== null || open.listings?.observe === undefined) return;
  throw new OperatorError(
    'not_read_back',
    `Channel "${channel}" was not read back since the restore: we do not know what it shows now`,
    `Run \`omnifeed observe ${channel}\`, look at \`omnifeed plan ${channel}\`, then resume it.`,
  );
}

/** Puts a paused channel to work again. Throws what `refuseUnread` throws. */
export async function resumeChannel(database: Database, channel: string, open: OpenChannel): Promise<void> {
  await refuseUnread(database, channel, open);
  await writeChannelState(database, channel, { paused_code: null, paused_at: null });
}
