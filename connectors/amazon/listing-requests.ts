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
  if (change.action === 'upsert' && !placeStays(change) && change.pricedBy !== 'channel')
    return { operation: 'putListingsItem', body: putBody(change) };
  const body = (change.action === 'upsert' ? wholePatchBody : offerPatchBody)(change, marketplaceId);
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
 * Body of `patchListingsItem` for a whole listing whose place in its family stands or ends, or whose price we must not write: a
 * listing that is put needs a price. The relationship is not sent again:
 * Amazon counts it against a throttle of its own and feeds become slow (news of 2025-05-06 and 2025-06-25); leaving a family is the
 * deletion of its three attributes (selling-partner-api-models issue 5166); verified 2026-11.
 */
export function wholePatchBody(change: ListingChange, marketplaceId: string): ListingsItemPatchRequest {
  const { kind, attributes, family } = change;
  const place = family?.link === 'set' ? [] : FAMILY_ATTRIBUTES;
  const apart: ReadonlySet<string> = new Set([...OFFER_ATTRIBUTES, ...place]);
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
  const language = objects(attributes.item_name)[0]?.language_tag;
  const spoken = ATTRIBUTE_BY_NAME.get(name)?.selectors.includes('language_tag') === true;
  const selectors = { marketplace_id: marketplaceId, ...(spoken ? { language_tag: language } : {}) };
  return { op: 'delete', path: `/attributes/${name}`, value: [selectors] };
}

/**
 * Body of `patchListingsItem` for the offer alone. `merge` keeps what the seller set elsewhere (lead time, price limits);
 * `replace` would drop it. What we sent before and send no more is taken out: members of an offer with null (a sale always, for it
 * may end by itself), an offer for an audience and a list price with `delete`.
 * Source: developer-docs.amazon/sp-api, "Listings Items patch operations"; selling-partner-api-models issues 4406, 4554; verified 2026-11.
 */
export function offerPatchBody(change: ListingChange, marketplaceId: string): ListingsItemPatchRequest {
  const { attributes, kind } = change;
  const before = change.offerBefore ?? {};
  const then = objects(before.purchasable_offer);
  // Prices written beside a rule fight with it (spec 2.5; verified 2026-11).
  const prices =
    change.pricedBy === 'channel'
      ? []
      : [
          ...endedAudiences(objects(attributes.purchasable_offer), then),
          merged('purchasable_offer', attributes, (offer) => withEnded(offer, then)),
        ];
  const patches = [
    ...prices,
    merged('fulfillment_availability', attributes, (channel) => channel),
    listPrice(attributes, marketplaceId),
  ];
  return { productType: kind ?? GENERIC, patches: patches.filter((patch) => patch !== null) };
}

function merged(
  name: string,
  attributes: JsonObject,
  spell: (instance: JsonObject) => JsonObject,
): ListingsPatchOperation | null {
  if (!isJsonArray(attributes[name])) return null;
  return { op: 'merge', path: `/attributes/${name}`, value: objects(attributes[name]).map(spell) };
}

function listPrice(attributes: JsonObject, marketplaceId: string): ListingsPatchOperation | null {
  const path = '/attributes/list_price';
  if (isJsonArray(attributes.list_price))
    return { op: 'replace', path, value: objects(attributes.list_price) };
  const currency = objects(attributes.purchasable_offer)[0]?.currency;
  if (currency === undefined) return null;
  return { op: 'delete', path, value: [{ marketplace_id: marketplaceId, currency }] };
}

/** Null takes a member out; the price itself cannot be null, and selectors are no members. */
function withEnded(offer: JsonObject, before: readonly JsonObject[]): JsonObject {
  const then = before.find((each) => audienceOf(each) === audienceOf(offer)) ?? {};
  const sale = audienceOf(offer) === 'ALL' ? ['discounted_price'] : [];
  const ended = [...sale, ...Object.keys(then)].filter(
    (name) => offer[name] === undefined && name !== 'our_price' && !SELECTORS.includes(name),
  );
  return { ...offer, ...Object.fromEntries(ended.map((name) => [name, null])) };
}

function endedAudiences(
  offers: readonly JsonObject[],
  before: readonly JsonObject[],
): readonly (ListingsPatchOperation | null)[] {
  const still = new Set(offers.map(audienceOf));
  const ended = offers.length === 0 ? [] : before.filter((offer) => !still.has(audienceOf(offer)));
  if (ended.length === 0) return [];
  const value = ended.map((offer) =>
    Object.fromEntries(Object.entries(offer).filter(([name]) => SELECTORS.includes(name))),
  );
  return [{ op: 'delete', path: '/attributes/purchasable_offer', value }];
}

const SELECTORS: readonly string[] = ['marketplace_id', 'currency', 'audience'];

/** Left out it stands for everyone. */
function audienceOf({ audience }: JsonObject): string {
  return typeof audience === 'string' ? audience : 'ALL';
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}
