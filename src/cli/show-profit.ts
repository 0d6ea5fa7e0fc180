import { decimalText, type Money, moneyText } from '../domain/money.js';
import type { Standing } from '../profit/competition.js';
import type { ListingProfit } from '../profit/listing-profit.js';
import type { ProfitReport, ProfitTotals } from '../profit/profit-report.js';
import { csvText, safeCell } from '../reports/safe-csv.js';
import { table } from './table.js';

/** What `omnifeed profit` shows. */
export interface ProfitView extends ProfitReport {
  readonly channel: string;
  /** What the channel said of the rows' standing among other offers, by SKU. */
  readonly standings: ReadonlyMap<string, Standing>;
}

/** One column, for table and CSV alike. Amounts have their currency in a column of its own in CSV. */
interface Column {
  readonly name: string;
  readonly kind: 'text' | 'amount';
  of(row: ListingProfit, standing: Standing | undefined): string;
}

const amount = (name: string, of: (row: ListingProfit) => Money | null | undefined): Column => ({
  name,
  kind: 'amount',
  of: (row) => decimalOf(of(row)),
});

const AMOUNTS: readonly Column[] = [
  amount('price', ({ price }) => price),
  amount('tax', ({ tax }) => tax),
  amount('fees', ({ fees }) => fees?.total),
  amount('shipping', ({ shipping }) => shipping),
  amount('cost', ({ cost }) => cost),
  amount('profit', ({ profit }) => profit),
  {
    name: 'margin_percent',
    kind: 'amount',
    of: ({ marginPercent }) => (marginPercent === null ? '' : marginPercent.toFixed(1)),
  },
];

const FEES_FROM: Column = { name: 'fees_from', kind: 'text', of: ({ fees }) => sourceText(fees) };

const CSV: readonly Column[] = [
  { name: 'sku', kind: 'text', of: ({ sku }) => sku },
  { name: 'title', kind: 'text', of: ({ title }) => title ?? '' },
  { name: 'currency', kind: 'text', of: ({ price }) => price?.currency ?? '' },
  ...AMOUNTS,
  FEES_FROM,
  {
    name: 'unknown',
    kind: 'text',
    of: ({ gaps }) => gaps.map(({ part, why }) => `${part}: ${why}`).join('; '),
  },
  { name: 'featured_offer_status', kind: 'text', of: (_row, standing) => standing?.status ?? '' },
  { name: 'featured_offer_expected', kind: 'amount', of: (_row, standing) => decimalOf(standing?.expected) },
  { name: 'featured_offer_price', kind: 'amount', of: (_row, standing) => decimalOf(standing?.featured) },
];

/** Every row as CSV, for spreadsheets: text that would be run as a formula is made harmless. */
export function profitCsv({ rows, standings }: ProfitView): string {
  return csvText(
    CSV.map(({ name }) => name),
    rows.map((row) =>
      CSV.map((column) => {
        const text = column.of(row, standings.get(row.sku));
        return column.kind === 'text' ? safeCell(text) : text;
      }),
    ),
  );
}

/** The worst rows as a table, then the totals. */
export function profitTable(view: ProfitView, most: number): string {
  const { rows, totals, standings } = view;
  const shown = rows.slice(0, most);
  const hasStandings = shown.some(({ sku }) => standings.has(sku));
  const columns = [...AMOUNTS, FEES_FROM];
  const headings = [
    'SKU',
    ...columns.map((column) => padded(HEADINGS[column.name] ?? column.name, column)),
    ...(hasStandings ? ['featured at'] : []),
    'unknown',
  ];
  const lines = shown.map((row) => [
    row.sku,
    ...columns.map((column) => padded(column.of(row, undefined), column)),
    ...(hasStandings ? [standingText(standings.get(row.sku))] : []),
    row.gaps.map(({ part }) => part).join(', '),
  ]);
  const more = rows.length > shown.length ? [`… and ${rows.length - shown.length} more (--limit)`] : [];
  return [
    ...(shown.length === 0 ? [] : [table(headings, lines), ...more, '']),
    ...totalLines(view.channel, totals),
    ...reasons(rows),
  ].join('\n');
}

