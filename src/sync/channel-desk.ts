import type { OpenChannel } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import type { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import type { StrictPool } from '../stock/shares.js';
import type { Desired, ListingKit } from './desired.js';
import type { GuardLimits } from './guard.js';

/** Everything the sync engine needs to work on one channel. Built once per run from configuration. */
export interface ChannelDesk {
  readonly database: Database;
  readonly kit: ListingKit;
  readonly open: OpenChannel;
  /** The channels it shares units with strictly; absent: it does not. */
  readonly strict?: StrictPool | undefined;
  /** How much may change on this channel without a person. */
  readonly guard: GuardLimits;
  /** `ask`: listings of others are adopted by name only; `matching`: those whose SKU should be listed anyway are adopted when they are seen. */
  readonly adopt: 'ask' | 'matching';
  /** First look for a verdict after a submission; the connector's own, unless the house was told to look sooner. */
  readonly settleAfterMs: number;
  /** How long no newer values of a listing follow a lost answer; the connector's own, unless the house was told that the channel is quick. */
  readonly quietMs: number;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter only. */
  random(): number;
  /** Works out the listings of the given variants as the catalog stands now, by variant id. */
  desiredOf(variantIds: readonly number[]): Promise<ReadonlyMap<number, Desired>>;
  /** Told when a call failed as a whole: pauses the channel when credentials are lost, raises a problem. */
  channelFailed(error: ChannelError): Promise<void>;
}
