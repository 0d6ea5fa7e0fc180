import { asText } from './arguments.js';
import type { FunctionDefinition } from './definition.js';
import { producedText } from './produce.js';

const group = 'Text';

/** Capitals and small letters. Rules of Unicode's root locale, never of the machine. */
export const TEXT_CASE: readonly FunctionDefinition[] = [
  {
    name: 'upper',
    group,
    signatures: ['upper(string): string'],
    doc: 'capitals, full Unicode',
    example: { source: 'upper("straße")', result: '"STRASSE"' },
    prepare: () => (context, text) => producedText(context, asText(text).toUpperCase()),
  },
  {
    name: 'lower',
    group,
    signatures: ['lower(string): string'],
    doc: 'small letters, full Unicode',
    example: { source: 'lower("ÄRMEL")', result: '"ärmel"' },
    prepare: () => (context, text) => producedText(context, asText(text).toLowerCase()),
  },
  {
    name: 'titleCase',
    group,
    signatures: ['titleCase(string): string'],
    doc: 'Every Word With a Capital, small words of en, de, fr kept small',
    example: { source: 'titleCase("GIFT FOR THE RUNNER")', result: '"Gift for the Runner"' },
    prepare: () => (context, text) => producedText(context, titleCase(asText(text))),
  },
  {
    name: 'sentenceCase',
    group,
    signatures: ['sentenceCase(string): string'],
    doc: 'first letter of each sentence large, the rest small',
    example: { source: 'sentenceCase("SOFT SHELL. WIND PROOF.")', result: '"Soft shell. Wind proof."' },
    prepare: () => (context, text) => producedText(context, sentenceCase(asText(text))),
  },
  {
    name: 'unshout',
    group,
    signatures: ['unshout(string): string'],
    doc: 'title case, but only when more than 70 % of the letters are capitals',
    example: { source: 'unshout("MEN\'S RUNNING SHOE")', result: '"Men\'s Running Shoe"' },
    prepare: () => (context, text) => {
      const plain = asText(text);
      return isShouted(plain) ? producedText(context, titleCase(plain)) : plain;
    },
  },
];

const SMALL_WORDS = new Set(
  (
    'a an and as at but by for from in into nor of on onto or over per the to up via vs with ' +
    'am auf aus bei das dem den der des die ein eine einem einen einer für im mit oder ohne und von vom zu zum zur ' +
    'au aux avec d de du en et la le les ou par pour sans sur un une'
  ).split(' '),
);

const WORDS = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

function titleCase(text: string): string {
  const places = Array.from(text.matchAll(WORDS), (match) => match.index);
  const first = places[0];
  const last = places.at(-1);
  return text.replace(WORDS, (word, place: number) => {
    // Mixed spelling (iPhone) and words with digits (3XL, USB2) are spelled on purpose.
    if (/\p{N}/u.test(word) || /\p{Ll}\p{Lu}/u.test(word)) return word;
    const small = word.toLowerCase();
    const isInner = place !== first && place !== last && isSpaced(text, place, word.length);
    return isInner && SMALL_WORDS.has(small) ? small : capital(small);
  });
}

// A small word counts as one only between blanks: the "On" of "Twist-On Lid" keeps its capital.
function isSpaced(text: string, place: number, length: number): boolean {
  return text[place - 1] !== '-' && text[place + length] !== '-';
}

function sentenceCase(text: string): string {
  let made = '';
  let atStart = true;
  let stopped = false;
  for (const sign of text.toLowerCase()) {
    const isWord = /[\p{L}\p{N}]/u.test(sign);
    made += isWord && atStart ? capital(sign) : sign;
    if (isWord) atStart = stopped = false;
    else if (/[.!?…]/.test(sign)) stopped = true;
    else if (/\s/.test(sign)) atStart ||= stopped;
    else if (!/["'’”)\]]/.test(sign)) stopped = false;
  }
  return made;
}

function capital(word: string): string {
  const letter = String.fromCodePoint(word.codePointAt(0) ?? 32);
  const large = letter.toUpperCase();
  // "ß" has no single capital; a word does not begin with "SS".
  return (large.length > letter.length ? letter : large) + word.slice(letter.length);
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
  return letters > 0 && capitals > letters * 0.7;
}
