import { gtinDigits, gtinProblem } from '../../domain/gtin.js';
import { asNumber, asText } from './arguments.js';
import { isBlankText } from './blank.js';
import { codePoints, firstGraphemes } from './cut.js';
import { BadData, type FunctionDefinition } from './definition.js';

const group = 'Identifiers';

/** Codes of goods and ids. They are text: zeros in front stay. */
export const IDENTIFIERS: readonly FunctionDefinition[] = [
  {
    name: 'gtin',
    group,
    signatures: ['gtin(string): string'],
    doc: 'digits of a valid GTIN (ISBN-10 is turned into 13); nothing plus a note if it is not one',
    example: { source: 'gtin("0-306-40615-2")', result: '"9780306406157"' },
    prepare: () => (_context, code) => (isBlankText(asText(code)) ? null : validGtin(asText(code))),
  },
  {
    name: 'gtinKind',
    group,
    signatures: ['gtinKind(string): string'],
    doc: 'ean, upc, isbn or gtin',
    example: { source: 'gtinKind("9781416507789")', result: '"isbn"' },
    prepare: () => (_context, code) => (isBlankText(asText(code)) ? null : gtinKind(validGtin(asText(code)))),
  },
  {
    name: 'shortId',
    group,
    signatures: ['shortId(string, int): string'],
    doc: 'keeps ids that fit; longer ones are cut and get a stable 8-letter tail',
    example: {
      source: 'shortId("joust-duffle-bag-extra-long-blue", 20)',
      result: '"joust-duffl-c20dd76c"',
    },
    prepare: () => (_context, id, count) => shortId(asText(id), asNumber(count)),
  },
];

function validGtin(code: string): string {
  const digits = gtinDigits(code);
  const problem = gtinProblem(digits);
  if (problem === null) return digits;
  if (problem === 'not digits of a GTIN length') {
    throw new BadData(`"${code}" is not a GTIN`, '"…" is not a GTIN');
  }
  throw new BadData(`"${code}": ${problem}`, `"…": ${problem}`);
}

/** By length and prefix. 979-0 are printed music, which is sold under its EAN. */
function gtinKind(digits: string): string {
  if (digits.length === 14) return 'gtin';
  if (digits.length === 12) return 'upc';
  return /^97(8|9[1-9])\d{10}$/.test(digits) ? 'isbn' : 'ean';
}

const TAIL = 8;

function shortId(id: string, count: number): string {
  if (!Number.isInteger(count) || count < TAIL + 2) {
    throw new BadData(`ids need room for at least ${TAIL + 2} characters`, 'ids need more room');
  }
  if (codePoints(id) <= count) return id;
  return `${firstGraphemes(id, count - TAIL - 1)}-${fnv1a(id).slice(0, TAIL)}`;
}

/** FNV-1a over UTF-8, 64 bits as 16 hexadecimal digits. It must never change: channels remember the ids. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
