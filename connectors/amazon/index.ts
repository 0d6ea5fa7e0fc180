import type { Limits } from '../../src/channel/limits.js';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { amazonActions } from './actions.js';
import { OFFER_ATTRIBUTES } from './attributes.js';
import { auditListing } from './audit.js';
import { canonicalListing } from './canonical.js';
import { checkConnection } from './check.js';
import { sellingPartnerClient } from './client.js';
import { AMAZON_KEYWORDS } from './definitions/keywords.js';
import { definitionPort } from './definitions/port.js';
import { familyOf } from './family.js';
import { FEED_LIMITS } from './feeds/feed-document.js';
import { feePort } from './fees.js';
import { guide } from './guide.js';
import { itemPort } from './item-search.js';
import { listingPrice, listingRegularPrice } from './listing-price.js';
import { amazonListingSchema } from './listing-schema.js';
import { listingPort } from './listings.js';
import { offerOnItem } from './offer-on-item.js';
import { orderNewsPort } from './order-news/order-news.js';
import { orderPort } from './orders.js';
import { GENERIC } from './product-types.js';
import { schemaNameOf } from './requirement-set.js';
import { eligibility } from './restrictions.js';
import { withoutSetElsewhere } from './set-elsewhere.js';
import { type AmazonSettings, settingsSchema } from './settings.js';
import { shapeListing } from './shape.js';
import { withoutStock } from './without-stock.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * One call per SKU at five a second, so a batch is small enough to end within seconds; two searches settle it. Amazon takes
 * minutes for a change and at worst hours for a new item; what it finds in pictures or by policy comes later still. Listings do not expire. Stock changes are gathered for a few seconds.
 * More than 1,500 changes (Amazon's own threshold) go as a feed, which may take eight hours.
 */
const limits: Limits = {
  batch: { items: 40, bytes: 4 * 1024 * 1024 },
  concurrency: 2,
  patienceMs: 6 * HOUR,
  settleAfterMs: 2 * SECOND,
  refreshAfterMs: null,
  coalesceMs: 2 * SECOND,
  lookAgainMs: [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR],
  observeEveryMs: 24 * HOUR,
  bulk: { above: 1_500, ...FEED_LIMITS, patienceMs: 24 * HOUR },
};

/** Buyers' data is for fulfilment only; it goes 30 days after delivery, everything else of an order after 18 months. */
const BUYER_RULES = {
  marketing: 'never',
  buyerDays: 30,
  orderMonths: 18,
  source: 'Amazon Services API Data Protection Policy and Acceptable Use Policy; verified 2026-11',
} as const;

/** Amazon: listings by Listings Items 2021-08-01, orders by Orders v2026-01-01, shipments by `confirmShipment`, pickup by `updateShipmentStatus`. */
export const amazon: ListingConnector<AmazonSettings> = {
  id: 'amazon',
  title: 'Amazon',
  settingsSchema,
  guide,
  listingSchema: (settings, kind) => Promise.resolve(amazonListingSchema(settings, kind)),
  schemaKeywords: AMAZON_KEYWORDS,
  kindAttribute: 'product_type',
  schemaNameOf: (kind, attributes, settings) =>
    schemaNameOf(kind ?? GENERIC, offerOnItem(attributes, settings)),
  shape: shapeListing,
  family: familyOf,
  audit: auditListing,
  canonical: canonicalListing,
  price: listingPrice,
  regularPrice: listingRegularPrice,
  withoutStock,
  comparable: withoutSetElsewhere,
  offerAttributes: OFFER_ATTRIBUTES,
  // Sellers’ experience, which no page of the documentation says (looked for 2026-11-25): an order lowers the merchant’s quantity at once.
  countsDown: true,
  limits,
  buyerRules: BUYER_RULES,
  open(settings, host) {
    const seller = { client: sellingPartnerClient(settings, host), settings, host };
    const work = { ...seller, mayList: eligibility(seller) };
    return {
      check: () => checkConnection(work),
      listings: listingPort(work),
      orders: orderPort(work),
      ...(settings.orderQueue === undefined ? {} : { orderNews: orderNewsPort(work, settings.orderQueue) }),
      fees: feePort(work),
      items: itemPort(work),
      actions: amazonActions(work),
      ...(settings.definitions === 'built-in' ? {} : { definitions: definitionPort(work) }),
    };
  },
  simulator: async () => (await import('./simulator/index.js')).amazonSimulator,
};
