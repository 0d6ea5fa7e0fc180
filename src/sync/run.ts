import type { ListingPort } from '../channel/connector.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import { type Applied, addApplied, applyEntries, NOTHING_APPLIED } from './apply.js';
import { openBulkLoad } from './bulk-load.js';
import type { ChannelDesk } from './channel-desk.js';
import { readChannelState } from './channel-state.js';
import { assertRoundAddsUp } from './conserve.js';
import { type DesireReport, desireChannel } from './desire.js';
import { withoutOrphans } from './family-links.js';
import { isLoad, type Lane, laneOf } from './lanes.js';
import { sendsNothing } from './outlet.js';
import { type PlanContext, type PlanEntry, type PlanSummary, plannedEntry, planTally } from './plan.js';
import { planContext } from './plan-context.js';
import { amendRecords, eachDue, eachDueUrgentFirst, nextAttention } from './records.js';
import { nextLook, type Settled, settleDue } from './settle.js';
import { closeResends, concludeClosings } from './strict-closings.js';
import { shareOutUnits } from './strict-units.js';
import { nextFamilyLook, syncFamilies } from './sync-families.js';
import { withdrawForUrgent } from './withdraw.js';

/** How one round of a channel is run. */
export interface RoundOptions {
  /** Checksum of a guarded plan an operator lets through. */
  readonly force?: string;
  /** Sends now what would gather for the channel's window. */
  readonly atOnce?: boolean;
  readonly signal?: AbortSignal;
}

/** What one round did. `planned` = sent + failed + waiting + held. */
export interface RoundReport {
  readonly channel: string;
  readonly desired: DesireReport;
  readonly plan: PlanSummary;
  readonly planned: number;
  readonly applied: Applied;
  readonly held: number;
  readonly settled: Settled | null;
  /** Why nothing was sent: lost credentials, a person, or that the channel is only watched. */
  readonly paused: string | null;
  /** What strict stock did; null: the channel is not strict. */
  readonly strict: StrictRound | null;
  /** When the next round has something to do; null: when something changes. */
  readonly againInMs: number | null;
}

const NOTHING_SETTLED: Settled = { asked: 0, verdicts: 0, live: 0, rejected: 0, removed: 0 };
/** A channel that stopped taking calls without saying for how long is left alone for this long. */
const STOPPED_MS = 5_000;
/** A round that could send nothing of what was due does not come back at once. */
const IDLE_MS = 1_000;

/** One round of a channel: work out what is desired, plan, guard, apply, ask for verdicts. Crash-safe at every point. */
export async function syncRound(
  desk: ChannelDesk,
  port: ListingPort,
  options: RoundOptions = {},
): Promise<RoundReport> {
  const strict = await shareOut(desk);
  const desired = await desireChannel(desk, options.signal ? { signal: options.signal } : {});
  const state = await readChannelState(desk.database, desk.kit.channel.id);
  const paused = sendsNothing(state);
  if (paused === null) await withdrawForUrgent(desk, port, { state, signal: options.signal });
  const now = desk.clock.now();
  const horizon = options.atOnce ? plusMs(now, desk.kit.connector.limits.coalesceMs) : now;
  if (strict !== null) strict.closing += await closeResends(desk, horizon);
  const context = await planContext(desk, options.force ?? null);
  const plan = await summarise(desk, context, { now, horizon });
  const report = { channel: desk.kit.channel.id, desired, plan, strict, paused };
  if (paused !== null) {
    return {
      ...report,
      planned: plan.facts.changes,
      applied: { ...NOTHING_APPLIED, waiting: plan.facts.changes },
      held: 0,
      settled: null,
      againInMs: null,
    };
  }
  const { restMs, orphans, ...carried } = await carryOut(desk, port, {
    plan,
    context,
    now,
    horizon,
    signal: options.signal,
  });
  const settled =
    carried.applied.stopped === null && port.settle
      ? await settleDue(desk, port, options.signal)
      : NOTHING_SETTLED;
  const round = { ...report, ...carried, settled };
  assertRoundAddsUp(round);
  return { ...round, againInMs: await againInMs(desk, carried.applied, { restMs, orphans }) };
}

/** What strict stock did in a round. */
export interface StrictRound {
  /** Channels whose units changed: they have something to do. */
  readonly reallotted: readonly string[];
  /** Listings whose units are on their way to other channels: they wait for this channel's word and its orders. */
  closing: number;
}

async function shareOut(desk: ChannelDesk): Promise<StrictRound | null> {
  if (desk.strict === undefined) return null;
  const closing = await concludeClosings(desk);
  return { reallotted: [...(await shareOutUnits(desk, desk.strict))], closing };
}

interface Times {
  readonly now: Instant;
  /** What is due by then is planned. */
  readonly horizon: Instant;
}

