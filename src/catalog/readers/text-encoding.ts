import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { OperatorError } from '../../domain/errors.js';
import type { RowError } from './reader.js';

/** The encoding a text is read in. `certain` turns false when later bytes show that it had to be inferred. */
export interface TextEncoding {
  name: string;
  certain: boolean;
}

/** Length of the mark at the start and what it means. */
interface Mark {
  readonly name: string;
  readonly bytes: readonly number[];
}

const MARKS: readonly Mark[] = [
  { name: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { name: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'utf-16le', bytes: [0xff, 0xfe] },
  { name: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * Decides in which encoding a text is read: the setting, a byte-order mark, UTF-16 without mark, the XML declaration, else
 * UTF-8. Whether it really is UTF-8 shows while it is read (`asUtf8`), which falls back to an inferred 8-bit set.
 * Throws `OperatorError` `encoding_unknown` for a name nobody knows.
 */
export function detectEncoding(head: Buffer, setting: string | undefined): TextEncoding {
  if (setting !== undefined) return { name: knownEncoding(setting), certain: true };
  const mark = MARKS.find((one) => one.bytes.every((byte, place) => head[place] === byte));
  if (mark !== undefined) return { name: mark.name, certain: true };
  const wide = wideEncoding(head);
  if (wide !== null) return { name: wide, certain: false };
  const declared = /^<\?xml[^>]*?\sencoding=["']([\w.:-]+)["']/.exec(
    head.subarray(0, 200).toString('latin1'),
  )?.[1];
  // What could be read byte by byte is not in pairs of bytes, whatever it says of itself: writers of .NET say utf-16 of every text.
  if (declared !== undefined && iconv.encodingExists(declared) && !/^(utf|ucs)-?(16|32|2|4)/i.test(declared))
    return { name: knownEncoding(declared), certain: true };
  return { name: 'utf-8', certain: true };
}

/**
 * The text as valid UTF-8 without mark. When a file that had only ASCII so far turns out not to be UTF-8, the rest is
 * read in an inferred encoding, `encoding` says so and a warning is reported. Throws `OperatorError`
 * `source_encoding_mixed` when UTF-8 and something else stand in one file, `source_binary` for a NUL anywhere, `source_incomplete`
 * when the last letter is cut.
 */
export async function* asUtf8(
  bytes: AsyncIterable<Buffer>,
  encoding: TextEncoding,
  report: (error: RowError) => void,
): AsyncGenerator<Buffer, void, void> {
  const decoder = new Utf8Writer(encoding, report);
  for await (const piece of bytes) {
    const text = decoder.write(piece);
    if (text.length > 0) yield text;
  }
  const rest = decoder.end();
  if (rest.length > 0) yield rest;
}

class Utf8Writer {
  readonly #encoding: TextEncoding;
  readonly #report: (error: RowError) => void;
  #decoder: { write(bytes: Buffer): string; end(): string | undefined } | null = null;
  #tail: Buffer = Buffer.alloc(0);
  #line = 1;
  #started = false;
  #onlyAscii = true;
  #lossReported = false;
  #bytes = 0;

  constructor(encoding: TextEncoding, report: (error: RowError) => void) {
    this.#encoding = encoding;
    this.#report = report;
    if (!encoding.certain) this.#warnInferred(1);
    if (encoding.name !== 'utf-8') this.#decoder = iconv.getDecoder(encoding.name);
  }

  write(piece: Buffer): Buffer {
    this.#bytes += piece.length;
    if (this.#decoder !== null) return this.#decoded(this.#decoder.write(piece));
    const joined = this.#tail.length === 0 ? piece : Buffer.concat([this.#tail, piece]);
    const open = openTail(joined);
    const whole = open === 0 ? joined : joined.subarray(0, joined.length - open);
    this.#tail = open === 0 ? Buffer.alloc(0) : Buffer.from(joined.subarray(joined.length - open));
    if (this.#onlyAscii && isAscii(whole)) return this.#counted(this.#withoutMark(whole));
    if (isUtf8(whole)) {
      this.#onlyAscii = false;
      return this.#counted(this.#withoutMark(whole));
    }
    return this.#notUtf8(joined);
  }

  end(): Buffer {
    if (this.#bytes % lettersOf(this.#encoding.name) !== 0) throw cutLetter(this.#line);
    if (this.#decoder !== null) return this.#decoded(this.#decoder.end() ?? '');
    if (this.#tail.length === 0) return this.#tail;
    return this.#notUtf8(this.#tail);
  }

  /** Bytes that are no UTF-8 after nothing but ASCII: an older encoding; after real UTF-8: a damaged file. */
  #notUtf8(bytes: Buffer): Buffer {
    const bad = firstBadByte(bytes);
    const line = this.#line + countLines(bytes.subarray(0, bad));
    if (!this.#onlyAscii || !isAscii(bytes.subarray(0, bad))) throw mixed(line);
    this.#encoding.name = eightBitEncoding(bytes);
    this.#encoding.certain = false;
    this.#warnInferred(line);
    this.#tail = Buffer.alloc(0);
    this.#decoder = iconv.getDecoder(this.#encoding.name);
    return this.#decoded(this.#decoder.write(bytes));
  }

  #decoded(text: string): Buffer {
    const lost = text.indexOf('\ufffd');
    if (lost >= 0 && this.#encoding.certain)
      throw wrongEncoding(this.#encoding.name, this.#line + countLines(Buffer.from(text.slice(0, lost))));
    if (lost >= 0 && !this.#lossReported) {
      this.#lossReported = true;
      this.#report({
        line: this.#line + countLines(Buffer.from(text.slice(0, lost))),
        code: 'encoding_loss',
        reason: `Some letters cannot be read as ${this.#encoding.name} and are shown as "\ufffd". Set the source's encoding.`,
        severity: 'warning',
      });
    }
    return this.#counted(Buffer.from(text));
  }

  #withoutMark(bytes: Buffer): Buffer {
    if (this.#started || bytes.length === 0) return bytes;
    this.#started = true;
    return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  }

  #counted(bytes: Buffer): Buffer {
    const nul = bytes.indexOf(0);
    if (nul >= 0) throw binary(this.#line + countLines(bytes.subarray(0, nul)));
    this.#line += countLines(bytes);
    return bytes;
  }

  #warnInferred(line: number): void {
    this.#report({
      line,
      code: 'encoding_inferred',
      reason: `The file is not UTF-8 and does not say what it is; it is read as ${this.#encoding.name}. Others are possible (windows-1252, iso-8859-2, windows-1251, shift_jis, gbk). Look at names with accents, and set the source's encoding.`,
      severity: 'warning',
    });
  }
}

function knownEncoding(name: string): string {
  const plain = name.trim().toLowerCase();
  if (plain === 'utf8') return 'utf-8';
  // Browsers and iconv agree: what calls itself Latin-1 is Windows-1252 (https://encoding.spec.whatwg.org, 2026-11).
  if (plain === 'iso-8859-1' || plain === 'latin1' || plain === 'ascii' || plain === 'us-ascii')
    return 'windows-1252';
  if (iconv.encodingExists(plain)) return plain;
  throw new OperatorError(
    'encoding_unknown',
    `There is no encoding "${name}".`,
    'Use a name such as utf-8, utf-16le, windows-1252, iso-8859-2, windows-1251, shift_jis, euc-kr, gbk or big5.',
  );
}

/** UTF-16 without a mark: in text of our kind every second byte is zero. */
function wideEncoding(head: Buffer): string | null {
  const sample = head.subarray(0, 2_000);
  if (sample.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (const [place, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (place % 2 === 0) even++;
    else odd++;
  }
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.05 ? 'utf-16be' : null;
}

/** Shift_JIS when every high byte belongs to a valid pair and most of them make kana or kanji; else Windows-1252. */
function eightBitEncoding(bytes: Buffer): string {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const sample = bytes.subarray(Math.max(0, first), Math.max(0, first) + 4_000);
  let pairs = 0;
  let place = 0;
  while (place < sample.length - 1) {
    const byte = sample[place] ?? 0;
    if (byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)) {
      place++;
      continue;
    }
    const next = sample[place + 1] ?? 0;
    const lead = (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
    if (!lead || next < 0x40 || next === 0x7f || next > 0xfc) return 'windows-1252';
    // Kana and the common kanji; Western accents before ASCII letters look like pairs of the rarer rows.
    if (byte <= 0x97) pairs++;
    place += 2;
  }
  return pairs >= 2 ? 'shift_jis' : 'windows-1252';
}

/** Bytes at the end that start a letter whose rest is still to come. */
function openTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte > 0xf4) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** Offset of the first byte that makes the text invalid, found by halving. */
function firstBadByte(bytes: Buffer): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, part.length - openTail(part)))) good = middle;
    else bad = middle;
  }
  return good - openTail(bytes.subarray(0, good));
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let place = bytes.indexOf(10); place >= 0; place = bytes.indexOf(10, place + 1)) lines++;
  return lines;
}

