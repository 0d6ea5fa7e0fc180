import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { moneyText, readDecimal } from '../../src/domain/money.js';

/** Spells a listing as Meta spells it back. Idempotent. */
export function canonical(attributes: JsonObject): JsonObject {
  const spelled: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) spelled[name] = attributeOf(name, cleaned(value));
  }
  return spelled;
}

function attributeOf(name: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') {
    if (name === 'availability') return value.toLowerCase().replaceAll('_', ' ');
    if (name === 'price' || name === 'sale_price') return amountOf(value);
    return value;
  }
  // Meta keeps labels in small letters.
  if (name === 'internal_label' && isJsonArray(value)) {
    return value.map((label) => (typeof label === 'string' ? label.toLowerCase() : label));
  }
  return value;
}

function amountOf(text: string): string {
  const match = /^(\S+) ([A-Z]{3})$/.exec(text);
  const money = match?.[1] && match[2] ? readDecimal(match[1], match[2]) : null;
  return money ? moneyText(money) : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** Without control characters, broken surrogates and blanks around it: Meta refuses or drops them. */
function cleaned(value: JsonValue): JsonValue {
  if (typeof value === 'string')
    return value
      .replace(/\p{Surrogate}/gu, '')
      .replace(UNWANTED, '')
      .trim();
  if (isJsonArray(value)) return value.map(cleaned);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [[name, cleaned(member)] as const],
  );
  return Object.fromEntries(members);
}
