import type { PendingSubmission } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { productStatus } from './product-status.js';
import { offerIdOfView, statusOfView } from './product-view.js';
import { isQuotable, productViews } from './report-calls.js';
import { type Judge, type Verdict, verdictOfStatus } from './settle-verdict.js';

type Item = PendingSubmission['items'][number];

/** Verdicts of listings Google never had before, and those a report cannot answer for. */
export interface NewVerdicts {
  readonly verdicts: readonly Verdict[];
  /** To be asked about by name: refused ones, because only the product tells why in words, and SKUs a query cannot hold. */
  readonly ask: readonly Item[];
  /** Not in the report yet. */
  readonly missing?: readonly Item[];
}

/** One report for all of them: a product that was never there before and is there now can only show this submission. */
export async function newVerdicts(items: readonly Item[], { tools }: Judge): Promise<NewVerdicts> {
  const quotable = items.filter(({ sku }) => isQuotable(sku));
  const views = await productViews(
    tools.client,
    tools.market,
    quotable.map(({ sku }) => sku),
  );
  const byOffer = new Map<string, JsonObject>();
  for (const view of views) {
    const sku = offerIdOfView(view);
    if (sku !== null) byOffer.set(sku, view);
  }
  const verdicts: Verdict[] = [];
  const ask = items.filter(({ sku }) => !isQuotable(sku));
  const missing: Item[] = [];
  for (const item of quotable) {
    const view = byOffer.get(item.sku);
    if (view === undefined) {
      missing.push(item);
      continue;
    }
    const status = productStatus(statusOfView(view), tools.host.channel.country);
    const verdict = verdictOfStatus(item.sku, status, tools);
    if (verdict?.outcome === 'rejected') ask.push(item);
    else if (verdict !== null) verdicts.push(verdict);
  }
  return { verdicts, ask, missing };
}
