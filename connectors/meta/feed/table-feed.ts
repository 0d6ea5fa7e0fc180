import { entriesOf } from '../../../src/channel/attribute-table.js';
import { oneLine } from '../../../src/channel/file-text.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { CellForm, MetaRow } from '../attributes/row.js';
import type { FeedColumns, FeedEncoder } from './feed-columns.js';

/** A cell of further pictures holds this many characters (catalog fields, verified 2026-11-23). */
const JOINED_MAX = 2_000;

/** CSV or TSV: a header of column names, one line per item, quoting as in RFC 4180 (Feed API guide, verified 2026-11-23). */
export function tableFeed(delimiter: ',' | '\t', { own, attributes }: FeedColumns): FeedEncoder {
  const special = delimiter === ',' ? /[",]/ : /["\t]/;
  const quoted = (text: string): string => {
    const line = oneLine(text);
    return special.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
  };
  const columns = attributes.flatMap(columnsOf);
  return {
    head: `${[...own, ...columns.map((column) => column.name)].join(delimiter)}\n`,
    tail: '',
    item(values, listing) {
      let line = values.map(quoted).join(delimiter);
      for (const column of columns) {
        const text = column.text(listing);
        line += text === '' ? delimiter : `${delimiter}${quoted(text)}`;
      }
      return `${line}\n`;
    },
  };
}

interface Column {
  readonly name: string;
  text(listing: JsonObject): string;
}

/** The columns of an attribute: one, or one per member where Meta wants the members beside each other. */
function columnsOf(row: MetaRow): readonly Column[] {
  if (row.cell === 'paths' && row.type.kind === 'group')
    return row.type.members.map((member) => ({
      name: `${row.name}.${member.name}`,
      text: (listing) => {
        const group = listing[row.name];
        return isJsonObject(group) ? plain(group[member.name]) : '';
      },
    }));
  const write = CELLS[row.cell];
  return [
    {
      name: row.name,
      text: (listing) => {
        const value = listing[row.name];
        return value === undefined || value === null ? '' : write(value);
      },
    },
  ];
}

const CELLS: Readonly<Record<CellForm, (value: JsonValue) => string>> = {
  plain,
  paths: plain,
  json: (value) => JSON.stringify(value),
  joined: (value) => joined(isJsonArray(value) ? value : [value]),
  labels: (value) => labels(isJsonArray(value) ? value : [value]),
  shipping: (value) => entriesOf(value).map(shippingText).join(','),
  pairs: (value) =>
    entriesOf(value)
      .map((pair) => `${plainWord(pair.variant_label)}:${plainWord(pair.variant_value)}`)
      .join(','),
};

function plain(value: JsonValue | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

/** Whole addresses only: what does not fit the cell is left out, as the preflight says. A comma would end an address. */
function joined(values: readonly JsonValue[]): string {
  let text = '';
  for (const value of values) {
    const next = `${text === '' ? '' : `${text},`}${plain(value).replaceAll(',', '%2C')}`;
    if (next.length > JOINED_MAX) break;
    text = next;
  }
  return text;
}

/** `['summer','new']`; with an apostrophe in a label the JSON form. */
function labels(values: readonly JsonValue[]): string {
  const texts = values.map(plain);
  return texts.some((text) => /['\\]/.test(text))
    ? JSON.stringify(texts)
    : `[${texts.map((text) => `'${text}'`).join(',')}]`;
}

/** `US:CA:Ground:9.99 USD` with empty places kept. */
function shippingText(rate: JsonObject): string {
  const price = `${plain(rate.shipping_price_value)} ${plain(rate.shipping_price_currency)}`;
  const place = [rate.shipping_country, rate.shipping_region, rate.shipping_service].map(plainWord);
  return [...place, price].join(':');
}

/** Comma and colon separate entries and members; they may not occur in them. */
export function plainWord(value: JsonValue | undefined): string {
  return plain(value)
    .replace(/[,:\s]+/g, ' ')
    .trim();
}
