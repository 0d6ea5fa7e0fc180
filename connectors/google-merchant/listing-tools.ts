import type { Host } from '../../src/channel/connector.js';
import type { BatchReply } from './caller.js';
import type { MerchantClient } from './client.js';
import type { DataSource } from './data-source.js';
import { callFailure, classOf, quotaWaitMs } from './failures.js';
import type { NestedCall, NestedReply } from './multipart.js';
import type { Lane } from './quota-pace.js';
import type { MarketKey } from './settings.js';
import type { UpdateBudget } from './update-budget.js';

/** What the listing port works with. */
export interface ListingTools {
  readonly client: MerchantClient;
  readonly dataSource: DataSource;
  readonly market: MarketKey;
  readonly host: Host;
  readonly budget: UpdateBudget;
}

/** A batch of calls of the products sub-API. All parts are of one quota group, whichever of its methods `method` names. */
export interface ProductBatch {
  readonly method: 'productInputs.insert' | 'products.get';
  readonly lane: Lane;
}

/**
 * Sends calls as one batch. One listing is one call for Google's quotas, inside a batch as outside. Throws ChannelError when the
 * call as a whole failed, credentials refused in every part included.
 */
export async function sendBatch(
  calls: ReadonlyMap<string, NestedCall>,
  batch: ProductBatch,
  { host, client }: ListingTools,
): Promise<BatchReply> {
  const answer = await client.batch(calls, { api: 'products', ...batch });
  const now = host.clock.now();
  const parts = [...answer.replies.values()];
  const [first] = parts;
  if (first !== undefined && parts.every((reply) => stopsAll(reply, first))) {
    throw callFailure(first, 'products batch', now);
  }
  const throttled = parts.find((reply) => reply.status >= 400 && classOf(reply).kind === 'throttled');
  if (throttled !== undefined) {
    const facts = { daily: classOf(throttled).name === 'until-reset', waitMs: quotaWaitMs(throttled, now) };
    client.pace.throttled({ api: 'products', method: batch.method }, facts);
  }
  return answer;
}

/** Credentials fail for all parts of a batch at once: that is a failed call, not so many bad listings. */
function stopsAll(reply: NestedReply, first: NestedReply): boolean {
  return reply.status === first.status && [401, 403, 410].includes(reply.status);
}
