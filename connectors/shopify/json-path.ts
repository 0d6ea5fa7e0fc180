import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, readDecimal } from '../../src/domain/money.js';

/** The object in a member. Throws `unreadable_answer` when it is none: an answer we cannot read is never "nothing". */
export function objectIn(of: JsonObject, name: string): JsonObject {
  const value = of[name];
  if (isJsonObject(value)) return value;
  throw unreadable(name);
}

/** The object in a member, or null when it is absent or null. */
export function objectOrNull(of: JsonObject, name: string): JsonObject | null {
  const value = of[name];
  return value === undefined || value === null ? null : objectIn(of, name);
}

/** The objects of a list; throws like `objectIn`. */
export function listIn(of: JsonObject, name: string): readonly JsonObject[] {
  return objectsOf(of[name], name);
}

/** The nodes of a connection; throws like `objectIn`. */
export function nodesIn(of: JsonObject, name: string): readonly JsonObject[] {
  return objectsOf(objectIn(of, name).nodes, name);
}

/** The cursor of the page after a connection's; null: that was the last. */
export function nextOf(of: JsonObject, name: string): string | null {
  const info = objectIn(objectIn(of, name), 'pageInfo');
  if (info.hasNextPage !== true) return null;
  if (typeof info.endCursor === 'string') return info.endCursor;
  throw unreadable(`${name}.pageInfo`);
}

/** The text in a member; throws like `objectIn`. */
export function textIn(of: JsonObject, name: string): string {
  const value = of[name];
  if (typeof value === 'string') return value;
  throw unreadable(name);
}

/** The text in a member; nothing when it is absent, null or empty. */
export function textOrNothing(of: JsonObject, name: string): string | undefined {
  const value = of[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The whole number in a member; throws like `objectIn`. */
export function countIn(of: JsonObject, name: string): number {
  const value = of[name];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw unreadable(name);
}

/** The shop's own amount of a money bag; throws like `objectIn`. */
export function shopMoney(of: JsonObject, name: string): Money {
  const money = objectIn(objectIn(of, name), 'shopMoney');
  const read = readDecimal(textIn(money, 'amount'), textIn(money, 'currencyCode'));
  if (read !== null) return read;
  throw unreadable(name);
}

/** The number at the end of a global id: `gid://shopify/Location/70881412` → `70881412`. */
export function plainId(gid: string): string {
  return /\/(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid;
}

function objectsOf(value: JsonValue | undefined, name: string): readonly JsonObject[] {
  if (isJsonArray(value) && value.every(isJsonObject)) return value as readonly JsonObject[];
  throw unreadable(name);
}

function unreadable(name: string): ChannelError {
  return new ChannelError(`Shopify’s answer cannot be read at ${name}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'us',
    advice: 'The call is checked and repeated by itself. Report it with the log if it stays.',
  });
}
