import { type AuditRule, objectsOf, textOf } from '../../../src/channel/audit-rule.js';
import { readInstant } from '../../../src/domain/instant.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { OVERRIDES } from '../attributes.js';
import { moneyIn } from './money.js';
import { FROM, VERIFIED } from './sources.js';

/** Rules about price, sale, stock and values for single countries. */
export const OFFER_RULES: readonly AuditRule[] = [
  {
    code: 'PROPERTY_VALUE_FORMAT',
    severity: 'error',
    attribute: 'price',
    about: 'more decimals than the currency has',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const price = textOf(listing, 'price');
      return price !== null && moneyIn(listing, 'price') === null
        ? `"${price}" has more decimals than its currency.`
        : null;
    },
    advice: 'Round it.',
  },
  {
    code: 'ITEM_PRICE_NOT_POSITIVE',
    severity: 'error',
    attribute: 'price',
    about: 'a price of 0',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => (moneyIn(listing, 'price')?.minor === 0 ? 'The price is not above 0.' : null),
    advice: 'Correct the price.',
  },
  {
    code: 'PRODUCT_DOMINANT_CURRENCY_MISMATCH',
    severity: 'warning',
    attribute: 'price',
    about: 'a price in another currency than the channel’s; other markets belong into overrides',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing, { channel }) => {
      const price = moneyIn(listing, 'price');
      return price !== null && price.currency !== channel.currency
        ? `The price is in ${price.currency}, the channel in ${channel.currency}.`
        : null;
    },
    advice: 'Give the price of the market, or put other currencies into overrides for their countries.',
  },
  {
    code: 'INVALID_SALE_PRICE',
    severity: 'error',
    attribute: 'sale_price',
    about: 'a sale price that is not below the price, is 0 or is in another currency',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: saleFault,
    advice: 'Correct it or leave it out.',
  },
  {
    code: 'PROPERTY_VALUE_FORMAT',
    severity: 'error',
    attribute: 'sale_price_effective_date',
    about: 'a sale window that is no calendar time or ends before it starts',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const window = textOf(listing, 'sale_price_effective_date');
      if (window === null) return null;
      const [from, to] = window.split('/').map(readInstant);
      return from && to && from < to
        ? null
        : `The sale window ${window} is not "start/end" with the start first.`;
    },
    advice: 'Correct saleFrom and saleTo.',
  },
  {
    code: 'SALE_OVER',
    severity: 'warning',
    attribute: 'sale_price_effective_date',
    about: 'a sale window in the past',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing, { now }) => {
      const end = readInstant(textOf(listing, 'sale_price_effective_date')?.split('/')[1] ?? '');
      return end !== null && end <= now ? 'The sale is over.' : null;
    },
    advice: 'Leave the sale price out.',
  },
  {
    code: 'SALE_WITHOUT_END',
    severity: 'info',
    attribute: 'sale_price_effective_date',
    about: 'a sale price without a window never ends',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) =>
      listing.sale_price !== undefined && listing.sale_price_effective_date === undefined
        ? 'The sale has no window: it lasts until the sale price is taken out.'
        : null,
    advice: 'Fill saleFrom and saleTo if the end is known.',
  },
  {
    code: 'SALE_WINDOW_WITHOUT_SALE',
    severity: 'warning',
    attribute: 'sale_price_effective_date',
    about: 'a sale window without a sale price',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) =>
      listing.sale_price === undefined && listing.sale_price_effective_date !== undefined
        ? 'There is a sale window but no sale price.'
        : null,
    advice: 'Map both or neither.',
  },
  {
    code: 'INVENTORY_ZERO_AVAILABILITY_IN_STOCK',
    severity: 'warning',
    attribute: 'quantity_to_sell_on_facebook',
    about: 'in stock with a quantity of 0',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) =>
      listing.availability === 'in stock' && listing.quantity_to_sell_on_facebook === 0
        ? 'In stock with a quantity of 0.'
        : null,
    advice: 'Let availability follow the quantity.',
  },
  {
    code: 'PROPERTY_UNIT_PRICE_CURRENCY_MISMATCH_ITEM_PRICE_CURRENCY',
    severity: 'error',
    attribute: 'unit_price',
    about: 'a unit price in another currency than the price',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => {
      const unit = isJsonObject(listing.unit_price) ? listing.unit_price.currency : undefined;
      const price = moneyIn(listing, 'price')?.currency;
      return unit !== undefined && price !== undefined && unit !== price
        ? `The unit price is in ${String(unit)}, the price in ${price}.`
        : null;
    },
    advice: 'Use the same currency.',
  },
  {
    code: 'PRODUCT_EXPIRED',
    severity: 'warning',
    attribute: 'expiration_date',
    about: 'an expiration date in the past hides the item',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing, { now }) => {
      const day = textOf(listing, 'expiration_date');
      return day !== null && day < now.slice(0, 10) ? `The item expired on ${day} and is hidden.` : null;
    },
    advice: 'Leave the date out, or exclude the product.',
  },
  {
    code: 'OVERRIDE_NOT_ALLOWED',
    severity: 'error',
    attribute: OVERRIDES,
    about: 'price, sale price, unit price, status and availability belong to a country, never to a language',
    source: FROM.batch,
    verified: VERIFIED,
    complaint: (listing) => {
      const wrong = objectsOf(listing, OVERRIDES).find(
        (entry) => entry.type !== 'COUNTRY' && COUNTRY_ONLY.some((name) => entry[name] !== undefined),
      );
      return wrong === undefined
        ? null
        : `The override ${String(wrong.value)} holds what only a country may have.`;
    },
    advice: 'Move price, sale, status and availability into an override of type COUNTRY.',
  },
  {
    code: 'OVERRIDE_TWICE',
    severity: 'error',
    attribute: OVERRIDES,
    about: 'one override per language and country, each with a value of its own form',
    source: FROM.batch,
    verified: VERIFIED,
    complaint: overrideFault,
    advice: 'Write each language as `de_XX`, each country as `DE`, both as `de_XX|DE`, and each once.',
  },
  {
    code: 'INVALID_SALE_PRICE',
    severity: 'error',
    attribute: OVERRIDES,
    about: 'the sale price of a country must be below its price',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) =>
      objectsOf(listing, OVERRIDES)
        .filter((entry) => entry.sale_price !== undefined)
        .map((entry) => saleFault({ price: entry.price ?? listing.price, sale_price: entry.sale_price }))
        .find((fault) => fault !== null) ?? null,
    advice: 'Correct it or leave it out.',
  },
];

