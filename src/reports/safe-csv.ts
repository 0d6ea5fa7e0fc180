import { stringify } from 'csv-stringify/sync';

/** Starts a formula in spreadsheet programs, full-width forms included. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Text as it may stand in a CSV cell: what a spreadsheet would run as a formula gets an apostrophe in front. Not for numbers. */
export function safeCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A heading and rows as CSV. Cells of text must be made safe before (`safeCell`). */
export function csvText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([headings, ...rows]);
}
