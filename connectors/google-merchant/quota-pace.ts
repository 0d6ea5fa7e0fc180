import type { Host } from '../../src/channel/connector.js';
import type { TokenBucket } from '../../src/channel/throttle.js';
import { ChannelError } from '../../src/domain/errors.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { failureClass } from './failure-table.js';
import { untilNoonUtc } from './failures.js';
import { wholeList } from './page-walk.js';
import { methodKey, type QuotaGroup, readQuotaGroup } from './quota-groups.js';

/** `urgent`: removals and stock that ran out, and everything that is not a listing; a tenth of every day is kept for it. */
export type Lane = 'urgent' | 'ordinary';

/** A method of a sub-API, as quotas name it. */
export interface Method {
  readonly api: string;
  readonly method: string;
}

/** Keeps calls within the quota groups of the account. */
export interface Pace {
  /** Waits until so many calls may be made. Throws `daily_quota_used` without a call when the day has no room for them. */
  take(use: Method & { readonly calls: number; readonly lane: Lane }): Promise<void>;
  /** How many calls of a method may arrive at once, so that a batch does not break the minute by itself. */
  largestBatch(call: Method): Promise<number>;
  /** Takes note of a failed call, then throws it on. */
  heed(call: Method, error: unknown): never;
  /** Parts of a batch were throttled. */
  throttled(call: Method, facts: { readonly daily: boolean; readonly waitMs: number }): void;
  /** Share of the day's calls that the method's group has used; null: Google names no daily limit. */
  usedShare(call: Method): number | null;
  /** The groups as Google tells them now. */
  groups(): Promise<readonly QuotaGroup[]>;
}

/** What a pace is made of. */
export interface PaceParts {
  readonly host: Host;
  /** The operator's own ceiling per group and minute; null: Google's limits alone. */
  readonly callsPerMinute: number | null;
  readGroups(pageToken: string | null): Promise<JsonObject>;
}

const REREAD_MS = 15 * 60_000;
/** Share of Google's limit per minute we use. */
const SAFETY = 0.8;
/** Pace of methods whose limit Google does not tell. */
const UNTOLD_PER_MINUTE = 1_800;
/** Share of our pace per minute that may come at once: as a rest's savings, and as one batch. Pace and both stay below Google's limit. */
const AT_ONCE = 0.1;
/** Calls at once after a rest: no more than one batch, so that a slower pace is felt at once. */
const LARGEST_BURST = 100;
/** Share of a day's calls kept for removals and stock that ran out. */
const RESERVE = 0.1;
/** Up to this share of a day's calls the minute alone sets the pace; what is left then is spread until the renewal. */
const FREE_SHARE = 0.5;
const SLOWEST_FACTOR = 1 / 16;
const RECOVERY_PER_MINUTE = 0.1;
const LONGEST_PAUSE_MS = 60_000;
const JITTER_MS = 5_000;

interface GroupState {
  readonly name: string;
  perDay: number | null;
  perMinute: number;
  used: number;
  /** Share of the rate used since Google last asked us to slow down. */
  factor: number;
  slowedAtMs: number;
  /** No call before this instant. */
  exhaustedUntilMs: number;
  readonly bucket: TokenBucket;
}

