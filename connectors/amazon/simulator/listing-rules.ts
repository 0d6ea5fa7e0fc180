import type { SchemaValidateFunction } from 'ajv';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { definitionDocument, requiredBy } from './product-type-documents.js';

/** A complaint in the shape of the Listings Items model. */
export type ListingIssue = JsonObject;

/** What is wrong with an attribute's value: shape, members, selectors, limits. */
export function attributeIssues(name: string, value: JsonValue | undefined): readonly ListingIssue[] {
  const check = ofAttribute(name);
  if (!check) {
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
  const problems = check(value) ? [] : (check.errors ?? []).map(spoken);
  if (value.some((entry) => isJsonObject(entry) && isElsewhere(entry)))
    problems.push('belongs to another store or language');
  return problems.map((problem) => issue('90000902', `'${name}' ${problem}.`, name, 'INVALID_ATTRIBUTE'));
}

function spoken({ instancePath, message, params }: NonNullable<ValidateFunction['errors']>[number]): string {
  const extra: unknown = params.additionalProperty;
  const what = typeof extra === 'string' ? `has the unknown member '${extra}'` : (message ?? 'is not valid');
  return instancePath === '' ? what : `${instancePath.slice(1)} ${what}`;
}

/** The definition takes any text for a selector; the store does not. */
function isElsewhere({ marketplace_id, language_tag }: JsonObject): boolean {
  if (marketplace_id !== undefined && marketplace_id !== ACCOUNT.marketplaceId) return true;
  return language_tag !== undefined && !/^[a-z]{2}_[A-Z]{2}$/.test(String(language_tag));
}

const checks = new Map<string, ValidateFunction>();

/** The check of one attribute by the document every type shares. */
function ofAttribute(name: string): ValidateFunction | null {
  if (!Object.hasOwn(PROPERTIES, name)) return null;
  const known = checks.get(name);
  if (known) return known;
  const made = judge().compile({ $defs: DOCUMENT.$defs, ...(PROPERTIES[name] as JsonObject) });
  checks.set(name, made);
  return made;
}

const DOCUMENT = JSON.parse(
  definitionDocument('PRODUCT', 'LISTING', 'NONE').bytes.toString('utf8'),
) as JsonObject;
const PROPERTIES = isJsonObject(DOCUMENT.properties) ? DOCUMENT.properties : {};

/** A validator with the words of the dialect, written for the simulator alone. */
function judge(): Ajv2019 {
  const ajv = new Ajv2019({ strict: false, allErrors: true, multipleOfPrecision: 6 });
  ajv.addKeyword({
    keyword: 'maxUtf8ByteLength',
    type: 'string',
    validate: (most: number, text: string) => new TextEncoder().encode(text).length <= most,
  });
  ajv.addKeyword({
    keyword: 'maxUniqueItems',
    type: 'array',
    validate: fewEnough,
  });
  return ajv;
}

const fewEnough: SchemaValidateFunction = (most: number, instances: readonly JsonObject[], parent) => {
  const names = (parent?.selectors ?? []) as readonly string[];
  const tuples = instances.map((each) => names.map((name) => String(each[name] ?? '')).join('\n'));
  return tuples.every((tuple) => tuples.filter((other) => other === tuple).length <= most);
};

/** What a whole listing lacks, by requirement set. */
export function requirementIssues(
  productType: string,
  requirements: string,
  attributes: JsonObject,
): readonly ListingIssue[] {
  const missing = requiredBy(productType, requirements).filter((name) => attributes[name] === undefined);
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

/** A price outside the limits the seller set closes the offer; discounts by quantity are for businesses. */
function priceIssues(attributes: JsonObject): readonly ListingIssue[] {
  const offers = isJsonArray(attributes.purchasable_offer)
    ? attributes.purchasable_offer.filter(isJsonObject)
    : [];
  const refused = (code: string, message: string): ListingIssue =>
    issue(code, message, 'purchasable_offer', 'INVALID_PRICE');
  return offers.flatMap((offer) => {
    const price = firstPrice(offer.our_price);
    const least = firstPrice(offer.minimum_seller_allowed_price);
    const most = firstPrice(offer.maximum_seller_allowed_price);
    return [
      ...(price !== null && least !== null && least > price
        ? [refused('18155', "The 'minimum price' is greater than the selling price.")]
        : []),
      ...(price !== null && most !== null && most < price
        ? [refused('18155', "The 'maximum price' is less than the selling price.")]
        : []),
      ...(offer.quantity_discount_plan !== undefined && offer.audience !== 'B2B'
        ? [refused('90000902', "'quantity_discount_plan' is for audience B2B.")]
        : []),
    ];
  });
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
