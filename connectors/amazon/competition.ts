import type { CompetitionAnswer, CompetitionPort } from '../../src/channel/fee-port.js';
import { type Money, moneyOf } from '../../src/domain/money.js';
import type { Seller } from './listing-work.js';
import type { Said } from './models/open-types.js';
import type {
  PricingFeaturedOfferExpectedPriceResponse,
  PricingMoneyType,
} from './models/operations.generated.js';

/** Most SKUs of one `getFeaturedOfferExpectedPriceBatch` (model productPricing_2022-05-01; verified 2026-11). */
const BATCH = 40;

/** Each request of a batch names the operation it stands for. Source: the same model, `BatchRequest.uri`. */
const URI = '/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice';

/**
 * At which price Amazon would feature a listing. About one call in 30 s: for spot checks, not for watching prices. Needs the role
 * Pricing.
 */
export function competitionPort(seller: Seller): CompetitionPort {
  return {
    batch: BATCH,
    async ask(skus) {
      const { marketplaceId } = seller.settings;
      const { body } = await seller.client.call('getFeaturedOfferExpectedPriceBatch', {
        body: { requests: skus.map((sku) => ({ uri: URI, method: 'GET', marketplaceId, sku })) },
      });
      const responses = new Map((body.responses ?? []).map((response) => [response.request?.sku, response]));
      return skus.map((sku) => answerOf(seller, sku, responses.get(sku)));
    },
  };
}

type Response = Said<PricingFeaturedOfferExpectedPriceResponse>;

function answerOf(seller: Seller, sku: string, response: Response | undefined): CompetitionAnswer {
  const status = response?.status?.statusCode ?? 0;
  const result = response?.body?.featuredOfferExpectedPriceResults?.[0];
  if (status !== 200 || result?.resultStatus === undefined) {
    const [error] = response?.body?.errors ?? [];
    const outcome = status >= 400 && status < 500 && status !== 429 ? 'refused' : 'unanswered';
    const message = error?.message ?? response?.status?.reasonPhrase ?? 'Amazon gave no answer';
    return { sku, outcome, code: error?.code ?? `status_${status}`, message };
  }
  const { currency } = seller.host.channel;
  const { featuredOfferExpectedPrice, currentFeaturedOffer } = result;
  return {
    sku,
    outcome: 'told',
    status: result.resultStatus,
    expected: amountOf(featuredOfferExpectedPrice?.listingPrice, currency),
    featured: amountOf(currentFeaturedOffer?.price?.listingPrice, currency),
    isOurs: currentFeaturedOffer?.offerIdentifier?.sellerId === seller.settings.sellerId,
  };
}

function amountOf(said: Said<PricingMoneyType> | undefined, currency: string): Money | null {
  return said?.currencyCode === currency && said.amount !== undefined ? moneyOf(said.amount, currency) : null;
}
