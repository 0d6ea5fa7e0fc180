import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { placeIssues } from './families.js';
import { type ItemCatalog, isItem } from './item-catalog.js';
import { attributeIssues, issue, type ListingIssue, requirementIssues } from './listing-rules.js';
import { invalid, success } from './replies.js';
import { patched, type Shelf } from './shelf.js';

const REQUIREMENTS = ['LISTING', 'LISTING_PRODUCT_ONLY', 'LISTING_OFFER_ONLY'];
const OPERATIONS = ['add', 'replace', 'merge', 'delete'];
/** Attributes for which `merge` is documented. */
const MERGEABLE = ['fulfillment_availability', 'purchasable_offer'];
const LONGEST_SKU = 40;

/** The seller's listings and the catalog they are offers in. */
export interface ListingPlace {
  readonly shelf: Shelf;
  readonly catalog: ItemCatalog;
}

/** PUT: creates a listing or replaces it whole. */
export function putListing(
  { shelf, catalog }: ListingPlace,
  sku: string,
  request: SimulatorRequest,
): SimulatorReply {
  const body = bodyOf(request);
  if (!body) return invalid('The body is not a JSON object.');
  const problem = skuProblem(sku) ?? productTypeProblem(body);
  if (problem) return invalid(problem);
  const requirements = body.requirements ?? 'LISTING';
  if (typeof requirements !== 'string' || !REQUIREMENTS.includes(requirements))
    return invalid('requirements is unknown.');
  if (!isJsonObject(body.attributes)) return invalid('attributes is required.');
  const attributes = body.attributes;
  const productType = String(body.productType);
  const issues = [
    ...requirementIssues(productType, requirements, attributes),
    ...placeIssues(attributes),
    ...Object.entries(attributes).flatMap(([name, value]) => attributeIssues(name, value)),
    ...itemIssues({ shelf, catalog }, attributes),
  ];
  if (issues.length > 0 || isPreview(request)) return submission(sku, issues, isPreview(request));
  shelf.accept(sku, { kind: 'put', productType, attributes });
  return submission(sku, []);
}

/** An offer needs an item that exists and that the seller may list. */
function itemIssues(
  { shelf, catalog }: ListingPlace,
  { merchant_suggested_asin: suggested }: JsonObject,
): readonly ListingIssue[] {
  const first = isJsonArray(suggested) ? suggested[0] : undefined;
  const asin = isJsonObject(first) && typeof first.value === 'string' ? first.value : null;
  if (asin === null) return [];
  const name = 'merchant_suggested_asin';
  if (!isItem(catalog, shelf, asin))
    return [issue('8058', `The ASIN '${asin}' does not exist in the catalog.`, name, 'INVALID_ATTRIBUTE')];
  const restriction = catalog.restrictions.get(asin);
  return restriction ? [issue('18742', restriction.message, name, 'QUALIFICATION_REQUIRED')] : [];
}

/**
 * PATCH: changes top-level attributes. One for a SKU that is not listed is accepted all the same and leaves an offer without an
 * item, which is never on sale. Source: selling-partner-api-docs issue 3748, answered by Amazon; verified 2026-11.
 */
export function patchListing(shelf: Shelf, sku: string, request: SimulatorRequest): SimulatorReply {
  const body = bodyOf(request);
  if (!body) return invalid('The body is not a JSON object.');
  const problem = productTypeProblem(body);
  if (problem) return invalid(problem);
  if (!isJsonArray(body.patches) || body.patches.length === 0) return invalid('patches is required.');
  const patches = body.patches.filter(isJsonObject);
  if (patches.length !== body.patches.length) return invalid('A patch must be an object.');
  if (patches.some(({ op }) => !OPERATIONS.includes(String(op)))) return invalid('op is unknown.');
  const issues = [...patches.flatMap(patchIssues), ...memberIssues(shelf, sku, patches)];
  if (issues.length > 0) return submission(sku, issues);
  const after = patched(shelf.awaited(sku) ?? {}, patches);
  const touched = patches.map(({ path }) => String(path).slice('/attributes/'.length));
  const result = touched
    .filter((name) => after[name] !== undefined)
    .flatMap((name) => attributeIssues(name, after[name]))
    .concat(placeIssues(after));
  if (result.length > 0 || isPreview(request)) return submission(sku, result, isPreview(request));
  shelf.accept(sku, { kind: 'patch', productType: String(body.productType), patches });
  return submission(sku, []);
}

