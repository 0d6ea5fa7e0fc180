import type { Host, Log, OpenChannel } from './channel/connector.js';
import type { Sealer } from './channel/credentials.js';
import { httpClient } from './channel/http.js';
import type { ConnectorRegistry } from './channel/registry.js';
import { bucketRoom } from './channel/throttle.js';
import type { ChannelConfig } from './config/config.js';
import type { ConfigMistake } from './config/config-error.js';
import type { Queries } from './db/database.js';
import { OperatorError } from './domain/errors.js';
import type { Clock } from './domain/instant.js';
import { canonicalJson, type JsonObject } from './domain/json.js';
import { meteredHttp } from './metrics/metered.js';
import type { Meters } from './metrics/meters.js';
import { channelSecrets } from './setup/channel-secrets.js';
import type { LiveConfig } from './setup/live-config.js';

/** What channels are opened with. */
export interface ChannelParts {
  readonly live: LiveConfig;
  readonly known: ConnectorRegistry;
  readonly clock: Clock;
  readonly log: Log;
  readonly meters: Meters;
  readonly signal: AbortSignal;
  readonly database: Queries;
  /** Asked for only when there is a secret to seal or to open. */
  sealer(): Promise<Sealer>;
}

/** Opens the configured channels, each once; again when its configuration changed. */
export function openChannels(parts: ChannelParts): {
  config(id: string): ChannelConfig;
  open(id: string): OpenChannel;
  /** Opens a channel that need not be in use. */
  made(channel: ChannelConfig): OpenChannel;
} {
  const opened = new Map<string, { readonly from: string; readonly open: OpenChannel }>();
  const room = bucketRoom(parts.clock);
  const config = (id: string): ChannelConfig => findConfigured(parts.live.current().channels, id, 'channel');
  const made = (channel: ChannelConfig): OpenChannel =>
    parts.known.get(channel.connector).open(channel.settings, hostOf(channel, parts, room));
  return {
    config,
    made,
    open(id) {
      const channel = config(id);
      const from = canonicalJson(channel as unknown as JsonObject);
      const known = opened.get(id);
      if (known?.from === from) return known.open;
      const open = made(channel);
      opened.set(id, { from, open });
      return open;
    },
  };
}

function hostOf(channel: ChannelConfig, parts: ChannelParts, room: BucketRoom): Host {
  return {
    channel,
    http: meteredHttp(httpClient(parts.signal), channel.id, parts),
    clock: parts.clock,
    log: parts.log,
    signal: parts.signal,
    secrets: channelSecrets(parts, channel.id),
    bucket: (name, spec, account) =>
      room(account === undefined ? `channel ${channel.id}` : `${channel.connector} ${account}`, name, spec),
  };
}

type BucketRoom = ReturnType<typeof bucketRoom>;

/** The item of this id. Throws `unknown_channel` or `unknown_source`, naming those that exist. */
export function findConfigured<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  what: 'source' | 'channel',
): Item {
  const found = items.find((item) => item.id === id);
  if (found) return found;
  const names = items.map((item) => item.id).join(', ');
  throw new OperatorError(
    `unknown_${what}`,
    `There is no ${what} "${id}"`,
    names === '' ? `Add one under \`${what}s\` in omnifeed.yaml.` : `Use one of: ${names}.`,
  );
}

/** Some settings are only understood when a channel is opened: the content of a key file. */
export function tryToOpen(
  channel: ChannelConfig,
  made: (channel: ChannelConfig) => OpenChannel,
): { readonly open: OpenChannel | null; readonly mistakes: readonly ConfigMistake[] } {
  try {
    return { open: made(channel), mistakes: [] };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { message, advice } = error;
    return {
      open: null,
      mistakes: [{ path: `channels.${channel.id}.settings`, line: 0, column: 0, message, advice }],
    };
  }
}
