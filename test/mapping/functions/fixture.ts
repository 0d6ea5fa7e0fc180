import { readInstant } from '../../../src/domain/instant.js';
import { isMoney } from '../../../src/mapping/functions/arguments.js';
import type {
  BadData,
  FunctionContext,
  FunctionDefinition,
  LookupTable,
  Value,
} from '../../../src/mapping/functions/definition.js';
import { FUNCTIONS } from '../../../src/mapping/functions/table.js';

export const SALE_FROM = instant('2026-11-27T00:00+01:00');
export const SALE_TO = instant('2026-12-01T00:00+01:00');
export const PRICE = { minor: 3400, currency: 'USD' };
export const COST = { minor: 1700, currency: 'USD' };
export const WEIGHT = { value: 2, unit: 'lb' };
export const PRICES = [
  { minor: 2900, currency: 'EUR' },
  { minor: 2700, currency: 'EUR', country: 'DE', group: 'b2b' },
  { minor: 3100, currency: 'EUR', country: 'DE' },
];

const TABLES: Readonly<Record<string, LookupTable>> = {
  gender: table(
    'gender',
    ['key', 'value', 'de'],
    [
      ['Ladies', 'female', 'Damen'],
      ['women', 'female', 'Damen'],
      ['young ladies', 'girls', 'Mädchen'],
      ['t-shirts', 'tees', ''],
      ['blank', ' ', ''],
    ],
  ),
  'google-category': table(
    'google-category',
    ['key', 'value'],
    [
      ['Gear', '1'],
      ['Gear > Bags', '5608'],
      ['Books', '784'],
    ],
  ),
};

export interface Bench extends FunctionContext {
  readonly misses: string[];
  charged: number;
}

/** What functions may use, as the documentation's examples have it: Berlin time, two tables, one rate. */
export function bench(changes: Partial<FunctionContext> = {}): Bench {
  const misses: string[] = [];
  return {
    zone: 'Europe/Berlin',
    language: 'en',
    today: instant('2026-11-23T00:00+01:00'),
    rates: { id: 'test', base: 'USD', rates: { EUR: 0.92, JPY: 150.5, KWD: 0.307, ZZZ: 0 } },
    misses,
    charged: 0,
    table: (name) => (Object.hasOwn(TABLES, name) ? (TABLES[name] ?? null) : null),
    missed(name, key) {
      misses.push(`${name}: ${key}`);
    },
    charge(steps) {
      this.charged += steps;
    },
    ...changes,
  };
}

/** Calls a function of the table the way a compiled mapping does, all arguments written out. */
export function call(name: string, args: readonly Value[], context: FunctionContext = bench()): Value {
  const found = definitionOf(name);
  const literals = args.map((arg) => (typeof arg === 'string' ? arg : null));
  return found.prepare(literals)(context, ...args);
}

export function definitionOf(name: string): FunctionDefinition {
  const found = FUNCTIONS.find((definition) => definition.name === name);
  if (!found) throw new Error(`the table has no function ${name}`);
  return found;
}

/** A value as the documentation writes results. */
export function shown(value: Value): string {
  if (isMoney(value)) return `${value.minor} minor units, ${value.currency}`;
  return JSON.stringify(value);
}

/** The sentences of the note a call leaves. */
export function noteOf(run: () => Value): { message: string; pattern: string } {
  let value: Value;
  try {
    value = run();
  } catch (error) {
    const { message, pattern } = error as BadData;
    return { message, pattern };
  }
  throw new Error(`there is no note, the value is ${JSON.stringify(value)}`);
}

export function instant(text: string): string {
  const read = readInstant(text);
  if (read === null) throw new Error(`${text} is no instant`);
  return read;
}

function table(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): LookupTable {
  return { name, columns, rows: new Map(rows.map((row) => [(row[0] ?? '').trim().toLowerCase(), row])) };
}
