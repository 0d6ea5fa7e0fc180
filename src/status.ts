import type { App } from './app.js';
import { type CatalogCounts, catalogCounts } from './catalog/catalog-queries.js';
import type { Queries } from './db/database.js';
import type { Issue } from './domain/issue.js';
import { type InspectionCounts, inspectionCounts } from './inspect/findings.js';
import { type OrderCounts, orderCounts } from './orders/order-counts.js';
import { type OpenProblem, openProblems } from './problems/problems.js';
import { refreshProblems } from './problems/standing-problems.js';
import type { DeadKey, QueueDepth } from './queue/job-queue.js';
import { readChannelState } from './sync/channel-state.js';
import { type FamilyCounts, familyCounts } from './sync/family-rows.js';
import { type PassNotes, readPassNotes } from './sync/pass-notes.js';
import { type PromotionFact, promotionFacts } from './sync/promotions.js';
import { type ChannelCounts, channelCounts } from './sync/records.js';
import { type PlaceCounts, placeCounts } from './sync/send-places.js';
import { unmanagedCount } from './sync/unmanaged.js';

/** How one channel stands. */
export interface ChannelStatus {
  readonly id: string;
  readonly connector: string;
  readonly counts: ChannelCounts;
  /** Why variants are blocked, excluded or refused, the commonest first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  /** What the mapping stumbled over, in the latest pass over everything and the latest over changes. */
  readonly notes: readonly PassNotes[];
  readonly paused: string | null;
  readonly observedAt: string | null;
  /** Listings the channel has and Omnifeed did not make, as of the last read-back. */
  readonly unmanaged: number;
  /** Null: the channel has no variation families. */
  readonly families: FamilyCounts | null;
  /** Promotions of the channel's file. */
  readonly promotions: readonly PromotionFact[];
  /** Null: the channel is told no stock per place. */
  readonly places: PlaceCounts | null;
  /** What was seen on the network; null: nothing is looked at. */
  readonly inspection: InspectionCounts | null;
  /** Null: the channel sells nothing. */
  readonly orders: OrderCounts | null;
}

/** How the house stands. */
export interface HouseStatus {
  readonly catalog: CatalogCounts;
  readonly channels: readonly ChannelStatus[];
  readonly problems: readonly OpenProblem[];
  readonly queue: QueueDepth;
  /** Jobs that failed too often; woken ones are tried again every quarter of an hour. */
  readonly deadJobs: readonly DeadKey[];
}

/** Reads how everything stands; asks no channel. */
export async function houseStatus(app: App): Promise<HouseStatus> {
  await refreshProblems(app.database, app.clock.now());
  const channels: ChannelStatus[] = [];
  for (const channel of app.config.channels) channels.push(await channelStatus(app, channel.id));
  return {
    catalog: await catalogCounts(app.database),
    channels,
    problems: await openProblems(app.database),
    queue: await app.queue.depth(),
    deadJobs: await app.queue.dead(),
  };
}

async function channelStatus(app: App, id: string): Promise<ChannelStatus> {
  const { database } = app;
  const state = await readChannelState(database, id);
  const open = app.open(id);
  return {
    id,
    connector: app.channel(id).connector,
    counts: await channelCounts(database, id),
    reasons: await commonReasons(database, id),
    notes: await readPassNotes(database, id),
    paused: state.paused_code,
    observedAt: state.observed_at,
    unmanaged: await unmanagedCount(database, id),
    families: await familiesOf(database, id),
    promotions: await promotionFacts(database, id),
    places: open.places && app.channel(id).places.length > 0 ? await placeCounts(database, id) : null,
    inspection: app.channel(id).inspect === null ? null : await inspectionCounts(database, id),
    orders: open.orders ? await orderCounts(database, id) : null,
  };
}

async function familiesOf(queries: Queries, channel: string): Promise<FamilyCounts | null> {
  const counts = await familyCounts(queries, channel);
  return counts.known === 0 ? null : counts;
}

interface ReasonRow {
  readonly state: string;
  readonly reason: string | null;
  readonly issues: string | null;
  readonly verdict_issues: string | null;
  readonly held: string | null;
  readonly count: number;
}

const REASONS = 8;

/** Equal reasons are counted by the database, issue by issue in here. */
export async function commonReasons(
  queries: Queries,
  channel: string,
): Promise<{ reason: string; count: number }[]> {
  const rows = await queries.all<ReasonRow>(
    `SELECT state, reason, issues, CASE WHEN verdict = 'rejected' THEN verdict_issues END AS verdict_issues, held, CAST(COUNT(*) AS bigint) AS count
     FROM listing WHERE channel = ? AND (state IN ('blocked', 'excluded') OR verdict = 'rejected' OR held IS NOT NULL)
     GROUP BY 1, 2, 3, 4, 5 ORDER BY count DESC, 2, 3, 4 LIMIT 1000`,
    [channel],
  );
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const reason of reasonsOf(row)) counts.set(reason, (counts.get(reason) ?? 0) + row.count);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
    .slice(0, REASONS);
}

function reasonsOf(row: ReasonRow): string[] {
  if (row.held !== null) return [`held: ${row.held}`];
  if (row.state === 'excluded') return [`excluded: ${row.reason ?? ''}`];
  if (row.state === 'blocked') return errorsIn(row.issues).map((issue) => `blocked: ${issue.message}`);
  return errorsIn(row.verdict_issues).map((issue) => `refused by the channel: ${issue.message}`);
}

function errorsIn(issues: string | null): Issue[] {
  return issues === null ? [] : (JSON.parse(issues) as Issue[]).filter((issue) => issue.severity === 'error');
}