const HEADINGS: Readonly<Record<string, string>> = { margin_percent: 'margin %', fees_from: 'fees from' };

/** Digits of a column stand under each other although unknown ones are blank. */
function padded(text: string, { kind }: Column): string {
  return kind === 'amount' ? text.padStart(9) : text;
}

function totalLines(channel: string, totals: ProfitTotals): string[] {
  const { listings, known, unknown, losing, below, missing, fromEstimates, fromSchedule } = totals;
  const parts = Object.entries(missing).map(([part, count]) => `${part} ${count}`);
  const why = parts.length === 0 ? '' : ` (missing first: ${parts.join(', ')})`;
  const under = below === null ? '' : `; ${below} below the margin asked for`;
  return [
    `${channel}: ${listings} listings = ${known} with a profit + ${unknown} unknown${why}; ${losing} lose money${under}`,
    `fees: ${fromEstimates} estimated by the channel, ${fromSchedule} by the fee schedule, ${listings - fromEstimates - fromSchedule} unknown`,
  ];
}

const MOST_REASONS = 8;

/** Why rows are unknown, each reason once. */
function reasons(rows: readonly ListingProfit[]): string[] {
  const counts = new Map<string, number>();
  for (const { gaps } of rows)
    for (const { part, why } of gaps) counts.set(`${part}: ${why}`, (counts.get(`${part}: ${why}`) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const more = sorted.length > MOST_REASONS ? [`  … and ${sorted.length - MOST_REASONS} other reasons`] : [];
  return [...sorted.slice(0, MOST_REASONS).map(([why, count]) => `  ${count} × ${why}`), ...more];
}

/** The sum of one listing in a few lines, for `omnifeed explain`. */
export function profitLines(row: ListingProfit, standing: Standing | undefined): string[] {
  const part = (money: Money | null | undefined): string => (money ? decimalText(money) : '?');
  const taxed = row.tax !== null && row.tax.minor !== 0 ? ` − ${part(row.tax)} tax` : '';
  const margin = row.marginPercent === null ? '' : ` (${row.marginPercent.toFixed(1)} %)`;
  const result = row.profit === null ? 'unknown' : `${moneyText(row.profit)}${margin}`;
  const lines = [
    `profit: ${part(row.price)}${taxed} − ${part(row.fees?.total)} fees − ${part(row.shipping)} shipping − ${part(row.cost)} cost = ${result}`,
  ];
  if (row.fees !== null) {
    const each = row.fees.lines.map(({ name, amount: fee }) => `${name} ${decimalText(fee)}`);
    const shipped = row.fees.channelShips ? '; the channel ships' : '';
    lines.push(`  fees from ${sourceText(row.fees)}: ${each.join(', ') || 'not told one by one'}${shipped}`);
  }
  if (row.note !== null) lines.push(`  note: ${row.note}`);
  for (const { part: name, why } of row.gaps) lines.push(`  ${name} unknown: ${why}`);
  if (standing) lines.push(`  featured offer: ${standingText(standing)}, asked ${standing.at.slice(0, 10)}`);
  return lines;
}

function sourceText(fees: ListingProfit['fees']): string {
  if (fees === null) return '';
  return fees.source === 'schedule' ? 'schedule' : `estimate ${fees.at?.slice(0, 10) ?? ''}`;
}

function standingText(standing: Standing | undefined): string {
  if (standing === undefined) return '';
  const { status, expected, featured, isOurs, message } = standing;
  if (message !== null) return `${status}: ${message}`;
  const now = featured === null ? '' : `, now ${isOurs ? 'ours' : 'another'} at ${decimalText(featured)}`;
  return `${expected === null ? status : `≤ ${decimalText(expected)}`}${now}`;
}

function decimalOf(money: Money | null | undefined): string {
  return money ? decimalText(money) : '';
}
