import { asList, asNumber, asText } from './arguments.js';
import { codePoints, cutAtWord, firstGraphemes, placeAfter } from './cut.js';
import { BadData, type FunctionDefinition } from './definition.js';
import { folded, hasPhrase } from './phrase.js';
import { producedText, refuseLongText } from './produce.js';
import { textsOf, valueText } from './show-value.js';

const group = 'Text';

/** Putting texts together, shortening and filling them. */
export const TEXT_JOINING: readonly FunctionDefinition[] = [
  {
    name: 'headline',
    group,
    signatures: ['headline(list<dyn>): string'],
    doc: 'joins with single blanks; leaves out blanks and parts (3 letters or more) that are already mentioned',
    example: {
      source: 'headline(["Acme", "Acme Pegasus black", "Black", "42"])',
      result: '"Acme Pegasus black 42"',
    },
    prepare: () => (context, list) => {
      const parts = textsOf(asList(list));
      // Every part is compared with every other one.
      context.charge(Math.floor(parts.length ** 2 / 64));
      return producedText(context, notRepeated(parts).join(' '));
    },
  },
  {
    name: 'words',
    group,
    signatures: ['words(list<dyn>): string'],
    doc: 'joins with single blanks, leaves out what is blank',
    example: {
      source: 'words([product.brand, "Duffle", "", variant.options.color])',
      result: '"Duffle Blue"',
    },
    prepare: () => (context, list) => producedText(context, textsOf(asList(list)).join(' ')),
  },
  {
    name: 'joined',
    group,
    signatures: ['joined(list<dyn>, string): string'],
    doc: 'joins what is not blank',
    example: { source: 'joined(["Nylon", "", "Mesh"], "/")', result: '"Nylon/Mesh"' },
    prepare: () => (context, list, separator) => {
      const texts = textsOf(asList(list));
      refuseLongText(texts.length * asText(separator).length);
      return producedText(context, texts.join(asText(separator)));
    },
  },
  {
    name: 'clip',
    group,
    signatures: ['clip(string, int): string', 'clip(string, int, string): string'],
    doc: 'at most n characters (code points), cut at a word edge, never inside a letter or emoji; the third argument is an ending such as "…"',
    example: { source: 'clip("Waterproof duffle bag", 18, "…")', result: '"Waterproof duffle…"' },
    prepare: () => (_context, text, count, ending) =>
      clip(asText(text), wholeCount(asNumber(count)), ending === undefined ? '' : asText(ending)),
  },
  {
    name: 'clipBytes',
    group,
    signatures: ['clipBytes(string, int): string'],
    doc: 'shortens to n bytes of UTF-8, at a word edge',
    example: { source: 'clipBytes("Größe für Füße", 12)', result: '"Größe für"' },
    prepare: () => (_context, text, count) => clipBytes(asText(text), wholeCount(asNumber(count))),
  },
  {
    name: 'pad',
    group,
    signatures: ['pad(string, int, string): string'],
    doc: 'fills up on the left',
    example: { source: 'pad("4711", 8, "0")', result: '"00004711"' },
    prepare: () => (context, text, count, filling) =>
      producedText(context, padded(asText(text), wholeCount(asNumber(count)), asText(filling))),
  },
  {
    name: 'text',
    group,
    signatures: ['text(dyn): string'],
    doc: 'any value as text: lists with comma, yes/no, money and measures as channels write them',
    example: { source: 'text([1, true])', result: '"1, yes"' },
    prepare: () => (context, value) => producedText(context, valueText(value)),
  },
];

/** Without the parts that another part already mentions; of equal parts the first stays. */
function notRepeated(parts: readonly string[]): string[] {
  const small = parts.map(folded);
  return parts.filter((_part, place) => {
    const phrase = small[place] ?? '';
    // Two letters are too little to compare: the S of "Men's" is no size.
    if (codePoints(phrase) < 3) return true;
    return !small.some((other, otherPlace) => {
      if (otherPlace === place) return false;
      if (other === phrase) return otherPlace < place;
      return other.length > phrase.length && hasPhrase(other, phrase);
    });
  });
}

function clip(text: string, count: number, ending: string): string {
  if (text.length <= count || codePoints(text) <= count) return text;
  const room = count - codePoints(ending);
  // An ending longer than the whole room is left away rather than shown alone.
  if (room <= 0) return cutAtWord(text, placeAfter(text, count));
  return cutAtWord(text, placeAfter(text, room)) + ending;
}

const encoder = new TextEncoder();

function clipBytes(text: string, count: number): string {
  if (text.length * 3 <= count || Buffer.byteLength(text) <= count) return text;
  const { read } = encoder.encodeInto(text, new Uint8Array(count));
  return cutAtWord(text, read);
}

function padded(text: string, count: number, filling: string): string {
  const missing = count - codePoints(text);
  if (missing <= 0) return text;
  const unit = codePoints(filling);
  if (unit === 0) throw new BadData('there is nothing to fill up with', 'there is nothing to fill up with');
  refuseLongText(missing + text.length);
  return firstGraphemes(filling.repeat(Math.ceil(missing / unit)), missing) + text;
}

function wholeCount(count: number): number {
  if (Number.isInteger(count) && count >= 0) return count;
  throw new BadData(`${count} is not a length`, '… is not a length');
}
