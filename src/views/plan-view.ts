import { variantsById } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { explainRow } from '../sync/explain-channel.js';
import type { GuardFacts, Hold } from '../sync/guard.js';
import { type PlanEntry, type PlanRecord, type PlanSummary, plannedEntry, planTally } from '../sync/plan.js';
import { type DetailedEntry, detailEntries, plannedRecords } from '../sync/plan-channel.js';
import { planContext } from '../sync/plan-context.js';
import { cursorOf, placeOf } from './page-cursor.js';

/** What waits to be sent to a channel, counted without working the plan out. */
export interface PlanStanding {
  readonly channel: string;
  /** Listings due now. */
  readonly due: number;
  /** Of these: kept back for a person. */
  readonly held: number;
  /** Why, each reason once, the commonest first, at most five. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly oldestDue: Instant | null;
}

/** What waits on one channel. */
export async function planStanding(queries: Queries, channel: string, now: Instant): Promise<PlanStanding> {
  const due = await queries.get<{ n: number; at: Instant | null }>(
    'SELECT CAST(COUNT(*) AS bigint) AS n, MIN(attention_at) AS at FROM listing WHERE channel = ? AND attention_at IS NOT NULL AND attention_at <= ?',
    [channel, now],
  );
  const reasons = await queries.all<{ reason: string; count: number }>(
    `SELECT l.held AS reason, CAST(COUNT(*) AS bigint) AS count FROM listing_word w CROSS JOIN listing l WHERE w.channel = ? AND w.word IN ('held', 'held-leaving')
       AND l.channel = w.channel AND l.variant_id = w.variant_id GROUP BY l.held ORDER BY count DESC, l.held`,
    [channel],
  );
  return {
    channel,
    due: due?.n ?? 0,
    held: reasons.reduce((sum, { count }) => sum + count, 0),
    reasons: reasons.slice(0, 5),
    oldestDue: due?.at ?? null,
  };
}

/** Changes of one kind, and why. */
export interface ChangeKind {
  readonly change: PlanEntry['change'];
  readonly why: string;
  readonly count: number;
  readonly held: number;
}

/** A plan as it stands now: nothing is sent by looking. planned = the sum of `kinds` = `sends` + `held`. */
export interface PlanFacts {
  readonly channel: string;
  readonly at: Instant;
  readonly facts: GuardFacts;
  readonly holds: readonly Hold[];
  /** What an approval gives back. */
  readonly checksum: string;
  readonly kinds: readonly ChangeKind[];
  readonly planned: number;
  readonly sends: number;
  readonly held: number;
  /** Groups of equal changes over the first entries, with a sample each. */
  readonly groups: readonly ChangeGroup[];
  /** How many entries the groups were made of; fewer than planned: they are a sample. */
  readonly grouped: number;
}

/** Listings in which the same attribute changes by the same rule. One listing is in as many groups as it has changes. */
export interface ChangeGroup {
  readonly attribute: string;
  /** The last step on the way to the new value: a rule, the mapping, the default, an override; null: the attribute goes. */
  readonly by: {
    readonly kind: 'default' | 'mapping' | 'rule' | 'override';
    readonly name: string | null;
  } | null;
  readonly count: number;
  readonly sample: { readonly sku: string; readonly before: JsonValue; readonly after: JsonValue };
}

const GROUPED = 100;

/** Works out the plan of a channel from its records as they stand. */
export async function showPlan(desk: ChannelDesk): Promise<PlanFacts> {
  const { plan, entries, at } = await workOutPlan(desk);
  const held = entries.filter((entry) => entry.held !== null).length;
  const first = await detailEntries(desk, entries.slice(0, GROUPED));
  return {
    channel: desk.kit.channel.id,
    at,
    facts: plan.facts,
    holds: plan.holds,
    checksum: plan.checksum,
    kinds: kindsOf(entries),
    planned: entries.length,
    sends: entries.length - held,
    held,
    groups: groupsOf(first, await causesOf(desk, first)),
    grouped: first.length,
  };
}

interface WorkedPlan {
  readonly at: Instant;
  readonly plan: PlanSummary;
  /** In the order of the catalog. */
  readonly entries: readonly PlanEntry[];
}

/** What `omnifeed plan` plans too: all that is due within the channel's window. */
async function workOutPlan(desk: ChannelDesk): Promise<WorkedPlan> {
  const at = desk.clock.now();
  const context = await planContext(desk, null);
  const tally = planTally(context, at);
  const records: PlanRecord[] = [];
  const horizon = plusMs(at, desk.kit.connector.limits.coalesceMs);
  for await (const page of plannedRecords(desk, context, horizon)) {
    for (const record of page) tally.add(record);
    records.push(...page);
  }
  const plan = tally.summary();
  const limits = context.limits;
  const entries = records.flatMap((record) => plannedEntry(record, at, { ...plan, limits }) ?? []);
  return { at, plan, entries };
}

function kindsOf(entries: readonly PlanEntry[]): ChangeKind[] {
  const kinds = new Map<string, ChangeKind>();
  for (const { change, why, held } of entries) {
    const known = kinds.get(`${change} ${why}`) ?? { change, why, count: 0, held: 0 };
    kinds.set(`${change} ${why}`, {
      ...known,
      count: known.count + 1,
      held: known.held + (held === null ? 0 : 1),
    });
  }
  return [...kinds.values()].sort((a, b) => b.count - a.count || (a.why < b.why ? -1 : 1));
}

/** What made each attribute of these listings what it will be. */
async function causesOf(
  desk: ChannelDesk,
  entries: readonly DetailedEntry[],
): Promise<(sku: string, attribute: string) => ChangeGroup['by']> {
  const rows = await variantsById(
    desk.database,
    entries.filter(({ action }) => action !== 'remove').map(({ variantId }) => variantId),
  );
  const causes = new Map<string, ChangeGroup['by']>();
  for (const row of rows)
    for (const { name, steps } of (await explainRow(desk, row)).attributes) {
      const last = steps.at(-1);
      if (last !== undefined)
        causes.set(JSON.stringify([row.sku, name]), { kind: last.by, name: last.name ?? null });
    }
  return (sku, attribute) => causes.get(JSON.stringify([sku, attribute])) ?? null;
}

function groupsOf(
  entries: readonly DetailedEntry[],
  causeOf: (sku: string, attribute: string) => ChangeGroup['by'],
): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const { sku, differences } of entries)
    for (const { attribute, before = null, after = null } of differences ?? []) {
      const by = after === null ? null : causeOf(sku, attribute);
      const key = JSON.stringify([attribute, by?.kind ?? null, by?.name ?? null]);
      const known = groups.get(key);
      groups.set(key, {
        attribute,
        by,
        count: (known?.count ?? 0) + 1,
        sample: known?.sample ?? { sku, before, after },
      });
    }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.attribute < b.attribute ? -1 : 1));
}

/** A page of planned changes with what each changes, in the order of the catalog. `change`: only of this kind. */
export async function planChanges(
  desk: ChannelDesk,
  filter: { readonly change: PlanEntry['change'] | null; readonly held: boolean | null },
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<{ readonly items: readonly DetailedEntry[]; readonly next: string | null }> {
  const after = Number(placeOf(page.cursor, ['number'])?.[0] ?? -1);
  const { entries } = await workOutPlan(desk);
  const wanted = entries.filter(
    (entry) =>
      entry.variantId > after &&
      (filter.change === null || entry.change === filter.change) &&
      (filter.held === null || (entry.held !== null) === filter.held),
  );
  const shown = wanted.slice(0, page.limit);
  const last = shown[shown.length - 1];
  return {
    items: await detailEntries(desk, shown),
    next: wanted.length > page.limit && last !== undefined ? cursorOf([last.variantId]) : null,
  };
}
