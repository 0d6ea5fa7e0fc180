import { textOf } from '../../../src/channel/audit-rule.js';
import { epochMs } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, momentIn } from './values.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 366 * DAY_MS;

/** Rules about availability and its dates (specification 5.2 and 5.8, pre-flight table 15). */
export const AVAILABILITY_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'availability_date_missing',
    severity: 'error',
    attribute: 'availability_date',
    about: 'A date of delivery with preorder and backorder.',
    complaint: (listing) =>
      isAhead(listing) && !has(listing, 'availability_date')
        ? `With ${textOf(listing, 'availability')} Google wants the date of delivery.`
        : null,
    advice: 'Map availability_date, or call the variant out of stock.',
  },
  {
    code: 'availability_date_past',
    severity: 'error',
    attribute: 'availability_date',
    about: 'A date ahead with preorder and backorder.',
    complaint: (listing, { now }) => {
      const date = momentIn(listing, 'availability_date');
      return isAhead(listing) && date !== null && date <= epochMs(now)
        ? `${textOf(listing, 'availability_date')} is over.`
        : null;
    },
    advice: 'Give the new date of delivery, or call the variant in stock or out of stock.',
  },
  {
    code: 'availability_date_too_far',
    severity: 'error',
    attribute: 'availability_date',
    about: 'At most a year ahead.',
    complaint: (listing, { now }) => {
      const date = momentIn(listing, 'availability_date');
      return date !== null && date > epochMs(now) + YEAR_MS
        ? `${textOf(listing, 'availability_date')} is more than a year ahead.`
        : null;
    },
    advice: 'Give a date within a year.',
  },
  {
    code: 'availability_date_idle',
    severity: 'info',
    attribute: 'availability_date',
    about: 'Only with preorder and backorder.',
    complaint: (listing) =>
      has(listing, 'availability_date') && has(listing, 'availability') && !isAhead(listing)
        ? `A date of delivery means nothing with ${textOf(listing, 'availability')}.`
        : null,
    advice: 'Leave availability_date out, or call the variant preorder or backorder.',
  },
  {
    code: 'availability_local_only',
    severity: 'warning',
    attribute: 'availability',
    about: 'limited_availability in local inventory only.',
    complaint: (listing) =>
      listing.availability === 'limited_availability'
        ? 'limited_availability is understood for local listings only.'
        : null,
    advice: 'Use in_stock or out_of_stock.',
  },
  {
    code: 'stock_contradicts_availability',
    severity: 'error',
    attribute: 'availability',
    about: 'in_stock only while there is something to sell.',
    complaint: (listing) =>
      listing.availability === 'in_stock' && listing.sell_on_google_quantity === 0
        ? 'The quantity is zero, yet availability is in_stock.'
        : null,
    advice: 'Map both from the same stock.',
  },
  {
    code: 'expired',
    severity: 'error',
    attribute: 'expiration_date',
    about: 'A day ahead.',
    complaint: (listing, { now }) => {
      const date = momentIn(listing, 'expiration_date');
      return date !== null && date <= epochMs(now)
        ? `The listing expired on ${textOf(listing, 'expiration_date')}.`
        : null;
    },
    advice: 'Leave expired variants out of the selection.',
  },
  {
    code: 'expiration_without_effect',
    severity: 'info',
    attribute: 'expiration_date',
    about: 'Less than 30 days ahead; Google drops products after 30 days anyway.',
    complaint: (listing, { now }) => {
      const date = momentIn(listing, 'expiration_date');
      return date !== null && date > epochMs(now) + 30 * DAY_MS
        ? `${textOf(listing, 'expiration_date')} is later than Google would drop the product.`
        : null;
    },
    advice: 'Leave it out; the product is renewed by itself.',
  },
]);

function isAhead(listing: JsonObject): boolean {
  return listing.availability === 'preorder' || listing.availability === 'backorder';
}
