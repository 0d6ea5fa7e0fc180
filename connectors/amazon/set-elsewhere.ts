import type { ListingChange } from '../../src/channel/connector.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** What a seller sets in Seller Central beside our price and stock, and a patch by `merge` leaves there. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  fulfillment_availability: ['lead_time_to_ship_max_days', 'restock_date'],
  purchasable_offer: ['minimum_seller_allowed_price', 'maximum_seller_allowed_price', 'map_price'],
};

/** Bytes these members take in one instance at most, as JSON. */
const MEMBERS_BYTES = 400;

/**
 * Whether a change takes along what the seller set: a listing that is there and goes whole. One whose price a rule makes is never put;
 * a member of a family may be, where its type takes no patches. Pure.
 */
export function takesAlong({ action, externalId, pricedBy, attributes }: ListingChange): boolean {
  return (
    action === 'upsert' &&
    externalId !== null &&
    pricedBy !== 'channel' &&
    attributes.purchasable_offer !== undefined
  );
}

/** How much longer a change may become by what it takes along, in bytes. Pure. */
export function bytesTakenAlong(change: ListingChange): number {
  if (!takesAlong(change)) return 0;
  const instances = Object.keys(MEMBERS).flatMap((name) => objects(change.attributes[name]));
  return instances.length * MEMBERS_BYTES;
}

/**
 * A listing as Amazon shows it less what the seller set beside what we send: a lead time or a limit we say nothing about is no
 * deviation from us. Were it one, the listing would be put whole, and what the seller set would be gone. Pure.
 */
export function withoutSetElsewhere(shown: JsonObject, ours: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => {
      const members = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
      if (members === undefined || !isJsonArray(value)) return [name, value];
      const said = objects(ours[name]);
      return [name, value.map((entry) => (isJsonObject(entry) ? less(entry, members, said) : entry))];
    }),
  );
}

/**
 * A listing that is put, with what the seller set beside it: Amazon drops what a whole listing does not name. What we said ourselves
 * before and say no more (`before`) is not the seller's and ends. Pure.
 */
export function withSetElsewhere(ours: JsonObject, shown: JsonObject, before: JsonObject): JsonObject {
  const kept = Object.entries(MEMBERS).flatMap(([name, members]) => {
    const value = ours[name];
    if (!isJsonArray(value)) return [];
    const [there, said] = [objects(shown[name]), objects(before[name])];
    return [
      [name, value.map((entry) => (isJsonObject(entry) ? more(entry, members, { there, said }) : entry))],
    ];
  });
  return { ...ours, ...Object.fromEntries(kept) };
}

function more(
  entry: JsonObject,
  members: readonly string[],
  { there, said }: { readonly there: readonly JsonObject[]; readonly said: readonly JsonObject[] },
): JsonObject {
  const isSame = (each: JsonObject): boolean => keyOf(each) === keyOf(entry);
  const [shown = {}, before = {}] = [there.find(isSame), said.find(isSame)];
  const set = members.filter((name) => shown[name] !== undefined && before[name] === undefined);
  return { ...Object.fromEntries(set.map((name) => [name, shown[name]])), ...entry };
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function less(entry: JsonObject, members: readonly string[], said: readonly JsonObject[]): JsonValue {
  const own = said.find((each) => keyOf(each) === keyOf(entry));
  return Object.fromEntries(
    Object.entries(entry).filter(([name]) => !members.includes(name) || own?.[name] !== undefined),
  );
}

/** Instances of one attribute differ by channel code or audience; no audience stands for everyone. */
function keyOf({ fulfillment_channel_code: code, audience }: JsonObject): string {
  return JSON.stringify([code ?? null, audience ?? 'ALL']);
}
