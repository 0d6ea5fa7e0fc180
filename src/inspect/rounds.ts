import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** How far a channel was looked through. */
export interface SightRound {
  /** The channel's calendar day the fetches are counted for. */
  readonly day: string;
  readonly fetched: number;
  /** Variants up to this one were looked at. */
  readonly cursor: number;
  readonly begunAt: Instant;
  /** Null: under way. */
  readonly finishedAt: Instant | null;
}

interface Row {
  readonly day: string;
  readonly fetched: number;
  readonly cursor: number;
  readonly begun_at: string;
  readonly finished_at: string | null;
}

/** The round under way; a new one when the last is over and a new day has begun. The fetches of a new day start at none. */
export async function beginRound(
  queries: Queries,
  channel: string,
  moment: { readonly now: Instant; readonly day: string },
): Promise<SightRound> {
  const fresh = { day: moment.day, fetched: 0, cursor: 0, begunAt: moment.now, finishedAt: null };
  const row = await queries.get<Row>(
    'SELECT day, fetched, cursor, begun_at, finished_at FROM sight_round WHERE channel = ?',
    [channel],
  );
  if (row === undefined) return fresh;
  const isToday = row.day === moment.day;
  if (row.finished_at !== null && !isToday) return fresh;
  return {
    day: moment.day,
    fetched: isToday ? Number(row.fetched) : 0,
    cursor: Number(row.cursor),
    begunAt: row.begun_at,
    finishedAt: row.finished_at,
  };
}

/** Keeps the place of a round. */
export async function keepRound(queries: Queries, channel: string, round: SightRound): Promise<void> {
  await queries.run(
    `INSERT INTO sight_round (channel, day, fetched, cursor, begun_at, finished_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (channel) DO UPDATE SET day = excluded.day, fetched = excluded.fetched, cursor = excluded.cursor,
       begun_at = excluded.begun_at, finished_at = excluded.finished_at`,
    [channel, round.day, round.fetched, round.cursor, round.begunAt, round.finishedAt],
  );
}
