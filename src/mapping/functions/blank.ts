import { isList } from './arguments.js';
import type { Value } from './definition.js';

/** True for nothing, empty or only-blanks text, and lists of such. A blank result is left out of a listing. */
export function isBlank(value: Value | undefined): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isBlankText(value);
  return isList(value) && value.every(isBlank);
}

/** Looks at the first letter before it trims: nearly every text ends the question there. */
export function isBlankText(text: string): boolean {
  const first = text.charCodeAt(0);
  return Number.isNaN(first) || ((first <= 32 || first >= 160) && text.trim() === '');
}