const COUNTRY_ONLY = [
  'price',
  'sale_price',
  'sale_price_effective_date',
  'unit_price',
  'status',
  'availability',
];

function saleFault(listing: JsonObject): string | null {
  const price = moneyIn(listing, 'price');
  if (listing.sale_price === undefined || price === null) return null;
  const sale = moneyIn(listing, 'sale_price');
  if (sale === null) return `"${String(listing.sale_price)}" has more decimals than its currency.`;
  if (sale.currency !== price.currency) return 'The sale price is in another currency than the price.';
  return sale.minor > 0 && sale.minor < price.minor
    ? null
    : `The sale price ${String(listing.sale_price)} is not between 0 and ${String(listing.price)}.`;
}

const VALUE_FORM: Readonly<Record<string, RegExp>> = {
  LANGUAGE: /^[a-z]{2}_[A-Z]{2}$/,
  COUNTRY: /^[A-Z]{2}$/,
  LANGUAGE_AND_COUNTRY: /^[a-z]{2}_[A-Z]{2}\|[A-Z]{2}$/,
};

function overrideFault(listing: JsonObject): string | null {
  const seen = new Set<string>();
  for (const { type, value } of objectsOf(listing, OVERRIDES)) {
    if (typeof type !== 'string' || typeof value !== 'string') continue;
    if (VALUE_FORM[type]?.test(value) === false)
      return `"${value}" is no ${type.toLowerCase().replaceAll('_', ' ')}.`;
    if (seen.has(`${type} ${value}`)) return `There are two overrides for ${value}.`;
    seen.add(`${type} ${value}`);
  }
  return null;
}
