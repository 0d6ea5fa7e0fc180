import { ChannelError } from '../../src/domain/errors.js';
import { epochMs, type Instant, plusMs } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { listIn, nextOf, nodesIn, objectOrNull, textIn } from './json-path.js';
import { FIND_BY_KEY, ORDER_KEY, SEARCH_ORDERS } from './order-documents.js';
import { CHANNEL_ATTRIBUTE, ORDER_ATTRIBUTE, ORDER_TAG } from './order-input.js';
import type { ShopifyWork } from './shopify-work.js';

/** Clocks and the index may disagree by this much about when an order was made. */
const EARLIER_MS = 10 * 60_000;
const PER_PAGE = 100;
/** Orders with our tag since the first attempt; more than this and the search cannot conclude. */
const MOST_PAGES = 50;

/**
 * Ids of all orders under a key, oldest first. By the key itself, which is read past the search index; by `source_identifier`; and, when both
 * know nothing, by going through everything with our tag since the first attempt. A filter Shopify does not understand may be ignored, so
 * every row is compared exactly and a row that cannot match throws: a search that does not work is never "none".
 */
export async function findOrders(
  work: Pick<ShopifyWork, 'client'>,
  key: string,
  since: Instant,
): Promise<readonly string[]> {
  const found = new Map<string, string>();
  const direct = objectOrNull(
    await work.client.call(FIND_BY_KEY, { ...ORDER_KEY, value: key }),
    'orderByIdentifier',
  );
  if (direct !== null) found.set(textIn(direct, 'id'), textIn(direct, 'createdAt'));
  // Quoted: the colon is an operator of the search. No status: archived and cancelled orders count too.
  const bySource = await searched(work, `source_identifier:"${key.replaceAll('"', '\\"')}"`, {
    fits: () => true,
    pages: 1,
  });
  for (const order of bySource)
    if (order.sourceIdentifier === key) found.set(textIn(order, 'id'), textIn(order, 'createdAt'));
  if (found.size === 0) {
    const from = `${plusMs(since, -EARLIER_MS).slice(0, 19)}Z`;
    const recent = await searched(work, `tag:${ORDER_TAG} AND created_at:>='${from}'`, {
      fits: (order) => epochMs(textIn(order, 'createdAt')) >= epochMs(from),
      pages: MOST_PAGES,
    });
    for (const order of recent)
      if (order.sourceIdentifier === key || keyIn(order) === key)
        found.set(textIn(order, 'id'), textIn(order, 'createdAt'));
  }
  return [...found].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([id]) => id);
}

async function searched(
  { client }: Pick<ShopifyWork, 'client'>,
  query: string,
  of: { fits(order: JsonObject): boolean; readonly pages: number },
): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  let after: string | null = null;
  for (let page = 1; ; page++) {
    const data = await client.call(SEARCH_ORDERS, { query, first: PER_PAGE, after });
    const nodes = nodesIn(data, 'orders');
    if (!nodes.every((order) => of.fits(order))) throw unreliable(query, 'shows orders that cannot match');
    rows.push(...nodes);
    after = nextOf(data, 'orders');
    if (after === null || of.pages === 1) return rows;
    if (page >= of.pages) throw unreliable(query, 'shows too many orders');
  }
}

/** The key as the custom attributes tell it, for an order whose source identifier was taken away. */
function keyIn(order: JsonObject): string {
  const attributes = new Map(
    listIn(order, 'customAttributes').map(({ key, value }) => [key, value ?? ''] as const),
  );
  return `${attributes.get(CHANNEL_ATTRIBUTE) ?? ''}:${attributes.get(ORDER_ATTRIBUTE) ?? ''}`;
}

function unreliable(query: string, why: string): ChannelError {
  return new ChannelError(`Shopify’s search for ${query} ${why}`, {
    code: 'search_unreliable',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'Nothing is placed while the shop cannot be searched. It is tried again by itself; if it stays, place the order by hand.',
  });
}
