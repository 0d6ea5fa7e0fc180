import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { isCurrencyCode, readDecimal } from '../domain/money.js';
import { type Charge, type FeeRule, type FeeSchedule, plainPath } from './fee-schedule.js';

/** A fee schedule, or everything that is wrong with it, each with where it stands. */
export type ReadSchedule = { readonly schedule: FeeSchedule } | { readonly mistakes: readonly string[] };

/** Takes a mistake at a place of the file. */
type Complain = (at: string, message: string) => void;

const FIELDS = [
  'from',
  'until',
  'types',
  'categories',
  'upTo',
  'percent',
  'fixed',
  'minimum',
  'maximum',
] as const;

/**
 * Reads the content of a fee file: `currency`, `fees` (rules by charge) and `shipping` (rules). Amounts are in the file's currency, which
 * must be the channel's. Pure.
 */
export function readFeeSchedule(content: JsonValue, currency: string): ReadSchedule {
  const mistakes: string[] = [];
  const complain: Complain = (at, message) => void mistakes.push(at === '' ? message : `${at}: ${message}`);
  if (!isJsonObject(content)) return { mistakes: ['the file is no list of settings; write `fees:`'] };
  for (const name of Object.keys(content))
    if (!['currency', 'fees', 'shipping'].includes(name))
      complain(name, 'is not known; a fee file has `currency`, `fees` and `shipping`');
  checkCurrency(content.currency, currency, complain);
  const charges = chargesOf(content.fees, { currency, complain });
  const shipping =
    content.shipping === undefined ? null : rulesOf(content.shipping, 'shipping', { currency, complain });
  if (mistakes.length > 0) return { mistakes };
  return { schedule: { currency, fees: charges, shipping } };
}

function checkCurrency(named: JsonValue | undefined, currency: string, complain: Complain): void {
  if (typeof named !== 'string' || !isCurrencyCode(named))
    complain('currency', 'is missing; write the code of the amounts, such as EUR');
  else if (named !== currency)
    complain(
      'currency',
      `is ${named}, and the channel sells in ${currency}; write the amounts in ${currency}`,
    );
}

interface Context {
  readonly currency: string;
  readonly complain: Complain;
}

function chargesOf(fees: JsonValue | undefined, context: Context): Charge[] {
  if (isJsonObject(fees) && Object.keys(fees).length > 0)
    return Object.entries(fees).map(([name, rules]) => ({
      name,
      rules: rulesOf(rules, `fees.${name}`, context),
    }));
  context.complain(
    'fees',
    'names no charge; write `fees: { commission: [ { percent: 0 } ] }` if the channel takes nothing',
  );
  return [];
}

function rulesOf(value: JsonValue | undefined, at: string, context: Context): FeeRule[] {
  if (!isJsonArray(value) || value.length === 0) {
    context.complain(at, 'is no list of rules');
    return [];
  }
  let all: number | null = null;
  return value.flatMap((entry, index) => {
    const place = `${at}[${index + 1}]`;
    if (!isJsonObject(entry)) {
      context.complain(place, 'is no rule');
      return [];
    }
    if (all !== null)
      context.complain(place, `is never reached: rule ${all} fits every listing on every day`);
    const rule = ruleOf(entry, place, context);
    if (all === null && isForAll(rule)) all = index + 1;
    return [rule];
  });
}

function isForAll({ from, until, types, categories, upTo }: FeeRule): boolean {
  return [from, until, upTo].every((bound) => bound === null) && types.length + categories.length === 0;
}

function ruleOf(entry: JsonObject, at: string, { currency, complain }: Context): FeeRule {
  for (const name of Object.keys(entry))
    if (!FIELDS.some((field) => field === name))
      complain(`${at}.${name}`, `is not known; a rule has ${FIELDS.join(', ')}`);
  if (entry.percent === undefined && entry.fixed === undefined)
    complain(at, 'says not what it takes; give `percent`, `fixed` or both');
  const amount = (name: string): number | null =>
    amountOf(entry[name], `${at}.${name}`, { currency, complain });
  const rule = {
    from: dayOf(entry.from, `${at}.from`, complain),
    until: dayOf(entry.until, `${at}.until`, complain),
    types: pathsOf(entry.types, `${at}.types`, complain),
    categories: pathsOf(entry.categories, `${at}.categories`, complain),
    upTo: amount('upTo'),
    millionths: shareOf(entry.percent, `${at}.percent`, complain),
    fixed: amount('fixed') ?? 0,
    minimum: amount('minimum'),
    maximum: amount('maximum'),
  };
  if (rule.from !== null && rule.until !== null && rule.from > rule.until)
    complain(at, `ends (${rule.until}) before it begins (${rule.from})`);
  if (rule.minimum !== null && rule.maximum !== null && rule.minimum > rule.maximum)
    complain(at, 'has a minimum above its maximum');
  return rule;
}

function dayOf(value: JsonValue | undefined, at: string, complain: Complain): string | null {
  if (value === undefined) return null;
  const text = String(value);
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)) return text;
  complain(at, `"${text}" is no day; write it as 2026-01-31`);
  return null;
}

function amountOf(value: JsonValue | undefined, at: string, { currency, complain }: Context): number | null {
  if (value === undefined) return null;
  const money = typeof value === 'object' ? null : readDecimal(String(value), currency);
  if (money !== null && money.minor >= 0) return money.minor;
  complain(at, `${JSON.stringify(value)} is no amount in ${currency}; write digits, such as 0.30`);
  return null;
}

/** Percent with up to four decimals, as millionths of the price. */
function shareOf(value: JsonValue | undefined, at: string, complain: Complain): number {
  if (value === undefined) return 0;
  const text = String(value);
  if (/^\d{1,3}(\.\d{1,4})?$/.test(text) && Number(text) <= 100) return Math.round(Number(text) * 10_000);
  complain(at, `${JSON.stringify(value)} is no percentage from 0 to 100 with at most four decimals`);
  return 0;
}

function pathsOf(value: JsonValue | undefined, at: string, complain: Complain): readonly string[] {
  if (value === undefined) return [];
  const list = isJsonArray(value) ? value : [value];
  const paths = list.filter((entry): entry is string => typeof entry === 'string' && entry.trim() !== '');
  if (paths.length !== list.length || list.length === 0) complain(at, 'must be a name or a list of names');
  return paths.map(plainPath);
}
