import type { Queries, ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Worked } from './changed-record.js';
import { type ChannelState, readChannelState, writeChannelState } from './channel-state.js';
import type { ListingRecord } from './listing-record.js';

/** How much of a channel goes out: everything, nothing (it is read and never written to), or so many new listings at first. */
export type Outlet = 'everything' | 'nothing' | { readonly first: number };

/** Why nothing is sent to a channel that is only watched. */
export const WATCHED = 'only_watched';
/** Why a listing goes from a channel that is being disconnected. */
export const LEAVING = 'the channel is being disconnected';

/** Why nothing may be sent to a channel now, in one machine word; null: it may. */
export function sendsNothing(state: Pick<ChannelState, 'paused_code' | 'sends_at_most'>): string | null {
  return state.paused_code ?? (state.sends_at_most === 0 ? WATCHED : null);
}

/** The same, read. */
export async function sendsNothingTo(queries: Queries, channel: string): Promise<string | null> {
  return sendsNothing(await readChannelState(queries, channel));
}

/** How much of a channel goes out. */
export function outletOf({ sends_at_most: most }: Pick<ChannelState, 'sends_at_most'>): Outlet {
  if (most === null) return 'everything';
  return most === 0 ? 'nothing' : { first: most };
}

/** Says how much of a channel goes out from now on. Every listing is worked out again. */
export async function changeOutlet(tx: Queries, channel: string, outlet: Outlet): Promise<void> {
  await readChannelState(tx, channel);
  const most = outlet === 'everything' ? null : outlet === 'nothing' ? 0 : outlet.first;
  await tx.run('DELETE FROM first_listing WHERE channel = ?', [channel]);
  await writeChannelState(tx, channel, { sends_at_most: most, ...FROM_THE_START });
}

/** Takes a channel's listings down, all of them; it is forgotten when they are gone. */
export async function leaveChannel(
  tx: Queries,
  channel: string,
  by: { readonly by: string; readonly at: Instant },
): Promise<void> {
  await readChannelState(tx, channel);
  await writeChannelState(tx, channel, { leaving_at: by.at, leaving_by: by.by, ...FROM_THE_START });
}

/** A channel that was disconnected leaves nothing behind that a new one of its name would obey. */
export async function forgetOutlet(tx: Queries, channel: string): Promise<void> {
  await tx.run('DELETE FROM first_listing WHERE channel = ?', [channel]);
  await readChannelState(tx, channel);
  await writeChannelState(tx, channel, {
    sends_at_most: null,
    leaving_at: null,
    leaving_by: null,
    ...FROM_THE_START,
  });
}

const FROM_THE_START = { computed_seq: 0, pass: null } as const;

/**
 * Listings as they may go out: what a channel does not get yet, or not any more, is excluded and says why. What is there stays while only the first
 * ones go out; those are chosen in the order of the catalog and written down, so that they stay the same.
 */
export async function throughOutlet(
  tx: Queries,
  state: Pick<ChannelState, 'channel' | 'sends_at_most' | 'leaving_at'>,
  page: { readonly items: readonly Worked[]; readonly current: ReadonlyMap<number, ListingRecord> },
): Promise<readonly Worked[]> {
  const { channel, sends_at_most: most } = state;
  if (state.leaving_at !== null) return page.items.map((item) => without(item, LEAVING));
  if (most === null || most === 0) return page.items;
  const chosen = await chosenAmong(tx, channel, page.items);
  let room = most - (await chosenCount(tx, channel));
  const added: number[] = [];
  const items = page.items.map((item) => {
    const { variantId } = item.row;
    if (item.desired.state !== 'listed' || chosen.has(variantId) || page.current.get(variantId)?.owned === 1)
      return item;
    if (room <= 0)
      return without(item, `only the first ${most} listings go out until the channel is started with all`);
    room -= 1;
    added.push(variantId);
    return item;
  });
  await choose(tx, channel, added);
  return items;
}

function without(item: Worked, reason: string): Worked {
  if (item.desired.state === 'gone') return item;
  return { row: item.row, desired: { state: 'excluded', reason }, soldOut: false };
}

async function chosenAmong(
  tx: ReadQueries & Pick<Queries, 'unfold'>,
  channel: string,
  items: readonly Worked[],
): Promise<ReadonlySet<number>> {
  const rows = await tx.all<{ variant_id: number }>(
    `SELECT variant_id FROM first_listing WHERE channel = ? AND variant_id IN (SELECT id FROM ${tx.unfold('r', { id: 'integer' })})`,
    [channel, JSON.stringify(items.map(({ row }) => ({ id: row.variantId })))],
  );
  return new Set(rows.map(({ variant_id }) => variant_id));
}

async function chosenCount(tx: ReadQueries, channel: string): Promise<number> {
  const row = await tx.get<{ n: number }>(
    'SELECT CAST(COUNT(*) AS bigint) AS n FROM first_listing WHERE channel = ?',
    [channel],
  );
  return Number(row?.n ?? 0);
}

async function choose(tx: Queries, channel: string, variantIds: readonly number[]): Promise<void> {
  for (const id of variantIds)
    await tx.run('INSERT INTO first_listing (channel, variant_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [
      channel,
      id,
    ]);
}
