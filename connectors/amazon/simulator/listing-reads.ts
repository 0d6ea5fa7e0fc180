import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { relationshipsOf } from './families.js';
import { invalid, refused, success } from './replies.js';
import { inStock, type Shelf, type Shelved, WAREHOUSES } from './shelf.js';

const DATA_SETS = [
  'summaries',
  'attributes',
  'issues',
  'offers',
  'fulfillmentAvailability',
  'procurement',
  'relationships',
  'productTypes',
];

/** GET of one listing. */
export function getListing(shelf: Shelf, sku: string, request: SimulatorRequest): SimulatorReply {
  const included = includedIn(request);
  if (!included) return invalid('includedData has an unknown data set.');
  const listing = shelf.get(sku);
  if (!listing) return notFound(sku);
  return success(itemOf(shelf, listing, included));
}

/** The answer for a SKU nobody lists. */
function notFound(sku: string): SimulatorReply {
  return refused(404, 'NOT_FOUND', `SKU '${sku}' not found in marketplace ${ACCOUNT.marketplaceId}`);
}

/** Most listings a search can be paged through. */
const DEEPEST = 1_000;
const SORTS: Readonly<Record<string, (listing: Shelved) => string>> = {
  sku: (listing) => listing.sku,
  createdDate: (listing) => listing.createdAt,
  lastUpdatedDate: (listing) => listing.updatedAt,
};

