import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { type Ledger, ledgerFor } from '../views/ledger.js';
import { type ChangeDelays, changeDelays } from './change-delays.js';

/** How a channel stood at the end of an hour, or of a day. */
export interface ChannelFact {
  readonly at: Instant;
  readonly ledger: Ledger;
  /** Null: nothing changed that could be followed to the channel. */
  readonly delays: ChangeDelays | null;
}

/** Writes down how the channels stand now, over what was written down earlier in the same hour. */
export async function keepChannelFacts(
  queries: Queries,
  channels: readonly string[],
  now: Instant,
): Promise<void> {
  for (const channel of channels) {
    const ledger = await ledgerFor(queries, channel);
    const delays = await changeDelays(queries, channel, now);
    await queries.run(
      `INSERT INTO channel_fact (channel, at, ledger, delays) VALUES (?, ?, ?, ?)
       ON CONFLICT (channel, at) DO UPDATE SET ledger = excluded.ledger, delays = excluded.delays`,
      [channel, hourOf(now), JSON.stringify(ledger), delays === null ? null : JSON.stringify(delays)],
    );
  }
}

function hourOf(now: Instant): Instant {
  return `${now.slice(0, 13)}:00:00.000Z`;
}

/** Facts of one channel since an instant, oldest first. */
export async function channelFacts(
  queries: Queries,
  channel: string,
  since: Instant,
): Promise<ChannelFact[]> {
  const rows = await queries.all<{ at: Instant; ledger: string; delays: string | null }>(
    'SELECT at, ledger, delays FROM channel_fact WHERE channel = ? AND at >= ? ORDER BY at',
    [channel, since],
  );
  return rows.map(({ at, ledger, delays }) => ({
    at,
    ledger: JSON.parse(ledger) as Ledger,
    delays: delays === null ? null : (JSON.parse(delays) as ChangeDelays),
  }));
}

const DAY_MS = 86_400_000;
const HOURS_KEPT_MS = 14 * DAY_MS;
const DAYS_KEPT_MS = 800 * DAY_MS;

/** After two weeks only the last hour of each day is kept, and that for about two years. */
export async function forgetOldFacts(queries: Queries, now: Instant): Promise<void> {
  await queries.run(
    `DELETE FROM channel_fact WHERE at < ? OR (at < ? AND EXISTS (SELECT 1 FROM channel_fact later
       WHERE later.channel = channel_fact.channel AND later.at > channel_fact.at AND substr(later.at, 1, 10) = substr(channel_fact.at, 1, 10)))`,
    [plusMs(now, -DAYS_KEPT_MS), plusMs(now, -HOURS_KEPT_MS)],
  );
}
