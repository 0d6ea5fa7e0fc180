import { ChannelError } from '../../src/domain/errors.js';
import { type Instant, readInstant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, readDecimal } from '../../src/domain/money.js';

/** An id, which the API writes as a number. Throws `unreadable_answer`. */
export function idIn(of: JsonObject, name = 'id'): string {
  const value = of[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
  throw unreadable(name);
}

/** The text in a member; throws like `idIn`. */
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

/** The objects of a list; an absent list is none, anything else throws like `idIn`. */
export function listIn(of: JsonObject, name: string): readonly JsonObject[] {
  const value = of[name];
  if (value === undefined || value === null) return [];
  if (isJsonArray(value) && value.every(isJsonObject)) return value as readonly JsonObject[];
  throw unreadable(name);
}

/** An amount, which the API writes as decimal text; throws like `idIn`. */
export function moneyIn(of: JsonObject, name: string, currency: string): Money {
  const money = readDecimal(textIn(of, name), currency);
  if (money !== null) return money;
  throw unreadable(name);
}

/** An instant of a `…_gmt` member, which is written without its zone; nothing when it is null or empty. */
export function gmtIn(of: JsonObject, name: string): Instant | undefined {
  const text = textOrNothing(of, name);
  return text === undefined ? undefined : (readInstant(`${text}Z`) ?? undefined);
}

/** The value of a meta entry; the last one counts, as in WordPress. */
export function metaIn(of: JsonObject, key: string): JsonValue | undefined {
  return listIn(of, 'meta_data').findLast((entry) => entry.key === key)?.value;
}

/** The text of a meta entry. */
export function metaText(of: JsonObject, key: string): string | undefined {
  const value = metaIn(of, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An answer that cannot be read is never "nothing". */
export function unreadable(name: string): ChannelError {
  return new ChannelError(`The shop’s answer cannot be read at ${name}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'us',
    advice: 'The call is checked and repeated by itself. Report it with the log if it stays.',
  });
}