/** GET of the seller's listings. */
export function searchListings(shelf: Shelf, request: SimulatorRequest): SimulatorReply {
  const { query } = request;
  const problem = searchProblem(query);
  if (problem) return invalid(problem);
  const included = includedIn(request);
  if (!included) return invalid('includedData has an unknown data set.');
  const found = shelf.all().filter((listing) => matches(listing, query));
  const key = SORTS[query.get('sortBy') ?? 'lastUpdatedDate'] ?? ((listing: Shelved) => listing.updatedAt);
  const direction = query.get('sortOrder') === 'ASC' ? 1 : -1;
  found.sort((a, b) => direction * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const offset = Number(query.get('pageToken')?.replace('offset-', '') ?? 0);
  const size = Number(query.get('pageSize') ?? 10);
  const end = Math.min(offset + size, DEEPEST);
  const more = end < Math.min(found.length, DEEPEST);
  return success({
    numberOfResults: found.length,
    ...(more ? { pagination: { nextToken: `offset-${end}` } } : {}),
    items: found.slice(offset, end).map((listing) => itemOf(shelf, listing, included)),
  });
}

function searchProblem(query: URLSearchParams): string | null {
  const identifiers = query.get('identifiers');
  if ((identifiers === null) !== (query.get('identifiersType') === null)) {
    return 'identifiers and identifiersType go together.';
  }
  if (identifiers !== null && identifiers.split(',').length > 20) return 'At most 20 identifiers.';
  if (identifiers !== null && query.get('identifiersType') !== 'SKU') return 'Only SKU is known here.';
  const size = Number(query.get('pageSize') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 20) return 'pageSize must be from 1 to 20.';
  const sortBy = query.get('sortBy');
  if (sortBy !== null && !Object.hasOwn(SORTS, sortBy)) return 'sortBy is unknown.';
  if (!['ASC', 'DESC', null].includes(query.get('sortOrder'))) return 'sortOrder is unknown.';
  const token = query.get('pageToken');
  if (token !== null && !/^offset-\d+$/.test(token)) return 'pageToken is not one of ours.';
  const times = ['createdAfter', 'createdBefore', 'lastUpdatedAfter', 'lastUpdatedBefore'];
  const bad = times.find((name) => query.has(name) && Number.isNaN(Date.parse(query.get(name) ?? '')));
  return bad === undefined ? null : `${bad} is not a date-time.`;
}

function matches(listing: Shelved, query: URLSearchParams): boolean {
  const identifiers = query.get('identifiers')?.split(',');
  if (identifiers && !identifiers.includes(listing.sku)) return false;
  const within = (name: string, value: string, after: boolean): boolean => {
    const bound = query.get(name);
    if (bound === null) return true;
    return after ? Date.parse(value) >= Date.parse(bound) : Date.parse(value) <= Date.parse(bound);
  };
  return (
    within('createdAfter', listing.createdAt, true) &&
    within('createdBefore', listing.createdAt, false) &&
    within('lastUpdatedAfter', listing.updatedAt, true) &&
    within('lastUpdatedBefore', listing.updatedAt, false)
  );
}

function includedIn(request: SimulatorRequest): ReadonlySet<string> | null {
  const asked = (request.query.get('includedData') ?? 'summaries').split(',');
  return asked.every((name) => DATA_SETS.includes(name)) ? new Set(asked) : null;
}

function itemOf(shelf: Shelf, listing: Shelved, included: ReadonlySet<string>): JsonObject {
  const offer = consumerOffer(listing.shown);
  const price = priceOf(offer);
  return {
    sku: listing.sku,
    ...(included.has('summaries') ? { summaries: [summaryOf(listing)] } : {}),
    ...(included.has('attributes') ? { attributes: echoed(listing) } : {}),
    ...(included.has('issues') ? { issues: listing.issues } : {}),
    ...(included.has('offers')
      ? {
          offers:
            price === null
              ? []
              : [
                  {
                    marketplaceId: ACCOUNT.marketplaceId,
                    offerType: 'B2C',
                    price: { currencyCode: ACCOUNT.currency, amount: price.toFixed(2) },
                    audience: { value: 'ALL', displayName: 'Sell on Amazon' },
                  },
                ],
        }
      : {}),
    ...(included.has('fulfillmentAvailability') ? { fulfillmentAvailability: availabilityOf(listing) } : {}),
    ...(included.has('relationships') ? { relationships: relationshipsOf(listing, shelf.all()) } : {}),
    ...(included.has('productTypes')
      ? { productTypes: [{ marketplaceId: ACCOUNT.marketplaceId, productType: listing.productType }] }
      : {}),
  };
}

function summaryOf(listing: Shelved): JsonObject {
  const condition = first(listing.shown?.condition_type)?.value;
  const name = first(listing.shown?.item_name)?.value;
  return {
    marketplaceId: ACCOUNT.marketplaceId,
    ...(listing.asin === null ? {} : { asin: listing.asin }),
    productType: listing.productType,
    ...(condition === undefined ? {} : { conditionType: condition }),
    status: statusOf(listing),
    ...(name === undefined ? {} : { itemName: name }),
    createdDate: listing.createdAt,
    lastUpdatedDate: listing.updatedAt,
  };
}

function statusOf(listing: Shelved): readonly string[] {
  if (listing.asin === null || listing.shown === null || listing.issues.length > 0) return [];
  const offered = priceOf(consumerOffer(listing.shown)) !== null;
  return (inStock(listing.shown) || Number(listing.amazonStock) > 0) && offered
    ? ['BUYABLE', 'DISCOVERABLE']
    : ['DISCOVERABLE'];
}

/** Reads add a marketplace_id to stock, which writes must not have. */
function echoed(listing: Shelved): JsonObject {
  const stock = listing.submitted.fulfillment_availability;
  if (!isJsonArray(stock)) return listing.submitted;
  const told = stock.filter(isJsonObject).map((each) => ({ ...each, marketplace_id: ACCOUNT.marketplaceId }));
  return { ...listing.submitted, fulfillment_availability: told };
}

function availabilityOf(listing: Shelved): readonly JsonObject[] {
  const stock = listing.shown?.fulfillment_availability;
  return (isJsonArray(stock) ? stock.filter(isJsonObject) : []).map((each) => ({
    fulfillmentChannelCode: each.fulfillment_channel_code,
    ...(each.quantity === undefined ? warehouseStock(listing, each) : { quantity: each.quantity }),
  }));
}

function warehouseStock({ amazonStock }: Shelved, channel: JsonObject): JsonObject {
  const counted = channel.fulfillment_channel_code === WAREHOUSES && amazonStock !== null;
  return counted ? { quantity: amazonStock } : {};
}

/** The offer for everyone; another for businesses may stand beside it. */
function consumerOffer(listing: JsonObject | null): JsonObject | null {
  const offers = listing?.purchasable_offer;
  const found = (isJsonArray(offers) ? offers : [])
    .filter(isJsonObject)
    .find(({ audience }) => audience === undefined || audience === 'ALL');
  return found ?? null;
}

function priceOf(offer: JsonObject | null): number | null {
  const value = first(first(offer?.our_price)?.schedule)?.value_with_tax;
  return typeof value === 'number' ? value : null;
}

function first(value: JsonValue | undefined): JsonObject | null {
  const entry = isJsonArray(value) ? value[0] : undefined;
  return isJsonObject(entry) ? entry : null;
}
