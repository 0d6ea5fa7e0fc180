import type { Host } from '../../src/channel/connector.js';
import type { BatchReply } from './caller.js';
import type { BatchFacts, MerchantClient } from './client.js';
import { callFailure, classOf, quotaWaitMs } from './failures.js';
import type { NestedCall, NestedReply } from './multipart.js';

/** Who sends. */
export interface Sender {
  readonly client: MerchantClient;
  readonly host: Host;
}

/**
 * Sends calls of one sub-API as one batch; each counts as one call for Google's quotas, inside a batch as outside. Throws
 * ChannelError when the call as a whole failed, credentials refused in every part included.
 */
export async function sendBatch(
  calls: ReadonlyMap<string, NestedCall>,
  facts: BatchFacts,
  { host, client }: Sender,
): Promise<BatchReply> {
  const answer = await client.batch(calls, facts);
  const now = host.clock.now();
  const parts = [...answer.replies.values()];
  const [first] = parts;
  if (first !== undefined && parts.every((reply) => stopsAll(reply, first))) {
    throw callFailure(first, `${facts.api} batch`, now);
  }
  const throttled = parts.find((reply) => reply.status >= 400 && classOf(reply).kind === 'throttled');
  if (throttled !== undefined) {
    const wait = { daily: classOf(throttled).name === 'until-reset', waitMs: quotaWaitMs(throttled, now) };
    client.pace.throttled(facts, wait);
  }
  return answer;
}

/** Credentials fail for all parts of a batch at once: that is a failed call, not so many bad items. */
function stopsAll(reply: NestedReply, first: NestedReply): boolean {
  return reply.status === first.status && [401, 403, 410].includes(reply.status);
}
