import type { JsonObject } from '../../../src/domain/json.js';
import type { PlaceKind } from '../../../src/domain/place.js';
import type { MerchantClient } from '../client.js';
import type { NestedCall } from '../multipart.js';

/** Collection of each kind of place, as methods and paths name it. */
const COLLECTION: Readonly<Record<PlaceKind, string>> = {
  store: 'localInventories',
  region: 'regionalInventories',
};

/** Name of a method as quotas have it, `localInventories.insert`. */
export function placeMethod(kind: PlaceKind, verb: 'insert' | 'delete'): string {
  return `${COLLECTION[kind]}.${verb}`;
}

/** Replaces the entry of a product at a place, or makes it. `pathName`: base64url name of the product. */
export function insertPlace(
  client: MerchantClient,
  kind: PlaceKind,
  { pathName, body }: { readonly pathName: string; readonly body: JsonObject },
): NestedCall {
  const path = `${client.account}/products/${pathName}/${COLLECTION[kind]}:insert`;
  return { method: 'POST', path: client.nestedPath('inventories', path), body };
}

/** States stock of a store for a merchant, as a provider of the local feeds partnership. */
export function insertLfp(client: MerchantClient, body: JsonObject): NestedCall {
  return { method: 'POST', path: client.nestedPath('lfp', `${client.account}/lfpInventories:insert`), body };
}

/** Takes the entry of a product at a place away. */
export function deletePlace(
  client: MerchantClient,
  kind: PlaceKind,
  { pathName, place }: { readonly pathName: string; readonly place: string },
): NestedCall {
  const path = `${client.account}/products/${pathName}/${COLLECTION[kind]}/${encodeURIComponent(place)}`;
  return { method: 'DELETE', path: client.nestedPath('inventories', path) };
}
