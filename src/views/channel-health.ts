import type { ReadQueries } from '../db/database.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { OpenProblem } from '../problems/problems.js';
import { BY_PERSON } from '../sync/channel-state.js';
import { sendsNothing, WATCHED } from '../sync/outlet.js';
import type { Ledger } from './ledger.js';

/**
 * Whether a channel keeps its promise: that a change reaches it in time. `needs-you`: nothing moves until a person acts · `catching-up`:
 * behind, but working · `late`: older than promised.
 */
export type HealthWord = 'on-time' | 'catching-up' | 'late' | 'paused' | 'needs-you' | 'not-started';

/** How a channel keeps its promise, with what the word rests on. */
export interface ChannelHealth {
  readonly word: HealthWord;
  /** Why it is not on time, in one machine word: the code of a problem, `changes_held`, `oldest_change`, `not_looked_at`. */
  readonly because: string | null;
  /** Since when a person is waited for, or the oldest change is due; null: nothing waits. */
  readonly since: Instant | null;
  /** A change is promised to be sent after this long. */
  readonly promisedMs: number;
}

/** What the channel sent and heard last; null: never. */
export interface ChannelAges {
  readonly priceSentAt: Instant | null;
  readonly stockSentAt: Instant | null;
  readonly readBackAt: Instant | null;
  /** When a job last looked at the channel, whether something was to do or not. */
  readonly lookedAt: Instant | null;
}

/** What health is worked out from. */
export interface HealthFacts {
  readonly ages: ChannelAges;
  /** The channel was worked out at least once. */
  readonly started: boolean;
  readonly pausedCode: string | null;
  readonly pausedAt: Instant | null;
  /** The earliest instant at which a change not sent yet was due; null: none is. */
  readonly oldestDue: Instant | null;
  readonly ledger: Ledger;
  /** Problems of this channel that a person must act on. */
  readonly problems: readonly Pick<OpenProblem, 'code' | 'severity' | 'since' | 'key'>[];
}

/** What keeps a channel from sending because somebody wants it so. */
const QUIET: readonly string[] = [BY_PERSON, WATCHED];

/** After the gathering window a change is promised to go out within half an hour. */
const PROMISE_MS = 30 * 60_000;
/** Work under way for less than this is no news. */
const AT_ONCE_MS = 5 * 60_000;

/** The health of a channel. `coalesceMs`: how long its changes gather. Pure. */
export function channelHealth(facts: HealthFacts, now: Instant, coalesceMs: number): ChannelHealth {
  const promisedMs = coalesceMs + PROMISE_MS;
  const health = (word: HealthWord, because: string | null, since: Instant | null): ChannelHealth => ({
    word,
    because,
    since,
    promisedMs,
  });
  const stops = facts.problems.find(({ severity, key }) => severity === 'error' && !ofOneOrder(key));
  if (facts.pausedCode !== null && !QUIET.includes(facts.pausedCode))
    return health('needs-you', facts.pausedCode, facts.pausedAt);
  if (facts.pausedCode !== null) return health('paused', facts.pausedCode, facts.pausedAt);
  if (stops !== undefined) return health('needs-you', stops.code, stops.since);
  if (facts.ledger.unaccounted !== 0) return health('needs-you', 'numbers_do_not_add_up', null);
  if (!facts.started) return health('not-started', null, null);
  const { lookedAt } = facts.ages;
  if (lookedAt !== null && epochMs(now) - epochMs(lookedAt) > promisedMs)
    return health('late', 'not_looked_at', lookedAt);
  if (facts.oldestDue === null) return health('on-time', null, null);
  const waitedMs = epochMs(now) - epochMs(facts.oldestDue);
  if (waitedMs > PROMISE_MS) return health('late', 'oldest_change', facts.oldestDue);
  return waitedMs > AT_ONCE_MS
    ? health('catching-up', 'oldest_change', facts.oldestDue)
    : health('on-time', null, facts.oldestDue);
}

/** Orders that wait for a person, or for the shop, do not stop the channel. */
function ofOneOrder(key: string): boolean {
  return /^standing:(order_needs_person|orders_not_placed|late_shipment|unknown_sku|parcel_refused|stock_short):/.test(
    key,
  );
}

interface StateRow {
  readonly computed_seq: number;
  readonly paused_code: string | null;
  readonly sends_at_most: number | null;
  readonly paused_at: Instant | null;
  readonly price_sent_at: Instant | null;
  readonly stock_sent_at: Instant | null;
  readonly observed_at: Instant | null;
  readonly feed_built_at: Instant | null;
}

/** Reads what health is worked out from, less the ledger and the problems. */
export async function healthFacts(
  queries: ReadQueries,
  channel: string,
  now: Instant,
): Promise<Omit<HealthFacts, 'ledger' | 'problems'>> {
  const state = await queries.get<StateRow>(
    `SELECT computed_seq, paused_code, sends_at_most, paused_at, price_sent_at, stock_sent_at, observed_at, feed_built_at
     FROM channel_state WHERE channel = ?`,
    [channel],
  );
  const due = await queries.get<{ at: Instant | null }>(
    `SELECT MIN(attention_at) AS at FROM listing WHERE channel = ? AND attention_at IS NOT NULL AND attention_at <= ? AND word IN ('due', 'removing', 'leaving')`,
    [channel, now],
  );
  const look = await queries.get<{ at: Instant }>(
    "SELECT at FROM run_look WHERE job = 'reconcile' AND run_key = ?",
    [channel],
  );
  return {
    ages: agesOf(state, look?.at ?? null),
    started: (state?.computed_seq ?? 0) > 0,
    pausedCode: state === undefined ? null : sendsNothing(state),
    pausedAt: state?.paused_at ?? null,
    oldestDue: due?.at ?? null,
  };
}

/** A document carries prices and stock alike. */
function agesOf(state: StateRow | undefined, lookedAt: Instant | null): ChannelAges {
  const document = state?.feed_built_at ?? null;
  return {
    priceSentAt: later(state?.price_sent_at ?? null, document),
    stockSentAt: later(state?.stock_sent_at ?? null, document),
    readBackAt: state?.observed_at ?? null,
    lookedAt,
  };
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || (b !== null && b > a) ? b : a;
}

/** The beginning of the last day, for questions that name none. */
export function yesterday(now: Instant): Instant {
  return plusMs(now, -86_400_000);
}
