import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type { Buyer } from '../../src/domain/order.js';
import { giftOf, itemsOf } from './order-extras.js';

/** Buyer and address; every field may be missing, because the seller's roles decide what Amazon gives. Nothing: Amazon tells of nobody. Pure. */
export function buyerOf(order: JsonObject): Buyer | undefined {
  const buyer = objectOr(order.buyer);
  const address = objectOr(objectOr(order.recipient).deliveryAddress);
  const found: Buyer = {
    ...optional('name', textIn(address.name) ?? textIn(buyer.buyerName)),
    ...optional('email', textIn(buyer.buyerEmail)),
    ...optional('phone', textIn(address.phone)),
    ...optional('company', textIn(address.companyName) ?? textIn(buyer.buyerCompanyName)),
    ...optional('taxId', buyerTaxId(order)),
    ...optional('giftMessages', giftMessagesOf(order)),
    ...optional('notes', buyerNotes(order)),
    ...optional('address', addressOf(address)),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

function addressOf(address: JsonObject): Buyer['address'] {
  const place = {
    ...optional('city', textIn(address.city)),
    ...optional('region', textIn(address.stateOrRegion) ?? textIn(address.districtOrCounty)),
    ...optional('postalCode', textIn(address.postalCode)),
    ...optional('country', textIn(address.countryCode)),
  };
  const lines = [address.addressLine1, address.addressLine2, address.addressLine3]
    .map(textIn)
    .filter((line) => line !== undefined);
  // Parts of a town that no line names: in Brazil and Turkey a parcel needs them, in the United States it is the county, which nobody writes.
  const named = [...lines, ...Object.values(place)].join('\n');
  const districts = [
    objectOr(address.extendedFields).neighborhood,
    address.districtOrCounty,
    address.municipality,
  ]
    .map(textIn)
    .filter((text) => text !== undefined && !named.includes(text)) as readonly string[];
  const all = [...lines, ...(place.country === 'US' ? [] : new Set(districts))];
  return all.length === 0 && Object.keys(place).length === 0 ? undefined : { lines: all, ...place };
}

/** Gift messages by line. They are the buyer's words: kept with the buyer, sealed. Pure. */
function giftMessagesOf(order: JsonObject): Buyer['giftMessages'] {
  const messages = itemsOf(order).flatMap((item) => {
    const message = giftOf(item)?.giftMessage;
    const id = item.orderItemId;
    return typeof message === 'string' && message !== '' && typeof id === 'string'
      ? [[id, message] as const]
      : [];
  });
  return messages.length === 0 ? undefined : Object.fromEntries(messages);
}

/** The buyer's own tax number; those of the seller and of Amazon stand in the same list. Pure. */
function buyerTaxId(order: JsonObject): string | undefined {
  const registrations = objectOr(order.tax).taxRegistrations;
  const held = isJsonArray(registrations)
    ? registrations.find((each) => isJsonObject(each) && each.entityType === 'BUYER')
    : undefined;
  const number = objectOr(held).taxRegistrationNumber;
  return typeof number === 'string' && number !== '' ? number : undefined;
}

/** Where to leave the parcel, how to find the door, and where what is to be made for the buyer is shown. Pure. */
function buyerNotes(order: JsonObject): Buyer['notes'] {
  const preference = objectOr(objectOr(order.recipient).deliveryPreference);
  const wishes = itemsOf(order).map((item) => {
    const url = objectOr(objectOr(item.product).customization).customizedUrl;
    return url === undefined || url === ''
      ? ''
      : `To be made for item ${String(item.orderItemId)}: ${String(url)}`;
  });
  const notes = [preference.dropOffLocation, preference.addressInstruction, ...wishes].filter(
    (note) => typeof note === 'string' && note !== '',
  ) as readonly string[];
  return notes.length === 0 ? undefined : notes;
}

function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [member in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [member in Name]: Value });
}
