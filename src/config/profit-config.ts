import { existsSync } from 'node:fs';
import path from 'node:path';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { type Money, readDecimal } from '../domain/money.js';
import type { ProfitSettings } from '../profit/profit-settings.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';

/** The shape of a channel's `profit:`. */
export const PROFIT = {
  type: 'object',
  required: ['prices'],
  additionalProperties: false,
  properties: {
    prices: { enum: ['gross', 'net'] },
    taxPercent: { type: 'number', exclusiveMinimum: 0, maximum: 100 },
    shipping: { type: ['number', 'string'], minimum: 0, pattern: '^\\d+(\\.\\d+)?$' },
    fees: { type: 'string', minLength: 1 },
    competition: { type: 'boolean' },
  },
} as const;

/** What a channel says about money; null: nothing. Relative paths start at `folder`. */
export function profitOf(channel: JsonObject, folder: string): ProfitSettings | null {
  const { profit } = channel;
  if (!isJsonObject(profit)) return null;
  return {
    prices: profit.prices === 'gross' ? 'gross' : 'net',
    taxPercent: profit.prices === 'gross' ? Number(profit.taxPercent) : 0,
    shipping: shippingOf(profit, channel),
    fees: typeof profit.fees === 'string' ? path.resolve(folder, profit.fees) : null,
    competition: profit.competition === true,
  };
}

function shippingOf(profit: JsonObject, channel: JsonObject): Money | null {
  const { shipping } = profit;
  const isAmount = typeof shipping === 'number' || typeof shipping === 'string';
  return isAmount ? readDecimal(String(shipping), String(channel.currency)) : null;
}

/** Gross prices need the tax in them; an amount must be one in the channel's currency, and the fee file must be there. */
export function profitMistakes(
  file: ConfigFile,
  at: ConfigPath,
  channel: JsonObject,
  folder: string,
): ConfigMistake[] {
  const { profit } = channel;
  if (!isJsonObject(profit)) return [];
  const place = [...at, 'profit'];
  const mistakes: ConfigMistake[] = [];
  const add = (name: string, message: string, advice: string): void =>
    void mistakes.push(file.mistake([...place, name], { message, advice }));
  if (profit.prices === 'gross' && profit.taxPercent === undefined)
    add('taxPercent', 'is missing', 'Gross prices contain tax; write its rate, such as `taxPercent: 19`.');
  if (profit.prices === 'net' && profit.taxPercent !== undefined)
    add('taxPercent', 'has no meaning for net prices', 'Take it out, or write `prices: gross`.');
  if (profit.shipping !== undefined && shippingOf(profit, channel) === null)
    add('shipping', `is no amount in ${String(channel.currency)}`, 'Write digits, such as 4.90.');
  if (typeof profit.fees === 'string' && !existsSync(path.resolve(folder, profit.fees)))
    add('fees', `the fee file ${profit.fees} does not exist`, `Paths start at ${folder}.`);
  return mistakes;
}