/** A pace that reads the account's quota groups every quarter of an hour and after every quota error (quota v1, verified 2026-11-24). */
export function quotaPace({ host, callsPerMinute, readGroups }: PaceParts): Pace {
  const states = new Map<string, GroupState>();
  const groupByMethod = new Map<string, string>();
  let readAtMs: number | null = null;
  let day = dayOf(host.clock.now());
  let reading: Promise<void> | null = null;

  function stateOf(name: string, perMinute: number | null): GroupState {
    const told = perMinute === null ? UNTOLD_PER_MINUTE : perMinute * SAFETY;
    const limit = Math.min(told, callsPerMinute ?? told);
    const known = states.get(name);
    if (known) {
      known.perMinute = limit;
      return known;
    }
    const made: GroupState = {
      name,
      perDay: null,
      perMinute: limit,
      used: 0,
      factor: 1,
      slowedAtMs: 0,
      exhaustedUntilMs: 0,
      bucket: host.bucket(`quota ${name}`, {
        perSecond: limit / 60,
        burst: Math.min(LARGEST_BURST, atOnce(limit)),
      }),
    };
    states.set(name, made);
    return made;
  }

  /** The group of a method; methods Google lists nowhere share one of our own. */
  function find({ api, method }: Method): GroupState {
    const name = groupByMethod.get(methodKey(api, method));
    return states.get(name ?? OTHERS) ?? stateOf(OTHERS, null);
  }

  async function refresh(): Promise<void> {
    const entries = await wholeList('quotaGroups', readGroups);
    for (const group of entries.map(readQuotaGroup).filter((found) => found !== null)) {
      const state = stateOf(group.name, group.perMinute);
      state.perDay = group.perDay;
      state.used = group.used;
      for (const method of group.methods) groupByMethod.set(method, group.name);
    }
    readAtMs = host.clock.monotonicMs();
  }

  async function keepFresh(): Promise<void> {
    if (day !== dayOf(host.clock.now())) {
      day = dayOf(host.clock.now());
      for (const state of states.values()) state.used = 0;
    }
    if (readAtMs !== null && host.clock.monotonicMs() - readAtMs < REREAD_MS) return;
    reading ??= refresh()
      .catch((error: unknown) => {
        // Without credentials no other call would fare better; anything else only costs us Google's own figures.
        if (!(error instanceof ChannelError) || STOPS.has(error.code)) throw error;
        host.log.warn({ channel: host.channel.id, code: error.code }, 'quota groups could not be read');
        readAtMs = host.clock.monotonicMs();
      })
      .finally(() => {
        reading = null;
      });
    await reading;
  }

  function slow(state: GroupState, daily: boolean, waitMs: number): void {
    readAtMs = null;
    const now = host.clock.now();
    if (daily) {
      state.exhaustedUntilMs = epochMs(now) + untilNoonUtc(now);
      return;
    }
    state.factor = Math.max(SLOWEST_FACTOR, factorNow(state, epochMs(now)) / 2);
    state.slowedAtMs = epochMs(now);
    state.bucket.park(Math.min(waitMs, LONGEST_PAUSE_MS) + Math.random() * JITTER_MS);
  }

  return {
    async take(use) {
      await keepFresh();
      const state = find(use);
      const now = host.clock.now();
      if (!hasRoom(state, use, epochMs(now))) throw dayIsOver(use, untilNoonUtc(now));
      state.bucket.learn(ratePerSecond(state, now));
      state.used += use.calls;
      for (let call = 0; call < use.calls; call++) await state.bucket.take(host.signal);
    },
    async largestBatch(call) {
      await keepFresh();
      return atOnce(find(call).perMinute);
    },
    heed(call, error) {
      if (error instanceof ChannelError && error.kind === 'throttled') {
        slow(find(call), error.code === DAILY.code, error.againInMs ?? LONGEST_PAUSE_MS);
      }
      throw error;
    },
    throttled: (call, { daily, waitMs }) => slow(find(call), daily, waitMs),
    usedShare(call) {
      const { perDay, used } = find(call);
      return perDay === null || perDay === 0 ? null : used / perDay;
    },
    async groups() {
      return (await wholeList('quotaGroups', readGroups))
        .map(readQuotaGroup)
        .filter((found) => found !== null);
    },
  };
}

const OTHERS = 'methods of no group';
const DAILY = failureClass(429, 'daily_quota');
const STOPS: ReadonlySet<string> = new Set(['credentials_refused', 'gcp_not_registered', 'api_not_enabled']);

function atOnce(perMinute: number): number {
  return Math.max(1, Math.floor(perMinute * AT_ONCE));
}

function hasRoom(
  state: GroupState,
  use: { readonly calls: number; readonly lane: Lane },
  nowMs: number,
): boolean {
  if (state.exhaustedUntilMs > nowMs) return false;
  if (state.perDay === null) return true;
  const kept = use.lane === 'urgent' ? 0 : Math.ceil(state.perDay * RESERVE);
  return state.used + use.calls <= state.perDay - kept;
}

/** Calls per second a group may make now. */
function ratePerSecond(state: GroupState, now: Instant): number {
  const byMinute = (state.perMinute / 60) * factorNow(state, epochMs(now));
  if (state.perDay === null || state.used < state.perDay * FREE_SHARE) return byMinute;
  const spread = (state.perDay - state.used) / (untilNoonUtc(now) / 1_000);
  return Math.max(Math.min(byMinute, spread), 1 / 60);
}

function factorNow({ factor, slowedAtMs }: GroupState, nowMs: number): number {
  return Math.min(1, factor + (Math.max(0, nowMs - slowedAtMs) / 60_000) * RECOVERY_PER_MINUTE);
}

function dayIsOver(call: Method, againInMs: number): ChannelError {
  return new ChannelError(`${call.method} waits: its calls of today are used up`, {
    code: DAILY.code,
    kind: DAILY.kind,
    owner: DAILY.owner,
    advice: DAILY.advice,
    againInMs,
  });
}

/** Number of the quota day, which begins at 12:00 UTC. */
function dayOf(now: Instant): number {
  return Math.floor((epochMs(now) - 12 * 3_600_000) / 86_400_000);
}
