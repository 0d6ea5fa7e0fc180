import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { OpenChannel } from '../channel/connector.js';
import type { ChannelConfig } from '../config/config.js';
import type { Database } from '../db/database.js';
import type { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { raiseProblem } from '../problems/problems.js';
import { pauseChannel, readChannelState } from '../sync/channel-state.js';
import type { SignalDesk } from './signals.js';

/** What a signal desk is made of. */
export interface SignalDeskParts {
  readonly database: Database;
  readonly channel: ChannelConfig;
  /** Every channel that sells. */
  readonly sellers: readonly string[];
  open(id: string): OpenChannel;
  buyers(): Promise<BuyerVault>;
  readonly clock: Clock;
  random(): number;
}

/** Sets up the reporting of parcels; null: the operator did not ask for it, the channel takes none, or it is paused. */
export async function openSignalDesk(parts: SignalDeskParts): Promise<SignalDesk | null> {
  const { database, channel, clock } = parts;
  const { signals } = channel;
  const port = signals === null ? undefined : parts.open(channel.id).signals;
  if (signals === null || !port) return null;
  if ((await readChannelState(database, channel.id)).paused_code !== null) return null;
  return {
    database,
    channel: channel.id,
    port,
    from: signals.from ?? parts.sellers,
    origin: { country: signals.originCountry, postalCode: signals.originPostalCode },
    buyers: await parts.buyers(),
    clock,
    random: parts.random,
    async callFailed(error: ChannelError) {
      const now = clock.now();
      if (error.kind === 'auth-lost') await pauseChannel(database, channel.id, { code: error.code, at: now });
      const { code, message, advice } = error;
      const key = `channel:${channel.id}:signals`;
      await raiseProblem(
        database,
        { key, channel: channel.id, severity: 'warning', code, message, advice },
        now,
      );
    },
  };
}
