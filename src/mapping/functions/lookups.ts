import { asList, asText, isList } from './arguments.js';
import { isBlankText } from './blank.js';
import { levelsOf, pathKey } from './category-path.js';
import { BadData, type FunctionContext, type FunctionDefinition, type LookupTable } from './definition.js';
import { lookupKey } from './lookup-key.js';
import { phrasePattern } from './phrase.js';
import { producedList, producedText, refuseLongText } from './produce.js';
import { valueText } from './show-value.js';

const group = 'Lookups and categories';

/** Lookup tables and category paths. */
export const LOOKUPS: readonly FunctionDefinition[] = [
  {
    name: 'lookup',
    group,
    signatures: ['lookup(string, dyn): string', 'lookup(string, dyn, string): string'],
    doc: 'value for a key of a lookup table (first value column, or the named one); capitals and blanks ignored; nothing if not found, and counted',
    example: { source: 'lookup("gender", "Ladies")', result: '"female"' },
    literals: { 0: 'table', 2: 'column' },
    prepare: () => (context, name, key, column) => {
      const table = tableOf(context, asText(name));
      return found(context, table, {
        key: valueText(key),
        column: column === undefined ? 1 : columnOf(table, asText(column)),
      });
    },
  },
  {
    name: 'lookupPath',
    group,
    signatures: ['lookupPath(string, string): string', 'lookupPath(string, list<string>): string'],
    doc: 'for category paths: the deepest entry that matches, walking up at ` > `; over several paths the deepest match wins',
    example: { source: 'lookupPath("google-category", "Gear > Bags > Duffle")', result: '"5608"' },
    literals: { 0: 'table' },
    prepare: () => (context, name, paths) => {
      const table = tableOf(context, asText(name));
      const texts = isList(paths) ? paths.filter((path) => typeof path === 'string') : [asText(paths)];
      return deepest(context, table, texts);
    },
  },
  {
    name: 'lookupAll',
    group,
    signatures: ['lookupAll(string, list<string>): list<string>'],
    doc: 'every entry of a list through a table; what is not found is left out',
    example: { source: 'lookupAll("gender", ["Ladies", "x"])', result: '["female"]' },
    literals: { 0: 'table' },
    prepare: () => (context, name, keys) => {
      const table = tableOf(context, asText(name));
      const values = asList(keys).map((key) => found(context, table, { key: valueText(key), column: 1 }));
      return producedList(
        context,
        values.filter((value) => value !== null),
      );
    },
  },
  {
    name: 'replaceFrom',
    group,
    signatures: ['replaceFrom(string, string): string'],
    doc: 'replaces every whole word or phrase of the text that is a key of the table (longest first, capitals ignored)',
    example: { source: 'replaceFrom("gender", "Shoes for Ladies")', result: '"Shoes for female"' },
    literals: { 0: 'table' },
    prepare: () => (context, name, text) => {
      const table = tableOf(context, asText(name));
      return producedText(context, replaceKeys(table, asText(text)));
    },
  },
  {
    name: 'leaf',
    group,
    signatures: ['leaf(string): string'],
    doc: 'the last part of a category path',
    example: { source: 'leaf("Gear > Bags")', result: '"Bags"' },
    prepare: () => (_context, path) => levelsOf(asText(path)).at(-1) ?? null,
  },
  {
    name: 'inCategory',
    group,
    signatures: ['inCategory(list<string>, string): bool'],
    doc: 'true if a path is this category or below it, capitals ignored',
    example: { source: 'inCategory(product.categories, "gear")', result: 'true' },
    prepare: () => (_context, paths, category) => {
      const wanted = pathKey(asText(category));
      if (wanted === '') return false;
      return asList(paths).some((path) => {
        const key = typeof path === 'string' ? pathKey(path) : '';
        return key === wanted || key.startsWith(`${wanted} > `);
      });
    },
  },
];

function tableOf(context: FunctionContext, name: string): LookupTable {
  const table = context.table(name);
  if (table) return table;
  throw new BadData(`there is no lookup table "${name}"`, 'there is no lookup table "…"');
}

function columnOf(table: LookupTable, name: string): number {
  const column = table.columns.indexOf(name);
  if (column >= 0) return column;
  throw new BadData(
    `the lookup table "${table.name}" has no column "${name}"`,
    'the lookup table "…" has no column "…"',
  );
}

function found(
  context: FunctionContext,
  table: LookupTable,
  cell: { readonly key: string; readonly column: number },
): string | null {
  const key = lookupKey(cell.key);
  if (key === '') return null;
  const row = table.rows.get(key);
  if (row === undefined) {
    context.missed(table.name, key);
    return null;
  }
  const value = row[cell.column];
  return value === undefined || isBlankText(value) ? null : value;
}

/** The value of the longest piece of a path that the table has; a miss is counted once, by the first path. */
function deepest(context: FunctionContext, table: LookupTable, paths: readonly string[]): string | null {
  let depth = 0;
  let value: string | null = null;
  for (const path of paths) {
    const levels = levelsOf(path);
    for (let count = levels.length; count > depth; count--) {
      const cell = table.rows.get(levels.slice(0, count).join(' > ').toLowerCase())?.[1];
      if (cell === undefined || isBlankText(cell)) continue;
      value = cell;
      depth = count;
    }
  }
  const firstKey = pathKey(paths[0] ?? '');
  if (value === null && firstKey !== '') context.missed(table.name, firstKey);
  return value;
}

const patterns = new WeakMap<LookupTable, { readonly pattern: RegExp | null }>();

function replaceKeys(table: LookupTable, text: string): string {
  let kept = patterns.get(table);
  if (!kept) {
    kept = { pattern: phrasePattern([...table.rows.keys()]) };
    patterns.set(table, kept);
  }
  if (kept.pattern === null) return text;
  let length = text.length;
  return text.replace(kept.pattern, (phrase) => {
    const value = table.rows.get(lookupKey(phrase))?.[1] ?? phrase;
    length += value.length - phrase.length;
    refuseLongText(length);
    return value;
  });
}
