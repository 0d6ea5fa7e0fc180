import { epochMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type Money, readDecimal } from '../../../src/domain/money.js';
import { type AuditRule, objectsOf, textOf } from './rule.js';

const VERIFIED = '2026-11-23';
const PRICE_PAGE = 'https://support.google.com/merchants/answer/6324371';
const SALE_PAGE = 'https://support.google.com/merchants/answer/6324471';
const YEAR_MS = 366 * 86_400_000;

/** Rules about price, availability and delivery (product data specification 5.2, 5.6 and cross-field rules). */
export const OFFER_RULES: readonly AuditRule[] = [
  {
    code: 'price_not_above_zero',
    severity: 'error',
    attribute: 'price',
    verified: VERIFIED,
    link: PRICE_PAGE,
    complaint: (listing) => {
      const price = moneyIn(listing, 'price');
      return price !== null && price.minor <= 0 ? `The price is ${textOf(listing, 'price')}.` : null;
    },
    advice: 'Give the variant a price above zero.',
  },
  {
    code: 'currency_of_another_market',
    severity: 'error',
    attribute: 'price',
    verified: VERIFIED,
    link: PRICE_PAGE,
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
    verified: VERIFIED,
    link: SALE_PAGE,
    complaint: (listing) => {
      const [price, sale] = [moneyIn(listing, 'price'), moneyIn(listing, 'sale_price')];
      if (price === null || sale === null) return null;
      if (price.currency !== sale.currency) return 'Price and sale price have different currencies.';
      return sale.minor >= price.minor || sale.minor <= 0
        ? `The sale price ${textOf(listing, 'sale_price')} is not between zero and the price ${textOf(listing, 'price')}.`
        : null;
    },
    advice: 'Leave the sale price out while nothing is reduced.',
  },
  {
    code: 'sale_window_without_sale_price',
    severity: 'warning',
    attribute: 'sale_price_effective_date',
    verified: VERIFIED,
    link: SALE_PAGE,
    complaint: (listing) =>
      listing.sale_price_effective_date !== undefined && listing.sale_price === undefined
        ? 'There is a sale window but no sale price.'
        : null,
    advice: 'Map both or neither.',
  },
  {
    code: 'sale_window_reversed',
    severity: 'error',
    attribute: 'sale_price_effective_date',
    verified: VERIFIED,
    link: SALE_PAGE,
    complaint: (listing) => {
      const [start, end] = textOf(listing, 'sale_price_effective_date')?.split('/') ?? [];
      return start !== undefined && end !== undefined && start >= end
        ? `The sale window ${start}/${end} ends before it starts.`
        : null;
    },
    advice: 'Correct the dates of the sale.',
  },
  {
    code: 'availability_date_missing',
    severity: 'error',
    attribute: 'availability_date',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324470',
    complaint: (listing) =>
      ['preorder', 'backorder'].includes(textOf(listing, 'availability') ?? '') &&
      listing.availability_date === undefined
        ? `With ${textOf(listing, 'availability')} Google wants the date of delivery.`
        : null,
    advice: 'Map availability_date, or call the variant out of stock.',
  },
  {
    code: 'availability_date_too_far',
    severity: 'error',
    attribute: 'availability_date',
    verified: VERIFIED,
    link: 'https://support.google.com/merchants/answer/6324470',
    complaint: (listing, { now }) => {
      const date = textOf(listing, 'availability_date');
      return date !== null && Date.parse(date) > epochMs(now) + YEAR_MS
        ? `${date} is more than a year ahead.`
        : null;
    },
    advice: 'Give a date within a year.',
  },
  {
    code: 'expired',
    severity: 'error',
    attribute: 'expiration_date',
    verified: VERIFIED,
    complaint: (listing, { now }) => {
      const date = textOf(listing, 'expiration_date');
      return date !== null && Date.parse(date) <= epochMs(now) ? `The listing expired on ${date}.` : null;
    },
    advice: 'Leave expired variants out of the selection.',
  },
  {
    code: 'availability_local_only',
    severity: 'warning',
    attribute: 'availability',
    verified: VERIFIED,
    complaint: (listing) =>
      listing.availability === 'limited_availability'
        ? 'limited_availability is understood for local listings only.'
        : null,
    advice: 'Use in_stock or out_of_stock.',
  },
  {
    code: 'min_handling_without_max',
    severity: 'error',
    attribute: 'min_handling_time',
    verified: VERIFIED,
    complaint: (listing) =>
      listing.min_handling_time !== undefined && listing.max_handling_time === undefined
        ? 'min_handling_time is given without max_handling_time.'
        : null,
    advice: 'Map max_handling_time too.',
  },
  {
    code: 'shipping_speed_incomplete',
    severity: 'error',
    attribute: 'shipping',
    verified: VERIFIED,
    complaint: (listing) =>
      objectsOf(listing, 'shipping').some((rate) => hasSpeed(rate) && !hasBothLimits(rate))
        ? 'A shipping rate gives times without both max_handling_time and max_transit_time.'
        : null,
    advice: 'Give both longest times or none.',
  },
  {
    code: 'shipping_area_ambiguous',
    severity: 'error',
    attribute: 'shipping',
    verified: VERIFIED,
    complaint: (listing) =>
      objectsOf(listing, 'shipping').some(
        (rate) => AREAS.filter((area) => rate[area] !== undefined).length > 1,
      )
        ? `A shipping rate gives more than one of ${AREAS.join(', ')}.`
        : null,
    advice: 'Keep one of them.',
  },
];

const AREAS = ['region', 'postal_code', 'location_id', 'location_group_name'] as const;
const TIMES = ['min_handling_time', 'max_handling_time', 'min_transit_time', 'max_transit_time'] as const;

function hasSpeed(rate: JsonObject): boolean {
  return TIMES.some((time) => rate[time] !== undefined);
}

function hasBothLimits(rate: JsonObject): boolean {
  return rate.max_handling_time !== undefined && rate.max_transit_time !== undefined;
}

function moneyIn(listing: JsonObject, name: string): Money | null {
  const [digits, currency] = textOf(listing, name)?.split(' ') ?? [];
  return digits === undefined || currency === undefined ? null : readDecimal(digits, currency);
}
