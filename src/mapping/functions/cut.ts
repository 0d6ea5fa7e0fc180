import { codePointBefore, isUnspaced } from './phrase.js';

// Text in which one letter may take several code points: only there is the slow cutting by graphemes needed.
const NEEDS_GRAPHEMES = /\p{M}|\u200d|\p{Surrogate}|[\u{10000}-\u{10ffff}]|[\u1100-\u11ff]/u;
const SURROGATE = /[\ud800-\udfff]/;
// Signs that mean nothing at the end of a shortened text.
const TRAILING = /[\s,;:–—\-&/|(+]/;

let segmenter: Intl.Segmenter | undefined;

/** Number of code points of a text. */
export function codePoints(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _sign of text) count++;
  return count;
}

/** The place (in UTF-16 units) after the first `count` code points. */
export function placeAfter(text: string, count: number): number {
  if (!SURROGATE.test(text)) return Math.min(count, text.length);
  let place = 0;
  let left = count;
  for (const sign of text) {
    if (left-- <= 0) break;
    place += sign.length;
  }
  return place;
}

/** The first `count` code points of a text, never half a letter or emoji. */
export function firstGraphemes(text: string, count: number): string {
  return text.slice(0, letterEdge(text, placeAfter(text, count)));
}

/** The text up to a place (in UTF-16 units), shortened to a word edge; a single long word is cut between letters. */
export function cutAtWord(text: string, place: number): string {
  if (place >= text.length) return text;
  const limit = letterEdge(text, place);
  let at = limit;
  while (at > 0 && !isWordEdge(text, at)) at--;
  while (at > 0 && TRAILING.test(text[at - 1] ?? '')) at--;
  return text.slice(0, at === 0 ? limit : at);
}

function isWordEdge(text: string, at: number): boolean {
  const next = text.charCodeAt(at);
  if (next <= 32 || next === 0xa0) return true;
  const before = text.charCodeAt(at - 1);
  if (before <= 32 || before === 0xa0) return true;
  return before >= 0x0e00 && isUnspaced(codePointBefore(text, at));
}

/** The last place at or before `place` that is not inside a letter or emoji. */
function letterEdge(text: string, place: number): number {
  if (place >= text.length) return text.length;
  if (!needsGraphemes(text, place)) return place;
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const found = segmenter.segment(text).containing(place);
  return found ? found.index : place;
}

// Looks at the signs next to the cut first; most cuts fall between two plain letters.
function needsGraphemes(text: string, place: number): boolean {
  const near = text.slice(Math.max(0, place - 2), place + 2);
  return NEEDS_GRAPHEMES.test(near);
}
