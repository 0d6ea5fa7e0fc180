/** Why a code is not taken as a GTIN. */
export type GtinProblem =
  | 'not digits of a GTIN length'
  | 'wrong check digit'
  | 'restricted prefix'
  | 'all zeros';

/** Digits of a code without the blanks and hyphens people put into it; ISBN-10 becomes ISBN-13. */
export function gtinDigits(code: string): string {
  const plain = code.trim().replace(/[\s\u2010-\u2015-]/g, '');
  return /^\d{9}[\dXx]$/.test(plain) && isbn10Fits(plain) ? isbn13Of(plain) : plain;
}

/**
 * Checks length (8, 12, 13, 14), check digit and prefix of a GTIN. Prefixes 02, 04 and 2 (in-store codes), 05, 981 to 984 and 99
 * (coupons) belong to nobody and are refused by the channels (Google's help on GTINs, GS1 prefixes; checked 2026-11-23). 980 and
 * 985 to 989 are not among them: what a channel may take is not refused here.
 */
export function gtinProblem(digits: string): GtinProblem | null {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return 'not digits of a GTIN length';
  if (/^0+$/.test(digits)) return 'all zeros';
  if (!checkDigitFits(digits)) return 'wrong check digit';
  return hasRestrictedPrefix(digits) ? 'restricted prefix' : null;
}

function checkDigitFits(digits: string): boolean {
  let sum = 0;
  for (let place = digits.length - 2, weight = 3; place >= 0; place--, weight = 4 - weight) {
    sum += (digits.charCodeAt(place) - 48) * weight;
  }
  return (10 - (sum % 10)) % 10 === digits.charCodeAt(digits.length - 1) - 48;
}

function hasRestrictedPrefix(digits: string): boolean {
  if (digits.length === 8) return /^[02]/.test(digits);
  const as13 = digits.length === 14 ? digits.slice(1) : digits.padStart(13, '0');
  return /^(02|04|05|2|98[1-4]|99)/.test(as13);
}

function isbn10Fits(code: string): boolean {
  let sum = 0;
  for (let place = 0; place < 10; place++) {
    const digit = code[place] === 'X' || code[place] === 'x' ? 10 : Number(code[place]);
    sum += digit * (10 - place);
  }
  return sum % 11 === 0;
}

function isbn13Of(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  let sum = 0;
  for (let place = 0; place < 12; place++) sum += Number(body[place]) * (place % 2 === 0 ? 1 : 3);
  return body + String((10 - (sum % 10)) % 10);
}
