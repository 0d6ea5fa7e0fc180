import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** What a channel remembers between runs: a row of the table `channel_state`, as it is stored. */
export interface ChannelState {
  readonly channel: string;
  /** Revision of mapping, settings and allocation for which desired rows were computed. */
  readonly mapping_revision: string | null;
  /** Calendar day for which they were computed, when the mapping reads today. */
  readonly computed_day: string | null;
  /** Sequence up to which they were computed. */
  readonly computed_seq: number;
  /** A pass under way, JSON. */
  readonly pass: string | null;
  readonly observe_cursor: string | null;
  readonly observe_started_at: Instant | null;
  readonly observed_at: Instant | null;
  readonly order_cursor: string | null;
  readonly orders_pulled_at: Instant | null;
  /** Every order the channel could tell at this instant is stored: its last page was asked for then. Null: not known. */
  readonly orders_complete_at: Instant | null;
  readonly paused_code: string | null;
  /** Checksum of a guarded plan that a person let through; the next round takes it. */
  readonly released_checksum: string | null;
  readonly paused_at: Instant | null;
  /** New listings that go out at most; 0: the channel is read and never written to; null: all. */
  readonly sends_at_most: number | null;
  /** Since when its listings are taken down, after which it is forgotten, and who said so. */
  readonly leaving_at: Instant | null;
  readonly leaving_by: string | null;
  /** A guarded plan a person turned down; it stays held, and nobody is reminded of it. */
  readonly rejected_checksum: string | null;
  readonly rejected_by: string | null;
  readonly rejected_at: Instant | null;
  /** When a channel that takes only whole documents last got one. */
  readonly feed_built_at: Instant | null;
  /** When a load was last taken back for listings that could not wait. */
  readonly withdrawn_at: Instant | null;
  /** When the healing document of a channel with single changes was last committed. */
  readonly healed_at: Instant | null;
  /** When a price, and when stock or another fact of an offer, last went out by a call of its own. */
  readonly price_sent_at: Instant | null;
  readonly stock_sent_at: Instant | null;
  /** Revision of places and share for which stock per place was computed, and the sequence up to which it was. */
  readonly places_revision: string | null;
  readonly places_seq: number;
  /** The strict pool for which units were shared out, and the sequence up to which they were. */
  readonly allotted_for: string | null;
  readonly allotted_seq: number;
}

/** Why a channel is paused by a person. */
export const BY_PERSON = 'paused_by_person';

/** Why a channel is paused after a restore of the house. */
export const RESTORED = 'restored';

/** Reads the state of a channel; a channel never seen gets an empty one. */
export async function readChannelState(queries: Queries, channel: string): Promise<ChannelState> {
  const found = await queries.get<ChannelState>('SELECT * FROM channel_state WHERE channel = ?', [channel]);
  if (found) return found;
  await queries.run('INSERT INTO channel_state (channel) VALUES (?) ON CONFLICT (channel) DO NOTHING', [
    channel,
  ]);
  const made = await queries.get<ChannelState>('SELECT * FROM channel_state WHERE channel = ?', [channel]);
  if (!made) throw new Error(`the state of channel ${channel} could not be written`);
  return made;
}

/** Changes members of a channel's state. */
export async function writeChannelState(
  queries: Queries,
  channel: string,
  changes: Partial<Omit<ChannelState, 'channel'>>,
): Promise<void> {
  const names = Object.keys(changes);
  const values = Object.values(changes);
  await queries.run(
    `UPDATE channel_state SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE channel = ?`,
    [...values, channel],
  );
}

/** Lost credentials: nothing is sent or asked until an operator has acted. */
export async function pauseChannel(
  queries: Queries,
  channel: string,
  why: { readonly code: string; readonly at: Instant },
): Promise<void> {
  await readChannelState(queries, channel);
  await writeChannelState(queries, channel, { paused_code: why.code, paused_at: why.at });
}

/** Whether a channel, or a shop, is left alone: by a person, or because its credentials were lost. */
export async function isPaused(queries: Queries, channel: string): Promise<boolean> {
  const found = await queries.get<{ paused_code: string | null }>(
    'SELECT paused_code FROM channel_state WHERE channel = ?',
    [channel],
  );
  return found !== undefined && found.paused_code !== null;
}

/** In place of a checksum: no plan has it, so it opens no guard. */
const AT_ONCE = 'at-once';

/** Asks that the next round does not wait for the channel's window; every guard holds. A plan somebody let through is sent like that anyway. */
export async function askAtOnce(queries: Queries, channel: string): Promise<void> {
  const { released_checksum: checksum } = await readChannelState(queries, channel);
  if (checksum === null) await writeChannelState(queries, channel, { released_checksum: AT_ONCE });
}

/** The checksum a person let through, once: the round that takes it is the only one it counts for. Undefined: nobody did. */
export async function takeRelease(queries: Queries, channel: string): Promise<string | undefined> {
  const { released_checksum: checksum } = await readChannelState(queries, channel);
  if (checksum === null) return undefined;
  await writeChannelState(queries, channel, { released_checksum: null });
  return checksum;
}
