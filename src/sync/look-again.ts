import type { ListingPort } from '../channel/connector.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import { epochMs, type Instant } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { lookAfter } from './look-ladder.js';
import { comparePage } from './observe.js';
import { amendRecords } from './records.js';

/** Listings looked at per round. */
const LOOKS = 100;
/** A channel that could not be asked is asked again after this. */
const FAILED_MS = 5 * 60_000;

/** What a round of looking again found. */
export interface LookedAgain {
  readonly looked: number;
  /** Differ from what was sent. */
  readonly drifted: number;
  /** When the next look is due; null: none is. */
  readonly againInMs: number | null;
}

/**
 * Looks again at listings that became live a while ago (`Limits.lookAgainMs`): what the channel found since reaches the listing. The
 * place in the ladder stands in the row, so a restart loses none; a failed look concludes nothing and comes again.
 */
export async function lookAgain(
  desk: ChannelDesk,
  port: Required<Pick<ListingPort, 'look'>>,
): Promise<LookedAgain> {
  const channel = desk.kit.channel.id;
  const now = desk.clock.now();
  const { paused_code } = await readChannelState(desk.database, channel);
  if (paused_code !== null) return { looked: 0, drifted: 0, againInMs: null };
  const due = await desk.database.all<{ id: number; sku: string }>(
    'SELECT variant_id AS id, sku FROM listing WHERE channel = ? AND look_at <= ? ORDER BY look_at, variant_id LIMIT ?',
    [channel, now, LOOKS],
  );
  let drifted = 0;
  if (due.length > 0) {
    try {
      ({ drifted } = await comparePage(desk, await port.look(due.map(({ sku }) => sku))));
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      await desk.channelFailed(error);
      return { looked: 0, drifted: 0, againInMs: error.againInMs ?? FAILED_MS };
    }
    await climb(
      desk,
      due.map(({ id }) => id),
      now,
    );
  }
  const next = await nextLookAgain(desk.database, channel);
  return {
    looked: due.length,
    drifted,
    againInMs: next === null ? null : Math.max(0, epochMs(next) - epochMs(desk.clock.now())),
  };
}

/** Those sent anew meanwhile have left the ladder and come back to it with their verdict. */
async function climb(desk: ChannelDesk, variantIds: readonly number[], now: Instant): Promise<void> {
  const { lookAgainMs } = desk.kit.connector.limits;
  await desk.database.transaction((tx) =>
    amendRecords(tx, { channel: desk.kit.channel.id, variantIds }, (record) =>
      record.look_at === null || record.look_at > now
        ? null
        : { ...record, look_at: lookAfter(record.sent_at, now, lookAgainMs) },
    ),
  );
}

/** When the next listing of a channel is looked at again; null: none waits for it. */
export async function nextLookAgain(queries: Queries, channel: string): Promise<Instant | null> {
  const row = await queries.get<{ at: Instant | null }>(
    'SELECT MIN(look_at) AS at FROM listing WHERE channel = ? AND look_at IS NOT NULL',
    [channel],
  );
  return row?.at ?? null;
}
