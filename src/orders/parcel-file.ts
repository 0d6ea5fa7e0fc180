import { readFile, stat } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { OperatorError } from '../domain/errors.js';
import { type Instant, plusMs, readInstant } from '../domain/instant.js';
import type { StoreUnits } from '../domain/store-order.js';
import type { NamedParcel } from './ship-parcels.js';

/** Columns of a parcel file. `sku` and `quantity`: what is in it, one row a line; without them everything open. */
export const PARCEL_COLUMNS = [
  'channel',
  'order',
  'carrier',
  'tracking_number',
  'tracking_url',
  'reference',
  'shipped_at',
  'sku',
  'quantity',
] as const;

type Column = (typeof PARCEL_COLUMNS)[number];
type Row = Partial<Readonly<Record<Column, string>>>;

/** A row that cannot be read. `row`: its line in the file. */
export interface ParcelRowMistake {
  readonly row: number;
  readonly message: string;
}

/** What stands in a parcel file: whole parcels with the lines of the file they come from, and rows that say nothing. */
export interface ParcelFile {
  readonly parcels: readonly (NamedParcel & { readonly rows: readonly number[] })[];
  readonly mistakes: readonly ParcelRowMistake[];
}

/** What a file is read against. */
export interface ParcelFileContext {
  readonly now: Instant;
  /** Channel of rows that name none. */
  readonly channel: string | null;
  readonly channels: readonly string[];
}

const LARGEST_FILE = 16 * 1024 * 1024;
const MOST_ROWS = 100_000;
const LONGEST_CELL = 500;
const AHEAD_MS = 86_400_000;

/** Reads a parcel file (CSV with a header, comma or semicolon). Throws OperatorError `parcels_unreadable` when it is none. */
export async function readParcelFile(file: string, context: ParcelFileContext): Promise<ParcelFile> {
  return parcelsIn(await textOf(file), context);
}

/**
 * Parcels in CSV text. Rows of one order with the same reference (else the same tracking number) are one parcel; a row with a mistake takes its whole
 * parcel with it, because half a parcel would be announced as a whole one. Pure.
 */
export function parcelsIn(text: string, context: ParcelFileContext): ParcelFile {
  const mistakes: ParcelRowMistake[] = [];
  const groups = new Map<string, Group>();
  for (const { row, line } of rowsOf(text)) {
    const key = JSON.stringify([
      row.channel || context.channel,
      row.order,
      row.reference || row.tracking_number,
    ]);
    const group = groups.get(key) ?? { parcel: null, rows: [], sound: true };
    groups.set(key, group);
    const mistake = addRow(group, readRow(row, context), line);
    if (mistake !== null) mistakes.push({ row: line, message: mistake });
  }
  const named = new Set(mistakes.map(({ row }) => row));
  for (const { rows, sound } of groups.values())
    for (const row of sound ? [] : rows)
      if (!named.has(row)) mistakes.push({ row, message: 'another row of the same parcel has a mistake' });
  return {
    parcels: [...groups.values()].flatMap(({ parcel, rows, sound }) =>
      sound && parcel !== null ? [{ ...parcel, rows }] : [],
    ),
    mistakes: mistakes.sort((a, b) => a.row - b.row),
  };
}

/** Rows of one parcel. */
interface Group {
  parcel: NamedParcel | null;
  readonly rows: number[];
  sound: boolean;
}

type ReadRow = { readonly parcel: NamedParcel } | { readonly mistake: string };

/** Answers what is wrong with the row. */
function addRow(group: Group, read: ReadRow, line: number): string | null {
  group.rows.push(line);
  const mistake = 'mistake' in read ? read.mistake : group.parcel && disagreement(group.parcel, read.parcel);
  if (mistake === null && 'parcel' in read)
    group.parcel = group.parcel === null ? read.parcel : joined(group.parcel, read.parcel);
  group.sound &&= mistake === null;
  return mistake;
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) throw unreadable(`${file} is larger than 16 MiB`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw unreadable(`${file} cannot be read (${code})`, error);
  }
}

