import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { AttributeRow } from '../../../connectors/google-merchant/attributes/row.js';
import { ATTRIBUTE_BY_NAME } from '../../../connectors/google-merchant/attributes.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';

/** Listings by offer id as a file tells them: all values are texts. */
export type ReadFeed = ReadonlyMap<string, JsonObject>;

/** Reads RSS and Atom with a parser that shares nothing with the writer; throws on what is not well formed. */
export function readXmlFeed(xml: string): ReadFeed {
  const sound = XMLValidator.validate(xml);
  if (sound !== true) throw new Error(JSON.stringify(sound.err));
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => name === 'item' || name === 'entry' || name.startsWith('c:'),
    // A listing of hundreds of entities is no attack.
    processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 10_000_000 },
  });
  const tree = parser.parse(xml) as { rss?: { channel: JsonObject }; feed?: JsonObject };
  const items = (tree.rss?.channel.item ?? tree.feed?.entry ?? []) as readonly JsonObject[];
  return new Map(
    items.map((item) => {
      const { id, ...attributes } = membersOf(item, 'g:');
      const own = ownAttributes(item);
      return [String(id), own.length === 0 ? attributes : { ...attributes, custom_attribute: own }];
    }),
  );
}

function membersOf(element: JsonObject, prefix: string): JsonObject {
  const named = Object.entries(element).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    named.map(([name, value]) => [name.slice(prefix.length), plain(value ?? '', prefix)]),
  );
}

function plain(value: JsonValue, prefix: string): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((entry) => plain(entry, prefix));
  return typeof value === 'object' && value !== null ? membersOf(value as JsonObject, prefix) : value;
}

function ownAttributes(element: JsonObject): JsonObject[] {
  const named = Object.entries(element).filter(([name]) => name.startsWith('c:'));
  return named.flatMap(([name, value]) =>
    (value as readonly JsonValue[]).map((entry) =>
      typeof entry === 'object' && entry !== null
        ? { name: name.slice(2), group_value: ownAttributes(entry as JsonObject) }
        : { name: name.slice(2), value: entry },
    ),
  );
}

/** Reads tab-delimited text by Google's rules: entries and members may be quoted by themselves. */
export function readTabFeed(text: string): ReadFeed {
  const [heading = '', ...lines] = text.split('\n');
  if (lines.pop() !== '') throw new Error('the last line has no end');
  const columns = heading.split('\t').map(columnOf);
  return new Map(
    lines.map((line) => {
      const cells = line.split('\t');
      if (cells.length !== columns.length) throw new Error(`${cells.length} cells`);
      const values = columns.flatMap((column, place) => {
        const cell = cells[place] ?? '';
        return cell === '' ? [] : [[column.name, cellValue(cell, column)] as const];
      });
      const { id, ...attributes } = Object.fromEntries(values);
      return [String(id), attributes];
    }),
  );
}

interface ReadColumn {
  readonly name: string;
  readonly members: readonly string[] | null;
  readonly row: AttributeRow | undefined;
}

function columnOf(heading: string): ReadColumn {
  const [, name = heading, members] = /^(\w+)\(([\w:]+)\)$/.exec(heading) ?? [];
  return { name, members: members?.split(':') ?? null, row: ATTRIBUTE_BY_NAME.get(name) };
}

function cellValue(cell: string, { members, row }: ReadColumn): JsonValue {
  if (row === undefined || (row.list === null && members === null)) return unquoted(cell);
  const entries = row.list === null ? [cell] : splitOutsideQuotes(cell, ',');
  if (members === null) return entries.map(unquoted);
  const groups = entries.map((entry) => groupOf(entry, members, row));
  return row.list === null ? (groups[0] ?? {}) : groups;
}

function groupOf(entry: string, members: readonly string[], row: AttributeRow): JsonObject {
  const rows = row.type.kind === 'group' ? row.type.members : [];
  const values = splitOutsideQuotes(entry, ':').map(unquoted);
  return Object.fromEntries(
    members.flatMap((member, place) => {
      const value = values[place] ?? '';
      const repeats = rows.find(({ name }) => name === member)?.list !== null;
      return value === ''
        ? []
        : [[member, repeats ? splitOutsideQuotes(value, ',').map(unquoted) : value] as const];
    }),
  );
}

function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  const parts = [''];
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (letter === separator && !quoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
}
