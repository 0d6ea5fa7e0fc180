import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { DEFINITIONS, instanceProblem } from './attribute-definitions.js';

/** A complaint in the shape of the Listings Items model. */
export type ListingIssue = JsonObject;

/** What is wrong with an attribute's value: shape, members, selectors, limits. */
export function attributeIssues(name: string, value: JsonValue | undefined): readonly ListingIssue[] {
  const definition = Object.hasOwn(DEFINITIONS, name) ? DEFINITIONS[name] : undefined;
  if (!definition) {
    return [
      issue(
        '90000900',
        `The attribute '${name}' is not valid for the product type.`,
        name,
        'INVALID_ATTRIBUTE',
      ),
    ];
  }
  if (!isJsonArray(value) || value.length === 0) {
    return [issue('90000901', `'${name}' must be a list of objects.`, name, 'INVALID_ATTRIBUTE')];
  }
  const problems = value.map((entry) =>
    isJsonObject(entry) ? instanceProblem(entry, definition.members) : 'must be an object',
  );
  if (value.length > definition.most) problems.push(`has more than ${definition.most} values`);
  const found = problems.filter((problem) => problem !== null);
  return found.map((problem) => issue('90000902', `'${name}' ${problem}.`, name, 'INVALID_ATTRIBUTE'));
}

const OFFER = ['condition_type', 'purchasable_offer', 'fulfillment_availability'];
const FACTS = ['item_name', 'brand', 'product_description', 'bullet_point'];
const APPAREL = new Set(['SHIRT', 'SWEATSHIRT', 'COAT', 'PANTS', 'SHORTS']);

/** What a whole listing lacks, by requirement set. */
export function requirementIssues(
  productType: string,
  requirements: string,
  attributes: JsonObject,
): readonly ListingIssue[] {
  const needed =
    requirements === 'LISTING_OFFER_ONLY'
      ? ['merchant_suggested_asin', ...OFFER]
      : requirements === 'LISTING_PRODUCT_ONLY'
        ? ['item_name', 'brand']
        : [
            ...FACTS,
            ...OFFER,
            'main_product_image_locator',
            ...(APPAREL.has(productType) ? ['color', 'size'] : []),
          ];
  const missing = needed.filter((name) => attributes[name] === undefined);
  const issues = missing.map((name) =>
    issue('90220', `'${name}' is required but not supplied.`, name, 'MISSING_ATTRIBUTE'),
  );
  return requirements === 'LISTING'
    ? [...issues, ...identityIssues(attributes), ...priceIssues(attributes)]
    : issues;
}

function identityIssues(attributes: JsonObject): readonly ListingIssue[] {
  const code = attributes.externally_assigned_product_identifier;
  if (isJsonArray(code) && isJsonObject(code[0]) && !hasCheckDigit(String(code[0].value))) {
    const name = 'externally_assigned_product_identifier';
    return [issue('8560', 'The product identifier is not a valid GTIN.', name, 'INVALID_ATTRIBUTE')];
  }
  const exempt = attributes.supplier_declared_has_product_identifier_exemption;
  if (code !== undefined || exempt !== undefined || attributes.merchant_suggested_asin !== undefined)
    return [];
  const name = 'externally_assigned_product_identifier';
  return [issue('90220', `'${name}' is required but not supplied.`, name, 'MISSING_ATTRIBUTE')];
}

function priceIssues(attributes: JsonObject): readonly ListingIssue[] {
  const offer = isJsonArray(attributes.purchasable_offer) ? attributes.purchasable_offer[0] : undefined;
  if (!isJsonObject(offer)) return [];
  const price = firstPrice(offer.our_price);
  const least = firstPrice(offer.minimum_seller_allowed_price);
  return price !== null && least !== null && least > price
    ? [
        issue(
          '18155',
          "The 'minimum price' is greater than the selling price.",
          'purchasable_offer',
          'INVALID_PRICE',
        ),
      ]
    : [];
}

function firstPrice(value: JsonValue | undefined): number | null {
  const outer = isJsonArray(value) ? value[0] : undefined;
  const schedule = isJsonObject(outer) && isJsonArray(outer.schedule) ? outer.schedule[0] : undefined;
  return isJsonObject(schedule) && typeof schedule.value_with_tax === 'number'
    ? schedule.value_with_tax
    : null;
}

function hasCheckDigit(code: string): boolean {
  const digits = [...code].reverse().map(Number);
  const sum = digits.slice(1).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  return digits.length >= 8 && (10 - (sum % 10)) % 10 === digits[0];
}

/** An issue of severity ERROR. */
export function issue(
  code: string,
  message: string,
  attribute: string | null,
  category: string,
): ListingIssue {
  return {
    code,
    message,
    severity: 'ERROR',
    ...(attribute === null ? {} : { attributeNames: [attribute] }),
    categories: category === '' ? [] : [category],
    marketplaceIds: [ACCOUNT.marketplaceId],
  };
}
