import { currencyDigits, decimalText } from '../domain/money.js';
import type { ReportKey, ReportRow } from './sales-report.js';

/** One column of a report: its name in files, and how a row fills it. Table, CSV and Parquet are made from the same list. */
export interface ReportColumn {
  readonly name: string;
  readonly kind: 'text' | 'count' | 'amount';
  value(row: ReportRow): string | number | null;
}

const amount = (name: string, of: (row: ReportRow) => number | null): ReportColumn => ({
  name,
  kind: 'amount',
  value: of,
});

/** The columns of a report by these keys. */
export function reportColumns(by: readonly ReportKey[]): readonly ReportColumn[] {
  return [
    ...by.map((key): ReportColumn => ({ name: key, kind: 'text', value: (row) => row[key] ?? null })),
    { name: 'currency', kind: 'text', value: (row) => row.currency },
    { name: 'orders', kind: 'count', value: (row) => row.orders },
    { name: 'units', kind: 'count', value: (row) => row.units },
    { name: 'units_refunded', kind: 'count', value: (row) => row.unitsRefunded },
    amount('revenue', (row) => row.revenue),
    amount('discount', (row) => row.discount),
    amount('refunded', (row) => row.refunded),
    amount('tax', (row) => row.tax),
    amount('cost', (row) => row.cost),
    amount('margin', (row) => row.margin),
    amount('fees', (row) => row.fees),
    amount('margin_after_fees', (row) => row.marginAfterFees),
    { name: 'units_without_cost', kind: 'count', value: (row) => row.unitsWithoutCost },
    { name: 'units_without_fees', kind: 'count', value: (row) => row.unitsWithoutFees },
  ];
}

/** A cell for people and CSV: amounts in major units with the currency's digits, unknown ones empty. */
export function cellText(column: ReportColumn, row: ReportRow): string {
  const value = column.value(row);
  if (value === null) return '';
  if (column.kind !== 'amount' || typeof value !== 'number') return String(value);
  if (row.currency === null) return value === 0 ? '0' : '';
  return decimalText({ minor: value, currency: row.currency });
}

/** A cell for programs: amounts as numbers of major units, exact to the currency's digits. */
export function cellNumber(value: number, currency: string | null): number {
  return value / 10 ** currencyDigits(currency ?? 'EUR');
}
