import type { ListingChange } from '../../src/channel/connector.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { OFFER_ATTRIBUTES } from './attributes.js';
import type {
  ListingsItemPatchRequest,
  ListingsItemPutRequest,
  ListingsPatchOperation,
} from './models/operations.generated.js';
import { GENERIC } from './product-types.js';
import { requirementsOf } from './requirement-set.js';

/** Body of `putListingsItem`: the whole listing replaces what Amazon has from us. */
export function putBody(change: ListingChange): ListingsItemPutRequest {
  return {
    productType: change.kind ?? GENERIC,
    requirements: requirementsOf(change.attributes),
    attributes: change.attributes,
  };
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
