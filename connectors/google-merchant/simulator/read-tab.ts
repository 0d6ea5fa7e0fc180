import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { MESSAGES } from './discovery.js';
import { type FileEntry, UnreadableFile } from './file-entry.js';
import { isGroup, typeOf } from './listing-text.js';

/** Orders of sub-attributes that a file need not state (help pages of the attributes, verified 2026-11-23). */
const ORDERS: Readonly<Record<string, readonly string[]>> = {
  shipping: ['country', 'region', 'service', 'price'],
  product_detail: ['section_name', 'attribute_name', 'attribute_value'],
  installment: ['months', 'amount'],
};

interface Column {
  readonly name: string;
  readonly type: string;
  /** Null: plain values. */
  readonly members: readonly string[] | null;
}

/** Items of a tab-delimited file. Throws UnreadableFile for what Google cannot read. */
export function* readTabItems(text: string): Generator<FileEntry> {
  const [heading, ...rows] = rowsOf(text);
  if (heading === undefined) throw new UnreadableFile('The file has no header');
  const columns = heading.map(columnOf);
  const names = columns.map(({ name }) => name);
  if (!names.includes('id')) throw new UnreadableFile('The header has no column [id]');
  if (new Set(names).size < names.length) throw new UnreadableFile('A column stands twice in the header');
  for (const cells of rows) {
    if (cells.length === 1 && cells[0] === '') continue;
    yield cells.length > columns.length ? { broken: 'More cells than columns' } : entryOf(columns, cells);
  }
}

/** A quote opens and closes; a doubled one does both, so that tabs and line ends count only outside. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  let from = 0;
  let quoted = false;
  const cell = (to: number): void => void rows.at(-1)?.push(text.slice(from, to).replace(/\r$/, ''));
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '"') quoted = !quoted;
    if (quoted || (letter !== '\t' && letter !== '\n')) continue;
    cell(at);
    from = at + 1;
    if (letter === '\n') rows.push([]);
  }
  if (quoted) throw new UnreadableFile('A quote is never closed');
  cell(text.length);
  return rows;
}

function columnOf(heading: string): Column {
  const [, plain = heading, order] = /^([\w ]+)\(([\w: ]+)\)$/.exec(heading.trim()) ?? [];
  const name = plain.trim().toLowerCase().replaceAll(' ', '_');
  const type = typeOf(name) ?? 'string';
  if (!isGroup(type)) return { name, type, members: null };
  const members = order?.split(':') ?? ORDERS[name];
  if (members === undefined) throw new UnreadableFile(`The order of the members of [${name}] is not stated`);
  return { name, type, members };
}

function entryOf(columns: readonly Column[], cells: readonly string[]): FileEntry {
  const listing: Record<string, JsonValue> = {};
  let id = '';
  for (const [place, column] of columns.entries()) {
    const cell = cells[place] ?? '';
    if (cell === '') continue;
    if (column.name === 'id') id = unquoted(cell);
    else listing[column.name] = cellValue(cell, column);
  }
  return { id, listing };
}

function cellValue(cell: string, { type, members }: Column): JsonValue {
  const list = type.endsWith('[]');
  const parts = list ? split(cell, ',') : [cell];
  const values = parts.map((part) => (members === null ? unquoted(part) : groupOf(part, members, type)));
  return list ? values : (values[0] ?? '');
}

/** Empty slots are kept in a cell and say nothing. */
function groupOf(part: string, members: readonly string[], type: string): JsonObject {
  const message = MESSAGES.get(type.replace(/\[\]$/, '')) ?? new Map<string, string>();
  const group: Record<string, JsonValue> = {};
  for (const [place, slot] of split(part, ':').entries()) {
    const name = members[place];
    if (name === undefined || slot === '') continue;
    const text = unquoted(slot);
    group[name] = typeOf(name, message)?.endsWith('[]') ? split(text, ',').map(unquoted) : text;
  }
  return group;
}

function split(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (quoted || text[at] !== separator) continue;
    parts.push(text.slice(from, at));
    from = at + 1;
  }
  return [...parts, text.slice(from)];
}

function unquoted(text: string): string {
  const [, inner] = /^"([\s\S]*)"$/.exec(text) ?? [];
  return inner === undefined ? text : inner.replaceAll('""', '"');
}
