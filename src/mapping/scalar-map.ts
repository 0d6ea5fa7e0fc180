import type { Place } from './source-file.js';

/** How a scalar is written in YAML. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

/** Where a text stands in its file, with the way it is written. */
export interface ScalarPlace extends Place {
  readonly style: ScalarStyle;
}

/**
 * File offsets of a stretch of a scalar's value. YAML folds and indents, but it keeps every visible character in order,
 * so the n-th visible character of the value is the n-th one of the source. The character found is compared; if it is
 * another one the whole scalar is returned.
 */
export function placeInFile(
  scalar: ScalarPlace,
  value: string,
  range: { start: number; end: number },
): Place {
  if (range.start <= 0 && range.end >= value.trimEnd().length) return wholeOf(scalar);
  const offsets = visibleOffsets(scalar);
  const start = offsetOf(offsets, value, range.start, scalar.file.text);
  if (start === null) return wholeOf(scalar);
  const last = offsetOf(offsets, value, Math.max(range.start, range.end - 1), scalar.file.text);
  return { file: scalar.file, start, end: last === null || last < start ? start + 1 : last + 1 };
}

function wholeOf(scalar: ScalarPlace): Place {
  if (scalar.style !== 'block') return scalar;
  const first = visibleOffsets(scalar)[0];
  return first === undefined ? scalar : { file: scalar.file, start: first, end: trimmedEnd(scalar) };
}

function trimmedEnd(place: Place): number {
  return place.start + place.file.text.slice(place.start, place.end).trimEnd().length;
}

/** Offset in the file of one character of the value; a blank is placed behind the visible character before it. */
function offsetOf(offsets: readonly number[], value: string, at: number, text: string): number | null {
  const visibleBefore = countVisible(value, at);
  const character = value[at];
  if (character !== undefined && isVisible(character)) {
    const found = offsets[visibleBefore];
    return found !== undefined && fits(text, found, character) ? found : null;
  }
  const previous = offsets[visibleBefore - 1];
  return previous === undefined ? null : previous + 1;
}

function fits(text: string, offset: number, character: string): boolean {
  return text[offset] === character || text[offset] === '\\';
}

function countVisible(value: string, until: number): number {
  let count = 0;
  for (let index = 0; index < until && index < value.length; index++) {
    if (isVisible(value[index] ?? ' ')) count++;
  }
  return count;
}

function isVisible(character: string): boolean {
  return character !== ' ' && character !== '\n' && character !== '\t' && character !== '\r';
}

function visibleOffsets(scalar: ScalarPlace): number[] {
  const { text } = scalar.file;
  if (scalar.style === 'double') return doubleQuoted(text, scalar.start + 1, scalar.end - 1);
  const offsets: number[] = [];
  let start = scalar.start;
  let end = scalar.end;
  if (scalar.style === 'single') {
    start++;
    end--;
  } else if (scalar.style === 'block') {
    const headerEnd = text.indexOf('\n', start);
    start = headerEnd === -1 ? end : headerEnd + 1;
  }
  for (let offset = start; offset < end; offset++) {
    if (!isVisible(text[offset] ?? ' ')) continue;
    offsets.push(offset);
    if (scalar.style === 'single' && text[offset] === "'") offset++;
  }
  return offsets;
}

const ESCAPE_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
const INVISIBLE_ESCAPES = 'ntr \t';

function doubleQuoted(text: string, start: number, end: number): number[] {
  const offsets: number[] = [];
  for (let offset = start; offset < end; offset++) {
    const character = text[offset] ?? ' ';
    if (character !== '\\') {
      if (isVisible(character)) offsets.push(offset);
      continue;
    }
    const escaped = text[offset + 1] ?? ' ';
    if (escaped === '\n' || escaped === '\r') {
      offset++;
      continue;
    }
    if (!INVISIBLE_ESCAPES.includes(escaped)) offsets.push(offset);
    offset += (ESCAPE_LENGTH[escaped] ?? 2) - 1;
  }
  return offsets;
}
