/** An amount in the currency's smallest unit. Never a floating-point number of major units. */
export interface Money {
  /** Whole number of minor units: 1999 is 19.99 EUR, 1999 JPY is 1999 yen. */
  readonly minor: number;
  /** ISO 4217 code, capitals. */
  readonly currency: string;
}

/** Digits after the point for currencies that do not have two (ISO 4217, checked 2026-11). */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

const POWERS = [1, 10, 100, 1_000, 10_000] as const;

/** Digits after the point of a currency: JPY 0, EUR 2, KWD 3. */
export function currencyDigits(currency: string): number {
  return DIGITS[currency] ?? 2;
}

/** Minor units in one major unit: 100 for EUR. */
export function minorPerMajor(currency: string): number {
  return POWERS[currencyDigits(currency)] ?? 100;
}

/** Rounds half away from zero, tolerating the representation error of decimal fractions (1.005 → 1.01 at 2 digits). */
export function roundHalfAway(value: number): number {
  const magnitude = Math.abs(value);
  return Math.sign(value) * Math.floor(magnitude * (1 + Number.EPSILON * 2) + 0.5);
}

/** An amount from a number of major units, rounded to the currency's own digits; nothing when it is not finite or too large. */
export function moneyOf(major: number, currency: string): Money | null {
  const minor = roundHalfAway(major * minorPerMajor(currency));
  return Number.isSafeInteger(minor) ? { minor, currency } : null;
}

/** The number of major units: 19.99 for 1999 EUR. For comparing and showing, not for calculating. */
export function majorUnits(money: Money): number {
  return money.minor / minorPerMajor(money.currency);
}

/** Digits with a point and the currency's own number of decimals: `19.99`, `1999` for JPY. */
export function decimalText(money: Money): string {
  const digits = currencyDigits(money.currency);
  const sign = money.minor < 0 ? '-' : '';
  const text = String(Math.abs(money.minor)).padStart(digits + 1, '0');
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** As channels write an amount: `19.99 EUR`. */
export function moneyText(money: Money): string {
  return `${decimalText(money)} ${money.currency}`;
}

/** The amount of a text such as `19.99 EUR`; nothing when it is no amount. */
export function readMoneyText(text: string): Money | null {
  const match = /^(\S+) ([A-Z]{3})$/.exec(text.trim());
  return match?.[1] === undefined || match[2] === undefined ? null : readDecimal(match[1], match[2]);
}

/** Whether a text is the form of a currency code (three capital letters). */
export function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/**
 * Reads plain decimal digits (`19.99`, `-5`) into minor units without floating point. Text with more decimals
 * than the currency has is refused unless the surplus digits are zero.
 */
export function readDecimal(text: string, currency: string): Money | null {
  const match = /^([+-]?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const digits = currencyDigits(currency);
  const fraction = match[3] ?? '';
  if (/[^0]/.test(fraction.slice(digits))) return null;
  const minor = Number(`${match[2]}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor)) return null;
  return { minor: match[1] === '-' && minor !== 0 ? -minor : minor, currency };
}
