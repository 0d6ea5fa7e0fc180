import { parse } from 'yaml';
import { OperatorError } from '../domain/errors.js';
import { isCurrencyCode } from '../domain/money.js';
import { fingerprint } from '../domain/revision.js';
import type { RateTable } from './functions/definition.js';

/**
 * Reads the text of a file with exchange rates: `date: 2026-11-24`, `base: EUR`, `rates: { USD: 1.087 }`, each the units of a currency for one unit
 * of the base. Its id changes with its text, so that every listing is worked out again. Throws `rates_invalid`.
 */
export function readRates(file: string, text: string): RateTable {
  const data = dataOf(text, file);
  const { date, base, rates } = data;
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw invalid(file, 'date must be a day, 2026-11-24');
  if (typeof base !== 'string' || !isCurrencyCode(base)) throw invalid(file, 'base must be a currency, EUR');
  if (typeof rates !== 'object' || rates === null || Array.isArray(rates))
    throw invalid(file, 'rates must be a map of currencies');
  for (const [currency, rate] of Object.entries(rates)) {
    if (!isCurrencyCode(currency)) throw invalid(file, `"${currency}" is not a currency`);
    if (typeof rate !== 'number' || !Number.isFinite(rate) || rate <= 0)
      throw invalid(file, `the rate of ${currency} must be a number above 0`);
  }
  return { id: `${date} ${fingerprint(text)}`, base, rates: { ...(rates as Record<string, number>) } };
}

function dataOf(text: string, file: string): Readonly<Record<string, unknown>> {
  let data: unknown;
  try {
    data = parse(text, { schema: 'core', maxAliasCount: 0 });
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw invalid(file, 'it is not a map');
  return data as Readonly<Record<string, unknown>>;
}

function invalid(file: string, reason: string): OperatorError {
  return new OperatorError(
    'rates_invalid',
    `The exchange rates at ${file} are not usable: ${reason}`,
    'Write date, base and rates as the commented lines of `omnifeed init` show. What is live stays live.',
  );
}
