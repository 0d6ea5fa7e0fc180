import { asList, asText } from './arguments.js';
import type { FunctionDefinition } from './definition.js';
import { folded, hasPhrase, phrasePattern } from './phrase.js';
import { producedList } from './produce.js';

const group = 'Text';

/** Words and phrases in a text, and its parts around a separator. */
export const TEXT_WORDS: readonly FunctionDefinition[] = [
  {
    name: 'mentions',
    group,
    signatures: ['mentions(string, string): bool'],
    doc: 'true if the word or phrase occurs as whole words, capitals ignored',
    example: { source: 'mentions("Men\'s Redwood vest", "red")', result: 'false' },
    prepare: () => (_context, text, phrase) => hasPhrase(folded(asText(text)), folded(asText(phrase).trim())),
  },
  {
    name: 'mentionsAny',
    group,
    signatures: ['mentionsAny(string, list<string>): bool'],
    doc: 'the same for any word of a list',
    example: { source: 'mentionsAny("Sale: Yoga Mat", ["sale", "free shipping"])', result: 'true' },
    prepare: () => (_context, text, phrases) => {
      const small = folded(asText(text));
      return asList(phrases).some(
        (phrase) => typeof phrase === 'string' && hasPhrase(small, folded(phrase.trim())),
      );
    },
  },
  {
    name: 'withoutWords',
    group,
    signatures: ['withoutWords(string, list<string>): string'],
    doc: 'takes the words or phrases out and tidies the blanks',
    example: { source: 'withoutWords("Yoga Mat - HOT DEAL", ["hot deal"])', result: '"Yoga Mat"' },
    prepare: () => {
      const patternOf = keptPattern();
      return (_context, text, phrases) => {
        const plain = asText(text);
        const pattern = patternOf(asList(phrases).filter((phrase) => typeof phrase === 'string'));
        if (pattern === null) return plain;
        const rest = plain.replace(pattern, ' ');
        return rest === plain ? plain : tidied(rest);
      };
    },
  },
  {
    name: 'before',
    group,
    signatures: ['before(string, string): string'],
    doc: 'the part before the first occurrence, or all of it',
    example: { source: 'before("Sport-100 Helmet, Red", ",")', result: '"Sport-100 Helmet"' },
    prepare: () => (_context, text, separator) => {
      const plain = asText(text);
      const at = asText(separator) === '' ? -1 : plain.indexOf(asText(separator));
      return at < 0 ? plain : plain.slice(0, at).trim();
    },
  },
  {
    name: 'after',
    group,
    signatures: ['after(string, string): string'],
    doc: 'the part after the first occurrence, else nothing',
    example: { source: 'after("BRAND:Acme", ":")', result: '"Acme"' },
    prepare: () => (_context, text, separator) => {
      const plain = asText(text);
      const at = asText(separator) === '' ? -1 : plain.indexOf(asText(separator));
      return at < 0 ? null : plain.slice(at + asText(separator).length).trim();
    },
  },
  {
    name: 'parts',
    group,
    signatures: ['parts(string, string): list<string>'],
    doc: 'parts between the separators, trimmed, blanks left out',
    example: {
      source: 'parts("Hero, Holiday, Exclusive", ",")',
      result: '["Hero","Holiday","Exclusive"]',
    },
    prepare: () => (context, text, separator) => {
      const plain = asText(text);
      const pieces = asText(separator) === '' ? [plain] : plain.split(asText(separator));
      return producedList(
        context,
        pieces.map((piece) => piece.trim()).filter((piece) => piece !== ''),
      );
    },
  },
];

/** The pattern of the last list of phrases: a call site nearly always gives the same list. */
function keptPattern(): (phrases: readonly string[]) => RegExp | null {
  let key: string | null = null;
  let pattern: RegExp | null = null;
  return (phrases) => {
    const next = phrases.join('\n');
    if (next !== key) {
      key = next;
      pattern = phrasePattern(phrases.map((phrase) => phrase.trim()));
    }
    return pattern;
  };
}

const LEADING = /[\s\-–—|/,;:.!]/;
const TRAILING = /[\s\-–—|/,;:]/;

/** Single blanks, no empty brackets, no separator left hanging. */
function tidied(text: string): string {
  const plain = text
    .replace(/\(\s*\)|\[\s*\]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([,;:.!?])/g, '$1')
    .replace(/[-–—|/,;:] (?=[-–—|/,;:])/g, '');
  let from = 0;
  let to = plain.length;
  while (from < to && LEADING.test(plain[from] ?? '')) from++;
  while (to > from && TRAILING.test(plain[to - 1] ?? '')) to--;
  return plain.slice(from, to);
}
