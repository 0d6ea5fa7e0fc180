import { describe, expect, it } from 'vitest';
import { readShopDate } from '../../../src/catalog/readers/calendar-text.js';
import { Intake } from '../../../src/catalog/readers/intake.js';
import type { RowError } from '../../../src/catalog/readers/reader.js';
import { readSale } from '../../../src/catalog/readers/sale.js';

const PRICE = { minor: 900, currency: 'EUR' };

describe('a sale', () => {
  function sale(from: string | undefined, to: string | undefined) {
    const errors: RowError[] = [];
    const intake = new Intake({
      source: { id: 'shop' },
      signal: new AbortController().signal,
      report: (error) => errors.push(error),
    });
    const said = { price: PRICE, from, to, column: 'ends', read: readShopDate };
    const read = readSale(intake, said, { line: 7, key: 'A' });
    return { read, told: errors.map(({ code, line, column }) => `${code}@${line} ${column}`) };
  }

  it('has the price and the window that are stated', () => {
    expect(sale(undefined, undefined)).toEqual({ read: { salePrice: PRICE }, told: [] });
    expect(sale('2026-11-27', '2026-11-30 08:00')).toEqual({
      read: { salePrice: PRICE, saleFrom: '2026-11-27T00:00:00.000Z', saleTo: '2026-11-30T08:00:00.000Z' },
      told: [],
    });
  });

  it('is left out and reported when its end or beginning cannot be read, so that it does not last for ever', () => {
    expect(sale('2026-11-27', '31.12.2026')).toEqual({ read: {}, told: ['sale_date_unknown@7 ends'] });
    expect(sale('soon', undefined)).toEqual({ read: {}, told: ['sale_date_unknown@7 ends'] });
  });

  it('is left out and reported when it ends before it begins', () => {
    expect(sale('2026-11-30', '2026-11-27')).toEqual({ read: {}, told: ['sale_window_reversed@7 ends'] });
  });
});
