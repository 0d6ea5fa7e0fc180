import type { FeeEstimate, FeeEstimateQuestion, FeePort } from '../../src/channel/fee-port.js';
import { instantOf } from '../../src/domain/instant.js';
import { type Money, majorUnits, moneyOf } from '../../src/domain/money.js';
import { competitionPort } from './competition.js';
import { isAmazons } from './fulfilment-channel.js';
import type { Seller } from './listing-work.js';
import type { Said } from './models/open-types.js';
import type {
  FeesEstimateByIdRequest,
  FeesEstimateResult,
  FeesMoneyType,
} from './models/operations.generated.js';

/** Most items of one `getMyFeesEstimates`. Source: amazon spec 5.2; verified 2026-11. */
const BATCH = 20;

/** What Amazon says it takes for a sale (Product Fees v0), and where listings stand among other offers. Nothing of it is binding. */
export function feePort(seller: Seller): FeePort {
  return {
    channelShips: isAmazons,
    batch: BATCH,
    estimate: (questions) => estimate(seller, questions),
    competition: competitionPort(seller),
  };
}

/** One call. Results are found by the identifier sent along and must name the SKU asked for: neither is taken by its place. */
async function estimate(
  seller: Seller,
  questions: readonly FeeEstimateQuestion[],
): Promise<readonly FeeEstimate[]> {
  const { marketplaceId } = seller.settings;
  const { body } = await seller.client.call('getMyFeesEstimates', {
    body: questions.map((question, index) =>
      requestFor(question, { identifier: `q${index}`, marketplaceId }),
    ),
  });
  const results = new Map(
    body.map((result) => [result.FeesEstimateIdentifier?.SellerInputIdentifier ?? '', result]),
  );
  return questions.map((question, index) => estimateOf(seller, question, results.get(`q${index}`)));
}

function requestFor(
  { sku, price, fulfilledBy }: FeeEstimateQuestion,
  { identifier, marketplaceId }: { readonly identifier: string; readonly marketplaceId: string },
): FeesEstimateByIdRequest {
  return {
    IdType: 'SellerSKU',
    IdValue: sku,
    FeesEstimateRequest: {
      MarketplaceId: marketplaceId,
      IsAmazonFulfilled: isAmazons(fulfilledBy),
      PriceToEstimateFees: { ListingPrice: { CurrencyCode: price.currency, Amount: majorUnits(price) } },
      Identifier: identifier,
    },
  };
}

/** A result without a usable total is no estimate: its fees are not known, and certainly not zero. */
function estimateOf(
  seller: Seller,
  question: FeeEstimateQuestion,
  result: Said<FeesEstimateResult> | undefined,
): FeeEstimate {
  const { sku, price, fulfilledBy } = question;
  const told = result?.FeesEstimateIdentifier?.IdValue === sku ? result : undefined;
  const total = amountOf(told?.FeesEstimate?.TotalFeesEstimate, price.currency);
  if (told?.Status === 'Success' && total !== null) {
    const { TimeOfFeesEstimation, FeeDetailList } = told.FeesEstimate ?? {};
    const estimatedMs = Date.parse(TimeOfFeesEstimation ?? '');
    return {
      sku,
      outcome: 'estimated',
      total,
      lines: (FeeDetailList ?? []).flatMap(({ FeeType, FinalFee }) => {
        const amount = amountOf(FinalFee, price.currency);
        return amount === null || amount.minor === 0 ? [] : [{ name: FeeType ?? 'fee', amount }];
      }),
      channelShips: isAmazons(fulfilledBy) && told.FeesEstimateIdentifier?.IsAmazonFulfilled !== false,
      at: Number.isNaN(estimatedMs) ? seller.host.clock.now() : instantOf(estimatedMs),
    };
  }
  const { Code, Message } = told?.Error ?? {};
  return {
    sku,
    outcome: told?.Status === 'ClientError' ? 'refused' : 'unanswered',
    code: Code || (told?.Status ?? 'no_answer'),
    message: Message || 'Amazon gave no estimate',
  };
}

function amountOf(said: Said<FeesMoneyType> | undefined, currency: string): Money | null {
  return said?.CurrencyCode === currency && said.Amount !== undefined ? moneyOf(said.Amount, currency) : null;
}
