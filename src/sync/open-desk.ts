import { variantsById } from '../catalog/store.js';
import type { OpenChannel } from '../channel/connector.js';
import type { Database } from '../db/database.js';
import type { ChannelError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import type { StrictPool } from '../stock/shares.js';
import type { ChannelDesk } from './channel-desk.js';
import { pauseChannel } from './channel-state.js';
import type { Desired, ListingKit } from './desired.js';
import { GUARD_LIMITS, type GuardLimits } from './guard.js';
import { listingRows } from './listing-rows.js';
import { workOutSeen } from './work-out.js';

/** What a desk is made of. */
export interface DeskParts {
  readonly database: Database;
  readonly kit: ListingKit;
  readonly open: OpenChannel;
  readonly strict?: StrictPool | undefined;
  /** The channel's own limits; what it leaves out is the house's. */
  readonly guard: Partial<GuardLimits>;
  /** Whether listings that are there already are taken over by themselves; default `ask`. */
  readonly adopt?: 'ask' | 'matching' | undefined;
  /** Looks for verdicts after this long instead of the connector's own time; for simulated channels, which are quick. */
  readonly settleAfterMs?: number | undefined;
  readonly clock: Clock;
  random(): number;
}

/** Sets up the work on one channel. */
export function openDesk(parts: DeskParts): ChannelDesk {
  return {
    ...parts,
    guard: { ...GUARD_LIMITS, ...parts.kit.connector.limits.guard, ...parts.guard },
    adopt: parts.adopt ?? 'ask',
    settleAfterMs: parts.settleAfterMs ?? parts.kit.connector.limits.settleAfterMs,
    quietMs: Math.min(
      parts.kit.connector.limits.quietMs ?? 0,
      parts.settleAfterMs ?? Number.POSITIVE_INFINITY,
    ),
    desiredOf: (variantIds) => desiredOf(parts, variantIds),
    channelFailed: (error) => channelFailed({ ...parts, channel: parts.kit.channel.id }, error),
  };
}

async function desiredOf(
  parts: DeskParts,
  variantIds: readonly number[],
): Promise<ReadonlyMap<number, Desired>> {
  const desired = new Map<number, Desired>();
  const rows = await variantsById(parts.database, variantIds);
  const seen = await listingRows(parts.database, parts.kit, rows);
  for (const [index, row] of rows.entries())
    desired.set(row.variantId, await workOutSeen(parts, seen[index] ?? parts.kit.rowOf(row)));
  return desired;
}

/** Lost credentials stop the channel at once: no call is made until an operator has acted. Other failures are shown until a call succeeds. */
export async function channelFailed(
  parts: Pick<DeskParts, 'database' | 'clock'> & { readonly channel: string },
  error: ChannelError,
): Promise<void> {
  const { channel } = parts;
  if (error.kind === 'auth-lost')
    await pauseChannel(parts.database, channel, { code: error.code, at: parts.clock.now() });
  await raiseProblem(
    parts.database,
    {
      key: callProblem(channel),
      channel,
      severity: error.kind === 'auth-lost' ? 'error' : 'warning',
      code: error.code,
      message: error.message,
      advice: error.advice,
    },
    parts.clock.now(),
  );
}

/** Tells that calls to the channel succeed: the problem of failing calls goes away by itself. */
export async function channelWorks(parts: Pick<DeskParts, 'database' | 'kit'>): Promise<void> {
  await clearProblem(parts.database, callProblem(parts.kit.channel.id));
}

function callProblem(channel: string): string {
  return `channel:${channel}:calls`;
}
