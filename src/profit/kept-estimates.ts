import type { FeeEstimate, FeeEstimateQuestion } from '../channel/fee-port.js';
import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { KeptEstimate } from './fee-estimate.js';
import type { FeeLine } from './fee-schedule.js';
import { replaceBySku } from './replace-by-sku.js';

interface Row {
  readonly sku: string;
  readonly price_minor: number | string;
  readonly currency: string;
  readonly fulfilled_by: string | null;
  readonly outcome: string;
  readonly total_minor: number | string | null;
  readonly lines: string | null;
  readonly channel_ships: number;
  readonly code: string | null;
  readonly message: string | null;
  readonly asked_at: string;
}

/** What a channel said of these SKUs when it was last asked, by SKU; those never asked for are missing. */
export async function keptEstimates(
  queries: Queries,
  channel: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, KeptEstimate>> {
  if (skus.length === 0) return new Map();
  const rows = await queries.all<Row>(
    `SELECT sku, price_minor, currency, fulfilled_by, outcome, total_minor, lines, channel_ships, code, message, asked_at
     FROM fee_estimate WHERE channel = ? AND sku IN (SELECT sku FROM ${queries.unfold('r', { sku: 'text' })})`,
    [channel, JSON.stringify(skus.map((sku) => ({ sku })))],
  );
  return new Map(rows.map((row) => [row.sku, estimateOf(row)]));
}

function estimateOf(row: Row): KeptEstimate {
  const { currency } = row;
  const price = { minor: Number(row.price_minor), currency };
  const asked = { price, fulfilledBy: row.fulfilled_by, at: row.asked_at };
  if (row.outcome !== 'estimated' || row.total_minor === null)
    return { ...asked, outcome: 'refused', code: row.code ?? '', message: row.message ?? '' };
  return {
    ...asked,
    outcome: 'estimated',
    total: { minor: Number(row.total_minor), currency },
    lines: JSON.parse(row.lines ?? '[]') as FeeLine[],
    channelShips: row.channel_ships === 1,
  };
}

const FORGET_MS = 180 * 86_400_000;

/** Forgets what channels said of listings nobody has asked about in half a year: they are gone, or the channel is. */
export async function forgetOldAnswers(queries: Queries, now: Instant): Promise<void> {
  const before = plusMs(now, -FORGET_MS);
  await queries.run('DELETE FROM fee_estimate WHERE asked_at < ?', [before]);
  await queries.run('DELETE FROM competition WHERE asked_at < ?', [before]);
}

/** An answer with the question it belongs to. */
export interface AnsweredQuestion {
  readonly question: FeeEstimateQuestion;
  readonly answer: Exclude<FeeEstimate, { outcome: 'unanswered' }>;
}

/** Keeps what was answered just now in place of what was known. */
export async function keepEstimates(
  queries: Queries,
  channel: string,
  kept: { readonly answers: readonly AnsweredQuestion[]; readonly now: Instant },
): Promise<void> {
  if (kept.answers.length === 0) return;
  const rows = kept.answers.map(({ question, answer }) => ({
    channel,
    sku: question.sku,
    price_minor: question.price.minor,
    currency: question.price.currency,
    fulfilled_by: question.fulfilledBy,
    outcome: answer.outcome,
    asked_at: kept.now,
    ...(answer.outcome === 'estimated'
      ? {
          total_minor: answer.total.minor,
          lines: JSON.stringify(answer.lines),
          channel_ships: answer.channelShips ? 1 : 0,
          code: null,
          message: null,
        }
      : { total_minor: null, lines: null, channel_ships: 0, code: answer.code, message: answer.message }),
  }));
  await queries.insert({ table: 'fee_estimate', columns: COLUMNS, conflict: replaceBySku(COLUMNS) }, rows);
}

const COLUMNS = {
  channel: 'text',
  sku: 'text',
  price_minor: 'integer',
  currency: 'text',
  fulfilled_by: 'text',
  outcome: 'text',
  total_minor: 'integer',
  lines: 'text',
  channel_ships: 'integer',
  code: 'text',
  message: 'text',
  asked_at: 'text',
} as const;
