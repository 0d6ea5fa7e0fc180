import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setPrices } from '../../src/catalog/set-prices.js';
import { systemClock } from '../../src/clock.js';
import { reportColumns } from '../../src/reports/report-columns.js';
import { reportCsv, reportParquet } from '../../src/reports/report-files.js';
import { type ReportRow, reportKeys, salesReport } from '../../src/reports/sales-report.js';
import { line, order, take } from '../orders/order-bench.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const usd = (minor: number) => ({ minor, currency: 'USD' });
const ALL = { channel: null, from: null, to: null };

onEachDatabase('the sales report', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await fillCatalog(test.database, smallCatalog(), systemClock);
    await setPrices(test.database, [{ sku: 'SHIRT-S', cost: usd(700) }], {
      actor: 'test',
      at: systemClock.now(),
    });
    await take(test.database, [
      order('A', {
        placedAt: '2026-11-01T23:59:59.000Z',
        lines: [line('1', { quantity: 3, unitPrice: usd(1_999), tax: usd(480), discount: usd(-100) })],
      }),
      order('B', {
        placedAt: '2026-11-02T00:00:00.000Z',
        lines: [line('1', { quantity: 2, quantityShipped: 2, quantityRefunded: 1, unitPrice: usd(1_999) })],
      }),
      order('C', {
        placedAt: '2026-11-02T08:00:00.000Z',
        status: 'cancelled',
        lines: [line('1', { quantityCancelled: 1, unitPrice: usd(1_999), discount: usd(-50) })],
      }),
      order('D', {
        placedAt: '2026-11-02T09:00:00.000Z',
        status: 'pending',
        lines: [line('1', { quantity: 9, unitPrice: usd(1_999) })],
      }),
    ]);
  });
  afterEach(() => test.dispose());

  it('adds up what was sold less what was taken out, day by day, and leaves out what is not paid yet', async () => {
    expect(await salesReport(test.database, { ...ALL, by: ['day'] })).toEqual([
      {
        day: '2026-11-01',
        currency: 'USD',
        orders: 1,
        units: 3,
        unitsRefunded: 0,
        revenue: 5_997,
        refunded: 0,
        discount: -100,
        tax: 480,
        cost: 2_100,
        margin: 3_797,
        fees: null,
        marginAfterFees: null,
        unitsWithoutCost: 0,
        unitsWithoutFees: 3,
      },
      {
        day: '2026-11-02',
        currency: 'USD',
        orders: 2,
        units: 2,
        unitsRefunded: 1,
        revenue: 3_998,
        refunded: 1_999,
        discount: 0,
        tax: 0,
        cost: 1_400,
        margin: 599,
        fees: null,
        marginAfterFees: null,
        unitsWithoutCost: 0,
        unitsWithoutFees: 2,
      },
    ]);
  });

  it('gives the same sum whatever it is split by', async () => {
    const sums = await Promise.all(
      (['channel', 'day', 'month', 'product', 'sku'] as const).map(async (key) => {
        const rows = await salesReport(test.database, { ...ALL, by: [key] });
        const sum = (of: (row: ReportRow) => number | null): number =>
          rows.reduce((total, row) => total + (of(row) ?? Number.NaN), 0);
        return [sum((row) => row.units), sum((row) => row.revenue), sum((row) => row.margin)];
      }),
    );
    expect(new Set(sums.map(String))).toEqual(new Set(['5,9995,4396']));
  });

  it('takes days inclusively and channels by name', async () => {
    expect(await salesReport(test.database, { by: ['sku'], channel: 'other', from: null, to: null })).toEqual(
      [],
    );
    const [first] = await salesReport(test.database, {
      ...ALL,
      by: ['sku'],
      from: '2026-11-01',
      to: '2026-11-01',
    });
    expect(first).toMatchObject({ sku: 'SHIRT-S', units: 3 });
  });

  it('does not know a margin where a cost or a price is not known', async () => {
    await take(test.database, [
      order('E', {
        placedAt: '2026-11-03T00:00:00.000Z',
        lines: [line('1', { sku: 'SHIRT-M', unitPrice: usd(1_000) })],
      }),
      order('F', { placedAt: '2026-11-04T00:00:00.000Z', lines: [line('1')] }),
    ]);
    expect(await salesReport(test.database, { ...ALL, by: ['day'], from: '2026-11-03' })).toMatchObject([
      { day: '2026-11-03', revenue: 1_000, cost: null, margin: null, unitsWithoutCost: 1 },
      { day: '2026-11-04', currency: null, revenue: null, margin: null, unitsWithoutCost: 1 },
    ]);
  });

  it('is a view for other tools', async () => {
    expect(await test.database.all('SELECT day, units, revenue_minor FROM sale_day ORDER BY day')).toEqual([
      { day: '2026-11-01', units: 3, revenue_minor: 5_997 },
      { day: '2026-11-02', units: 2, revenue_minor: 3_998 },
    ]);
  });

  it('becomes CSV without formulas and Parquet with numbers', async () => {
    const rows = (await salesReport(test.database, { ...ALL, by: ['sku'] })).map((row) => ({
      ...row,
      sku: '=1+1',
    }));
    const columns = reportColumns(['sku']);
    expect(reportCsv(columns, rows).split('\n')[1]).toBe(
      "'=1+1,USD,3,5,1,99.95,-1.00,19.99,4.80,35.00,43.96,,,0,5",
    );
    const file = reportParquet(columns, [...rows, { ...rows[0]!, cost: null, margin: null }]);
    const read = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
    });
    expect(read).toMatchObject([
      { sku: '=1+1', orders: 3n, units: 5n, revenue: 99.95, margin: 43.96 },
      { margin: null },
    ]);
  });

  it('is added up by what there is, and says so otherwise', () => {
    expect(reportKeys('day, channel,day')).toEqual(['day', 'channel']);
    expect(() => reportKeys('day,week')).toThrow(/week/);
  });
});
