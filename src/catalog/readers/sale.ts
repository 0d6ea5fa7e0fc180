import type { Instant } from '../../domain/instant.js';
import type { Money } from '../../domain/money.js';
import type { VariantOffer } from '../../domain/product.js';
import type { Intake, Place } from './intake.js';

/** What a source says of a sale. Texts that are absent are nothing. */
export interface SaidSale {
  readonly price: Money | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Column of the dates, for complaints. */
  readonly column: string;
  readonly read: (text: string) => Instant | null | undefined;
}

/**
 * A sale price with its window. When a date is stated and cannot be read, or the window ends before it begins, the whole
 * sale is left out and reported: without its end the goods would stay reduced for ever.
 */
export function readSale(
  intake: Intake,
  said: SaidSale,
  place: Place,
): Pick<VariantOffer, 'salePrice' | 'saleFrom' | 'saleTo'> {
  const { price, from, to, column, read } = said;
  const begins = from === undefined ? undefined : read(from);
  const ends = to === undefined ? undefined : read(to);
  const unread = from !== undefined && !begins ? from : to !== undefined && !ends ? to : undefined;
  if (unread !== undefined) {
    const reason = `"${unread.slice(0, 40)}" is no date we can read (2026-11-27 08:00), so the sale is left out.`;
    intake.warn({ ...place, column }, 'sale_date_unknown', reason);
    return {};
  }
  if (begins && ends && ends < begins) {
    intake.warn(
      { ...place, column },
      'sale_window_reversed',
      'The sale ends before it begins, so it is left out.',
    );
    return {};
  }
  return {
    ...(price === undefined ? {} : { salePrice: price }),
    ...(begins ? { saleFrom: begins } : {}),
    ...(ends ? { saleTo: ends } : {}),
  };
}
