import type { App } from '../app.js';
import { lists } from '../channel/listing-connector.js';
import type { ChannelConfig } from '../config/config.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../domain/json.js';
import type { ChannelShare } from '../stock/available.js';
import { shareOf } from '../stock/shares.js';
import type { WatchedChannel } from '../views/overview.js';

/** The channels that have listings, in the order of the configuration. */
export function listingChannels(app: App): readonly WatchedChannel[] {
  return app.config.channels.flatMap((channel) => {
    const connector = app.connectors.get(channel.connector);
    if (!lists(connector) || app.isShop(channel.id)) return [];
    const { id } = channel;
    return [
      {
        id,
        title: connector.title,
        connector: connector.id,
        practice: isPractice(channel),
        coalesceMs: connector.limits.coalesceMs,
      },
    ];
  });
}

/** The listing channels a question names: one, or all. Throws `unknown_channel`, and `lists_nothing` for a shop. */
export function askedChannels(app: App, channel: string | undefined): readonly string[] {
  const all = listingChannels(app).map(({ id }) => id);
  if (channel === undefined) return all;
  app.channel(channel);
  return all.filter((id) => id === channel);
}

/** The listing channels whose listings are counted together: the one asked for, else the real ones, else those to practise on. Throws like `askedChannels`. */
export function countedChannels(app: App, channel: string | undefined): readonly string[] {
  if (channel !== undefined) return askedChannels(app, channel);
  const all = listingChannels(app);
  const real = all.filter(({ practice }) => !practice);
  return (real.length > 0 ? real : all).map(({ id }) => id);
}

/** How each listing channel shares in the stock. */
export function channelShares(app: App): ReadonlyMap<string, ChannelShare> {
  const { channels } = app.config;
  return new Map(channels.map((channel) => [channel.id, shareOf(channels, channel)]));
}

/** The same of channels that have listings only. */
export function listingShares(app: App): ReadonlyMap<string, ChannelShare> {
  const all = channelShares(app);
  return new Map(
    listingChannels(app).flatMap(({ id }): [string, ChannelShare][] => {
      const share = all.get(id);
      return share === undefined ? [] : [[id, share]];
    }),
  );
}

/** A channel whose address is this machine's own is one to practise on. */
export function isPractice({ settings }: Pick<ChannelConfig, 'settings'>): boolean {
  return addressesIn(settings).some((address) => LOOPBACK.test(address));
}

const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/;

function addressesIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [`${value}/`];
  if (isJsonArray(value)) return value.flatMap(addressesIn);
  return isJsonObject(value) ? Object.values(value).flatMap((member) => addressesIn(member ?? null)) : [];
}
