import type { ListingChange } from '../../src/channel/connector.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { ATTRIBUTE_BY_NAME, FAMILY_ATTRIBUTES, OFFER_ATTRIBUTES } from './attributes.js';
import { withoutPlace } from './family.js';
import type {
  ListingsItemPatchRequest,
  ListingsItemPutRequest,
  ListingsPatchOperation,
} from './models/operations.generated.js';
import { GENERIC } from './product-types.js';
import { requirementsOf } from './requirement-set.js';

/** A change as the one write of the Listings Items API that carries it; feeds know the same three. */
export type ListingWrite =
  | { readonly operation: 'deleteListingsItem' }
  | { readonly operation: 'putListingsItem'; readonly body: ListingsItemPutRequest }
  | { readonly operation: 'patchListingsItem'; readonly body: ListingsItemPatchRequest };

/** Which write a change is: whole listings replace what is there, unless their place in a family must not be sent again. Pure. */
export function writeOf(change: ListingChange, marketplaceId: string): ListingWrite {
  if (change.action === 'remove') return { operation: 'deleteListingsItem' };
  if (change.action === 'upsert' && !placeStays(change))
    return { operation: 'putListingsItem', body: putBody(change) };
  const body = (change.action === 'upsert' ? familyPatchBody : offerPatchBody)(change, marketplaceId);
  return { operation: 'patchListingsItem', body };
}

/** Whether a whole listing goes without its place in a family, which stands or ends. Pure. */
export function placeStays({ action, family }: ListingChange): boolean {
  return action === 'upsert' && (family?.link === 'keep' || family?.link === 'unset');
}

/** Amazon's code for an attribute the product type does not take; members of a family have it where a type takes no patches of them. */
export const NOT_FOR_THE_TYPE = '90000900';

/** Body of `putListingsItem`: the whole listing replaces what Amazon has from us. */
export function putBody(change: ListingChange): ListingsItemPutRequest {
  const attributes = change.family?.link === 'bare' ? withoutPlace(change.attributes) : change.attributes;
  return { productType: change.kind ?? GENERIC, requirements: requirementsOf(attributes), attributes };
}

/**
 * Body of `patchListingsItem` for a whole listing whose place in its family stands or ends. The relationship is not sent again:
 * Amazon counts it against a throttle of its own and feeds become slow (news of 2025-05-06 and 2025-06-25); leaving a family is the
 * deletion of its three attributes (selling-partner-api-models issue 5166); verified 2026-11.
 */
export function familyPatchBody(change: ListingChange, marketplaceId: string): ListingsItemPatchRequest {
  const { kind, attributes, family } = change;
  const apart: ReadonlySet<string> = new Set([...OFFER_ATTRIBUTES, ...FAMILY_ATTRIBUTES]);
  const facts = Object.entries(attributes).flatMap(([name, value]): ListingsPatchOperation[] =>
    apart.has(name) || !isJsonArray(value)
      ? []
      : [{ op: 'replace', path: `/attributes/${name}`, value: value.filter(isJsonObject) }],
  );
  const gone = (family?.gone ?? []).filter((name) => !apart.has(name));
  const left = family?.link === 'unset' ? FAMILY_ATTRIBUTES : [];
  return {
    productType: kind ?? GENERIC,
    patches: [
      ...[...left, ...gone].map((name) => deletion(name, attributes, marketplaceId)),
      ...facts,
      ...offerPatchBody(change, marketplaceId).patches,
    ],
  };
}

function deletion(name: string, attributes: JsonObject, marketplaceId: string): ListingsPatchOperation {
  const language = firstOf(attributes.item_name)?.language_tag;
  const spoken = ATTRIBUTE_BY_NAME.get(name)?.selectors.includes('language_tag') === true;
  const selectors = { marketplace_id: marketplaceId, ...(spoken ? { language_tag: language } : {}) };
  return { op: 'delete', path: `/attributes/${name}`, value: [selectors] };
}

/**
 * Body of `patchListingsItem` for the offer alone. `merge` keeps what the seller set elsewhere (lead time, price limits);
 * `replace` would drop it. A sale that ended is taken out with null; a list price that ended with `delete`.
 * Source: developer-docs.amazon/sp-api, "Listings Items patch operations"; selling-partner-api-models issues 4406, 4554; verified 2026-11.
 */
export function offerPatchBody(change: ListingChange, marketplaceId: string): ListingsItemPatchRequest {
  const patches = OFFER_ATTRIBUTES.map((name) => patchOf(name, change.attributes, marketplaceId));
  return { productType: change.kind ?? GENERIC, patches: patches.filter((patch) => patch !== null) };
}

function patchOf(name: string, attributes: JsonObject, marketplaceId: string): ListingsPatchOperation | null {
  const value = attributes[name];
  const path = `/attributes/${name}`;
  if (name === 'list_price') {
    if (isJsonArray(value)) return { op: 'replace', path, value: value.filter(isJsonObject) };
    const currency = firstOf(attributes.purchasable_offer)?.currency;
    if (currency === undefined) return null;
    return { op: 'delete', path, value: [{ marketplace_id: marketplaceId, currency }] };
  }
  if (!isJsonArray(value)) return null;
  const instances = value.filter(isJsonObject);
  return {
    op: 'merge',
    path,
    value: name === 'purchasable_offer' ? instances.map(withEndedSale) : instances,
  };
}

function withEndedSale(offer: JsonObject): JsonObject {
  if (offer.discounted_price !== undefined) return offer;
  return { ...offer, discounted_price: null };
}

function firstOf(value: JsonValue | undefined): JsonObject | null {
  const first = isJsonArray(value) ? value[0] : undefined;
  return isJsonObject(first) ? first : null;
}
