import type { Host } from '../../src/channel/connector.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { BatchReply, MerchantClient } from './client.js';
import type { DataSource } from './data-source.js';
import { callFailure, conditionOf, quotaWaitMs, readGoogleError } from './failures.js';
import type { NestedCall, NestedReply } from './multipart.js';
import type { MarketKey } from './settings.js';

/** What the listing port works with. */
export interface ListingTools {
  readonly client: MerchantClient;
  readonly dataSource: DataSource;
  readonly market: MarketKey;
  readonly host: Host;
  readonly callsPerMinute: number;
}

/** Google bundles methods in quota groups; reading and writing products are two of them. */
export type QuotaGroup = 'products-read' | 'products-write';

const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends calls as one batch. One listing is one call for Google's quotas, inside a batch as outside; a throttled group is
 * left alone as long as Google says, a minute at most: the engine waits out the rest. Throws ChannelError when the call as a
 * whole failed, credentials refused in every part included.
 */
export async function sendBatch(
  calls: ReadonlyMap<string, NestedCall>,
  group: QuotaGroup,
  { host, client, callsPerMinute }: ListingTools,
): Promise<BatchReply> {
  const bucket = host.bucket(group, {
    perSecond: callsPerMinute / 60,
    burst: Math.max(1, callsPerMinute / 6),
  });
  for (let call = 0; call < calls.size; call++) await bucket.take(host.signal);
  const rest = (ms: number): void => bucket.park(Math.min(ms, LONGEST_PAUSE_MS));
  const answer = await client.batch(calls).catch((error: unknown) => {
    if (error instanceof ChannelError && error.kind === 'throttled') rest(error.againInMs ?? 0);
    throw error;
  });
  const now = host.clock.now();
  const parts = [...answer.replies.values()];
  const [first] = parts;
  if (first !== undefined && parts.every((reply) => stopsAll(reply, first))) {
    throw callFailure(first, 'products batch', now);
  }
  const throttled = parts.find(isThrottled);
  if (throttled !== undefined) rest(quotaWaitMs(throttled, now));
  return answer;
}

/** Credentials fail for all parts of a batch at once: that is a failed call, not so many bad listings. */
function stopsAll(reply: NestedReply, first: NestedReply): boolean {
  return reply.status === first.status && [401, 403, 410].includes(reply.status);
}

function isThrottled(reply: NestedReply): boolean {
  return reply.status === 429 && conditionOf(429, readGoogleError(reply.body)) !== 'too_many_items';
}
