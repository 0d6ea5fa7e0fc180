import type { AuditContext } from '../../src/channel/audit-context.js';
import { epochMs } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { error, type Finding, instances, type Rule, warning } from './audit-finding.js';
import { isAmazons } from './fulfilment-channel.js';

const PRICE = 'purchasable_offer';
const STOCK = 'fulfillment_availability';

/** What can be wrong with price and stock beyond their schema. */
export const OFFER_RULES: readonly Rule[] = [
  {
    code: 'sale_not_below_price',
    source: 'Pricing, discounted_price',
    verified: '2026-11',
    check: (listing) => instances(listing[PRICE]).flatMap(saleFindings),
  },
  {
    code: 'price_outside_limits',
    source: 'Listings Items, code 18155: a price outside the limits the seller allows deactivates the offer',
    verified: '2026-11',
    check: (listing) => instances(listing[PRICE]).flatMap(limitFindings),
  },
  {
    code: 'quantity_discounts',
    source: 'Pricing, quantity_discount_plan: 1 to 5 levels, for Amazon Business',
    verified: '2026-11',
    check: (listing) => instances(listing[PRICE]).flatMap(discountFindings),
  },
  {
    code: 'business_price_higher',
    source: 'Pricing, audience B2B: an offer beside the one for everyone',
    verified: '2026-11',
    check: businessFindings,
  },
  {
    code: 'stock_contradicts',
    source: 'Listings Items, fulfillment_availability: is_inventory_available excludes quantity',
    verified: '2026-11',
    check: (listing) => instances(listing[STOCK]).flatMap(stockFindings),
  },
  {
    code: 'wrong_currency',
    source: 'A store has one currency',
    verified: '2026-11',
    check: (listing, { channel }: AuditContext) =>
      [PRICE, 'list_price'].flatMap((name) =>
        instances(listing[name])
          .filter(({ currency }) => typeof currency === 'string' && currency !== channel.currency)
          .map(({ currency }) =>
            error(
              name,
              `The price is in ${String(currency)}, the store sells in ${channel.currency}.`,
              'Give the variant a price in the store’s currency.',
            ),
          ),
      ),
  },
];

function saleFindings(offer: JsonObject): readonly Finding[] {
  const price = scheduled(offer, 'our_price');
  const sale = scheduled(offer, 'discounted_price');
  if (!price || !sale) return [];
  const findings: Finding[] = [];
  if (Number(sale.value_with_tax) >= Number(price.value_with_tax))
    findings.push(error(PRICE, 'The sale price is not below the price.', 'Correct the sale price.'));
  const { start_at: from, end_at: to } = sale;
  if (typeof from === 'string' && typeof to === 'string' && epochMs(to) <= epochMs(from))
    findings.push(error(PRICE, 'The sale ends before it starts.', 'Correct the sale window.'));
  return findings;
}

/** The price shoppers pay now or during the sale must lie between the limits. */
function limitFindings(offer: JsonObject): readonly Finding[] {
  const least = amount(offer, 'minimum_seller_allowed_price');
  const most = amount(offer, 'maximum_seller_allowed_price');
  return ['our_price', 'discounted_price'].flatMap((name) => {
    const price = amount(offer, name);
    if (price === null) return [];
    const below = least !== null && price < least;
    if (!below && !(most !== null && price > most)) return [];
    const limit = below ? `below the lowest ${String(least)}` : `above the highest ${String(most)}`;
    return [
      error(
        PRICE,
        `${price} is ${limit} you allow Amazon: the offer would be closed.`,
        'Correct the price or the limit in the catalog or the mapping.',
      ),
    ];
  });
}

function discountFindings(offer: JsonObject): readonly Finding[] {
  const plan = scheduled(offer, 'quantity_discount_plan');
  if (!plan) return [];
  const findings: Finding[] = [];
  if (offer.audience !== 'B2B')
    findings.push(
      error(PRICE, 'Quantity discounts are for audience B2B only.', 'Move them to the business price.'),
    );
  const levels = instances(plan.levels);
  const rising = levels.every(
    ({ lower_bound: bound }, at) => at === 0 || Number(bound) > Number(levels[at - 1]?.lower_bound),
  );
  if (!rising)
    findings.push(
      error(PRICE, 'The levels of the quantity discounts do not rise.', 'Sort them by quantity, each once.'),
    );
  const price = amount(offer, 'our_price');
  const most = plan.discount_type === 'percent' ? 100 : price;
  if (most !== null && levels.some(({ value }) => Number(value) >= most))
    findings.push(
      error(PRICE, 'A quantity discount leaves no price below the price of one.', 'Correct the level.'),
    );
  return findings;
}

function businessFindings(listing: JsonObject): readonly Finding[] {
  const offers = instances(listing[PRICE]);
  const everyone = offers.find(({ audience }) => audience === undefined || audience === 'ALL');
  const business = offers.find(({ audience }) => audience === 'B2B');
  const [all, b2b] = [everyone, business].map((offer) => (offer ? amount(offer, 'our_price') : null));
  return typeof all === 'number' && typeof b2b === 'number' && b2b > all
    ? [
        warning(
          PRICE,
          `Businesses would pay ${b2b}, everyone else ${all}.`,
          'Leave the business price out or lower it.',
        ),
      ]
    : [];
}

function stockFindings(stock: JsonObject): readonly Finding[] {
  if (stock.quantity !== undefined && stock.is_inventory_available !== undefined)
    return [error(STOCK, 'A quantity and endless stock exclude each other.', 'Send one of the two.')];
  const { fulfillment_channel_code: code } = stock;
  if (typeof code === 'string' && isAmazons(code) && stock.quantity !== undefined)
    return [
      error(STOCK, 'Stock in Amazon’s warehouses is counted by Amazon.', 'Send a quantity for DEFAULT only.'),
    ];
  return [];
}

function amount(offer: JsonObject, name: string): number | null {
  const value = scheduled(offer, name)?.value_with_tax;
  return typeof value === 'number' ? value : null;
}

function scheduled(offer: JsonObject, name: string): JsonObject | null {
  return instances(instances(offer[name])[0]?.schedule)[0] ?? null;
}
