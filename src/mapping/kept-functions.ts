import { asList, asNumber, asText, isList, isRecord } from './functions/arguments.js';
import { BadData, type FunctionDefinition, type Implementation, type Value } from './functions/definition.js';
import { patternArgument } from './functions/pattern.js';
import { producedList, producedText } from './functions/produce.js';

/** CEL's own functions with their standard meaning, apart from bad data, which is noted instead of thrown. */
export const KEPT: ReadonlyMap<string, FunctionDefinition> = new Map(
  Object.entries<Implementation>({
    size: (_context, value = null) => sizeOf(value),
    contains: (_context, text, part) => asText(text).includes(asText(part)),
    startsWith: (_context, text, part) => asText(text).startsWith(asText(part)),
    endsWith: (_context, text, part) => asText(text).endsWith(asText(part)),
    trim: (_context, text) => asText(text).trim(),
    split: (context, text, separator, limit) =>
      producedList(
        context,
        splitText(asText(text), asText(separator), limit === undefined ? -1 : asNumber(limit)),
      ),
    join: (context, list, separator) => {
      const parts = asList(list).filter((entry) => entry !== null);
      return producedText(
        context,
        parts.map((entry) => asText(entry)).join(separator === undefined ? '' : asText(separator)),
      );
    },
    indexOf: (_context, text, part, from) =>
      indexOf(asText(text), asText(part), from === undefined ? 0 : asNumber(from)),
    substring: (_context, text, start, end) =>
      substring(asText(text), asNumber(start), end === undefined ? null : asNumber(end)),
    string: (_context, value = null) => asPlainText(value),
    int: (_context, value = null) => wholeNumber(value),
    double: (_context, value = null) => number(value),
  }).map(([name, call]) => [name, kept(name, () => call)]),
).set(
  'matches',
  kept('matches', (literals) => {
    const pattern = patternArgument(literals[1]);
    return (_context, text) => pattern.matcher(asText(text)).find();
  }),
);

function kept(name: string, prepare: FunctionDefinition['prepare']): FunctionDefinition {
  return {
    name,
    group: 'CEL',
    signatures: [],
    doc: '',
    example: { source: '', result: '' },
    ...(name === 'size' ? { seesNothing: true } : {}),
    ...(name === 'matches' ? { literals: { 1: 'pattern' } } : {}),
    prepare,
  };
}

function sizeOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'string') return codePoints(value);
  if (isList(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : 0;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count--;
        index++;
      }
    }
  }
  return count;
}

function splitText(text: string, separator: string, limit: number): string[] {
  const parts = text.split(separator);
  if (limit < 0 || parts.length <= limit) return parts;
  return limit === 0 ? [] : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

/** Positions count code points, as `size` and `substring` do. */
function indexOf(text: string, part: string, from: number): number {
  const letters = codePoints(text) === text.length ? null : [...text];
  const start = letters === null ? from : letters.slice(0, from).join('').length;
  const found = text.indexOf(part, Math.max(0, start));
  return found <= 0 || letters === null ? found : codePoints(text.slice(0, found));
}

function substring(text: string, start: number, end: number | null): string {
  const letters = [...text];
  const stop = end ?? letters.length;
  if (start < 0 || stop < start || stop > letters.length) {
    throw new BadData(
      `"${text}" has no letters from ${start} to ${stop}`,
      'substring reaches beyond the text',
    );
  }
  return letters.slice(start, stop).join('');
}

function asPlainText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new BadData('this has no plain text', 'this has no plain text');
}

const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function number(value: Value): number | null {
  if (typeof value === 'number') return value;
  const text = asText(value);
  if (text.trim() === '') return null;
  const read = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(read)) return read;
  throw new BadData(`"${text}" is not a number`, '"…" is not a number');
}

function wholeNumber(value: Value): number | null {
  if (typeof value === 'string' && value.trim() !== '' && !/^[+-]?\d+$/.test(value)) {
    throw new BadData(`"${value}" is not a whole number`, '"…" is not a whole number');
  }
  const read = number(value);
  if (read === null) return null;
  const whole = Math.trunc(read);
  if (Number.isSafeInteger(whole)) return whole === 0 ? 0 : whole;
  throw new BadData(`${read} is too large`, '… is too large');
}
