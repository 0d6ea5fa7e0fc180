import { type HistoryEntry, variantHistory } from '../catalog/variant-history.js';
import { OperatorError } from '../domain/errors.js';
import { isJsonObject, type JsonValue } from '../domain/json.js';
import { moneyText } from '../domain/money.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';
import { countOf, withApp } from './with-app.js';

const LIMIT = 50;
const LARGEST = 10_000;
const LONGEST_VALUE = 60;

/** `omnifeed history`: who changed what of a variant, when, from what to what. */
export const addHistory: AddCommand = (command, on) => {
  command.option('--limit <count>', `the latest so many (${LIMIT})`).action(
    on<{ readonly limit?: string }>(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const sku = args[0] ?? '';
        const limit = Math.min(countOf(options.limit, LIMIT), LARGEST);
        const entries = await variantHistory(app.database, sku, limit);
        if (entries === null) throw unknownSku(sku);
        stage.show({ sku, entries } as unknown as JsonValue, () => shown(entries));
        return 0;
      }),
    ),
  );
};

function unknownSku(sku: string): OperatorError {
  return new OperatorError(
    'sku_unknown',
    `The catalog has no SKU "${sku}"`,
    'SKUs are compared letter by letter: check capitals, blanks and leading zeros.',
  );
}

function shown(entries: readonly HistoryEntry[]): string {
  const rows = entries.map((entry) => [
    entry.at,
    entry.actor,
    `${entry.ofProduct ? 'product ' : ''}${entry.lane}`,
    entry.field,
    valueText(entry.old),
    valueText(entry.new),
  ]);
  return rows.length === 0 ? 'nothing yet' : table(['when', 'who', 'what', 'field', 'old', 'new'], rows);
}

/** Money as people write it, everything else as JSON, cut where it is long. */
function valueText(value: JsonValue): string {
  if (value === null) return '–';
  const text = textOf(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value.replace(/\s+/g, ' ');
  if (isJsonObject(value) && typeof value.minor === 'number' && typeof value.currency === 'string')
    return moneyText({ minor: value.minor, currency: value.currency });
  return JSON.stringify(value);
}
