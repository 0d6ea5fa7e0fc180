/** Digits a currency has after the point: 2 for USD, 0 for JPY. */
export function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/**
 * The amount somebody typed, in the smallest unit: `19.99` and `19,99` are 1999 USD. Null: it is no amount, or finer than the currency, or has both
 * signs, so that what was meant is not certain.
 */
export function minorIn(text: string, currency: string): number | null {
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(text.trim());
  const digits = digitsOf(currency);
  if (!match || (match[2]?.length ?? 0) > digits) return null;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(digits, '0')}`);
}

/** The other way round, as it is typed: `1999` USD is `19.99`. */
export function typedMinor(minor: number, currency: string): string {
  const digits = digitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
}
