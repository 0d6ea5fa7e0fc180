import type { ReadQueries } from '../db/database.js';
import { currentSequence } from '../db/sequence.js';
import { LEAVING_WORDS, LEDGER_PARTS, type LedgerPart, type ListingWord, WORDS_OF } from './listing-words.js';

/**
 * Listings of one channel, each counted once. live + waiting + blocked + rejected + held + excluded + removing = catalog + leaving; `waiting`
 * includes what was not looked at yet.
 */
export interface Ledger extends Readonly<Record<LedgerPart, number>> {
  /** Variants of the catalog that have not ended. */
  readonly catalog: number;
  /** Listings of variants that left the catalog and are still on the channel. */
  readonly leaving: number;
  /** Of `waiting`: to be sent, sent without an answer yet, and variants the channel was not worked out for yet. */
  readonly toSend: number;
  readonly sent: number;
  readonly notLookedAt: number;
  /** Variants written since the channel was worked out last. */
  readonly behind: number;
  /** Variants the sum lacks (or has too many, negative) though the channel is up to date: a defect. 0: it adds up. */
  readonly unaccounted: number;
}

/** Counts the listings of channels. Channels nobody worked out yet have everything waiting. */
export async function ledgers(
  queries: ReadQueries,
  channels: readonly string[],
): Promise<ReadonlyMap<string, Ledger>> {
  const found = new Map<string, Ledger>();
  for (const channel of channels) found.set(channel, await ledgerFor(queries, channel));
  return found;
}

/** Counts the listings of one channel. Its words are counted in one statement, so that no part is of another moment. */
export async function ledgerFor(queries: ReadQueries, channel: string): Promise<Ledger> {
  const before = await progressOf(queries, channel);
  const catalog = await presentVariants(queries);
  const words = await queries.all<{ word: ListingWord; n: number }>(
    'SELECT word, CAST(COUNT(*) AS bigint) AS n FROM listing_word WHERE channel = ? GROUP BY word',
    [channel],
  );
  const after = await progressOf(queries, channel);
  // Only when nobody wrote meanwhile may the two counts be held against each other.
  const settled = before.done && after.done && before.seq === after.seq;
  return ledgerOf(new Map(words.map(({ word, n }) => [word, n])), { catalog, behind: after.behind, settled });
}

/** Adds the words of a channel up. `settled`: nothing was written since the channel was worked out, so nothing may be missing. Pure. */
export function ledgerOf(
  words: ReadonlyMap<string, number>,
  known: { readonly catalog: number; readonly behind: number; readonly settled: boolean },
): Ledger {
  const sum = (names: readonly ListingWord[]): number =>
    names.reduce((total, name) => total + (words.get(name) ?? 0), 0);
  const parts = Object.fromEntries(LEDGER_PARTS.map((part) => [part, sum(WORDS_OF[part])])) as Record<
    LedgerPart,
    number
  >;
  const leaving = sum(LEAVING_WORDS);
  const counted = Object.values(parts).reduce((total, n) => total + n, 0) - leaving;
  const lacking = known.catalog - counted;
  const notLookedAt = known.settled ? 0 : Math.max(0, lacking);
  return {
    ...parts,
    waiting: parts.waiting + notLookedAt,
    catalog: known.catalog,
    leaving,
    toSend: sum(['due']),
    sent: sum(['sent']),
    notLookedAt,
    behind: known.behind,
    unaccounted: known.settled ? lacking : 0,
  };
}

/** Variants that have not ended, from indexes alone. */
export async function presentVariants(queries: ReadQueries): Promise<number> {
  const row = await queries.get<{ n: number }>(
    `SELECT CAST((SELECT COUNT(*) FROM variant) - (SELECT COUNT(*) FROM variant WHERE status = 'ended')
       - (SELECT COUNT(*) FROM product p CROSS JOIN variant v WHERE p.status = 'ended' AND v.product_id = p.id AND v.status = 'active') AS bigint) AS n`,
  );
  return row?.n ?? 0;
}

const MOST_BEHIND = 100_000;

interface Progress {
  readonly seq: number;
  readonly behind: number;
  /** The channel is worked out up to the latest write of the catalog. */
  readonly done: boolean;
}

async function progressOf(queries: ReadQueries, channel: string): Promise<Progress> {
  const seq = await currentSequence(queries);
  const state = await queries.get<{ computed_seq: number; pass: string | null }>(
    'SELECT computed_seq, pass FROM channel_state WHERE channel = ?',
    [channel],
  );
  const computed = state?.computed_seq ?? 0;
  const row = await queries.get<{ n: number }>(
    'SELECT CAST(COUNT(*) AS bigint) AS n FROM (SELECT 1 AS one FROM variant WHERE seq > ? LIMIT ?) AS written',
    [computed, MOST_BEHIND],
  );
  const done = state !== undefined && state.pass === null && computed === seq;
  return { seq, behind: row?.n ?? 0, done };
}
