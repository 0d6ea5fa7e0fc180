import { asText } from './arguments.js';
import type { FunctionDefinition } from './definition.js';
import { htmlToLine, htmlToLines } from './markup.js';
import { producedList, producedText } from './produce.js';

const group = 'Text';

/** From what shops store to plain text. */
export const TEXT_PLAIN: readonly FunctionDefinition[] = [
  {
    name: 'plain',
    group,
    signatures: ['plain(string): string'],
    doc: 'HTML to one line of text: tags out, entities decoded, script and style dropped',
    example: {
      source: 'plain("<p>Nylon &amp; mesh<br/>Padded</p>")',
      result: '"Nylon & mesh Padded"',
    },
    prepare: () => (_context, html) => htmlToLine(asText(html)),
  },
  {
    name: 'lines',
    group,
    signatures: ['lines(string): list<string>'],
    doc: 'HTML or text to its lines: one entry per paragraph, break or list item, bullets taken off',
    example: {
      source: 'lines("<ul><li>Zip</li><li>&bull; Strap</li></ul>")',
      result: '["Zip","Strap"]',
    },
    prepare: () => (context, html) =>
      producedList(
        context,
        htmlToLines(asText(html))
          .map((line) => line.replace(BULLETS, ''))
          .filter((line) => line !== ''),
      ),
  },
  {
    name: 'printable',
    group,
    signatures: ['printable(string): string'],
    doc: 'takes out control characters, zero-width marks and emoji',
    example: { source: 'printable("Yoga mat 🧘")', result: '"Yoga mat"' },
    prepare: () => (_context, text) => printable(asText(text)),
  },
  {
    name: 'ascii',
    group,
    signatures: ['ascii(string): string'],
    doc: 'plain ASCII spelling',
    example: { source: 'ascii("Café Crème – Ø")', result: '"Cafe Creme - O"' },
    prepare: () => (context, text) => producedText(context, ascii(asText(text))),
  },
  {
    name: 'slug',
    group,
    signatures: ['slug(string): string'],
    doc: 'for URLs and ids',
    example: { source: 'slug("Grüne Hose & Gürtel")', result: '"gruene-hose-and-guertel"' },
    prepare: () => (context, text) => producedText(context, slug(asText(text))),
  },
];

// A dash or star counts as a bullet only before a blank: "-5 °C" is a temperature.
const BULLETS = /^(?:[•·▪▫◦‣⁃∙●○■□◆►▶➤✓✔✅]\s*|[-–—*]\s+)+/u;

const PLAIN_ASCII = /^[\x20-\x7e]*$/;
const EMOJI =
  '\\p{Extended_Pictographic}\\ufe0f|\\p{Emoji_Presentation}|[\\u{1f000}-\\u{1faff}]|[\\u{e0000}-\\u{e007f}]|[\\ufe0e\\ufe0f\\u20e3]';
const INVISIBLE =
  '[\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffd]|\\p{Surrogate}|\\p{Private_Use}|\\p{Noncharacter_Code_Point}';
const UNPRINTABLE = new RegExp(`${EMOJI}|${INVISIBLE}|[\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]`, 'u');
const REMOVED = new RegExp(`${EMOJI}|${INVISIBLE}`, 'gu');
const CONTROLS = /\p{Cc}|[\u2028\u2029]/gu;

function printable(text: string): string {
  if (PLAIN_ASCII.test(text) || !UNPRINTABLE.test(text)) return text;
  return text.replace(REMOVED, '').replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
}

const ASCII_SPELLINGS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'JPY',
  '×': 'x',
  '÷': '/',
  '°': 'deg',
  '®': '(R)',
  '©': '(C)',
  '«': '"',
  '»': '"',
};

function ascii(text: string): string {
  if (PLAIN_ASCII.test(text)) return text;
  return (
    text
      .replace(/[ßẞæÆœŒøØłŁđĐðÐþÞı€£¥×÷°®©«»]/g, (sign) => ASCII_SPELLINGS[sign] ?? '')
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[‘’‚‛′]/g, "'")
      .replace(/[“”„‟″]/g, '"')
      .replace(/[•·]/g, '*')
      .normalize('NFKD')
      .replace(/[\u2044]/g, '/')
      .replace(/\s/g, ' ')
      // Combining marks and whatever has no ASCII spelling.
      .replace(/[^\x20-\x7e]+/g, '')
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa' };

function slug(text: string): string {
  const spelled = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüå]/g, (letter) => UMLAUTS[letter] ?? letter)
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '');
  return ascii(spelled)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
