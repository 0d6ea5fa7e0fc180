import type { Queries } from '../db/database.js';
import type { ChannelDesk } from './channel-desk.js';
import type { GuardLimits } from './guard.js';
import { type PlanRecord, type PlanSummary, plannedEntry, planTally } from './plan.js';
import { planContext } from './plan-context.js';
import { amendRecords, eachDue } from './records.js';

/** A listing of ours that the next document lacks though nobody excluded it. */
export interface LostListing {
  readonly variantId: number;
  readonly sku: string;
}

/** What the next document changes, under the guards of the channel. */
export async function feedPlan(
  desk: ChannelDesk,
  options: { readonly force?: string },
  lost = 0,
): Promise<PlanSummary> {
  const context = await planContext(desk, options.force ?? null);
  const tally = planTally(context, desk.clock.now());
  const changes = documentChanges(desk.database, context);
  for await (const page of changes) for (const record of page) tally.add(record);
  return tally.summary(lost);
}

/**
 * Everything that makes the next document another one. Single listings that became blocked stay in it as they
 * were last sent; when more of them than the removal guard allows are blocked at once, they are not worked out one by one but count as
 * removals, so that the guard closes and a person looks.
 */
export async function* documentChanges(
  queries: Queries,
  of: {
    readonly channel: string;
    readonly known: number;
    readonly limits: GuardLimits;
  },
): AsyncGenerator<PlanRecord[]> {
  yield* eachDue(queries, of.channel, '9999');
  if (of.known === 0) return;
  const blocked = await queries.get<{ n: number }>(
    `SELECT CAST(COUNT(*) AS bigint) AS n FROM listing WHERE channel = ? AND ${BLOCKED}`,
    [of.channel],
  );
  const many = (blocked?.n ?? 0) > of.known * of.limits.removalShare && of.known >= of.limits.fewListings;
  if (!many) return;
  for await (const page of publishedButBlocked(queries, of.channel))
    yield page.map((record) => ({ ...record, state: 'excluded' as const }));
}

const BLOCKED = "state = 'blocked' AND owned = 1";

async function* publishedButBlocked(queries: Queries, channel: string): AsyncGenerator<PlanRecord[]> {
  for (let after = -1; ; ) {
    const page = await queries.all<PlanRecord>(
      `SELECT * FROM listing WHERE channel = ? AND ${BLOCKED} AND variant_id > ? ORDER BY variant_id LIMIT 2000`,
      [channel, after],
    );
    const last = page[page.length - 1];
    if (!last) return;
    yield page;
    after = last.variant_id;
  }
}

/** Writes on every waiting change why the whole document waits; answers how many there are. */
export async function markKept(desk: ChannelDesk, plan: PlanSummary): Promise<number> {
  const why = plan.holds[0]?.message ?? 'the catalog changed while the document was written';
  await desk.database.run(
    'UPDATE listing SET held = ? WHERE channel = ? AND attention_at IS NOT NULL AND (held IS NULL OR held <> ?)',
    [why, desk.kit.channel.id, why],
  );
  return plan.facts.changes;
}

/** Takes back what earlier rounds wrote about holds; what still holds is written anew. */
export async function clearHolds(desk: ChannelDesk): Promise<void> {
  await desk.database.run('UPDATE listing SET held = NULL WHERE channel = ? AND held IS NOT NULL', [
    desk.kit.channel.id,
  ]);
}

/** Writes on every listing whose price moved too far why it stays as it was; answers how many there are. */
export async function markPriceHolds(desk: ChannelDesk, plan: PlanSummary): Promise<number> {
  if (plan.facts.priceHolds === 0) return 0;
  const channel = desk.kit.channel.id;
  const guarded = { ...plan, limits: desk.guard };
  let marked = 0;
  for await (const page of eachDue(desk.database, channel, '9999')) {
    const held = new Map(
      page.flatMap((record) => {
        const reason = plannedEntry(record, desk.clock.now(), guarded)?.held ?? null;
        return reason === null ? [] : [[record.variant_id, reason] as const];
      }),
    );
    if (held.size === 0) continue;
    marked += held.size;
    await desk.database.transaction((tx) =>
      amendRecords(tx, { channel, variantIds: [...held.keys()] }, (record) => {
        const reason = held.get(record.variant_id) ?? null;
        return record.held === reason ? null : { ...record, held: reason };
      }),
    );
  }
  return marked;
}
