import {
  canonicalByTable,
  type FormOf,
  tableSchema,
  type ValueForm,
} from '../../src/channel/attribute-table.js';
import { cleanText } from '../../src/channel/file-text.js';
import { gtinDigits } from '../../src/domain/gtin.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/domain/json.js';
import { unitOf } from '../../src/domain/measure.js';
import { moneyText, readMoneyText } from '../../src/domain/money.js';
import type { MetaRow, ValueType } from './attributes/row.js';

type Forms = { readonly [Kind in ValueType['kind']]: ValueForm<Extract<ValueType, { kind: Kind }>> };

/** Texts in another spelling; everything else as it came, for the schema to refuse. */
const spelling =
  (spell: (text: string) => JsonValue) =>
  (value: JsonValue): JsonValue =>
    typeof value === 'string' ? spell(cleanText(value)) : value;
const asText = spelling((text) => text);

/** Longest address taken. Meta names no limit; with it every item stays far below the 5 MiB a line of a feed may have. */
const LONGEST_ADDRESS = 2_000;
const MOMENT = '\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}';

const FORMS: Forms = {
  text: {
    schema: ({ max, pattern }) => ({
      type: 'string',
      minLength: 1,
      maxLength: max,
      ...(pattern === undefined ? {} : { pattern }),
    }),
    canonical: asText,
  },
  label: {
    schema: ({ max }) => ({ type: 'string', minLength: 1, maxLength: max }),
    canonical: spelling((text) => text.toLowerCase()),
  },
  url: {
    schema: () => ({
      type: 'string',
      pattern: '^https?://[^\\s@/?#]+([/?#]\\S*)?$',
      maxLength: LONGEST_ADDRESS,
    }),
    canonical: asText,
  },
  gtin: {
    schema: () => ({ type: 'string', pattern: '^(\\d{8}|\\d{12,14})$' }),
    canonical: spelling(gtinDigits),
  },
  money: {
    schema: () => ({ type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,4})? [A-Z]{3}$' }),
    canonical: spelling((text) => {
      const money = readMoneyText(text);
      return money === null ? text : moneyText(money);
    }),
  },
  window: {
    schema: () => ({ type: 'string', pattern: `^${MOMENT}/${MOMENT}$` }),
    canonical: spelling((text) => text.split('/').map(toTheMinute).join('/')),
  },
  date: {
    schema: () => ({ type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    canonical: asText,
  },
  whole: {
    schema: ({ min, max }) => ({ type: 'integer', minimum: min, maximum: max }),
    canonical: spelling((text) => (/^\d{1,10}$/.test(text) ? Number(text) : text)),
  },
  decimal: {
    schema: ({ min, max }) => ({ type: 'number', minimum: min, maximum: max }),
    canonical: spelling((text) => (/^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number(text) : text)),
  },
  choice: {
    schema: ({ values }) => ({ enum: values }),
    canonical: (value, { values }) => spelling((text) => chosen(text, values))(value),
  },
  measure: {
    schema: ({ units }) => ({ type: 'string', pattern: `^\\d{1,9}(\\.\\d{1,6})? (${units.join('|')})$` }),
    canonical: (value, { units }) => spelling((text) => measured(text, units))(value),
  },
  texts: {
    schema: ({ most, max }) => ({
      type: 'array',
      maxItems: most,
      items: { type: 'string', minLength: 1, maxLength: max },
    }),
    canonical: (value) => (isJsonArray(value) ? value.map(asText) : value),
  },
  group: {
    schema: ({ members }) => tableSchema(members, formOf),
    canonical: (value, { members }) =>
      isJsonObject(value) ? canonicalByTable(value, byName(members), formOf) : value,
  },
};

/** The form of a kind of value: its schema and its spelling. */
export const formOf: FormOf<ValueType> = (type) => FORMS[type.kind] as ValueForm<ValueType>; // each is handed values of its own kind only

const known = new WeakMap<readonly MetaRow[], ReadonlyMap<string, MetaRow>>();

/** Groups are few and listings many: the members of each are put into order once. */
function byName(members: readonly MetaRow[]): ReadonlyMap<string, MetaRow> {
  const made = known.get(members) ?? new Map(members.map((member) => [member.name, member]));
  known.set(members, made);
  return made;
}

/** Seconds and fractions go, UTC is written as an offset: the form of the catalog fields page. */
function toTheMinute(moment: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.exec(
    moment.trim(),
  );
  if (!match) return moment;
  const [, day, time, zone = 'Z'] = match;
  return `${day}T${time}${zone === 'Z' ? '+00:00' : zone.replace(/(\d{2})(\d{2})$/, '$1:$2')}`;
}

const loose = (word: string): string => word.toLowerCase().replace(/[\s_-]+/g, ' ');

function chosen(text: string, values: readonly string[]): string {
  return (
    values.find((value) => value === text) ?? values.find((value) => loose(value) === loose(text)) ?? text
  );
}

function measured(text: string, units: readonly string[]): string {
  const [, digits, word] = /^(\d+(?:\.\d+)?)\s*([a-zA-Z]+)$/.exec(text) ?? [];
  const unit = word === undefined ? null : unitOf(word);
  return digits !== undefined && unit !== null && units.includes(unit) ? `${digits} ${unit}` : text;
}
