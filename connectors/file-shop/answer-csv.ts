import { parse } from 'csv-parse/sync';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';

/** Columns of an answer in CSV; only `key` and `id` are needed. */
export const ANSWER_COLUMNS = [
  ...['key', 'id', 'name', 'status', 'attention'],
  ...['parcel', 'carrier', 'tracking_number', 'tracking_url', 'shipped_at', 'delivered_at'],
  ...['line', 'sku', 'quantity'],
] as const;

/** Words of `status`; empty: in work. */
const STATUSES: ReadonlySet<string> = new Set(['', 'open', 'shipped', 'cancelled']);

/**
 * An answer in CSV in the form `storeAnswer` reads: one row without a parcel, or a row for each line of each parcel. Order columns must be the same on every
 * row. Throws `unreadable_answer`. Pure.
 */
export function answerOfCsv(text: string): JsonObject {
  const rows = rowsOf(text);
  const [first] = rows;
  if (first === undefined) throw unreadable('it has no rows');
  const one = (column: string): string => {
    const values = new Set(rows.map((row) => row[column] ?? ''));
    if (values.size > 1) throw unreadable(`its rows differ in ${column}`);
    return first[column] ?? '';
  };
  const status = one('status').toLowerCase();
  if (!STATUSES.has(status)) throw unreadable(`the status ${status.slice(0, 40)} is not known`);
  const parcels = new Map<string, Record<string, string>[]>();
  for (const row of rows) {
    const parcel = row.parcel ?? '';
    if (parcel !== '') parcels.set(parcel, [...(parcels.get(parcel) ?? []), row]);
  }
  return {
    key: one('key'),
    id: one('id'),
    name: one('name'),
    cancelled: status === 'cancelled',
    attention: one('attention'),
    shipments: [...parcels].map(([id, own]) => shipmentOf(id, own)),
  };
}

function shipmentOf(id: string, rows: readonly Record<string, string>[]): JsonObject {
  const value = (column: string): string => rows[0]?.[column] ?? '';
  return {
    id,
    carrier: value('carrier'),
    trackingNumber: value('tracking_number'),
    trackingUrl: value('tracking_url'),
    shippedAt: value('shipped_at'),
    deliveredAt: value('delivered_at'),
    lines: rows.map((row) => ({
      line: row.line ?? '',
      sku: row.sku ?? '',
      quantity: /^\d{1,6}$/.test(row.quantity ?? '') ? Number(row.quantity) : 0,
    })),
  };
}

function rowsOf(text: string): Record<string, string>[] {
  try {
    return parse(text, {
      bom: true,
      columns: (header: string[]) => {
        const names = header.map((name) => name.trim().toLowerCase());
        if (!names.includes('key') || !names.includes('id'))
          throw unreadable('the columns key and id are missing');
        return names;
      },
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    throw error instanceof ChannelError ? error : unreadable('it is no CSV');
  }
}

/** Spreadsheets of some countries write semicolons: the one the header has most of. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

function unreadable(why: string): ChannelError {
  return new ChannelError(`The answer file cannot be read: ${why}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'operator',
    advice: 'Correct the file; the README of the connector has the form. It is read again by itself.',
  });
}
