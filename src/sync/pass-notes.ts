import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { fingerprint } from '../domain/revision.js';
import { MOST_NOTES, type NoteCount, type NoteTally, noteKey } from '../mapping/notes.js';

/** A pass of a channel over the catalog, as far as its notes go. */
export interface NotedPass {
  readonly channel: string;
  /** Tells passes of a channel apart. */
  readonly id: string;
}

/** What the mapping of a channel stumbled over in one finished pass. */
export interface PassNotes {
  /** `all`: over the whole catalog · `changes`: over what was written since. */
  readonly mode: 'all' | 'changes';
  readonly at: Instant;
  /** Variants the pass looked at. */
  readonly variants: number;
  /** All notes of the pass. */
  readonly total: number;
  /** The most frequent first. */
  readonly counts: readonly NoteCount[];
}

const COLUMNS = {
  note_key: 'text',
  attribute: 'text',
  file: 'text',
  line: 'integer',
  pattern: 'text',
  lookup_table: 'text',
  lookup_key: 'text',
  first_sku: 'text',
  first_message: 'text',
  count: 'integer',
} as const;
const NAMES = Object.keys(COLUMNS).join(', ');

type NoteRow = { readonly [Name in keyof typeof COLUMNS]: string | number | null };

/**
 * Adds the notes of one page to those of its pass, in the transaction that moves the pass on: a killed pass goes on without counting
 * a page twice. Beyond `MOST_NOTES` different ones the rest is counted as one.
 */
export async function addPassNotes(tx: Queries, pass: NotedPass, tally: NoteTally): Promise<void> {
  const rows = await withinBound(tx, pass, tally.all().map(rowOf));
  if (tally.dropped > 0) rows.push(otherNotes(tally.dropped, ''));
  if (rows.length === 0) return;
  await tx.run(
    `INSERT INTO mapping_note (channel, pass, ${NAMES})
     SELECT CAST(? AS text), CAST(? AS text), ${NAMES} FROM ${tx.unfold('r', COLUMNS)}
     WHERE true ON CONFLICT (channel, pass, note_key) DO UPDATE SET count = mapping_note.count + excluded.count`,
    [pass.channel, pass.id, JSON.stringify(rows)],
  );
}

async function withinBound(tx: Queries, pass: NotedPass, rows: readonly NoteRow[]): Promise<NoteRow[]> {
  if (rows.length === 0) return [];
  const stored = await tx.all<{ note_key: string }>(
    'SELECT note_key FROM mapping_note WHERE channel = ? AND pass = ?',
    [pass.channel, pass.id],
  );
  if (stored.length + rows.length <= MOST_NOTES) return [...rows];
  const known = new Set<unknown>(stored.map((row) => row.note_key));
  let room = MOST_NOTES - known.size;
  const kept = rows.filter((row) => known.has(row.note_key) || room-- > 0);
  const left = rows.filter((row) => !kept.includes(row));
  const others = left.reduce((sum, row) => sum + Number(row.count), 0);
  return others === 0 ? kept : [...kept, otherNotes(others, String(left[0]?.first_sku ?? ''))];
}

function rowOf(count: NoteCount): NoteRow {
  const { attribute, file, line, pattern, miss, first } = count;
  return {
    note_key: fingerprint(noteKey({ attribute, file, line, pattern, ...(miss === null ? {} : { miss }) })),
    attribute,
    file,
    line,
    pattern,
    lookup_table: miss?.table ?? null,
    lookup_key: miss?.key ?? null,
    first_sku: first.sku,
    first_message: first.message,
    count: count.count,
  };
}

function otherNotes(count: number, sku: string): NoteRow {
  const pattern = `other notes: only ${MOST_NOTES.toLocaleString('en-US')} different ones are kept`;
  const where = { attribute: null, file: '', line: 0, lookup_table: null, lookup_key: null };
  return { note_key: '', ...where, pattern, first_sku: sku, first_message: pattern, count };
}

/**
 * Ends a pass: its notes are now the ones that are shown. A pass over the whole catalog also makes those of changes before it
 * obsolete; notes of passes that never ended go.
 */
export async function endPassNotes(
  tx: Queries,
  pass: NotedPass,
  end: { readonly mode: 'all' | 'changes'; readonly at: Instant; readonly variants: number },
): Promise<void> {
  if (end.mode === 'changes' && end.variants === 0) return;
  if (end.mode === 'all') await tx.run('DELETE FROM mapping_pass WHERE channel = ?', [pass.channel]);
  await tx.run(
    `INSERT INTO mapping_pass (channel, mode, pass, at, variants) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel, mode) DO UPDATE SET pass = excluded.pass, at = excluded.at, variants = excluded.variants`,
    [pass.channel, end.mode, pass.id, end.at, end.variants],
  );
  await tx.run(
    'DELETE FROM mapping_note WHERE channel = ? AND pass NOT IN (SELECT pass FROM mapping_pass WHERE channel = ?)',
    [pass.channel, pass.channel],
  );
}

/** Most notes read for people and programs; the table itself is bounded too. */
const READ = 200;

/** What the mapping of a channel stumbled over: in the latest pass over everything, and in the latest one over changes since. */
export async function readPassNotes(queries: Queries, channel: string): Promise<readonly PassNotes[]> {
  const passes = await queries.all<{ mode: PassNotes['mode']; pass: string; at: Instant; variants: number }>(
    'SELECT mode, pass, at, variants FROM mapping_pass WHERE channel = ? ORDER BY mode',
    [channel],
  );
  const found: PassNotes[] = [];
  for (const { mode, pass, at, variants } of passes) {
    const rows = await queries.all<NoteRow>(
      `SELECT ${NAMES} FROM mapping_note WHERE channel = ? AND pass = ? ORDER BY count DESC, note_key LIMIT ?`,
      [channel, pass, READ],
    );
    const sum = await queries.get<{ total: number | string | null }>(
      'SELECT SUM(count) AS total FROM mapping_note WHERE channel = ? AND pass = ?',
      [channel, pass],
    );
    found.push({ mode, at, variants, total: Number(sum?.total ?? 0), counts: rows.map(countOf) });
  }
  return found;
}

function countOf(row: NoteRow): NoteCount {
  const { lookup_table: table, lookup_key: key } = row;
  return {
    attribute: row.attribute === null ? null : String(row.attribute),
    pattern: String(row.pattern),
    file: String(row.file),
    line: Number(row.line),
    miss: table === null ? null : { table: String(table), key: String(key) },
    count: Number(row.count),
    first: { sku: String(row.first_sku), message: String(row.first_message) },
  };
}
