import type { Money } from '../../domain/money.js';
import type { SourceProduct } from '../../domain/product.js';
import { type PriceStyle, readPrice } from './price-text.js';
import type { ReaderContext, ReadLimits, RowError, SourceSettings } from './reader.js';
import { DEFAULT_LIMITS } from './reader.js';
import { type CodeReading, readCode } from './variant-codes.js';

/** Where a value stands, for complaints about it. */
export interface Place {
  readonly line: number;
  readonly key?: string | undefined;
  readonly column?: string | undefined;
}

/**
 * What one reading of a source has brought so far: finished products, counts and complaints. Every reader writes into
 * one; `openSource` empties it batch by batch.
 */
export class Intake {
  rows = 0;
  products = 0;
  variants = 0;
  rejectedRows = 0;
  readonly source: SourceSettings;
  readonly limits: ReadLimits;
  readonly signal: AbortSignal;
  readonly report: (error: RowError) => void;
  readonly prices: PriceStyle;
  readonly location: string;
  #finished: SourceProduct[] = [];

  constructor(context: ReaderContext) {
    this.source = context.source;
    this.limits = { ...DEFAULT_LIMITS, ...context.source.limits };
    this.signal = context.signal;
    this.report = context.report;
    this.prices = { currency: context.source.currency, decimalMark: context.source.decimalMark };
    this.location = context.source.location ?? 'default';
  }

  /** Hands a product over. `again`: further variants of a product that was handed over before. */
  finish(product: SourceProduct, again = false): void {
    if (!again) this.products++;
    this.variants += product.variants.length;
    this.#finished.push(product);
  }

  /** Products finished since the last call. */
  take(): SourceProduct[] {
    const batch = this.#finished;
    this.#finished = [];
    return batch;
  }

  /** Reports a row of which nothing is imported. */
  reject(place: Place, code: string, reason: string): void {
    this.rejectedRows++;
    this.report(complaint(place, code, reason, 'error'));
  }

  /** Reports a value that is left out; the row goes on. */
  warn(place: Place, code: string, reason: string): void {
    this.report(complaint(place, code, reason, 'warning'));
  }

  /** The amount in a cell; a text that is none is reported and nothing. Zero is an amount, and reported. */
  price(text: string | undefined, place: Place): Money | undefined {
    if (text === undefined) return undefined;
    const reading = readPrice(text, this.prices);
    if (!('money' in reading)) {
      this.warn(place, reading.code, reading.reason);
      return undefined;
    }
    return reading.money;
  }

  /** A selling price: as `price`, with a complaint about zero, which is kept. */
  sellingPrice(text: string | undefined, place: Place): Money | undefined {
    return this.notFree(this.price(text, place), place);
  }

  /** Passes a selling price on and complains when it is zero. */
  notFree(price: Money | undefined, place: Place): Money | undefined {
    if (price?.minor === 0) {
      this.warn(place, 'price_zero', 'The price is 0. Goods for nothing are not listed; correct the price.');
    }
    return price;
  }

  /** Whole units on hand; anything else is reported and unknown. Below zero (oversold) is kept. */
  units(text: string | undefined, place: Place): number | undefined {
    if (text === undefined) return undefined;
    if (/^[+-]?\d{1,12}(\.0+)?$/.test(text)) return Number.parseInt(text, 10);
    this.warn(place, 'quantity_not_whole', `"${text.slice(0, 60)}" is not a whole number of units.`);
    return undefined;
  }

  /** A GTIN, or the merchant's own code with a complaint. */
  code(text: string | undefined, place: Place): Omit<CodeReading, 'problem'> {
    if (text === undefined) return {};
    const { problem, ...reading } = readCode(text);
    if (problem !== undefined) {
      this.warn(
        place,
        'gtin_doubtful',
        `"${text.slice(0, 60)}" is not taken as a GTIN: ${problem}. It is kept as the merchant's own code.`,
      );
    }
    return reading;
  }

  /** A number of a measure or count, or nothing with a complaint. */
  number(text: string | undefined, place: Place): number | undefined {
    if (text === undefined) return undefined;
    const plain = this.source.decimalMark === ',' ? text.replaceAll('.', '').replace(',', '.') : text;
    if (/^[+-]?\d+(\.\d+)?$/.test(plain)) return Number(plain);
    this.warn(place, 'not_a_number', `"${text.slice(0, 60)}" is not a number.`);
    return undefined;
  }
}

function complaint(place: Place, code: string, reason: string, severity: RowError['severity']): RowError {
  return {
    line: place.line,
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(place.key === undefined ? {} : { key: place.key }),
    code,
    reason,
    severity,
  };
}

/** The members that are stated: a copy without those that are `undefined`. */
export function stated<Members extends object>(
  members: Members,
): { [Name in keyof Members]: Exclude<Members[Name], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as { [Name in keyof Members]: Exclude<Members[Name], undefined> };
}
