import type { ListingPort, Observed } from '../../src/channel/connector.js';
import type { Page } from '../../src/channel/page.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { MetaClient } from './client.js';
import { decodeItem } from './decode.js';
import { keptFindings, saying } from './issues.js';

/** Items with the longest texts in the widest letters stay within the 20 MiB of an answer that is taken. */
const LARGEST_PAGE = 200;
const SMALLEST_PAGE = 25;

/**
 * Reads the catalog back page by page. Meta tells no size that is always taken: when a page is too much for it, half as many items are
 * asked for from then on. `ownFeed`: name of the feed that is ours.
 */
export function catalogObserver(
  client: MetaClient,
  ownFeed: string | undefined,
): Required<Pick<ListingPort, 'observe'>>['observe'] {
  let limit = LARGEST_PAGE;
  return async (cursor): Promise<Page<Observed>> => {
    for (;;) {
      try {
        return pageOf(await client.products({ after: cursor, limit }), ownFeed);
      } catch (error) {
        const large = error instanceof ChannelError && error.code === 'too_much_data';
        if (!large || limit <= SMALLEST_PAGE) throw error;
        limit = Math.max(SMALLEST_PAGE, Math.floor(limit / 2));
      }
    }
  };
}

function pageOf(reply: JsonObject, ownFeed: string | undefined): Page<Observed> {
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
    issues: keptFindings([...itemErrors(item), ...rejections(item), ...pictures(item)]),
    foreign: isForeign(item.product_feed, ownFeed),
  };
}

/** An item belongs to the data source that made it: without a feed it came from a batch or by hand, with another feed it comes and goes with that file. */
function isForeign(feed: JsonValue | undefined, ownFeed: string | undefined): boolean {
  if (feed === undefined || feed === null) return false;
  return !isJsonObject(feed) || feed.name !== ownFeed;
}

/** An empty review status is the normal one; words we do not know do not take a listing down. */
function stateOf(review: JsonValue | undefined): Observed['state'] {
  if (review === 'rejected') return 'rejected';
  return review === 'pending' ? 'pending' : 'live';
}

function itemErrors(item: JsonObject): readonly Issue[] {
  return isJsonArray(item.errors) ? item.errors.filter(isJsonObject).map(issueOf) : [];
}

function issueOf(error: JsonObject): Issue {
  const title = String(error.title ?? error.error_type);
  const advice = typeof error.call_to_action === 'string' ? { advice: error.call_to_action } : {};
  return {
    severity: error.error_priority === 'HIGH' ? 'error' : 'warning',
    code: String(error.error_type ?? 'meta_finding').toLowerCase(),
    origin: 'channel',
    message: saying(typeof error.description === 'string' ? `${title}: ${error.description}` : title),
    ...advice,
  };
}

function rejections(item: JsonObject): readonly Issue[] {
  const reasons = isJsonArray(item.review_rejection_reasons) ? item.review_rejection_reasons.map(String) : [];
  return reasons.map((reason) => ({
    severity: 'error',
    code: 'review_rejected',
    origin: 'channel',
    message: saying(`Rejected in review: ${reason}`),
    advice: 'Correct the item, or ask for another review in Commerce Manager > Catalog > Issues.',
  }));
}

/** Pictures are fetched late, so "not fetched yet" is normal; after failures Meta tries again only half a day later (verified 2026-11). */
function pictures(item: JsonObject): readonly Issue[] {
  const status = item.image_fetch_status;
  if (status !== 'FETCH_FAILED' && status !== 'PARTIAL_FETCH') return [];
  return [
    {
      severity: 'warning',
      code: 'image_fetch_failed',
      attribute: 'image_link',
      origin: 'channel',
      message:
        status === 'FETCH_FAILED'
          ? 'Meta could not fetch the picture.'
          : 'Meta could not fetch all pictures.',
      advice:
        'Open the address of the picture without signing in; Meta tries again after about twelve hours.',
    },
  ];
}
