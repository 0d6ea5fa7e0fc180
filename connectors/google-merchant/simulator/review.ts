import type { JsonObject, JsonValue } from '../../../src/domain/json.js';

/** A complaint of the review, before it is spread over reporting contexts. */
export interface Finding {
  readonly code: string;
  readonly attribute: string;
  readonly severity: 'DISAPPROVED' | 'DEMOTED' | 'NOT_IMPACTED';
  readonly description: string;
}

/** Attributes without which a product is never shown (product data specification, verified 2026-11-23). */
const REQUIRED: readonly (readonly [string, ...string[]])[] = [
  ['title', 'structuredTitle'],
  ['description', 'structuredDescription'],
  ['link'],
  ['imageLink'],
  ['price'],
  ['availability'],
];

const LONGEST: Readonly<Record<string, number>> = {
  title: 150,
  description: 5000,
  brand: 70,
  mpn: 70,
  color: 100,
  size: 100,
  material: 200,
  pattern: 100,
  itemGroupId: 50,
  customLabel0: 100,
  customLabel1: 100,
  customLabel2: 100,
  customLabel3: 100,
  customLabel4: 100,
};

const MOST: Readonly<Record<string, number>> = {
  additionalImageLinks: 10,
  gtins: 10,
  productTypes: 10,
  productHighlights: 100,
  sizeTypes: 2,
  promotionIds: 10,
};

/** What a review finds in a product of a market that sells in these currencies; none: nobody knows. */
export function review(attributes: JsonObject, currencies: ReadonlySet<string>): readonly Finding[] {
  return [
    ...REQUIRED.filter((names) => names.every((name) => attributes[name] === undefined)).map(([name]) =>
      disapproved('item_missing_required_attribute', name, `Missing value [${name}]`),
    ),
    ...Object.entries(LONGEST)
      .filter(([name, most]) => [...String(attributes[name] ?? '')].length > most)
      .map(([name, most]) =>
        disapproved('attribute_too_long', name, `More than ${most} characters [${name}]`),
      ),
    ...Object.entries(MOST)
      .filter(([name, most]) => listOf(attributes[name]).length > most)
      .map(([name, most]) => disapproved('too_many_values', name, `More than ${most} values [${name}]`)),
    ...identifierFindings(attributes),
    ...priceFindings(attributes, currencies),
  ];
}

function identifierFindings(attributes: JsonObject): readonly Finding[] {
  const findings: Finding[] = listOf(attributes.gtins)
    .filter((code) => !isGtin(String(code)))
    .map((code) => disapproved('invalid_gtin', 'gtin', `Invalid value [gtin]: ${String(code)}`));
  const identified =
    attributes.gtins !== undefined || (attributes.brand !== undefined && attributes.mpn !== undefined);
  if (!identified && attributes.identifierExists !== false) {
    findings.push({
      code: 'missing_item_attribute_for_product_type',
      attribute: 'gtin',
      severity: 'DEMOTED',
      description: 'Limited performance due to missing identifiers [gtin, brand, mpn]',
    });
  }
  return findings;
}

function priceFindings(attributes: JsonObject, currencies: ReadonlySet<string>): readonly Finding[] {
  const price = attributes.price as JsonObject | undefined;
  const sale = attributes.salePrice as JsonObject | undefined;
  const findings: Finding[] = [];
  if (price !== undefined && BigInt(String(price.amountMicros)) <= 0n) {
    findings.push(disapproved('invalid_price', 'price', 'Invalid price [price]'));
  }
  if (price !== undefined && currencies.size > 0 && !currencies.has(String(price.currencyCode))) {
    findings.push(disapproved('invalid_currency', 'price', `Unsupported currency for this country [price]`));
  }
  if (
    price !== undefined &&
    sale !== undefined &&
    BigInt(String(sale.amountMicros)) >= BigInt(String(price.amountMicros))
  ) {
    findings.push(
      disapproved('invalid_sale_price', 'sale price', 'Sale price is not below the price [sale price]'),
    );
  }
  const waiting = ['PREORDER', 'BACKORDER'].includes(String(attributes.availability));
  if (waiting && attributes.availabilityDate === undefined) {
    findings.push(
      disapproved('missing_availability_date', 'availability date', 'Missing value [availability date]'),
    );
  }
  return findings;
}

function disapproved(code: string, attribute: string, description: string): Finding {
  return { code, attribute, severity: 'DISAPPROVED', description };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as JsonValue[]) : [];
}

/** Length, check digit and prefix by GS1's rule, weights from the right. */
function isGtin(code: string): boolean {
  if (!/^(\d{8}|\d{12}|\d{13}|\d{14})$/.test(code)) return false;
  const digits = [...code].map(Number).reverse();
  const sum = digits.slice(1).reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0);
  if ((10 - (sum % 10)) % 10 !== digits[0]) return false;
  return code.length === 8 || !/^(2|02|04|05|981|982|983|984|99)/.test(code.padStart(13, '0').slice(-13));
}
