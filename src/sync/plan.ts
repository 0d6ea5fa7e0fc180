import { createHash } from 'node:crypto';
import type { ListingAction } from '../channel/connector.js';
import type { Instant } from '../domain/instant.js';
import {
  type GuardFacts,
  type GuardLimits,
  guard,
  type Hold,
  pricesHold,
  readStoredPrices,
} from './guard.js';
import type { ListingRecord } from './listing-record.js';
import { type StepRecord, step } from './step.js';

/** The columns a plan looks at. */
export type PlanRecord = StepRecord &
  Pick<ListingRecord, 'variant_id' | 'sku' | 'price' | 'urgent' | 'sent_price'>;

/** One change that is due. `held`: a guard keeps it back, and why. */
export interface PlanEntry {
  readonly variantId: number;
  readonly sku: string;
  readonly action: ListingAction;
  /** `create` when the channel does not have it yet. */
  readonly change: 'create' | 'update' | 'offer' | 'remove';
  readonly why: string;
  readonly urgent: boolean;
  readonly revision: string;
  readonly held: string | null;
}

/** Counts over the whole channel that the records that are due do not tell. */
export interface PlanContext {
  readonly channel: string;
  readonly known: number;
  readonly desired: number;
  readonly limits: GuardLimits;
  /** A checksum an operator let through: the guards are open for the plan that has it. */
  readonly released: string | null;
}

/** What all changes that are due amount to, and which guards close. Small, however many changes there are. */
export interface PlanSummary {
  readonly channel: string;
  readonly facts: GuardFacts;
  readonly holds: readonly Hold[];
  /** What must be given back to let held changes through. Same changes, same checksum. */
  readonly checksum: string;
  /** True when an operator released this very plan. */
  readonly released: boolean;
}

/** A plan with its entries, for people. */
export interface PublishPlan extends PlanSummary {
  /** Urgent ones first, then by SKU. */
  readonly entries: readonly PlanEntry[];
}

/**
 * Folds due records into a summary without keeping them. Records must come in the order of their variant ids. `lost`: removals that no record is
 * due for (a document lacks them); the guard weighs them, the checksum does not know them.
 */
export function planTally(
  context: PlanContext,
  now: Instant,
): { add(record: PlanRecord): void; summary(lost?: number): PlanSummary } {
  const hash = createHash('sha256').update(context.channel);
  let removals = 0;
  let changes = 0;
  let priceHolds = 0;
  return {
    add(record) {
      const entry = entryOf(record, now, context.limits);
      if (!entry) return;
      changes += 1;
      if (entry.action === 'remove') removals += 1;
      if (entry.held !== null) priceHolds += 1;
      hash.update(`\n${entry.action} ${entry.sku} ${entry.revision}`);
    },
    summary(lost = 0) {
      const checksum = hash.digest('hex').slice(0, 16);
      const facts = {
        known: context.known,
        desired: context.desired,
        removals: removals + lost,
        changes: changes + lost,
        priceHolds,
      };
      const released = context.released === checksum;
      return {
        channel: context.channel,
        facts,
        checksum,
        released,
        holds: released ? [] : guard(facts, context.limits),
      };
    },
  };
}

/** The entry of a record under a plan's guards, or null when nothing is due. Pure. */
export function plannedEntry(
  record: PlanRecord,
  now: Instant,
  plan: PlanSummary & { readonly limits: GuardLimits },
): PlanEntry | null {
  const entry = entryOf(record, now, plan.limits);
  if (!entry) return null;
  if (plan.released) return { ...entry, held: null };
  const hold = plan.holds.find((closed) => closed.holds === 'everything' || entry.action === 'remove');
  return hold ? { ...entry, held: hold.message } : entry;
}

/** Plans records that fit in memory. Pure: sorted, with checksum, the guards applied. */
export function planOf(records: readonly PlanRecord[], now: Instant, context: PlanContext): PublishPlan {
  const inOrder = [...records].sort((a, b) => a.variant_id - b.variant_id);
  const tally = planTally(context, now);
  for (const record of inOrder) tally.add(record);
  const summary = tally.summary();
  const entries = inOrder.flatMap(
    (record) => plannedEntry(record, now, { ...summary, limits: context.limits }) ?? [],
  );
  return { ...summary, entries: entries.sort(byUrgencyAndSku) };
}

function byUrgencyAndSku(a: PlanEntry, b: PlanEntry): number {
  return Number(b.urgent) - Number(a.urgent) || (a.sku < b.sku ? -1 : Number(a.sku > b.sku));
}

function entryOf(record: PlanRecord, now: Instant, limits: GuardLimits): PlanEntry | null {
  const decided = step(record, now);
  if (decided.do === 'wait' || decided.do === 'settled') return null;
  const removing = decided.do === 'remove';
  return {
    variantId: record.variant_id,
    sku: record.sku,
    action: decided.do,
    change: decided.do === 'upsert' ? (record.owned === 1 ? 'update' : 'create') : decided.do,
    why: decided.why,
    urgent: record.urgent === 1,
    revision: `${record.content_rev ?? ''}/${record.offer_rev ?? ''}`,
    held: removing
      ? null
      : pricesHold(readStoredPrices(record.sent_price), readStoredPrices(record.price), limits),
  };
}
