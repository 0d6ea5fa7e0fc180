import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { SaxesParser, type SaxesTagPlain } from 'saxes';

/** A row of a feed file: its number in the file and its cells by column, texts as they stand. */
export interface FeedRow {
  readonly number: number;
  /** A column that comes more than once (XML) has its values in order. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
}

/** A file that is no feed at all. */
export class UnreadableFeed extends Error {}

const MOST_BYTES = 256 * 1024 * 1024;
/** Longest line of a file (Feed API guide, read 2026-11). */
const LONGEST_LINE = 5_242_880;

/** Reads a feed file by what it is: gzipped or not, RSS or Atom, or a table whose delimiter its header shows. */
export function readFeed(bytes: Buffer): readonly FeedRow[] {
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = (zipped ? unzipped(bytes) : bytes).toString('utf8').replace(/^\ufeff/, '');
  if (text.split('\n').some((line) => line.length > LONGEST_LINE))
    throw new UnreadableFeed(`A line is longer than ${LONGEST_LINE} bytes`);
  return text.trimStart().startsWith('<') ? readXml(text) : readTable(text);
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new UnreadableFeed('The compressed file cannot be read', { cause });
  }
}

function readTable(text: string): readonly FeedRow[] {
  const header = text.split('\n', 1)[0] ?? '';
  const delimiter = ['\t', ',', ';', '|', '~'].find((sign) => header.includes(sign)) ?? ',';
  const rows = tableRows(text, delimiter);
  const names = (rows[0] ?? []).map((name) => name.trim());
  if (!names.includes('id')) throw new UnreadableFeed('The column id is missing');
  return rows.slice(1).map((row, index) => ({
    number: index + 2,
    cells: new Map(names.map((name, at) => [name, [row[at] ?? '']])),
  }));
}

function tableRows(text: string, delimiter: string): string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (cause) {
    throw new UnreadableFeed('The file is no table', { cause });
  }
}

/** Items of RSS and entries of Atom. Names lose their `g:`; members of a nested element are named `outer.inner`, or `outer[n].inner`. */
function readXml(text: string): readonly FeedRow[] {
  const rows: FeedRow[] = [];
  const parser = new SaxesParser();
  let item: Map<string, string[]> | null = null;
  let trail: string[] = [];
  let content = '';
  parser.on('opentag', (tag: SaxesTagPlain) => {
    content = '';
    if (item) trail.push(numbered(item, plain(tag.name), trail.length));
    else if (tag.name === 'item' || tag.name === 'entry') [item, trail] = [new Map(), []];
  });
  parser.on('text', (part) => {
    content += part;
  });
  parser.on('cdata', (part) => {
    content += part;
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    if (!item) return;
    if (trail.length === 0 && (tag.name === 'item' || tag.name === 'entry')) {
      rows.push({ number: rows.length + 1, cells: item });
      item = null;
      return;
    }
    const name = trail.join('.');
    if (content.trim() !== '') item.set(name, [...(item.get(name) ?? []), content.trim()]);
    content = '';
    trail.pop();
  });
  try {
    parser.write(text).close();
  } catch (cause) {
    throw new UnreadableFeed('The XML is not well formed', { cause });
  }
  return rows;
}

/** Elements with members of their own that may be repeated. */
const REPEATED = new Set(['image', 'video', 'shipping', 'additional_variant_attribute']);

function numbered(item: ReadonlyMap<string, readonly string[]>, name: string, depth: number): string {
  if (depth > 0 || !REPEATED.has(name)) return name;
  for (let n = 0; ; n++) {
    if (![...item.keys()].some((known) => known.startsWith(`${name}[${n}]`))) return `${name}[${n}]`;
  }
}

function plain(name: string): string {
  return name.replace(/^g:/, '');
}
