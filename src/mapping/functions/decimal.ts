import { BadData } from './definition.js';

// Signs people put between groups of three digits besides comma and point: blanks of four widths and apostrophes.
const GROUP_SIGNS = /(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?!\d))/g;
const SHAPE = /^([+-]?)(\d[\d.,]*|[.,]\d+)$/;

/**
 * Reads what people write as a number into plain digits (`-1234.5`), without floating point. `mark` is the decimal mark when
 * it is known; without it, text with two readings (`1,234`, `1.234`) is refused rather than guessed. Throws `BadData`.
 */
export function plainDecimal(text: string, mark?: string): string {
  const trimmed = text.trim().replace(/^\u2212/, '-');
  const tight = trimmed.replace(GROUP_SIGNS, '');
  const shape = SHAPE.exec(tight);
  if (!shape) throw notANumber(text);
  const [, sign = '', digits = ''] = shape;
  const decimal = mark === undefined ? markOf(digits, text, tight !== trimmed) : knownMark(mark);
  const plain = withoutGroups(digits, decimal);
  if (plain === null) throw notANumber(text);
  return sign === '-' ? `-${plain}` : plain;
}

function knownMark(mark: string): string {
  if (mark === '.' || mark === ',') return mark;
  throw new BadData(`"${mark}" is not a decimal mark: use "." or ","`, '"…" is not a decimal mark');
}

/** Which sign is the decimal mark; the empty text when there is none. */
function markOf(digits: string, original: string, grouped: boolean): string {
  const point = digits.lastIndexOf('.');
  const comma = digits.lastIndexOf(',');
  if (point < 0 && comma < 0) return '';
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ',';
  const sign = point >= 0 ? '.' : ',';
  if (digits.indexOf(sign) !== digits.lastIndexOf(sign)) return '';
  if (!grouped && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) {
    throw new BadData(
      `"${original}" has two readings: give the decimal mark`,
      '"…" has two readings: give the decimal mark',
    );
  }
  return sign;
}

/** Digits with a point; nothing when the groups are not groups of three. */
function withoutGroups(digits: string, mark: string): string | null {
  const at = mark === '' ? -1 : digits.indexOf(mark);
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  if (!/^(\d*|\d{1,3}([.,])\d{3}(?:\2\d{3})*)$/.test(whole) || whole.includes(mark || ' ')) return null;
  if (!/^\d*$/.test(fraction) || (at >= 0 && fraction === '')) return null;
  const plain = whole.replace(/[.,]/g, '') || '0';
  return fraction === '' ? plain : `${plain}.${fraction}`;
}

function notANumber(text: string): BadData {
  return new BadData(`"${text}" is not a number`, '"…" is not a number');
}
