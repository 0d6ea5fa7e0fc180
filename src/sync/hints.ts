import type { ListingPort } from '../channel/connector.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { comparePage } from './observe.js';

/** Listings looked at per round. */
const LOOKS = 100;
/** More hints than this are not kept: the daily read-back finds the rest. */
const MOST_HINTS = 50_000;
/** A channel that could not be asked is asked again after this. */
const FAILED_MS = 5 * 60_000;

/** Keeps where to look, each listing once with the latest time; returns how many were told. */
export async function keepHints(
  queries: Queries,
  told: { readonly channel: string; readonly skus: readonly string[]; readonly now: Instant },
): Promise<number> {
  const row = await queries.get<{ n: number }>('SELECT COUNT(*) AS n FROM listing_hint WHERE channel = ?', [
    told.channel,
  ]);
  if (Number(row?.n ?? 0) >= MOST_HINTS) return 0;
  let kept = 0;
  for (const sku of new Set(told.skus)) {
    kept += await queries.run(
      'INSERT INTO listing_hint (channel, sku, told_at) VALUES (?, ?, ?) ON CONFLICT (channel, sku) DO UPDATE SET told_at = excluded.told_at',
      [told.channel, sku, told.now],
    );
  }
  return kept;
}

/** What a round of looking found. */
export interface Looked {
  readonly looked: number;
  /** Differ from what was sent, or are not ours to change. */
  readonly drifted: number;
  /** Set when there is more to look at, or the channel could not be asked. */
  readonly againInMs: number | null;
}

/**
 * Reads back the listings the channel spoke of and treats them as the daily read-back would. Hints go away only after that;
 * one that comes meanwhile stays for the next round. A failed read concludes nothing.
 */
export async function lookAtHints(
  desk: ChannelDesk,
  port: Required<Pick<ListingPort, 'look'>>,
): Promise<Looked> {
  const channel = desk.kit.channel.id;
  const hints = await desk.database.all<{ sku: string; told_at: string }>(
    'SELECT sku, told_at FROM listing_hint WHERE channel = ? ORDER BY told_at, sku LIMIT ?',
    [channel, LOOKS],
  );
  if (hints.length === 0) return { looked: 0, drifted: 0, againInMs: null };
  const { paused_code } = await readChannelState(desk.database, channel);
  if (paused_code !== null) return { looked: 0, drifted: 0, againInMs: null };
  try {
    const { drifted } = await comparePage(desk, await port.look(hints.map(({ sku }) => sku)));
    for (const { sku, told_at } of hints)
      await desk.database.run('DELETE FROM listing_hint WHERE channel = ? AND sku = ? AND told_at = ?', [
        channel,
        sku,
        told_at,
      ]);
    return { looked: hints.length, drifted, againInMs: hints.length === LOOKS ? 0 : null };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return { looked: 0, drifted: 0, againInMs: error.againInMs ?? FAILED_MS };
  }
}
