import { isPaused } from '../sync/channel-state.js';
import type { OrderDesk } from './order-desk.js';

/** Whether the channel, or the shop behind it, may be called now: not while it is paused, by a person or because its credentials were lost. */
export async function mayCall(desk: OrderDesk, at: 'channel' | 'storefront'): Promise<boolean> {
  const place = at === 'channel' ? desk.channel : desk.storefront?.id;
  return place !== undefined && !(await isPaused(desk.database, place));
}
