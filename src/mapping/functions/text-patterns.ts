import type { RE2JS } from 're2js';
import { asText } from './arguments.js';
import type { FunctionDefinition, Value } from './definition.js';
import { patternArgument } from './pattern.js';
import { producedList, producedText, refuseLongText } from './produce.js';

const group = 'Text';

/** Replacing and taking out by text or pattern. Patterns are RE2 and compiled when the mapping is loaded. */
export const TEXT_PATTERNS: readonly FunctionDefinition[] = [
  {
    name: 'replace',
    group,
    signatures: ['replace(string, string, string): string'],
    doc: 'replaces every occurrence of a text',
    example: { source: 'replace("13 inch", "inch", "in")', result: '"13 in"' },
    prepare: () => (context, text, searched, replacement) =>
      producedText(context, replaceText(asText(text), asText(searched), asText(replacement))),
  },
  {
    name: 'replacePattern',
    group,
    signatures: ['replacePattern(string, string, string): string'],
    doc: 'replaces every match of a pattern (RE2); $1 is the first group',
    example: {
      source: 'replacePattern("L 29\\" x W 13\\"", r"(\\d+)\\"", "$1 in")',
      result: '"L 29 in x W 13 in"',
    },
    literals: { 1: 'pattern' },
    prepare: (literals) => {
      const pattern = patternArgument(literals[1]);
      return (context, text, _pattern, replacement) =>
        producedText(context, replaceMatches(pattern, asText(text), asText(replacement)));
    },
  },
  {
    name: 'extract',
    group,
    signatures: ['extract(string, string): string'],
    doc: 'first group of the first match (the whole match without groups), else nothing',
    example: { source: 'extract("Inseam: 32 in", r"Inseam: (\\d+)")', result: '"32"' },
    literals: { 1: 'pattern' },
    prepare: (literals) => {
      const pattern = patternArgument(literals[1]);
      const groupNumber = pattern.groupCount() > 0 ? 1 : 0;
      return (_context, text) => {
        const matcher = pattern.matcher(asText(text));
        return matcher.find() ? matcher.group(groupNumber) : null;
      };
    },
  },
  {
    name: 'extractAll',
    group,
    signatures: ['extractAll(string, string): list<string>'],
    doc: 'first group (or match) of every match',
    example: { source: 'extractAll("XS-S-M", r"[A-Z]+")', result: '["XS","S","M"]' },
    literals: { 1: 'pattern' },
    prepare: (literals) => {
      const pattern = patternArgument(literals[1]);
      const groupNumber = pattern.groupCount() > 0 ? 1 : 0;
      return (context, text) => producedList(context, allMatches(pattern, asText(text), groupNumber));
    },
  },
];

function replaceText(text: string, searched: string, replacement: string): string {
  if (searched === '' || !text.includes(searched)) return text;
  const pieces = text.split(searched);
  refuseLongText(text.length + (pieces.length - 1) * (replacement.length - searched.length));
  return pieces.join(replacement);
}

function replaceMatches(pattern: RE2JS, text: string, replacement: string): string {
  const matcher = pattern.matcher(text);
  let made = '';
  let from = 0;
  while (matcher.find()) {
    made += text.slice(from, matcher.start()) + filled(replacement, (number) => groupOf(number));
    from = matcher.end();
    refuseLongText(made.length);
  }
  return from === 0 && made === '' ? text : made + text.slice(from);

  function groupOf(number: number): string {
    return number <= matcher.groupCount() ? (matcher.group(number) ?? '') : '';
  }
}

/** `$0` to `$9` are groups, `$$` is a dollar sign, any other dollar sign is itself. */
function filled(replacement: string, groupOf: (number: number) => string): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(/\$(\d|\$)/g, (_all, what: string) =>
    what === '$' ? '$' : groupOf(Number(what)),
  );
}

function allMatches(pattern: RE2JS, text: string, groupNumber: number): readonly Value[] {
  const found: string[] = [];
  const matcher = pattern.matcher(text);
  while (matcher.find()) {
    const part = matcher.group(groupNumber);
    if (part !== null && part !== '') found.push(part);
  }
  return found;
}
