import type { Queries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import { quantile, type SafetySuggestion, suggestSafetyStock } from '../stock/safety-stock.js';

/** A suggestion for one variant. */
export interface SuggestedStock extends SafetySuggestion {
  readonly sku: string;
  readonly sold: number;
}

/** What a channel's safety stock should be, and why. */
export interface ChannelSuggestion {
  readonly channel: string;
  /** The largest of its variants: what `safetyStock` of the channel would have to be; null: not known. */
  readonly units: number | null;
  /** Measured confirmations. */
  readonly measured: number;
  /** Nineteen of twenty were not slower; null: none was measured. */
  readonly confirmMs: number | null;
  readonly orderMs: number | null;
  readonly days: number;
  /** Best sellers first. */
  readonly variants: readonly SuggestedStock[];
}

/** How far back sales and lags are looked at. */
export interface SafetyQuestion {
  readonly days: number;
  readonly now: Instant;
  /** Null: all that sold. */
  readonly sku: string | null;
  readonly limit: number;
}

const USUAL = 0.95;
const MOST_LAGS = 2_000;

/** Works out suggestions from what was recorded: orders of all channels, and how long changes of stock took until a channel confirmed them. */
export async function suggestFor(
  queries: Queries,
  channels: readonly string[],
  question: SafetyQuestion,
): Promise<readonly ChannelSuggestion[]> {
  const since = plusMs(question.now, -question.days * 86_400_000);
  const sold = await soldUnits(queries, since, question);
  const orderMs = await orderLag(queries, since);
  const suggestions: ChannelSuggestion[] = [];
  for (const channel of channels) {
    const lags = await queries.all<{ ms: number | string }>(
      'SELECT ms FROM offer_lag WHERE channel = ? AND at >= ? ORDER BY at DESC LIMIT ?',
      [channel, since, MOST_LAGS],
    );
    const confirmMs = quantile(
      lags.map(({ ms }) => Number(ms)),
      USUAL,
    );
    const variants = sold.map(({ sku, units }) => ({
      sku,
      sold: units,
      ...suggestSafetyStock({ sold: units, days: question.days, confirmMs, orderMs }),
    }));
    const known = variants.flatMap(({ units }) => (units === null ? [] : [units]));
    suggestions.push({
      channel,
      units: confirmMs === null ? null : Math.max(0, ...known),
      measured: lags.length,
      confirmMs,
      orderMs,
      days: question.days,
      variants,
    });
  }
  return suggestions;
}

async function soldUnits(
  queries: Queries,
  since: Instant,
  { sku, limit }: SafetyQuestion,
): Promise<readonly { readonly sku: string; readonly units: number }[]> {
  const rows = await queries.all<{ sku: string; units: number | string }>(
    `SELECT l.sku, SUM(l.quantity - l.cancelled) AS units FROM order_line l
       JOIN channel_order o ON o.channel = l.channel AND o.external_id = l.external_id
     WHERE o.placed_at >= ? AND o.status <> 'cancelled' AND o.fulfilled_by = 'merchant' AND (CAST(? AS text) IS NULL OR l.sku = ?)
     GROUP BY l.sku ORDER BY units DESC, l.sku LIMIT ?`,
    [since, sku, sku, limit],
  );
  const found = rows.map((row) => ({ sku: row.sku, units: Number(row.units) }));
  return sku !== null && found.length === 0 ? [{ sku, units: 0 }] : found;
}

/** Orders from before a channel was connected, or told late after a failure of days, are no measure. */
const LATE_MS = 6 * 3_600_000;

async function orderLag(queries: Queries, since: Instant): Promise<number | null> {
  const rows = await queries.all<{ placed_at: Instant; first_seen_at: Instant }>(
    'SELECT placed_at, first_seen_at FROM channel_order WHERE placed_at >= ? ORDER BY placed_at DESC LIMIT ?',
    [since, MOST_LAGS],
  );
  const lags = rows
    .map((row) => Math.max(0, epochMs(row.first_seen_at) - epochMs(row.placed_at)))
    .filter((ms) => ms <= LATE_MS);
  return quantile(lags, USUAL);
}
