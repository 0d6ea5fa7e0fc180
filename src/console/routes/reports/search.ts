import { type Given, textIn, wordIn } from '../../app/search-params.js';

/** What sales are added up by. */
export const REPORT_KEYS = ['day', 'month', 'channel', 'product', 'sku'] as const;
/** What is reported. */
export const REPORTS = ['sales', 'profit'] as const;
/** What of sales is drawn. */
export const FIGURES = ['revenue', 'units', 'orders', 'fees', 'margin'] as const;

/** What the address of the page says. */
export interface ReportsSearch {
  /** Absent: sales. */
  readonly report?: (typeof REPORTS)[number] | undefined;
  readonly by?: (typeof REPORT_KEYS)[number] | undefined;
  readonly figure?: (typeof FIGURES)[number] | undefined;
  readonly channel?: string | undefined;
  /** Days in UTC, both included: `2026-11-25`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readReportsSearch(given: Given): ReportsSearch {
  return {
    report: wordIn(given, 'report', REPORTS),
    by: wordIn(given, 'by', REPORT_KEYS),
    figure: wordIn(given, 'figure', FIGURES),
    channel: textIn(given, 'channel'),
    from: dayIn(given, 'from'),
    to: dayIn(given, 'to'),
  };
}

function dayIn(given: Given, name: string): string | undefined {
  const text = textIn(given, name);
  return text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
}
