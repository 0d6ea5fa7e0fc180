import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { jsonOf, listOf, type Market, shapeProblem } from './market.js';
import { invalid, success } from './replies.js';
import type { Shelf, Shelved } from './shelf.js';

/** Source: model productPricing_2022-05-01; verified 2026-11. */
const MOST = 40;
const URI = '/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice';
const REQUEST = {
  uri: 'string',
  method: 'string',
  marketplaceId: 'string',
  sku: 'string',
  segment: 'object?',
  body: 'object?',
  headers: 'object?',
} as const;

/** POST of a batch of questions at which price listings would be featured; each has an answer and a status of its own. */
export function expectPrices(shelf: Shelf, market: Market, request: SimulatorRequest): SimulatorReply {
  const body = jsonOf(request.body);
  const requests = listOf(isJsonObject(body) ? body.requests : undefined, MOST);
  if (requests === null) return invalid(`requests must be a list of 1 to ${MOST} requests.`);
  for (const each of requests) {
    const problem = shapeProblem(each, REQUEST);
    if (problem !== null) return invalid(problem);
    if (each.uri !== URI || each.method !== 'GET') return invalid('uri and method must name the operation.');
  }
  return success({ responses: requests.map((each) => responseTo(shelf, market, each)).reverse() });
}

function responseTo(shelf: Shelf, market: Market, asked: JsonObject): JsonObject {
  const { marketplaceId, sku, segment } = asked;
  const request: JsonObject = { marketplaceId, sku, ...(segment === undefined ? {} : { segment }) };
  const answer = (statusCode: number, reasonPhrase: string, body: JsonObject): JsonObject => ({
    request,
    status: { statusCode, reasonPhrase },
    headers: {},
    body,
  });
  const error = (code: string, message: string): JsonObject =>
    answer(400, 'Client Error', { errors: [{ code, message }] });
  if (marketplaceId !== ACCOUNT.marketplaceId)
    return error('INVALID_MARKETPLACE_ID', 'The requested Amazon store is not valid.');
  const listing = shelf.get(String(sku));
  if (listing?.asin == null)
    return error(
      'INVALID_SKU',
      'The requested SKU does not exist for the seller in the requested Amazon store.',
    );
  return answer(200, 'Success', {
    offerIdentifier: offer(listing.asin, { sellerId: ACCOUNT.sellerId, sku: listing.sku }),
    featuredOfferExpectedPriceResults: [standing(listing, listing.asin, market.rival(listing.sku))],
  });
}

function standing(listing: Shelved, asin: string, rival: number | null): JsonObject {
  const own = priceOf(listing);
  if (own === null) return { resultStatus: 'OFFER_NOT_FOUND' };
  const ours = featured(asin, ACCOUNT.sellerId, own);
  if (rival === null) return { resultStatus: 'NO_COMPETING_OFFER', currentFeaturedOffer: ours };
  const theirs = featured(asin, 'A2RIVALSELLER', rival);
  return {
    featuredOfferExpectedPrice: { listingPrice: money(rival) },
    resultStatus: 'VALID_FOEP',
    competingFeaturedOffer: theirs,
    currentFeaturedOffer: own <= rival ? ours : theirs,
  };
}

function featured(asin: string, sellerId: string, price: number): JsonObject {
  return {
    offerIdentifier: offer(asin, { sellerId }),
    condition: 'New',
    price: { listingPrice: money(price), shippingPrice: money(0) },
  };
}

function offer(asin: string, whose: JsonObject): JsonObject {
  return { marketplaceId: ACCOUNT.marketplaceId, asin, fulfillmentType: 'MFN', ...whose };
}

function money(amount: number): JsonObject {
  return { currencyCode: ACCOUNT.currency, amount };
}

function priceOf({ shown }: Shelved): number | null {
  const value = first(first(first(shown?.purchasable_offer)?.our_price)?.schedule)?.value_with_tax;
  return typeof value === 'number' ? value : null;
}

function first(value: JsonValue | undefined): JsonObject | null {
  const entry = isJsonArray(value) ? value[0] : undefined;
  return isJsonObject(entry) ? entry : null;
}
