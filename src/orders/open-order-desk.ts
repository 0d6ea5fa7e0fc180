import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { OpenChannel } from '../channel/connector.js';
import type { ChannelConfig, SourceConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import { type ChannelError, OperatorError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import { pauseChannel } from '../sync/channel-state.js';
import type { OrderDesk, Storefront } from './order-desk.js';

/** What an order desk is made of. */
export interface OrderDeskParts {
  readonly database: Database;
  readonly channel: ChannelConfig;
  open(id: string): OpenChannel;
  readonly sources: readonly SourceConfig[];
  readonly buyers: BuyerVault;
  readonly clock: Clock;
  random(): number;
}

/** Sets up order work on a channel; null when the channel sells nothing. Throws `no_storefront` when `placeIn` names none. */
export function openOrderDesk(parts: OrderDeskParts): OrderDesk | null {
  const { channel, database, clock } = parts;
  const port = parts.open(channel.id).orders;
  if (!port) return null;
  const storefront = storefrontOf(parts);
  const placeOf = (at: 'channel' | 'storefront'): string =>
    at === 'storefront' && storefront ? storefront.id : channel.id;
  return {
    database,
    channel: channel.id,
    port,
    storefront,
    buyers: parts.buyers,
    clock,
    random: parts.random,
    callSucceeded: (at) => clearProblem(database, `channel:${placeOf(at)}:orders`),
    async callFailed(error: ChannelError, at) {
      const where = placeOf(at);
      const now = clock.now();
      if (error.kind === 'auth-lost') await pauseChannel(database, where, { code: error.code, at: now });
      const { code, message, advice } = error;
      await raiseProblem(
        database,
        { key: `channel:${where}:orders`, channel: where, severity: 'error', code, message, advice },
        now,
      );
    },
  };
}

function storefrontOf(parts: OrderDeskParts): Storefront | null {
  const { placeIn, policy } = parts.channel.orders;
  if (placeIn === undefined) return null;
  const { sink } = parts.open(placeIn);
  const sources = parts.sources.filter(({ channel }) => channel === placeIn).map(({ id }) => id);
  if (sink) return { id: placeIn, sink, policy, sources };
  throw new OperatorError(
    'no_storefront',
    `Channel "${parts.channel.id}" places its orders in "${placeIn}", which takes no orders`,
    'Name a storefront channel in `orders.placeIn`, or leave it out.',
  );
}
