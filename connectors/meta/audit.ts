import type { AuditContext } from '../../src/channel/connector.js';
import { gtinProblem } from '../../src/domain/gtin.js';
import { readInstant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { currencyDigits, type Money, readDecimal } from '../../src/domain/money.js';
import { wordRules } from './audit-words.js';

/**
 * One rule: what it finds in a listing. Codes are Meta's own error types where one is expected (Catalog `errors` reference and
 * the fields page, verified 2026-11), so that our warning and Meta's later one read alike.
 */
type Rule = (listing: JsonObject, context: AuditContext) => Issue | null;

/** Roots of apparel in Google's taxonomy: the whole tree, clothing, shoes. */
const APPAREL = new Set(['Apparel & Accessories', '166', '1604', '187']);

const RULES: readonly Rule[] = [
  ({ image_link, image }) =>
    image_link === undefined && !Array.isArray(image)
      ? error('EMPTY_IMAGE_URL', 'image_link', 'The listing has no picture.', 'Give the product a picture.')
      : null,
  // Meta's fields page requires a brand; its older rule, which the catalog still applies, takes one of three.
  ({ brand, gtin, mpn }) =>
    brand === undefined && gtin === undefined && mpn === undefined
      ? error(
          'EMPTY_BRAND',
          'brand',
          'Neither brand nor GTIN nor MPN is given.',
          'Set the mapping parameter brand.',
        )
      : null,
  ({ brand, gtin, mpn }) =>
    brand === undefined && (gtin !== undefined || mpn !== undefined)
      ? warning(
          'EMPTY_BRAND',
          'brand',
          'The brand is missing.',
          'Set the mapping parameter brand to your own brand.',
        )
      : null,
  ({ gtin, mpn, brand }) =>
    brand !== undefined && gtin === undefined && mpn === undefined
      ? warning(
          'UNIQUE_PRODUCT_IDENTIFIER_MISSING',
          'gtin',
          'Neither GTIN nor MPN is given.',
          'Add the GTIN.',
        )
      : null,
  ({ gtin }) => {
    const problem = typeof gtin === 'string' ? gtinProblem(gtin) : null;
    return problem === null
      ? null
      : error(
          'GENERIC_INVALID_FIELD',
          'gtin',
          `The GTIN has a fault: ${problem}.`,
          'Correct it or leave it out.',
        );
  },
  priceRule,
  saleRule,
  windowRule,
  ({ availability, quantity_to_sell_on_facebook: units }) =>
    availability === 'in stock' && units === 0
      ? warning(
          'INVENTORY_ZERO_AVAILABILITY_IN_STOCK',
          'quantity_to_sell_on_facebook',
          'In stock with a quantity of 0.',
          'Let availability follow the quantity.',
        )
      : null,
  linkRule,
  apparelRule,
  ({ origin_country: origin }, { channel }) =>
    channel.country === 'IN' && origin === undefined
      ? error(
          'MISSING_INDIA_COMPLIANCE_FIELDS',
          'origin_country',
          'India requires the country of origin.',
          'Fill originCountry in the catalog.',
        )
      : null,
];

/** Checks beyond the schema (fields page, partner quality bar, commerce policies; verified 2026-11). */
export function audit(listing: JsonObject, context: AuditContext): readonly Issue[] {
  const found = RULES.flatMap((rule) => rule(listing, context) ?? []);
  return [...found, ...wordRules(listing)];
}

function priceRule({ price }: JsonObject): Issue | null {
  const money = moneyIn(price);
  if (typeof price !== 'string') return null;
  if (money === null)
    return error(
      'PROPERTY_VALUE_FORMAT',
      'price',
      `"${price}" has more decimals than its currency.`,
      'Round it.',
    );
  return money.minor > 0
    ? null
    : error('ITEM_PRICE_NOT_POSITIVE', 'price', 'The price is not above 0.', 'Correct the price.');
}

function saleRule({ price, sale_price: sale }: JsonObject): Issue | null {
  const [regular, reduced] = [moneyIn(price), moneyIn(sale)];
  if (sale === undefined || regular === null) return null;
  return reduced !== null &&
    reduced.currency === regular.currency &&
    reduced.minor < regular.minor &&
    reduced.minor > 0
    ? null
    : error(
        'INVALID_SALE_PRICE',
        'sale_price',
        'The sale price is not below the price, or in another currency.',
        'Correct it or leave it out.',
      );
}

function windowRule({ sale_price_effective_date: window }: JsonObject, { now }: AuditContext): Issue | null {
  if (typeof window !== 'string') return null;
  const [from, to] = window.split('/').map((moment) => readInstant(moment));
  if (!from || !to || from >= to)
    return error(
      'PROPERTY_VALUE_FORMAT',
      'sale_price_effective_date',
      'The sale window is not "start/end" with the start first.',
      'Correct saleFrom and saleTo.',
    );
  return to > now
    ? null
    : warning('SALE_OVER', 'sale_price_effective_date', 'The sale is over.', 'Leave the sale price out.');
}

function apparelRule(listing: JsonObject): Issue | null {
  const { google_product_category: category } = listing;
  const root = typeof category === 'string' ? (category.split(' > ')[0] ?? '') : '';
  const lacks = ['size', 'color', 'gender', 'age_group'].filter((name) => listing[name] === undefined);
  const [first] = lacks;
  return APPAREL.has(root) && first !== undefined
    ? warning(
        `MISSING_${first.toUpperCase()}`,
        first,
        `Apparel without ${lacks.join(', ')}.`,
        'Fill them; Shops do not show clothing without a size.',
      )
    : null;
}

function linkRule({ link }: JsonObject): Issue | null {
  if (typeof link !== 'string' || !URL.canParse(link)) return null;
  const { hostname, pathname, search } = new URL(link);
  const bare = (pathname === '/' || pathname === '') && search === '';
  const own = /(^|\.)(facebook|instagram)\.com$/.test(hostname);
  return bare || own
    ? error(
        'PRODUCT_URL_EQUALS_DOMAIN',
        'link',
        own ? 'The link leads to Meta itself.' : 'The link is the start page, not the page of the item.',
        'Link to the page of the item in your own shop.',
      )
    : null;
}

function moneyIn(value: JsonObject[string]): Money | null {
  const match = typeof value === 'string' ? /^(\d+)(?:\.(\d+))? ([A-Z]{3})$/.exec(value) : null;
  if (!match) return null;
  const [, whole, fraction = '', currency = ''] = match;
  if (fraction.length > currencyDigits(currency)) return null;
  return readDecimal(fraction === '' ? `${whole}` : `${whole}.${fraction}`, currency);
}

function error(code: string, attribute: string, message: string, advice: string): Issue {
  return { severity: 'error', code, attribute, origin: 'ours', message, advice };
}

function warning(code: string, attribute: string, message: string, advice: string): Issue {
  return { severity: 'warning', code, attribute, origin: 'ours', message, advice };
}