/** Folds everything that is due into one summary, however much it is. */
export async function summarise(desk: ChannelDesk, context: PlanContext, times: Times): Promise<PlanSummary> {
  const tally = planTally(context, times.now);
  for await (const page of eachDue(desk.database, desk.kit.channel.id, times.horizon))
    for (const record of page) tally.add(record);
  return tally.summary();
}

interface CarryOut extends Times {
  readonly plan: PlanSummary;
  readonly context: PlanContext;
  readonly signal: AbortSignal | undefined;
}

async function carryOut(
  desk: ChannelDesk,
  port: ListingPort,
  order: CarryOut,
): Promise<{ planned: number; applied: Applied; held: number; restMs: number; orphans: number }> {
  const done = { planned: 0, applied: NOTHING_APPLIED, held: 0, restMs: 0, orphans: 0 };
  const families = await familiesFirst(desk, port, order);
  if (families !== null) done.applied = { ...NOTHING_APPLIED, stopped: families };
  const load = isLoad(order.plan, desk.kit.connector.limits.bulk)
    ? await openBulkLoad(desk, port, order.signal)
    : null;
  const guarded = { ...order.plan, limits: order.context.limits };
  const due = { horizon: order.horizon, batch: desk.kit.connector.limits.batch.items };
  for await (const page of eachDueUrgentFirst(desk.database, desk.kit.channel.id, due)) {
    order.signal?.throwIfAborted();
    const planned = page.flatMap((record) => {
      const entry = plannedEntry(record, order.now, guarded);
      return entry ? [{ entry, lane: load === null ? 'single' : laneOf(record, entry) }] : [];
    });
    const entries = planned.map(({ entry }) => entry);
    const held = entries.filter((entry) => entry.held !== null);
    done.planned += entries.length;
    done.held += held.length;
    await markHeld(desk, held);
    const open = await withoutOrphans(
      desk,
      entries.filter((entry) => entry.held === null),
    );
    done.orphans += open.waiting;
    done.applied = addApplied(done.applied, { ...NOTHING_APPLIED, waiting: open.waiting });
    const ready = new Set(open.ready);
    const by = (wanted: Lane): PlanEntry[] =>
      planned.flatMap(({ entry, lane }) => (lane === wanted && ready.has(entry) ? [entry] : []));
    const single = by('single');
    await unlessStopped(done, single, () => applyEntries(desk, port, single, order.signal));
    const bulk = by('bulk');
    if (load) await unlessStopped(done, bulk, () => load.take(bulk));
  }
  if (load) await unlessStopped(done, load.gathered(), () => load.finish());
  return { ...done, restMs: load?.restMs() ?? 0 };
}

/** After the channel stopped taking calls, what is left waits. */
async function unlessStopped(
  done: { applied: Applied },
  changes: { readonly length: number },
  carry: () => Promise<Applied>,
): Promise<void> {
  const applied =
    done.applied.stopped === null ? await carry() : { ...NOTHING_APPLIED, waiting: changes.length };
  done.applied = addApplied(done.applied, applied);
}

/** Parents travel before children, unless a guard keeps everything back. Answers what stops the channel. */
async function familiesFirst(
  desk: ChannelDesk,
  port: ListingPort,
  order: CarryOut,
): Promise<Applied['stopped']> {
  if (order.plan.holds.some(({ holds }) => holds === 'everything')) return null;
  return (await syncFamilies(desk, port, order.signal)).failure;
}

/** Writes why a change is kept back, where a person looks for it. */
async function markHeld(desk: ChannelDesk, held: readonly PlanEntry[]): Promise<void> {
  if (held.length === 0) return;
  const reasons = new Map(held.map((entry) => [entry.variantId, entry.held]));
  await desk.database.transaction((tx) =>
    amendRecords(tx, { channel: desk.kit.channel.id, variantIds: [...reasons.keys()] }, (record) => {
      const reason = reasons.get(record.variant_id) ?? null;
      return record.held === reason ? null : { ...record, held: reason };
    }),
  );
}

interface Waiting {
  /** How long what waits for the lane of loads must wait at least; it does not call for a round before. */
  readonly restMs: number;
  /** Of what waits, what waits for a parent and not for the channel. */
  readonly orphans: number;
}

async function againInMs(
  desk: ChannelDesk,
  applied: Applied,
  { restMs, orphans }: Waiting,
): Promise<number | null> {
  if (applied.stopped !== null)
    return applied.stopped.kind === 'auth-lost' ? null : (applied.stopped.againInMs ?? STOPPED_MS);
  const now = desk.clock.now();
  const rested = restMs > 0 && applied.waiting > orphans ? plusMs(now, restMs) : null;
  const attention = await nextAttention(desk.database, desk.kit.channel.id, rested === null ? null : now);
  const instants = [attention, await nextLook(desk), await nextFamilyLook(desk), rested].filter(
    (at) => at !== null,
  );
  const next = instants.sort()[0];
  if (next === undefined) return null;
  const idle = applied.sent === 0 && applied.waiting > orphans;
  return Math.max(idle ? IDLE_MS : 0, epochMs(next) - epochMs(now));
}
