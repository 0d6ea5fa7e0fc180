import { objectsOf, textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type Money, moneyText } from '../../../src/domain/money.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, moneyIn, windowIn } from './values.js';

const DAY_MS = 86_400_000;

/** Rules about price and sale (specification 5.2 and 5.8, pre-flight table 5). */
export const PRICE_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'price_not_above_zero',
    severity: 'error',
    attribute: 'price',
    about: 'A price above zero, unless the goods come with a contract (subscription_cost).',
    complaint: (listing) => {
      const price = moneyIn(listing, 'price');
      return price !== null && price.minor <= 0 && !has(listing, 'subscription_cost')
        ? `The price is ${moneyText(price)}.`
        : null;
    },
    advice: 'Give the variant a price above zero.',
  },
  {
    code: 'currency_of_another_market',
    severity: 'error',
    attribute: 'price',
    about: 'The currency of the channel.',
    complaint: (listing, { channel }) => {
      const price = moneyIn(listing, 'price');
      return price !== null && price.currency !== channel.currency
        ? `The price is in ${price.currency}; ${channel.country} sells in ${channel.currency}.`
        : null;
    },
    advice: 'Map a price in the currency of the channel.',
  },
  {
    code: 'sale_price_not_below_price',
    severity: 'error',
    attribute: 'sale_price',
    about: 'Above zero, below price, in the same currency.',
    complaint: (listing) => {
      const [price, sale] = [moneyIn(listing, 'price'), moneyIn(listing, 'sale_price')];
      if (price === null || sale === null) return null;
      if (price.currency !== sale.currency) return 'Price and sale price have different currencies.';
      return sale.minor >= price.minor || sale.minor <= 0
        ? `The sale price ${moneyText(sale)} is not between zero and the price ${moneyText(price)}.`
        : null;
    },
    advice: 'Leave the sale price out while nothing is reduced.',
  },
  {
    code: 'sale_window_without_sale_price',
    severity: 'warning',
    attribute: 'sale_price_effective_date',
    about: 'Only together with sale_price.',
    complaint: (listing) =>
      has(listing, 'sale_price_effective_date') && !has(listing, 'sale_price')
        ? 'There is a sale window but no sale price.'
        : null,
    advice: 'Map both or neither.',
  },
  {
    code: 'sale_window_reversed',
    severity: 'error',
    attribute: 'sale_price_effective_date',
    about: 'A start before the end.',
    complaint: (listing) => {
      const window = windowIn(listing, 'sale_price_effective_date');
      return window !== null && window.start >= window.end
        ? `The sale window ${textOf(listing, 'sale_price_effective_date')} ends before it starts.`
        : null;
    },
    advice: 'Correct the dates of the sale.',
  },
  {
    code: 'sale_window_over',
    severity: 'warning',
    attribute: 'sale_price_effective_date',
    about: 'A window that is not over yet.',
    complaint: (listing, { now }) => {
      const window = windowIn(listing, 'sale_price_effective_date');
      return window !== null && window.end <= Date.parse(now)
        ? `The sale ended with ${textOf(listing, 'sale_price_effective_date')?.split('/')[1]}.`
        : null;
    },
    advice: 'Remove the sale price, or give the sale new dates.',
  },
  {
    code: 'sale_window_long',
    severity: 'info',
    attribute: 'sale_price_effective_date',
    about: 'Sales of at most 30 days.',
    complaint: (listing) => {
      const window = windowIn(listing, 'sale_price_effective_date');
      const days = window === null ? 0 : Math.round((window.end - window.start) / DAY_MS);
      return days > 30 ? `The sale lasts ${days} days.` : null;
    },
    advice: 'Google may not show it as a sale; after 30 days the reduced price counts as the price.',
  },
  {
    code: 'lowest_automatic_price_too_high',
    severity: 'warning',
    attribute: 'auto_pricing_min_price',
    about: 'Not above the price.',
    complaint: (listing) => aboveIn(listing, 'auto_pricing_min_price', 'price'),
    advice: 'Lower it, or leave it out; automated discounts cannot work otherwise.',
  },
  {
    code: 'maximum_retail_price_elsewhere',
    severity: 'info',
    attribute: 'maximum_retail_price',
    about: 'India only.',
    complaint: (listing, { channel }) =>
      has(listing, 'maximum_retail_price') && channel.country !== 'IN'
        ? `maximum_retail_price is read in India, not in ${channel.country}.`
        : null,
    advice: 'Leave it out in this market.',
  },
  {
    code: 'member_price_not_below_price',
    severity: 'warning',
    attribute: 'loyalty_program',
    about: 'A member price below the price, in the same currency.',
    complaint: (listing) => {
      const price = moneyIn(listing, 'price');
      const bad = objectsOf(listing, 'loyalty_program')
        .map((program) => moneyIn(program, 'price'))
        .find((member) => member !== null && price !== null && !isBelow(member, price));
      return bad ? `The member price ${moneyText(bad)} is not below ${textOf(listing, 'price')}.` : null;
    },
    advice: 'Leave the member price out where members pay the same.',
  },
]);

function isBelow(amount: Money, limit: Money): boolean {
  return amount.currency === limit.currency && amount.minor < limit.minor;
}

function aboveIn(listing: JsonObject, name: string, limitName: string): string | null {
  const [amount, limit] = [moneyIn(listing, name), moneyIn(listing, limitName)];
  if (amount === null || limit === null) return null;
  return amount.currency === limit.currency && amount.minor > limit.minor
    ? `${name} ${moneyText(amount)} is above ${limitName} ${moneyText(limit)}.`
    : null;
}
