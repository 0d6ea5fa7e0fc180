import type { Money } from '../../domain/money.js';
import type { SourceProduct } from '../../domain/product.js';
import { type PriceStyle, readPrice } from './price-text.js';
import type { ReaderContext, ReadLimits, RowError, SourceSettings } from './reader.js';
import { DEFAULT_LIMITS } from './reader.js';
import { type CodeReading, readCode } from './variant-codes.js';

/** Different price texts whose amounts are remembered. */
const KEPT_AMOUNTS = 5_000;

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
  readonly #amounts = new Map<string, Money>();

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

  /** The amount in a cell; a text that is none is reported and nothing. Zero is an amount. */
  price(text: string | undefined, place: Place, column?: string): Money | undefined {
    if (text === undefined) return undefined;
    const known = this.#amounts.get(text);
    if (known !== undefined) return known;
    const reading = readPrice(text, this.prices);
    if (!('money' in reading)) {
      this.warn(inColumn(place, column), reading.code, reading.reason);
      return undefined;
    }
    // The same few prices stand in thousands of rows.
    if (this.#amounts.size >= KEPT_AMOUNTS) this.#amounts.clear();
    this.#amounts.set(text, reading.money);
    return reading.money;
  }

  /** A selling price: as `price`, with a complaint about zero, which is kept. */
  sellingPrice(text: string | undefined, place: Place, column?: string): Money | undefined {
    const price = this.price(text, place, column);
    return price?.minor === 0 ? this.notFree(price, inColumn(place, column)) : price;
  }

  /** Passes a selling price on and complains when it is zero. */
  notFree(price: Money | undefined, place: Place): Money | undefined {
    if (price?.minor === 0) {
      this.warn(place, 'price_zero', 'The price is 0. Goods for nothing are not listed; correct the price.');
    }
    return price;
  }

  /** Whole units on hand; anything else is reported and unknown. Below zero (oversold) is kept. */
  units(text: string | undefined, place: Place, column?: string): number | undefined {
    if (text === undefined) return undefined;
    if (/^[+-]?\d{1,12}(\.0+)?$/.test(text)) return Number.parseInt(text, 10);
    const reason = `"${text.slice(0, 60)}" is not a whole number of units.`;
    this.warn(inColumn(place, column), 'quantity_not_whole', reason);
    return undefined;
  }

  /** A GTIN, or the merchant's own code with a complaint. */
  code(text: string | undefined, place: Place, column?: string): Omit<CodeReading, 'problem'> {
    if (text === undefined) return {};
    const { problem, ...reading } = readCode(text);
    if (problem !== undefined) {
      this.warn(
        inColumn(place, column),
        'gtin_doubtful',
        `"${text.slice(0, 60)}" is not taken as a GTIN: ${problem}. It is kept as the merchant's own code.`,
      );
    }
    return reading;
  }

  /** A number of a measure or count, or nothing with a complaint. */
  number(text: string | undefined, place: Place, column?: string): number | undefined {
    if (text === undefined) return undefined;
    const comma = this.source.decimalMark === ',' && text.includes(',');
    const plain = comma ? text.replaceAll('.', '').replace(',', '.') : text;
    const thousands = this.source.decimalMark === ',' && /^\d{1,3}(\.\d{3})+$/.test(text);
    if (!thousands && /^[+-]?\d+(\.\d+)?$/.test(plain)) return Number(plain);
    this.warn(inColumn(place, column), 'not_a_number', `"${text.slice(0, 60)}" is not a number.`);
    return undefined;
  }
}

function inColumn(place: Place, column: string | undefined): Place {
  return column === undefined ? place : { line: place.line, key: place.key, column };
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
