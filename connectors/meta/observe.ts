import type { Observed, Page } from '../../src/channel/connector.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { decodeItem } from './decode.js';

/** One page of the catalog's items. `ownFeed`: name of the daily feed that is ours. */
export async function observeItems(
  client: MetaClient,
  cursor: string | null,
  ownFeed?: string,
): Promise<Page<Observed>> {
  const reply = await client.products({ after: cursor, limit: 200 });
  const items = isJsonArray(reply.data) ? reply.data.filter(isJsonObject) : [];
  return { items: items.map((item) => observedOf(item, ownFeed)), next: nextOf(reply) };
}

function nextOf(reply: JsonObject): string | null {
  const paging = isJsonObject(reply.paging) ? reply.paging : {};
  const cursors = isJsonObject(paging.cursors) ? paging.cursors : {};
  return paging.next !== undefined && typeof cursors.after === 'string' ? cursors.after : null;
}

function observedOf(item: JsonObject, ownFeed: string | undefined): Observed {
  return {
    sku: String(item.retailer_id),
    externalId: String(item.id),
    state: stateOf(item.review_status),
    attributes: decodeItem(item),
    issues: isJsonArray(item.errors) ? item.errors.filter(isJsonObject).map(issueOf) : [],
    // Items of a feed belong to it: they come and go with its file.
    foreign: isJsonObject(item.product_feed) && item.product_feed.name !== ownFeed,
  };
}

/** An empty review status is the normal one; words we do not know do not take a listing down. */
function stateOf(review: JsonValue | undefined): Observed['state'] {
  if (review === 'rejected') return 'rejected';
  return review === 'pending' ? 'pending' : 'live';
}

function issueOf(error: JsonObject): Issue {
  const title = String(error.title ?? error.error_type);
  const advice = typeof error.call_to_action === 'string' ? { advice: error.call_to_action } : {};
  return {
    severity: error.error_priority === 'HIGH' ? 'error' : 'warning',
    code: String(error.error_type ?? 'meta_finding').toLowerCase(),
    origin: 'channel',
    message: typeof error.description === 'string' ? `${title}: ${error.description}` : title,
    ...advice,
  };
}
