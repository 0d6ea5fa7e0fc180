import type { PendingSubmission, Settlement } from '../../src/channel/connector.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import { blocks } from '../../src/domain/issue.js';
import { type ListingState, verdictIssues, verdictOf } from './listing-state.js';
import type { ListingWork } from './listing-work.js';
import { groupsOf, look } from './look.js';

/**
 * After this long the state Amazon shows is taken as the verdict even when its last change is older than the submission:
 * a submission that changes nothing may leave no trace. Well above the usual processing time of minutes.
 */
const STATE_SPEAKS_AFTER_MS = 30 * 60_000;

/**
 * When the process ended before every call of a submission was made, a SKU that shows no change after this long was most likely never sent. Sending
 * it again is safe: the whole listing is put.
 */
const LOST_AFTER_MS = 10 * 60_000;

/** Smaller differences between Amazon's clock and ours are within the resolution of the `date` header. */
const CLOCKS_AGREE_MS = 2_000;

/** Verdicts arrive within minutes; asked again at a twentieth of the age, within these bounds. */
const ASK_AGAIN = { leastMs: 500, mostMs: 15 * 60_000 } as const;

type Verdict = Settlement['verdicts'][number];
type PendingItem = PendingSubmission['items'][number];

/** Reads back what was submitted. A SKU has its verdict when Amazon changed it after the submission. */
export async function settleListings(work: ListingWork, pending: PendingSubmission): Promise<Settlement> {
  const { items, sentAt } = pending;
  const ageMs = epochMs(work.host.clock.now()) - epochMs(sentAt);
  const verdicts = await readVerdicts(work, items, { sentAt, ageMs, answered: pending.id !== null });
  if (verdicts.length === items.length) return { verdicts };
  const againInMs = Math.min(ASK_AGAIN.mostMs, Math.max(ASK_AGAIN.leastMs, ageMs / 20));
  return { verdicts, againInMs: Math.round(againInMs) };
}

/** The verdicts of those listings that have one; `ageMs`: how long Amazon has had time for them. */
export async function readVerdicts(
  work: ListingWork,
  items: readonly PendingItem[],
  sent: { readonly sentAt: Instant; readonly ageMs: number; readonly answered: boolean },
): Promise<Verdict[]> {
  const states = new Map<string, ListingState>();
  let clockAheadMs = 0;
  for (const group of groupsOf(items.map(({ sku }) => sku))) {
    const { found, at } = await look(work, group);
    for (const state of found) states.set(state.sku, state);
    if (at !== null) clockAheadMs = epochMs(work.host.clock.now()) - at;
  }
  const since = sinceOf(sent.sentAt, clockAheadMs);
  return items.flatMap((item) => verdictFor(item, states.get(item.sku) ?? null, { ...sent, since }) ?? []);
}

/** From when on a change on Amazon's clock follows the submission; `clockAheadMs`: how much ours is ahead of it. Pure. */
export function sinceOf(sentAt: Instant, clockAheadMs: number): number {
  return epochMs(sentAt) - (Math.abs(clockAheadMs) <= CLOCKS_AGREE_MS ? 0 : clockAheadMs + 1_000);
}

/** What is known of a submission when its listings are looked at. */
export interface Sent {
  readonly since: number;
  readonly ageMs: number;
  /** Every call was made; else some may never have been. */
  readonly answered: boolean;
}

/** The verdict of one listing as Amazon shows it; null: none yet. Pure. */
export function verdictFor(item: PendingItem, state: ListingState | null, sent: Sent): Verdict | null {
  const shown = shownVerdict(item, state, sent);
  if (shown !== null || sent.answered || sent.ageMs < LOST_AFTER_MS) return shown;
  return { sku: item.sku, outcome: 'retry', code: 'not_seen' };
}

function shownVerdict(item: PendingItem, state: ListingState | null, sent: Sent): Verdict | null {
  if (item.action === 'remove') return state === null ? { sku: item.sku, outcome: 'removed' } : null;
  if (state === null || state.updatedAtMs === null) return null;
  const changed = state.updatedAtMs >= sent.since;
  if (!changed && !(sent.answered && sent.ageMs >= STATE_SPEAKS_AFTER_MS)) return null;
  if (item.action === 'offer' && hangsInTheAir(state)) return { sku: item.sku, outcome: 'removed' };
  const outcome = outcomeOf(item, state, sent.ageMs);
  if (outcome === null) return null;
  return {
    sku: item.sku,
    outcome,
    issues: item.parent === true ? state.issues : verdictIssues(state),
    ...(state.asin === null ? {} : { externalId: state.asin }),
    ...(state.fulfilledBy === null ? {} : { fulfilledBy: state.fulfilledBy }),
  };
}

/**
 * A parent is there once it has its ASIN: nobody buys it, and without children Amazon may show it to nobody. A new listing has its item
 * before its offer is through, so that not being on sale without a stated reason is no verdict at first. Source: amazon spec 2.7
 * (catalog lag reported from 15 minutes on); verified 2026-11.
 */
function outcomeOf(item: PendingItem, state: ListingState, ageMs: number): 'live' | 'rejected' | null {
  if (blocks(state.issues)) return 'rejected';
  if (item.parent === true) return state.asin === null ? null : 'live';
  const outcome = verdictOf(state);
  const atFirst = item.externalId === null && ageMs < STATE_SPEAKS_AFTER_MS;
  return outcome === 'rejected' && atFirst ? null : outcome;
}

/**
 * Amazon takes an offer for a SKU whose item is gone and shows it to nobody. To the engine the listing was removed behind our
 * back: it is sent again whole. Source: selling-partner-api-docs issue 3748; verified 2026-11.
 */
function hangsInTheAir(state: ListingState): boolean {
  return state.asin === null && !state.buyable;
}
