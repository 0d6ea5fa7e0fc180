import { ChannelError } from '../domain/errors.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { observeChannel } from './observe.js';
import { channelCounts } from './records.js';

/**
 * Before the first change is ever sent to a channel that can be read back, its listings are read once, so that those of others are known
 * and left alone. Answers how long to wait when the channel cannot be read now (nothing may be sent before); null: it is met.
 */
export async function meetChannel(
  desk: ChannelDesk,
  signal?: AbortSignal,
): Promise<{ readonly againInMs: number } | null> {
  const { listings } = desk.open;
  if (!listings?.observe) return null;
  const state = await readChannelState(desk.database, desk.kit.channel.id);
  if (state.observed_at !== null || state.paused_code !== null) return null;
  if ((await channelCounts(desk.database, desk.kit.channel.id)).owned > 0) return null;
  try {
    await observeChannel(desk, { observe: listings.observe.bind(listings) }, signal);
    return null;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    if (error.kind === 'auth-lost') return null; // paused now: no round sends anything
    return { againInMs: error.againInMs ?? UNREADABLE_MS };
  }
}

const UNREADABLE_MS = 60_000;
