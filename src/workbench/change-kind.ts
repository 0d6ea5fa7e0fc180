import type { JsonValue } from '../domain/json.js';

/** Words of a text that are compared one by one; of longer texts only that they differ is told. */
const MOST_WORDS = 80;
/** A piece longer than this says nothing as the name of a kind. */
const LONGEST_PIECE = 40;

/**
 * What kind of difference there is between two values of an attribute, as words that equal kinds share: `“,” is gone`,
 * `“red” becomes “Red”`, `lower price`. Pure.
 */
export function kindOfChange(before: JsonValue | undefined, after: JsonValue | undefined): string {
  if (before === undefined) return 'filled';
  if (after === undefined) return 'left out';
  if (typeof before === 'string' && typeof after === 'string')
    return kindOfPrice(before, after) ?? kindOfText(before, after);
  if (typeof before === 'number' && typeof after === 'number') return after > before ? 'higher' : 'lower';
  if (Array.isArray(before) && Array.isArray(after)) return kindOfList(before, after);
  return 'another value';
}

const PRICE = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;

function kindOfPrice(before: string, after: string): string | null {
  const [, was, currency] = PRICE.exec(before) ?? [];
  const [, is, other] = PRICE.exec(after) ?? [];
  if (was === undefined || is === undefined) return null;
  if (currency !== other) return `${currency} becomes ${other}`;
  return Number(is) > Number(was) ? 'higher price' : 'lower price';
}

function kindOfText(before: string, after: string): string {
  if (before.toLowerCase() === after.toLowerCase()) return 'other capitals';
  const was = wordsOf(before);
  const is = wordsOf(after);
  if (was.join('') === is.join('')) return 'other blanks';
  if (was.length > MOST_WORDS || is.length > MOST_WORDS) return 'another text';
  const { gone, come } = piecesOf(was, is);
  if ([gone, come].some((piece) => piece.length > LONGEST_PIECE)) return 'another text';
  if (gone === '' && come === '') return 'other order';
  if (come === '') return `“${gone}” is gone`;
  return gone === '' ? `“${come}” is added` : `“${gone}” becomes “${come}”`;
}

/** Words and signs, without the blanks between. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]/gu) ?? [];
}

/** Words only one of the two has in its place; equal ones are told once. */
function piecesOf(was: readonly string[], is: readonly string[]): { gone: string; come: string } {
  const kept = commonWords(was, is);
  return {
    gone: told(was.filter((_, at) => !kept.was.has(at))),
    come: told(is.filter((_, at) => !kept.is.has(at))),
  };
}

function told(words: readonly string[]): string {
  return [...new Set(words)].join(' ');
}

/** The places of the longest common sequence in both. */
function commonWords(was: readonly string[], is: readonly string[]): { was: Set<number>; is: Set<number> } {
  const width = is.length + 1;
  const lengths = new Uint16Array((was.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = was.length - 1; row >= 0; row--)
    for (let column = is.length - 1; column >= 0; column--)
      lengths[row * width + column] =
        was[row] === is[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  const kept = { was: new Set<number>(), is: new Set<number>() };
  let row = 0;
  let column = 0;
  while (row < was.length && column < is.length) {
    if (was[row] === is[column]) {
      kept.was.add(row++);
      kept.is.add(column++);
    } else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return kept;
}

function kindOfList(before: readonly JsonValue[], after: readonly JsonValue[]): string {
  const was = new Set(before.map((entry) => JSON.stringify(entry)));
  const is = new Set(after.map((entry) => JSON.stringify(entry)));
  const gone = [...was].some((entry) => !is.has(entry));
  const come = [...is].some((entry) => !was.has(entry));
  if (gone && come) return 'other entries';
  if (gone) return 'fewer entries';
  return come ? 'more entries' : 'other order';
}
