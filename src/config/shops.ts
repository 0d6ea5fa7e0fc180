import type { Config } from './config.js';

/**
 * Whether a channel is the merchant's own shop: orders of others are placed in it, or products come from it. A shop is told no listings, though its
 * connector could be; a channel that places its orders elsewhere sells and is no shop. Pure.
 */
export function isShop({ channels, sources }: Pick<Config, 'channels' | 'sources'>, id: string): boolean {
  if (channels.find((channel) => channel.id === id)?.orders.placeIn !== undefined) return false;
  return (
    channels.some((channel) => channel.id !== id && channel.orders.placeIn === id) ||
    sources.some((source) => source.channel === id)
  );
}
