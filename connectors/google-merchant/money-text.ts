import { isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, minorPerMajor, moneyText, readDecimal } from '../../src/domain/money.js';

const MONEY_TEXT = /^(-?\d{1,15}(?:\.\d+)?)\s*([A-Za-z]{3})$/;
const MICROS_PER_MAJOR = 1_000_000n;

/** `24.99 USD` with the currency's own number of decimals; nothing when the text is no amount of that currency. */
export function spellMoneyText(text: string): string | null {
  const money = moneyIn(text);
  return money === null ? null : moneyText(money);
}

/** Google's form of `24.99 USD`: `{ amountMicros: "24990000", currencyCode: "USD" }`. Integers only, no floating point. */
export function readMoneyText(text: string): JsonObject | null {
  const money = moneyIn(text);
  return money === null ? null : microsOf(money);
}

/** Google's form of an amount. Integers only, no floating point. */
export function microsOf({ minor, currency }: Money): JsonObject {
  const microsPerMinor = MICROS_PER_MAJOR / BigInt(minorPerMajor(currency));
  return { amountMicros: String(BigInt(minor) * microsPerMinor), currencyCode: currency };
}

/** The listing form of Google's amount; fractions of the smallest coin are shown as they are. */
export function moneyFromMicros(value: JsonValue): string | null {
  if (!isJsonObject(value)) return null;
  const { amountMicros, currencyCode } = value;
  if (
    typeof currencyCode !== 'string' ||
    typeof amountMicros !== 'string' ||
    !/^-?\d{1,18}$/.test(amountMicros)
  ) {
    return null;
  }
  const micros = BigInt(amountMicros);
  const magnitude = micros < 0n ? -micros : micros;
  const fraction = String(magnitude % MICROS_PER_MAJOR).padStart(6, '0');
  const text = `${micros < 0n ? '-' : ''}${magnitude / MICROS_PER_MAJOR}.${fraction} ${currencyCode}`;
  return spellMoneyText(text) ?? text.replace(/\.?0+ /, ' ');
}

function moneyIn(text: string): { readonly minor: number; readonly currency: string } | null {
  const [, digits, code] = MONEY_TEXT.exec(text.trim()) ?? [];
  return digits === undefined || code === undefined ? null : readDecimal(digits, code.toUpperCase());
}
