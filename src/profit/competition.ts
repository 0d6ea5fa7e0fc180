import type { CompetitionAnswer, CompetitionPort } from '../channel/fee-port.js';
import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { askPatiently } from './ask-patiently.js';
import { replaceBySku } from './replace-by-sku.js';

const WEEK_MS = 7 * 86_400_000;

/** Where a listing stood among the offers for the same item when the channel was asked. */
export interface Standing {
  /** The channel's own word; a refusal's code. */
  readonly status: string;
  /** At or below this price it may be featured; null: not told. */
  readonly expected: Money | null;
  readonly featured: Money | null;
  readonly isOurs: boolean;
  /** The words of a refusal. */
  readonly message: string | null;
  readonly at: Instant;
}

interface Row {
  readonly sku: string;
  readonly status: string;
  readonly currency: string | null;
  readonly expected_minor: number | string | null;
  readonly featured_minor: number | string | null;
  readonly is_ours: number;
  readonly message: string | null;
  readonly asked_at: string;
}

/** What is known of these SKUs' standing; those never asked for are missing. */
export async function standingsOf(
  queries: Queries,
  channel: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  if (skus.length === 0) return new Map();
  const rows = await queries.all<Row>(
    `SELECT sku, status, currency, expected_minor, featured_minor, is_ours, message, asked_at FROM competition
     WHERE channel = ? AND sku IN (SELECT sku FROM ${queries.unfold('r', { sku: 'text' })})`,
    [channel, JSON.stringify(skus.map((sku) => ({ sku })))],
  );
  return new Map(
    rows.map((row) => {
      const money = (minor: number | string | null): Money | null =>
        minor === null || row.currency === null ? null : { minor: Number(minor), currency: row.currency };
      const standing = {
        status: row.status,
        expected: money(row.expected_minor),
        featured: money(row.featured_minor),
        isOurs: row.is_ours === 1,
        message: row.message,
        at: row.asked_at,
      };
      return [row.sku, standing];
    }),
  );
}

/** Live listings never asked about, then those asked about longest ago and not within a week; at most `most`. */
async function standingsDue(desk: ChannelDesk, most: number): Promise<readonly string[]> {
  const rows = await desk.database.all<{ sku: string }>(
    `SELECT l.sku FROM listing l LEFT JOIN competition c ON c.channel = l.channel AND c.sku = l.sku
     WHERE l.channel = ? AND l.state = 'listed' AND l.verdict = 'live' AND (c.asked_at IS NULL OR c.asked_at < ?)
     ORDER BY COALESCE(c.asked_at, ''), l.sku LIMIT ${most}`,
    [desk.kit.channel.id, plusMs(desk.clock.now(), -WEEK_MS)],
  );
  return rows.map(({ sku }) => sku);
}

const NEXT_MS = 1_000;
const PATIENCE_MS = 3_600_000;

/**
 * Asks about the next call's worth of listings that are due. `againInMs`: there are more; the pace is the channel's. When it answered
 * nothing it is left alone for an hour; null: all are known.
 */
export async function compareNext(
  desk: ChannelDesk,
  port: CompetitionPort,
  signal: AbortSignal,
): Promise<{ readonly asked: number; readonly told: number; readonly againInMs: number | null }> {
  const skus = await standingsDue(desk, port.batch);
  const told = await refreshStandings(desk, port, { skus, scope: { signal } });
  if (told < skus.length && told === 0) return { asked: skus.length, told, againInMs: PATIENCE_MS };
  return { asked: skus.length, told, againInMs: skus.length === port.batch ? NEXT_MS : null };
}

/** Who is told how far it is. */
export interface StandingScope {
  readonly signal: AbortSignal;
  onAsked?(asked: number): void;
}

/**
 * Asks the channel where listings stand, a call at a time, and keeps each answer at once. Answers how many were told; the channel's
 * failures (`unanswered`) leave what was known. Throws ChannelError when the channel cannot be asked.
 */
export async function refreshStandings(
  desk: ChannelDesk,
  port: CompetitionPort,
  asked: { readonly skus: readonly string[]; readonly scope: StandingScope },
): Promise<number> {
  const { skus, scope } = asked;
  let told = 0;
  for (let at = 0; at < skus.length; at += port.batch) {
    scope.signal.throwIfAborted();
    const batch = skus.slice(at, at + port.batch);
    const answers = await askPatiently(() => port.ask(batch), scope.signal);
    const known = new Set(batch);
    const kept = answers.filter((answer) => answer.outcome !== 'unanswered' && known.has(answer.sku));
    await keep(desk.database, desk.kit.channel.id, { answers: kept, now: desk.clock.now() });
    told += kept.length;
    scope.onAsked?.(at + batch.length);
  }
  return told;
}

async function keep(
  queries: Queries,
  channel: string,
  kept: { readonly answers: readonly CompetitionAnswer[]; readonly now: Instant },
): Promise<void> {
  const rows = kept.answers.map((answer) => {
    const asked = { channel, sku: answer.sku, asked_at: kept.now };
    if (answer.outcome !== 'told')
      return { ...asked, status: answer.code, message: answer.message, is_ours: 0 };
    const { status, expected, featured, isOurs } = answer;
    return {
      ...asked,
      status,
      currency: expected?.currency ?? featured?.currency ?? null,
      expected_minor: expected?.minor ?? null,
      featured_minor: featured?.minor ?? null,
      is_ours: isOurs ? 1 : 0,
      message: null,
    };
  });
  if (rows.length > 0)
    await queries.insert({ table: 'competition', columns: COLUMNS, conflict: replaceBySku(COLUMNS) }, rows);
}

const COLUMNS = {
  channel: 'text',
  sku: 'text',
  status: 'text',
  currency: 'text',
  expected_minor: 'integer',
  featured_minor: 'integer',
  is_ours: 'integer',
  message: 'text',
  asked_at: 'text',
} as const;