/** DELETE: takes a listing off; accepted too where there is none: the model has no 404 for it. */
export function deleteListing(shelf: Shelf, sku: string): SimulatorReply {
  shelf.accept(sku, { kind: 'delete' });
  return submission(sku, []);
}

function patchIssues(patch: JsonObject): readonly ListingIssue[] {
  const path = /^\/attributes\/([a-z0-9_]+)$/.exec(String(patch.path));
  if (!path)
    return [issue('90000900', `The path '${String(patch.path)}' is not valid.`, null, 'INVALID_ATTRIBUTE')];
  const name = path[1] ?? '';
  if (!isJsonArray(patch.value) || !patch.value.every(isJsonObject)) {
    return [issue('90000901', `The patch of '${name}' needs a list of objects.`, name, 'INVALID_ATTRIBUTE')];
  }
  if (patch.op === 'merge' && !MERGEABLE.includes(name)) {
    return [issue('90000903', `'${name}' cannot be merged.`, name, 'INVALID_ATTRIBUTE')];
  }
  const nulls = patch.value.filter(isJsonObject).some((entry) => patch.op !== 'merge' && hasNull(entry));
  if (nulls) return [issue('90000902', `'${name}' has an empty member.`, name, 'INVALID_ATTRIBUTE')];
  const price = patch.value.filter(isJsonObject).some((entry) => entry.our_price === null);
  return price ? [issue('90000902', 'our_price cannot be null.', name, 'INVALID_PRICE')] : [];
}

/** Some product types take nothing but the offer of a member of a family by patch. Source: selling-partner-api-models issue 439; verified 2026-11. */
function memberIssues(shelf: Shelf, sku: string, patches: readonly JsonObject[]): readonly ListingIssue[] {
  const isMember = shelf.awaited(sku)?.child_parent_sku_relationship !== undefined;
  if (!isMember || !shelf.wholeOnly.has(shelf.get(sku)?.productType ?? '')) return [];
  return patches
    .map(({ path }) => String(path).slice('/attributes/'.length))
    .filter((name) => !OFFER.includes(name))
    .map((name) => issue('90000900', `'${name}' cannot be patched here.`, name, 'INVALID_ATTRIBUTE'));
}

const OFFER = ['purchasable_offer', 'fulfillment_availability', 'list_price'];

function hasNull(entry: JsonObject): boolean {
  return Object.values(entry).includes(null);
}

/** Judged by the same rules, stored by none. */
function isPreview(request: SimulatorRequest): boolean {
  return request.query.get('mode') === 'VALIDATION_PREVIEW';
}

function submission(sku: string, issues: readonly ListingIssue[], preview = false): SimulatorReply {
  return success({
    sku,
    status: issues.length > 0 ? 'INVALID' : preview ? 'VALID' : 'ACCEPTED',
    submissionId: randomUUID().replaceAll('-', ''),
    issues,
  });
}

function skuProblem(sku: string): string | null {
  return sku.trim() === '' || [...sku].length > LONGEST_SKU
    ? `The SKU must have 1 to ${LONGEST_SKU} characters.`
    : null;
}

function productTypeProblem(body: JsonObject): string | null {
  return typeof body.productType === 'string' && /^[A-Z][A-Z0-9_]*$/.test(body.productType)
    ? null
    : 'productType is required.';
}

function bodyOf(request: SimulatorRequest): JsonObject | null {
  try {
    const parsed = JSON.parse(request.body.toString('utf8')) as JsonValue;
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
