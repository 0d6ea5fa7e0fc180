import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import { epochMs } from '../../src/domain/instant.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { type ListingTools, sendBatch } from './listing-tools.js';
import type { NestedReply } from './multipart.js';
import { getProduct } from './product-calls.js';
import { pathName, tildeName } from './product-name.js';
import { productStatus, rejectionReasons } from './product-status.js';
import { showsSubmission } from './submission-mark.js';

/** Asks for the processed products of a submission; those that do not show it yet get no verdict. */
export async function settle(pending: PendingSubmission, tools: ListingTools): Promise<Settlement> {
  const source = await tools.dataSource.known();
  const calls = new Map(
    pending.items.map((item) => [item.sku, getProduct(tools.client, pathName(tools.market, item.sku))]),
  );
  const verdicts: Settlement['verdicts'][number][] = [];
  if (calls.size === 0) return { verdicts };
  const { replies } = await sendBatch(calls, { method: 'products.get', lane: 'urgent' }, tools);
  for (const item of pending.items) {
    const reply = replies.get(item.sku);
    const verdict = reply === undefined ? null : verdictOf(item, reply, { pending, source, tools });
    if (verdict !== null) verdicts.push(verdict);
    else if (isLost(pending, tools)) verdicts.push({ sku: item.sku, outcome: 'retry', code: 'not_seen' });
  }
  return { verdicts };
}

/**
 * A call whose answer we never had and of which nothing shows after ten minutes probably never arrived. Sending it again
 * is safe: equal versions are accepted. Processing takes minutes (products v1, verified 2026-11-23).
 */
function isLost(pending: PendingSubmission, { host }: ListingTools): boolean {
  return pending.id === null && epochMs(host.clock.now()) - epochMs(pending.sentAt) > LOST_AFTER_MS;
}

const LOST_AFTER_MS = 10 * 60_000;

interface SettleContext {
  readonly pending: PendingSubmission;
  readonly source: string | null;
  readonly tools: ListingTools;
}

function verdictOf(
  item: PendingSubmission['items'][number],
  reply: NestedReply,
  { pending, source, tools }: SettleContext,
): Settlement['verdicts'][number] | null {
  const { sku, action } = item;
  const product = reply.status === 200 ? parsedObject(reply.body) : null;
  if (action === 'remove') {
    // A product that somebody else's source still holds is no longer ours.
    const gone = reply.status === 404 || (product !== null && product.dataSource !== source);
    return gone ? { sku, outcome: 'removed' } : null;
  }
  if (product === null || product.dataSource !== source) return null;
  if (!showsSubmission(product, item, pending)) return null;
  const { state, issues } = productStatus(product, tools.host.channel.country);
  const externalId = tildeName(tools.market, sku);
  if (state === 'unknown') return null;
  if (state === 'rejected') return { sku, outcome: 'rejected', issues: rejectionReasons(issues), externalId };
  return { sku, outcome: 'live', externalId, issues: state === 'pending' ? [...issues, IN_REVIEW] : issues };
}

/**
 * Reviews of new accounts and products take up to three working days. Google has taken the revision over all the same, so
 * later changes need not wait; `observe` reports the product as pending until it is shown.
 */
const IN_REVIEW = {
  severity: 'info',
  code: 'review_pending',
  origin: 'channel',
  message: 'Google is still reviewing the product; it is not shown yet.',
  advice: 'Nothing to do. A first review takes up to three working days.',
} as const;

function parsedObject(body: Buffer): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    // A cut part is no verdict; the product is asked for again.
    return null;
  }
}