/** Bytes of the smallest letter of an encoding. */
function lettersOf(name: string): number {
  if (/^(utf|ucs)-?(16|2)/.test(name)) return 2;
  return /^(utf|ucs)-?(32|4)/.test(name) ? 4 : 1;
}

function cutLetter(line: number): OperatorError {
  return new OperatorError(
    'source_incomplete',
    `The file is not complete: it stops in the middle of a letter in line ${line}.`,
    'Nothing was changed. Download or export the file again.',
  );
}

function binary(line: number): OperatorError {
  return new OperatorError(
    'source_binary',
    `The file is not text: line ${line} contains a NUL byte.`,
    'Export the file again, or take the letter out of that line. Nothing was changed.',
  );
}

function mixed(line: number): OperatorError {
  return new OperatorError(
    'source_encoding_mixed',
    `Line ${line} has bytes that are not UTF-8, although the lines before it are.`,
    'The file was put together from parts in different encodings, or is damaged. Export it again as UTF-8, or set the encoding of the source. Nothing was changed.',
  );
}

/** A stated encoding that does not fit would put wrong letters into every listing. */
function wrongEncoding(name: string, line: number): OperatorError {
  return new OperatorError(
    'source_encoding_wrong',
    `The file is not in ${name}: line ${line} has letters that cannot be read so.`,
    'Correct `encoding` of the source, or leave it out to have it recognised. Nothing was imported.',
  );
}
