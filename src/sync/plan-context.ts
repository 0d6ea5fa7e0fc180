import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import type { PlanContext } from './plan.js';
import { channelCounts } from './records.js';

/** What a plan of the channel is weighed against. `released`: the checksum a person let through. */
export async function planContext(desk: ChannelDesk, released: string | null): Promise<PlanContext> {
  const counts = await channelCounts(desk.database, desk.kit.channel.id);
  const { leaving_at } = await readChannelState(desk.database, desk.kit.channel.id);
  return {
    channel: desk.kit.channel.id,
    known: counts.owned,
    desired: counts.listed,
    // That everything goes is what was asked for, with its number.
    limits: leaving_at === null ? desk.guard : { ...desk.guard, fewListings: Number.POSITIVE_INFINITY },
    released,
  };
}
