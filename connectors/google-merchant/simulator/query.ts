import { invalid } from './google-error.js';

/** A report query taken apart. */
export interface Query {
  readonly fields: readonly string[];
  readonly view: string;
  /** All must hold. */
  readonly conditions: readonly Condition[];
  readonly limit: number | null;
}

/** One comparison of a `WHERE`. */
export interface Condition {
  readonly field: string;
  readonly operator: '=' | '!=' | 'IN' | 'NOT IN';
  readonly values: readonly string[];
}

const SHAPE = /^SELECT\s+(.+?)\s+FROM\s+(\w+)(?:\s+WHERE\s+(.+?))?(?:\s+LIMIT\s+(\d+))?\s*;?$/is;
const CONDITION = /^([\w.]+)\s*(=|!=|\bNOT\s+IN\b|\bIN\b)\s*(.+)$/is;
const TEXT = /^'([^'\\]*)'$/;

/** Reads a query of the Merchant Center query language, as far as the simulator speaks it. Throws the 400 for anything else. */
export function readQuery(text: string): Query {
  const [, fields = '', view = '', where, limit] = SHAPE.exec(text.trim()) ?? [];
  if (view === '') throw invalid('query', 'The query is not SELECT … FROM … [WHERE …] [LIMIT …].');
  return {
    fields: fields.split(',').map((field) => field.trim()),
    view,
    conditions: where === undefined ? [] : where.split(/\s+AND\s+/i).map(conditionIn),
    limit: limit === undefined ? null : Number(limit),
  };
}

function conditionIn(text: string): Condition {
  const [, field = '', operator = '', rest = ''] = CONDITION.exec(text.trim()) ?? [];
  if (field === '') throw invalid('query', `The condition ${text} cannot be read.`);
  const name = operator.toUpperCase().replace(/\s+/g, ' ') as Condition['operator'];
  const list = name.endsWith('IN');
  if (list && !/^\(.*\)$/s.test(rest.trim())) throw invalid('query', 'IN needs a list in parentheses.');
  const values = list
    ? rest
        .trim()
        .slice(1, -1)
        .split(/,(?=\s*')/)
    : [rest];
  return { field, operator: name, values: values.map(textIn) };
}

function textIn(value: string): string {
  const [, text] = TEXT.exec(value.trim()) ?? [];
  if (text === undefined) throw invalid('query', `The value ${value} is not a quoted text.`);
  return text;
}
