import type { ChannelDesk } from './channel-desk.js';
import { desirePlaces } from './desire-places.js';
import { sendsNothingTo } from './outlet.js';
import type { PlacesOrder } from './place-facts.js';
import { type PlacesSent, placeCounts, sendPlaces } from './send-places.js';

/**
 * One round of stock per place: what should be there, then what differs is sent. Null: the channel takes none, is paused, or nothing was ever
 * set up. A place that is no longer set up is withdrawn.
 */
export async function syncPlaces(desk: ChannelDesk, order: PlacesOrder): Promise<PlacesSent | null> {
  const port = desk.open.places;
  if (!port) return null;
  if ((await sendsNothingTo(desk.database, desk.kit.channel.id)) !== null) return null;
  if (order.places.length === 0 && (await placeCounts(desk.database, desk.kit.channel.id)).known === 0)
    return null;
  await desirePlaces(desk, order);
  return sendPlaces(desk, port, order.signal);
}
