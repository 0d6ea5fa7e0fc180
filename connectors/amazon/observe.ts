import type { Observed } from '../../src/channel/connector.js';
import type { Page } from '../../src/channel/page.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME } from './attributes.js';
import { canonicalListing } from './canonical.js';
import { isAmazons } from './fulfilment-channel.js';
import { itemsOf, type ListingState, listingState } from './listing-state.js';
import type { ListingWork } from './listing-work.js';
import { observedState } from './look.js';

const PAGE_SIZE = 20;
/** Most SKUs one search can be paged through (model listingsItems_2021-08-01; verified 2026-11). */
const LONGEST_SEARCH = 1_000;

/** Where a read-back stands: a search from a creation time on, and how far we are in it. */
interface Place {
  /** The search starts at this creation time; absent: from the first listing. */
  readonly from?: string;
  readonly token?: string;
  /** Listings read in this search. */
  readonly read: number;
}

/**
 * Reads the seller's listings back, oldest first. A search ends at 1,000 SKUs, so a longer inventory is read as a chain of
 * searches, each starting at the creation time where the last one ended; listings at the seam come twice.
 */
export async function observeListings(work: ListingWork, cursor: string | null): Promise<Page<Observed>> {
  const place = cursor === null ? { read: 0 } : (JSON.parse(cursor) as Place);
  const { body } = await work.client.call('searchListingsItems', {
    query: {
      includedData: ['summaries', 'attributes', 'issues', 'fulfillmentAvailability', 'relationships'],
      sortBy: 'createdDate',
      sortOrder: 'ASC',
      pageSize: PAGE_SIZE,
      createdAfter: place.from,
      pageToken: place.token,
    },
  });
  const items = itemsOf(body);
  const states = items.flatMap((item) => {
    const state = listingState(item, work.settings.marketplaceId);
    return state ? [{ item, state }] : [];
  });
  const next = nextPlace(place, body, states.at(-1)?.state.createdAt ?? null);
  return {
    items: states.map(({ item, state }) => observed(item, state, work.settings.marketplaceId)),
    next: next === null ? null : JSON.stringify(next),
  };
}

function nextPlace(place: Place, body: JsonObject, lastCreated: string | null): Place | null {
  const pagination = isJsonObject(body.pagination) ? body.pagination : {};
  const read = place.read + (isJsonArray(body.items) ? body.items.length : 0);
  if (read >= LONGEST_SEARCH) {
    if (lastCreated === null || lastCreated === place.from) throw stuck();
    return { from: lastCreated, read: 0 };
  }
  if (typeof pagination.nextToken !== 'string') return null;
  return { ...(place.from === undefined ? {} : { from: place.from }), token: pagination.nextToken, read };
}

function stuck(): ChannelError {
  return new ChannelError('more than 1,000 listings share one creation time', {
    code: 'inventory_unreadable',
    kind: 'refused',
    owner: 'channel',
    advice:
      'Amazon’s search cannot be paged past them. Verdicts still arrive; only the daily read-back is missing.',
  });
}

function observed(item: JsonObject, state: ListingState, marketplaceId: string): Observed {
  const attributes = told(item, state, marketplaceId);
  const seen = observedState(state);
  const ruled = pricedByRule(item, marketplaceId);
  const issues = [
    ...seen.issues,
    ...apartFrom(item, marketplaceId),
    ...(ruled === true ? [PRICED_BY_RULE] : []),
  ];
  return {
    ...seen,
    issues,
    ...(attributes === null ? {} : { attributes }),
    ...(ruled === null ? {} : { pricedBy: ruled ? 'channel' : 'us' }),
  };
}

/** Whether a rule of Automate Pricing makes the price of the offer for everyone; null: Amazon told no offer. */
function pricedByRule({ attributes }: JsonObject, marketplaceId: string): boolean | null {
  const offers = isJsonObject(attributes) ? attributes.purchasable_offer : undefined;
  if (!isJsonArray(offers)) return null;
  return offers
    .filter((offer) => inStore(offer, marketplaceId))
    .some((offer) => isJsonObject(offer) && offer[RULE] !== undefined);
}

const RULE = 'automated_pricing_merchandising_rule_plan';

const PRICED_BY_RULE: Issue = {
  severity: 'warning',
  code: 'priced_by_rule',
  attribute: 'purchasable_offer',
  origin: 'ours',
  message:
    'A rule of Automate Pricing makes the price of this SKU at Amazon, so our price is not sent for it.',
  advice:
    'To price it from the catalog, take the SKU out of the rule in Seller Central; the next read-back notices.',
};

/** A child that says where it belongs and was not taken in: Amazon states no reason. */
function apartFrom(item: JsonObject, marketplaceId: string): readonly Issue[] {
  const attributes = isJsonObject(item.attributes) ? item.attributes : {};
  const told = isJsonArray(attributes.child_parent_sku_relationship)
    ? attributes.child_parent_sku_relationship[0]
    : undefined;
  if (!isJsonObject(told) || !isJsonArray(item.relationships)) return [];
  const here = item.relationships
    .filter(isJsonObject)
    .filter((each) => each.marketplaceId === marketplaceId)
    .flatMap((each) => (isJsonArray(each.relationships) ? each.relationships.filter(isJsonObject) : []));
  if (here.some(({ parentSkus }) => isJsonArray(parentSkus) && parentSkus.includes(told.parent_sku ?? null)))
    return [];
  return [
    {
      severity: 'warning',
      code: 'not_in_family',
      attribute: 'child_parent_sku_relationship',
      origin: 'channel',
      message: `Amazon does not show the listing under its parent ${String(told.parent_sku)}.`,
      advice:
        'Look whether theme, colour and size fit those of the other variants; a listing with an error does not join its family.',
    },
  ];
}

/** What Amazon tells of the listing in this store: attributes of our table, with the live quantity in place of the sent one, and no stock that is Amazon's. */
function told(item: JsonObject, state: ListingState, marketplaceId: string): JsonObject | null {
  if (!isJsonObject(item.attributes)) return null;
  const own: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(item.attributes)) {
    if (!ATTRIBUTE_BY_NAME.has(name) || !isJsonArray(value)) continue;
    if (name === 'fulfillment_availability' && isAmazons(state.fulfilledBy)) continue;
    if (name === 'purchasable_offer' && pricedByRule(item, marketplaceId) === true) continue;
    const instances = value.filter((entry) => inStore(entry, marketplaceId));
    if (instances.length > 0)
      own[name] = name === 'fulfillment_availability' ? live(instances, item) : instances;
  }
  return canonicalListing(own);
}

function inStore(instance: JsonValue, marketplaceId: string): boolean {
  if (!isJsonObject(instance)) return false;
  return instance.marketplace_id === undefined || instance.marketplace_id === marketplaceId;
}

/** `attributes` echoes the last submission; `fulfillmentAvailability` has the quantity left after sales. */
function live(instances: readonly JsonValue[], item: JsonObject): JsonValue {
  const channels = isJsonArray(item.fulfillmentAvailability)
    ? item.fulfillmentAvailability.filter(isJsonObject)
    : [];
  return instances.map((instance) => {
    if (!isJsonObject(instance) || instance.quantity === undefined) return instance;
    const channel = channels.find(
      (each) => each.fulfillmentChannelCode === instance.fulfillment_channel_code,
    );
    return typeof channel?.quantity === 'number' ? { ...instance, quantity: channel.quantity } : instance;
  });
}
