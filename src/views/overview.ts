import { firstChangeSince } from '../catalog/change-places.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OpenProblem } from '../problems/problems.js';
import { type NotedProblem, notedProblems } from '../problems/snooze.js';
import { currentProblems } from '../problems/standing-problems.js';
import { type ChannelAges, type ChannelHealth, channelHealth, healthFacts } from './channel-health.js';
import { type Ledger, ledgerFor } from './ledger.js';
import { ORDERS_IN_QUEUE } from './order-queue.js';
import { type ProblemGroup, problemGroups } from './problem-list.js';

/** A channel as the overview needs it. */
export interface WatchedChannel {
  readonly id: string;
  readonly title: string;
  readonly connector: string;
  /** True: it is a simulator of ours; its numbers are never added to real ones. */
  readonly practice: boolean;
  readonly coalesceMs: number;
}

/** How one channel stands. */
export interface ChannelStanding {
  readonly channel: string;
  readonly title: string;
  readonly connector: string;
  readonly practice: boolean;
  readonly health: ChannelHealth;
  readonly ages: ChannelAges;
  readonly ledger: Ledger;
}

/** What changed since an instant. */
export interface Digest {
  readonly since: Instant;
  /** Variants: each once, whatever changed how often. */
  readonly prices: number;
  readonly appeared: number;
  readonly gone: number;
  readonly contents: number;
  readonly overrides: number;
}

/** Orders as far as somebody has to do something today. */
export interface OrdersToday {
  /** Bought since midnight UTC. */
  readonly today: number;
  /** Cannot be placed in the shop yet. */
  readonly waiting: number;
  /** Stand in the queue of what a person decides. */
  readonly needsYou: number;
  /** To leave within the next day, and those that should have left. */
  readonly shipSoon: number;
  readonly late: number;
}

/** What the first page shows. */
export interface Overview {
  readonly at: Instant;
  /** Those a person must act on come first. */
  readonly problems: readonly ProblemGroup[];
  readonly channels: readonly ChannelStanding[];
  readonly orders: OrdersToday;
  readonly digest: Digest;
}

/** How the house stands, from what is stored; asks no channel. */
export async function overview(
  queries: Queries,
  channels: readonly WatchedChannel[],
  times: { readonly now: Instant; readonly since: Instant },
): Promise<Overview> {
  const problems = await currentProblems(queries, times.now);
  const standings: ChannelStanding[] = [];
  for (const channel of channels)
    standings.push(await standingOf(queries, channel, { problems, now: times.now }));
  return {
    at: times.now,
    problems: problemGroups(await unsnoozed(queries, problems, times.now)),
    channels: standings,
    orders: await ordersToday(queries, times.now),
    digest: await digestSince(queries, times.since),
  };
}

async function unsnoozed(
  queries: Queries,
  problems: readonly OpenProblem[],
  now: Instant,
): Promise<readonly NotedProblem[]> {
  return (await notedProblems(queries, problems, now)).filter(({ snooze }) => snooze === null);
}

/** How one channel stands now. */
export async function standingOf(
  queries: Queries,
  channel: WatchedChannel,
  known: { readonly problems: readonly OpenProblem[]; readonly now: Instant },
): Promise<ChannelStanding> {
  const ledger = await ledgerFor(queries, channel.id);
  const facts = await healthFacts(queries, channel.id, known.now);
  const problems = known.problems.filter((problem) => problem.channel === channel.id);
  const { id, title, connector, practice } = channel;
  const health = channelHealth({ ...facts, ledger, problems }, known.now, channel.coalesceMs);
  return { channel: id, title, connector, practice, health, ages: facts.ages, ledger };
}

const DAY_MS = 86_400_000;

async function ordersToday(queries: Queries, now: Instant): Promise<OrdersToday> {
  const midnight = `${now.slice(0, 10)}T00:00:00.000Z`;
  const soon = new Date(Date.parse(now) + DAY_MS).toISOString();
  const open = "status IN ('open', 'partially-shipped') AND fulfilled_by = 'merchant'";
  const row = await queries.get<OrdersToday>(
    `SELECT (SELECT CAST(COUNT(*) AS bigint) FROM channel_order WHERE placed_at >= ?) AS today,
       (SELECT CAST(COUNT(*) AS bigint) FROM channel_order WHERE state = 'waiting') AS waiting,
       (SELECT CAST(COUNT(*) AS bigint) FROM (${ORDERS_IN_QUEUE}) AS queue) AS "needsYou",
       (SELECT CAST(COUNT(*) AS bigint) FROM channel_order WHERE ${open} AND ship_by >= ? AND ship_by <= ?) AS "shipSoon",
       (SELECT CAST(COUNT(*) AS bigint) FROM channel_order WHERE ${open} AND ship_by < ?) AS late`,
    [midnight, now, soon, now],
  );
  return row ?? { today: 0, waiting: 0, needsYou: 0, shipSoon: 0, late: 0 };
}

/** Counts what the catalog's history holds since an instant. */
export async function digestSince(queries: Queries, since: Instant): Promise<Digest> {
  const first = await firstChangeSince(queries, since);
  const nothing = { since, prices: 0, appeared: 0, gone: 0, contents: 0, overrides: 0 };
  if (first === null) return nothing;
  const skus = (condition: string): string =>
    `CAST(COUNT(DISTINCT CASE WHEN ${condition} THEN COALESCE(sku, product_key) END) AS bigint)`;
  const row = await queries.get<Omit<Digest, 'since'>>(
    `SELECT ${skus("lane = 'offer' AND field IN ('price', 'salePrice', 'compareAtPrice')")} AS prices,
       ${skus("field = 'created' AND sku IS NOT NULL")} AS appeared,
       ${skus(`sku IS NOT NULL AND lane = 'status' AND new = '"ended"'`)} AS gone,
       ${skus("lane IN ('content', 'product')")} AS contents, ${skus("lane = 'override'")} AS overrides
     FROM catalog_change WHERE id >= ?`,
    [first],
  );
  return { ...nothing, ...row };
}
