import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { currencyDigits, type Money, moneyText, readDecimal } from '../../src/domain/money.js';
import type { MetaRow } from './attributes/row.js';
import { ITEM_ATTRIBUTES } from './attributes.js';
import { canonical } from './canonical.js';

const COMPARED = ITEM_ATTRIBUTES.filter((row) => row.compared);

/** Names on the read side of everything `decodeItem` reads, for the `fields` of a call. */
export const READ_FIELDS: readonly string[] = [
  ...new Set([...COMPARED.map(readName), 'price', 'sale_price', 'currency']),
];

/**
 * What Meta tells of an item, as listing attributes in our spelling. Only what it tells as it was sent; prices are display text there
 * and are read only where text and currency leave no doubt, because a wrong guess would look like drift.
 */
export function decodeItem(item: JsonObject): JsonObject {
  const attributes: Record<string, JsonValue> = {};
  for (const row of COMPARED) {
    const value = item[readName(row)];
    if (value !== undefined && value !== null && value !== '') attributes[row.name] = value;
  }
  for (const name of ['price', 'sale_price'] as const) {
    const money = displayedMoney(item[name], item.currency);
    if (money !== null) attributes[name] = moneyText(money);
  }
  return canonical(attributes);
}

function readName(row: MetaRow): string {
  return row.read ?? row.name;
}

/**
 * `$1,234.50`, `1.234,50 €`, `24.90 USD` in a currency that is known. The last separator is the decimal one when exactly the currency's
 * digits follow it; a text that could mean two amounts gives nothing.
 */
export function displayedMoney(text: JsonValue | undefined, currency: JsonValue | undefined): Money | null {
  if (typeof text !== 'string' || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return null;
  const named = /[A-Z]{3}/.exec(text)?.[0];
  if (named !== undefined && named !== currency) return null;
  const amount = /^[^\d-]*(\d[\d.,\s'’]*)\D*$/
    .exec(text)?.[1]
    ?.trim()
    .replace(/[\s'’]/g, '');
  if (amount === undefined) return null;
  const digits = currencyDigits(currency);
  const [, whole = '', fraction = ''] = /^(.*?)(?:[.,](\d+))?$/.exec(amount) ?? [];
  if (digits === 3 && fraction.length === 3 && !/[.,]/.test(whole)) return null;
  if (fraction.length === digits && digits > 0) return readDecimal(`${plain(whole)}.${fraction}`, currency);
  // Three digits after a separator are a group of thousands, unless the currency has three itself.
  if (fraction === '' || (fraction.length === 3 && digits !== 3)) return readDecimal(plain(amount), currency);
  return null;
}

function plain(digits: string): string {
  return digits.replace(/[.,]/g, '');
}
