import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';

/** What sales may be added up by. */
export const REPORT_KEYS = ['channel', 'day', 'month', 'product', 'sku'] as const;

/** One of them. */
export type ReportKey = (typeof REPORT_KEYS)[number];

/** Which sales, added up by what. */
export interface ReportQuestion {
  readonly by: readonly ReportKey[];
  /** Null: all channels. */
  readonly channel: string | null;
  /** Days in UTC, both included; null: no bound. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * One line of a report. Amounts in the smallest unit of `currency`, and null where part of what they add up is not known: a sum of known
 * parts would look like the whole. `units` are sold ones, less those taken out.
 */
export interface ReportRow {
  readonly channel?: string;
  readonly day?: string;
  readonly month?: string;
  readonly product?: string | null;
  readonly sku?: string;
  readonly currency: string | null;
  readonly orders: number;
  readonly units: number;
  readonly unitsRefunded: number;
  readonly revenue: number | null;
  readonly refunded: number | null;
  readonly discount: number;
  readonly tax: number;
  readonly cost: number | null;
  /**
   * What the channel takes for the units sold, as it estimated or the fee file says; not what it charged. Of units given back later too: how much of
   * it the channel returns is not told.
   */
  readonly fees: number | null;
  /** Units nobody told a cost, or the fees, of: they make the sums above unknown. */
  readonly unitsWithoutCost: number;
  readonly unitsWithoutFees: number;
  /** revenue − discount − refunded − cost; before the channel's fees. */
  readonly margin: number | null;
  /** The same less the fees. */
  readonly marginAfterFees: number | null;
}

const EXPRESSIONS: Readonly<Record<ReportKey, string>> = {
  channel: 'channel',
  day: 'day',
  month: 'substr(day, 1, 7)',
  product: 'product',
  sku: 'sku',
};

const SOLD = '(units_ordered - units_cancelled)';

/** Adds sales up. Orders that are not paid yet are left out. */
export async function salesReport(queries: Queries, question: ReportQuestion): Promise<readonly ReportRow[]> {
  const keys = question.by.map((key) => `${EXPRESSIONS[key]} AS "${key}"`);
  const groups = [...question.by.map((key) => EXPRESSIONS[key]), 'currency'];
  // NULL as soon as one part is: units that were sold at a price, or cost an amount, nobody told.
  const whole = (amount: string, units: string): string =>
    `CASE WHEN SUM(CASE WHEN ${amount} IS NULL AND ${units} > 0 THEN 1 ELSE 0 END) = 0 THEN CAST(COALESCE(SUM(${amount} * ${units}), 0) AS bigint) END`;
  const without = (column: string): string =>
    `CAST(SUM(CASE WHEN ${column} IS NULL THEN ${SOLD} ELSE 0 END) AS bigint)`;
  const sum = (column: string): string => `CAST(COALESCE(SUM(${column}), 0) AS bigint)`;
  const rows = await queries.all<Omit<ReportRow, 'margin' | 'marginAfterFees'>>(
    `SELECT ${[...keys, 'currency'].join(', ')}, CAST(COUNT(DISTINCT channel || ' ' || order_id) AS bigint) AS orders, ${sum(SOLD)} AS units,
       ${sum('units_refunded')} AS "unitsRefunded", ${whole('unit_minor', SOLD)} AS revenue, ${whole('unit_minor', 'units_refunded')} AS refunded,
       ${sum(`CASE WHEN ${SOLD} > 0 THEN discount_minor END`)} AS discount, ${sum(`CASE WHEN ${SOLD} > 0 THEN tax_minor END`)} AS tax,
       ${whole('cost_minor', SOLD)} AS cost, ${whole('fee_minor', SOLD)} AS fees,
       ${without('cost_minor')} AS "unitsWithoutCost", ${without('fee_minor')} AS "unitsWithoutFees"
     FROM sale_line WHERE status <> 'pending' AND (CAST(? AS text) IS NULL OR channel = ?)
       AND (CAST(? AS text) IS NULL OR day >= ?) AND (CAST(? AS text) IS NULL OR day <= ?)
     GROUP BY ${groups.join(', ')} ORDER BY ${groups.join(', ')}`,
    [question.channel, question.channel, question.from, question.from, question.to, question.to],
  );
  return rows.map((row) => {
    const margin = marginOf(row);
    return {
      ...row,
      margin,
      marginAfterFees: margin === null || row.fees === null ? null : margin - row.fees,
    };
  });
}

/** Channels tell discounts as negative or positive amounts; either way they lower what comes in. */
function marginOf(row: Pick<ReportRow, 'revenue' | 'discount' | 'refunded' | 'cost'>): number | null {
  if (row.revenue === null || row.refunded === null || row.cost === null) return null;
  return row.revenue - Math.abs(row.discount) - row.refunded - row.cost;
}

/** The keys an operator named, `day,channel`. Throws OperatorError `unknown_report_key`. */
export function reportKeys(text: string): readonly ReportKey[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !REPORT_KEYS.some((key) => key === name));
  if (unknown === undefined) return [...new Set(names)] as readonly ReportKey[];
  throw new OperatorError(
    'unknown_report_key',
    `Sales cannot be added up by "${unknown}"`,
    `Name one or more of ${REPORT_KEYS.join(', ')}, with commas.`,
  );
}
