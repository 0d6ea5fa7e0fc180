import type { Sealer } from '../channel/credentials.js';
import type { Database } from '../db/database.js';
import { hookHeaders } from '../domain/hook-signature.js';
import { type Clock, epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import { type HookAnswer, type HookRules, postHook } from './post-hook.js';
import { secretsOf, webhookById } from './webhooks.js';

/** What telling webhooks needs. */
export interface HookDesk {
  readonly database: Database;
  readonly clock: Clock;
  readonly sealer: () => Promise<Sealer>;
  readonly rules: Omit<HookRules, 'signal'>;
  /** Where jitter comes from, in [0, 1). */
  random(): number;
}

/** What a round did. `due` = `delivered` + `again` + `dead`; what a failing receiver keeps back is not due. */
export interface HooksTold {
  readonly due: number;
  readonly delivered: number;
  readonly again: number;
  readonly dead: number;
  /** When there is something to tell next; null: nothing waits. */
  readonly nextAt: Instant | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How long it is waited after each attempt: three days altogether, then a person looks. */
const PATIENCE_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;
/** A receiver that failed is left alone this long. */
const REST_MS = MINUTE_MS;
/** So many of one webhook in a round, one after the other. */
const PER_WEBHOOK = 50;
/** The receiver says that nobody will ever take this again. */
const GONE = 410;

/**
 * Tells every webhook what waits for it: at least once, each event under an id that stays the same, in the order in which things happened as
 * long as nothing fails. Webhooks are told side by side, so that a slow one keeps nobody waiting; one that fails is left alone for a
 * minute. Never throws for what receivers do.
 */
export async function deliverHooks(desk: HookDesk, signal: AbortSignal): Promise<HooksTold> {
  const now = desk.clock.now();
  const waiting = await desk.database.all<{ webhook: string }>(
    `SELECT DISTINCT d.webhook FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook
     WHERE d.state = 'waiting' AND d.next_at <= ? AND w.active = 1 ORDER BY d.webhook`,
    [now],
  );
  const told = await Promise.all(waiting.map(({ webhook }) => tellOne(desk, webhook, signal)));
  const sum = { due: 0, delivered: 0, again: 0, dead: 0 };
  for (const outcome of told.flat()) {
    sum.due += 1;
    sum[outcome] += 1;
  }
  return { ...sum, nextAt: await nextDelivery(desk.database) };
}

/** When the next delivery is due; null: nothing waits. */
async function nextDelivery(database: Database): Promise<Instant | null> {
  const row = await database.get<{ at: Instant | null }>(
    "SELECT MIN(d.next_at) AS at FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook WHERE d.state = 'waiting' AND w.active = 1",
  );
  return row?.at ?? null;
}

type Outcome = 'delivered' | 'again' | 'dead';

interface DueRow {
  readonly event: number;
  readonly attempts: number;
  readonly kind: string;
  readonly channel: string | null;
  readonly subject: string;
  readonly facts: string;
  readonly at: Instant;
}

async function tellOne(desk: HookDesk, webhook: string, signal: AbortSignal): Promise<readonly Outcome[]> {
  const { database, clock } = desk;
  const rows = await database.all<DueRow>(
    `SELECT d.event, d.attempts, e.kind, e.channel, e.subject, e.facts, e.at FROM webhook_delivery d JOIN house_event e ON e.number = d.event
     WHERE d.webhook = ? AND d.state = 'waiting' AND d.next_at <= ? ORDER BY d.event LIMIT ?`,
    [webhook, clock.now(), PER_WEBHOOK],
  );
  const outcomes: Outcome[] = [];
  for (const row of rows) {
    signal.throwIfAborted();
    const answer = await sendTo(desk, webhook, messageOf(row), signal);
    const outcome = await settle(desk, webhook, row, answer);
    outcomes.push(outcome);
    if (outcome === 'delivered') continue;
    await rest(desk, webhook);
    break;
  }
  return outcomes;
}

interface Message {
  readonly id: string;
  readonly body: string;
}

/** What a receiver reads: thin, so that it asks the API for what is true by then. */
function messageOf({ event, kind, channel, subject, facts, at }: DueRow): Message {
  const data = { channel, subject, ...(JSON.parse(facts) as JsonObject) };
  return { id: `evt_${event}`, body: JSON.stringify({ type: kind, timestamp: at, data }) };
}

async function sendTo(
  desk: HookDesk,
  webhook: string,
  message: Message,
  signal: AbortSignal,
): Promise<HookAnswer> {
  const { database, clock } = desk;
  const { url } = await webhookById(database, webhook);
  const now = clock.now();
  const secrets = await secretsOf(database, webhook, { now, sealer: await desk.sealer() });
  const headers = hookHeaders({ ...message, at: now }, ...secrets);
  return postHook(url, { body: message.body, headers }, { ...desk.rules, signal });
}

async function settle(desk: HookDesk, webhook: string, row: DueRow, answer: HookAnswer): Promise<Outcome> {
  const now = desk.clock.now();
  const attempts = row.attempts + 1;
  const status = 'status' in answer ? answer.status : null;
  const failure = 'failure' in answer ? answer.failure : status !== null && isGood(status) ? null : 'refused';
  const waitMs = PATIENCE_MS[attempts - 1];
  const outcome: Outcome =
    failure === null ? 'delivered' : waitMs === undefined || status === GONE ? 'dead' : 'again';
  // Between a half and one and a half of it, so that many that failed together do not come back together.
  const nextAt = outcome === 'again' ? plusMs(now, Math.round((waitMs ?? 0) * (0.5 + desk.random()))) : now;
  await desk.database.run(
    `UPDATE webhook_delivery SET state = ?, attempts = ?, next_at = ?, status = ?, failure = ?, done_at = ?
     WHERE webhook = ? AND event = ? AND state = 'waiting'`,
    [
      outcome === 'again' ? 'waiting' : outcome,
      attempts,
      nextAt,
      status,
      failure,
      outcome === 'again' ? null : now,
      webhook,
      row.event,
    ],
  );
  return outcome;
}

/** A receiver that failed is tried with what else waits for it, but not at once: it may be down, or only this message may be to blame. */
async function rest({ database, clock }: HookDesk, webhook: string): Promise<void> {
  const until = plusMs(clock.now(), REST_MS);
  await database.run(
    "UPDATE webhook_delivery SET next_at = ? WHERE webhook = ? AND state = 'waiting' AND next_at < ?",
    [until, webhook, until],
  );
}

function isGood(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Sends a message of no event, to see whether a webhook is reached; nothing is written down. Throws `unknown_webhook`. */
export async function pingHook(desk: HookDesk, webhook: string, signal: AbortSignal): Promise<HookAnswer> {
  const at = desk.clock.now();
  const body = JSON.stringify({ type: 'ping', timestamp: at, data: {} });
  return sendTo(desk, webhook, { id: `ping_${epochMs(at)}`, body }, signal);
}
