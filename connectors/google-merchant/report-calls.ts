import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import { nextTokenOf, objectsIn, wholeList } from './page-walk.js';
import type { MarketKey } from './settings.js';

/** Google gives up to 100,000 rows per call (reports v1, verified 2026-11-23); fewer keep answers small. */
const PAGE_SIZE = 5_000;

/** What a status needs; `id` must be selected. Data sources and versions are not in this view. */
const FIELDS = [
  ...['id', 'offer_id', 'feed_label', 'language_code', 'aggregated_reporting_context_status'],
  ...['status_per_reporting_context', 'item_issues'],
].join(', ');

/** Whether a SKU can stand in a query: how quotes are escaped there is not documented, so those with any are asked about one by one. */
export function isQuotable(sku: string): boolean {
  return /^[^'"\\\n]+$/.test(sku);
}

/** The `productView` rows of some offers of a market: one call however many there are. */
export async function productViews(
  client: MerchantClient,
  market: MarketKey,
  skus: readonly string[],
): Promise<readonly JsonObject[]> {
  const offers = skus.map((sku) => `'${sku}'`).join(', ');
  const query = `SELECT ${FIELDS} FROM product_view WHERE feed_label = '${market.feedLabel}' AND language_code = '${market.contentLanguage}' AND offer_id IN (${offers})`;
  const rows = await wholeList('results', (pageToken) => search(client, query, pageToken));
  return rows.flatMap(viewIn);
}

/** A page of the products of a market that are shown nowhere, and the cursor of the next one. */
export async function disapprovedViews(
  client: MerchantClient,
  market: MarketKey,
  cursor: string | null,
): Promise<{ readonly views: readonly JsonObject[]; readonly next: string | null }> {
  const query = `SELECT ${FIELDS} FROM product_view WHERE feed_label = '${market.feedLabel}' AND language_code = '${market.contentLanguage}' AND aggregated_reporting_context_status = 'NOT_ELIGIBLE_OR_DISAPPROVED'`;
  const page = await search(client, query, cursor);
  return { views: objectsIn(page, 'results').flatMap(viewIn), next: nextTokenOf(page) };
}

function search(client: MerchantClient, query: string, pageToken: string | null): Promise<JsonObject> {
  return client.ask({
    method: 'reports.search',
    api: 'reports',
    verb: 'POST',
    path: `${client.account}/reports:search`,
    body: { query, pageSize: PAGE_SIZE, ...(pageToken === null ? {} : { pageToken }) },
  });
}

function viewIn(row: JsonObject): readonly JsonObject[] {
  return isJsonObject(row.productView) ? [row.productView] : [];
}
