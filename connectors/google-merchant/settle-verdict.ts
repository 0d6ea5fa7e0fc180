import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { ListingTools } from './listing-tools.js';
import { tildeName } from './product-name.js';
import { type ProductStatus, productStatus, rejectionReasons } from './product-status.js';
import { shownState, shows } from './submission-mark.js';

/** What finally became of one listing. */
export type Verdict = Settlement['verdicts'][number];

/** What a judgement needs besides the product. */
export interface Judge {
  readonly pending: PendingSubmission;
  /** Our data source; null: there is none. */
  readonly source: string | null;
  readonly tools: ListingTools;
}

/** The verdict a processed product gives for one listing; null: it does not show the submission, or Google has not judged it. */
export function verdictOf(
  item: PendingSubmission['items'][number],
  { product, gone }: { readonly product: JsonObject | null; readonly gone: boolean },
  { pending, source, tools }: Judge,
): Verdict | null {
  const { sku, action } = item;
  if (action === 'remove') {
    // A product that somebody else's source still holds is no longer ours.
    const removed = gone || (product !== null && product.dataSource !== source);
    return removed ? { sku, outcome: 'removed' } : null;
  }
  if (product === null || product.dataSource !== source) return null;
  if (!shows(shownState(sku, product), item, pending)) return null;
  return verdictOfStatus(sku, productStatus(product, tools.host.channel.country), tools);
}

/** The verdict a status gives for the submission it is known to be about; null: Google has not judged it. */
export function verdictOfStatus(
  sku: string,
  { state, issues }: ProductStatus,
  { market }: ListingTools,
): Verdict | null {
  const externalId = tildeName(market, sku);
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
