import { moneyText } from '../../domain/money.js';
import { isList, isMeasure, isMoney } from './arguments.js';
import { isBlankText } from './blank.js';
import { BadData, type Value } from './definition.js';

/**
 * Any value as text: lists with comma and blank entries left out, yes/no, amounts and measures as channels write them.
 * Nothing is the empty text. Throws `BadData` for maps and records, which have no text form.
 */
export function valueText(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return '';
  if (isList(value)) return textsOf(value).join(', ');
  if (isMoney(value)) return moneyText(value);
  if (isMeasure(value)) return `${numberText(value.value)} ${value.unit}`;
  throw new BadData('a map has no text form', 'a map has no text form');
}

/** The entries of a list as trimmed texts, what is blank left out. */
export function textsOf(list: readonly Value[]): string[] {
  const texts: string[] = [];
  for (const entry of list) {
    const text = valueText(entry);
    if (!isBlankText(text)) texts.push(text.trim());
  }
  return texts;
}

/** A number with at most ten digits after the point, never with an exponent: 0.1 + 0.2 is `0.3`. */
export function numberText(value: number): string {
  if (Number.isSafeInteger(value)) return String(value === 0 ? 0 : value);
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  const text = value.toFixed(10).replace(/\.?0+$/, '');
  return text === '-0' ? '0' : text;
}
