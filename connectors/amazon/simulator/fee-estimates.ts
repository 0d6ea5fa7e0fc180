import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { jsonOf, listOf, type Market, shapeProblem } from './market.js';
import { invalid, refused, success } from './replies.js';
import type { Shelf } from './shelf.js';

/** Source: amazon spec 5.2 and model productFeesV0; verified 2026-11. */
const MOST = 20;

const ITEM = { IdType: 'string', IdValue: 'string', FeesEstimateRequest: 'object' } as const;
const REQUEST = {
  MarketplaceId: 'string',
  IsAmazonFulfilled: 'boolean?',
  PriceToEstimateFees: 'object',
  Identifier: 'string',
  OptionalFulfillmentProgram: 'string?',
} as const;
const PRICES = { ListingPrice: 'object', Shipping: 'object?', Points: 'object?' } as const;
const MONEY = { CurrencyCode: 'string', Amount: 'number' } as const;

/** What this simulated Amazon takes; the figures are the simulator's own and say nothing of Amazon's. */
const REFERRAL = { percent: 15, leastCents: 30 } as const;
const PICK_AND_PACK_CENTS = 425;

/** POST of a list of fee questions. A call that breaks the model is refused as a whole, an item that cannot be answered alone. */
export function estimateFees(shelf: Shelf, market: Market, request: SimulatorRequest): SimulatorReply {
  const items = listOf(jsonOf(request.body), MOST);
  if (items === null) return invalid(`The body must be a list of 1 to ${MOST} items.`);
  for (const item of items) {
    const problem = itemProblem(item);
    if (problem !== null) return invalid(problem);
    if (inner(item, 'FeesEstimateRequest').MarketplaceId !== ACCOUNT.marketplaceId)
      return refused(400, 'InvalidInput', 'Incorrect Marketplace identifier.');
  }
  // Amazon keeps no order between questions and results.
  const results = items.map((item) => resultOf(shelf, market, item)).reverse();
  return { ...success({}), body: results };
}

function itemProblem(item: JsonObject): string | null {
  const request = inner(item, 'FeesEstimateRequest');
  const prices = inner(request, 'PriceToEstimateFees');
  const program = request.OptionalFulfillmentProgram;
  return (
    shapeProblem(item, ITEM) ??
    shapeProblem(request, REQUEST) ??
    shapeProblem(prices, PRICES) ??
    shapeProblem(prices.ListingPrice, MONEY) ??
    (prices.Shipping === undefined ? null : shapeProblem(prices.Shipping, MONEY)) ??
    (['ASIN', 'SellerSKU'].includes(String(item.IdType)) ? null : 'IdType is unknown') ??
    (program === undefined || ['FBA_CORE', 'FBA_SNL', 'FBA_EFN'].includes(String(program))
      ? null
      : 'OptionalFulfillmentProgram is unknown')
  );
}

function resultOf(shelf: Shelf, market: Market, item: JsonObject): JsonObject {
  const request = inner(item, 'FeesEstimateRequest');
  const price = inner(inner(request, 'PriceToEstimateFees'), 'ListingPrice');
  const sku = String(item.IdValue);
  const { Identifier, ...asked } = request;
  const identifier: JsonObject = {
    ...asked,
    IdType: item.IdType,
    IdValue: sku,
    SellerId: ACCOUNT.sellerId,
    SellerInputIdentifier: Identifier,
  };
  const failed = (status: string, error: JsonObject): JsonObject => ({
    Status: status,
    FeesEstimateIdentifier: identifier,
    Error: { Detail: [], ...error },
  });
  const isKnown = shelf
    .all()
    .some((listing) => (item.IdType === 'ASIN' ? listing.asin === sku : listing.sku === sku));
  if (!isKnown || price.CurrencyCode !== ACCOUNT.currency || Number(price.Amount) <= 0)
    return failed('ClientError', {
      Type: 'Sender',
      Code: 'InvalidParameterValue',
      Message: 'There is an client-side error. Please verify your inputs.',
    });
  if (market.failsNow(sku))
    return failed('ServiceError', {
      Type: 'Receiver',
      Code: 'InternalFailure',
      Message: 'The fees could not be calculated.',
    });
  return {
    Status: 'Success',
    FeesEstimateIdentifier: identifier,
    FeesEstimate: estimate(Number(price.Amount), request.IsAmazonFulfilled === true),
    Error: { Type: '', Code: '', Message: '', Detail: [] },
  };
}

function estimate(price: number, isAmazonFulfilled: boolean): JsonObject {
  const referral = Math.max(Math.round(price * REFERRAL.percent), REFERRAL.leastCents);
  const handling = isAmazonFulfilled ? PICK_AND_PACK_CENTS : 0;
  return {
    TimeOfFeesEstimation: new Date().toISOString(),
    TotalFeesEstimate: money(referral + handling),
    FeeDetailList: [
      detail('ReferralFee', referral),
      detail('VariableClosingFee', 0),
      detail('PerItemFee', 0),
      {
        ...detail('FBAFees', handling),
        IncludedFeeDetailList: handling === 0 ? [] : [detail('FBAPickAndPack', handling)],
      },
    ],
  };
}

function detail(type: string, cents: number): JsonObject {
  return { FeeType: type, FeeAmount: money(cents), FeePromotion: money(0), FinalFee: money(cents) };
}

function money(cents: number): JsonObject {
  return { CurrencyCode: ACCOUNT.currency, Amount: cents / 100 };
}

function inner(value: JsonObject, name: string): JsonObject {
  const member = value[name];
  return isJsonObject(member) ? member : {};
}