function rowsOf(text: string): readonly { readonly row: Row; readonly line: number }[] {
  const [head = ''] = text.split('\n', 1);
  try {
    const rows: { record: Row; info: { lines: number } }[] = parse(text, {
      bom: true,
      columns: (header: string[]) =>
        header.map((name) =>
          name
            .trim()
            .toLowerCase()
            .replace(/[\s-]+/g, '_'),
        ),
      delimiter: head.includes(';') && !head.includes(',') ? ';' : ',',
      skip_empty_lines: true,
      trim: true,
      info: true,
      to: MOST_ROWS + 1,
    });
    if (rows.length > MOST_ROWS) throw unreadable(`there are more than ${MOST_ROWS} rows`);
    const [first] = rows;
    const missing = (['order', 'carrier', 'tracking_number'] as const).filter(
      (name) => first && !(name in first.record),
    );
    if (missing.length > 0) throw unreadable(`the header has no ${missing.join(', ')}`);
    return rows.map(({ record, info }) => ({ row: record, line: info.lines }));
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw unreadable(error instanceof Error ? error.message : String(error), error);
  }
}

function unreadable(message: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'parcels_unreadable',
    `The parcel file cannot be used: ${message}`,
    `It is CSV with a header: ${PARCEL_COLUMNS.join(', ')}. order, carrier and tracking_number are needed.`,
    cause,
  );
}

function readRow(row: Row, context: ParcelFileContext): ReadRow {
  const channel = row.channel || context.channel;
  if (Object.values(row).some((cell) => cell.length > LONGEST_CELL))
    return { mistake: `a cell is longer than ${LONGEST_CELL} characters` };
  if (!channel) return { mistake: 'no channel; name it in the column `channel`, or with --channel' };
  if (!context.channels.includes(channel)) return { mistake: `there is no channel "${channel}"` };
  for (const name of ['order', 'carrier', 'tracking_number'] as const)
    if (!row[name]) return { mistake: `${name} is empty` };
  const shippedAt = row.shipped_at ? readInstant(row.shipped_at) : context.now;
  if (shippedAt === null)
    return {
      mistake: `shipped_at "${row.shipped_at}" is no instant with a zone, such as 2026-11-25T14:00:00Z`,
    };
  if (shippedAt > plusMs(context.now, AHEAD_MS))
    return { mistake: `shipped_at ${shippedAt} is in the future` };
  const lines = linesOf(row);
  if (lines === null)
    return { mistake: `"${row.sku ?? ''}" × "${row.quantity ?? ''}" is not a SKU and a quantity` };
  const { order = '', carrier = '', tracking_number: trackingNumber = '' } = row;
  const url = row.tracking_url ? { trackingUrl: row.tracking_url } : {};
  const reference = row.reference || trackingNumber;
  const contents = lines.length === 0 ? {} : { lines };
  return {
    parcel: {
      channel,
      order,
      parcel: { reference, carrier, trackingNumber, ...url, shippedAt, ...contents },
    },
  };
}

/** Null: it cannot be read; none: everything open. */
function linesOf({ sku, quantity }: Row): readonly StoreUnits[] | null {
  if (!sku && !quantity) return [];
  if (!sku || !/^[1-9]\d{0,5}$/.test(quantity || '1')) return null;
  return [{ sku, quantity: Number(quantity || '1') }];
}

/** Why two rows cannot be one parcel. */
function disagreement({ parcel: a }: NamedParcel, { parcel: b }: NamedParcel): string | null {
  if (a.carrier !== b.carrier || a.trackingNumber !== b.trackingNumber)
    return `carrier or number differ from another row of parcel ${b.reference}`;
  if (!a.lines || !b.lines)
    return `parcel ${b.reference} is named twice; name a SKU and a quantity in each row`;
  return null;
}

function joined(a: NamedParcel, b: NamedParcel): NamedParcel {
  return { ...a, parcel: { ...a.parcel, lines: [...(a.parcel.lines ?? []), ...(b.parcel.lines ?? [])] } };
}
