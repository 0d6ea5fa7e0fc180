import { OperatorError } from '../domain/errors.js';
import { type LookupProblem, readLookupTable } from '../mapping/lookups.js';
import { readPassNotes } from '../sync/pass-notes.js';
import type { MappingDesk } from './mapping-desk.js';
import { lookupDocument } from './mapping-home.js';
import { currentText, saveVersion, versionsOf } from './versions.js';

/** A lookup table as it stands, with what the catalog asks it for in vain. */
export interface LookupSheet {
  readonly name: string;
  readonly columns: readonly string[];
  /** As written, in the order of the file. */
  readonly rows: readonly (readonly string[])[];
  readonly csv: string;
  /** 0: it is one that comes with Omnifeed, or not there yet; saving makes the merchant's own. */
  readonly version: number;
  readonly problems: readonly LookupProblem[];
  /** Keys that were asked for in the last passes and are not there, the commonest first. */
  readonly missing: readonly { readonly key: string; readonly count: number; readonly sku: string }[];
}

/** What saving a text would change in a table. */
export interface LookupDiff {
  readonly added: readonly (readonly string[])[];
  readonly removed: readonly (readonly string[])[];
  readonly changed: readonly {
    readonly key: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }[];
  readonly problems: readonly LookupProblem[];
}

const NAME = /^[\w-][\w.-]{0,99}$/;
const MOST_CHARACTERS = 4_000_000;

/** A lookup table of a channel's mapping. Throws `unknown_lookup`. */
export async function lookupSheet(desk: MappingDesk, name: string): Promise<LookupSheet> {
  refuseName(name);
  const csv = desk.place.sources?.readLookup(name) ?? null;
  if (csv === null)
    throw new OperatorError(
      'unknown_lookup',
      `There is no lookup table "${name}"`,
      'Save one under this name.',
    );
  const { table, problems } = readLookupTable(name, csv);
  const { number } = await currentText(desk.database, lookupDocument(desk.home, name), desk.clock.now());
  return {
    name,
    columns: table?.columns ?? [],
    rows: table === null ? [] : [...table.rows.values()],
    csv,
    version: number,
    problems,
    missing: await missingKeys(desk, name, table?.rows ?? new Map()),
  };
}

/** Keys that passes asked for; those added since are left out. */
async function missingKeys(
  desk: MappingDesk,
  name: string,
  rows: ReadonlyMap<string, readonly string[]>,
): Promise<LookupSheet['missing']> {
  const passes = await readPassNotes(desk.database, desk.home.channel);
  const found = new Map<string, { key: string; count: number; sku: string }>();
  for (const { miss, count, first } of passes.flatMap(({ counts }) => counts)) {
    if (miss?.table !== name || rows.has(miss.key)) continue;
    const known = found.get(miss.key);
    found.set(miss.key, { key: miss.key, count: Math.max(count, known?.count ?? 0), sku: first.sku });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** What a CSV text would change in the table that counts now. Throws `bad_lookup` for a text that is no table. */
export function lookupDiff(desk: MappingDesk, name: string, csv: string): LookupDiff {
  refuseName(name);
  const before =
    tableOf(name, desk.place.sources?.readLookup(name) ?? null)?.rows ?? new Map<string, readonly string[]>();
  const { table, problems } = readLookupTable(name, csv);
  if (table === null || csv.length > MOST_CHARACTERS) throw badLookup(name, problems);
  const added = [...table.rows].filter(([key]) => !before.has(key)).map(([, cells]) => cells);
  const removed = [...before].filter(([key]) => !table.rows.has(key)).map(([, cells]) => cells);
  const changed = [...table.rows].flatMap(([key, after]) => {
    const was = before.get(key);
    return was === undefined || was.slice(1).join('\n') === after.slice(1).join('\n')
      ? []
      : [{ key, before: was, after }];
  });
  return { added, removed, changed, problems };
}

function tableOf(name: string, csv: string | null) {
  return csv === null ? null : readLookupTable(name, csv).table;
}

/** Saves a lookup table as the merchant's own; the file is replaced where there is one. Answers its version. Throws `bad_lookup`, `text_moved`. */
export async function saveLookup(
  desk: MappingDesk,
  name: string,
  save: { readonly csv: string; readonly expected: number; readonly by: string; readonly comment: string },
): Promise<number> {
  lookupDiff(desk, name, save.csv);
  return saveVersion(desk.database, lookupDocument(desk.home, name), {
    text: save.csv,
    author: save.by,
    comment: save.comment,
    at: desk.clock.now(),
    expected: save.expected,
  });
}

/** Who changed a table, newest first. */
export function lookupVersions(
  desk: MappingDesk,
  name: string,
  limit: number,
): ReturnType<typeof versionsOf> {
  refuseName(name);
  return versionsOf(desk.database, lookupDocument(desk.home, name).name, limit);
}

function refuseName(name: string): void {
  if (!NAME.test(name))
    throw new OperatorError(
      'bad_lookup_name',
      `"${name.slice(0, 100)}" cannot be the name of a lookup table`,
      'Use letters, digits, points and dashes.',
    );
}

function badLookup(name: string, problems: readonly LookupProblem[]): OperatorError {
  const [first] = problems;
  return new OperatorError(
    'bad_lookup',
    `The text is no lookup table "${name}"${first === undefined ? '' : `: line ${first.line}: ${first.message}`}`,
    'A lookup table is CSV: a line of column names, then keys and values; at most 4 million characters.',
  );
}
