import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { webhookById } from './webhooks.js';

/** How one event stands with one webhook. */
export interface Delivery {
  /** Number of the event; `evt_` before it is the id the receiver sees. */
  readonly event: number;
  readonly kind: string;
  readonly channel: string | null;
  readonly subject: string;
  readonly at: Instant;
  readonly state: 'waiting' | 'delivered' | 'dead';
  readonly attempts: number;
  /** Null: at once, or never again. */
  readonly nextAt: Instant | null;
  readonly status: number | null;
  readonly failure: string | null;
  readonly doneAt: Instant | null;
}

interface Row extends Omit<Delivery, 'nextAt' | 'doneAt'> {
  readonly next_at: string;
  readonly done_at: Instant | null;
}

/** Deliveries of a webhook, the newest event first; `before`: only events with a smaller number. */
export async function listDeliveries(
  queries: ReadQueries,
  webhook: string,
  page: { readonly state: Delivery['state'] | null; readonly before: number | null; readonly limit: number },
): Promise<readonly Delivery[]> {
  const { state, before, limit } = page;
  const rows = await queries.all<Row>(
    `SELECT d.event, e.kind, e.channel, e.subject, e.at, d.state, d.attempts, d.next_at, d.status, d.failure, d.done_at
     FROM webhook_delivery d JOIN house_event e ON e.number = d.event
     WHERE d.webhook = ? AND d.event < CAST(? AS bigint) AND (CAST(? AS text) IS NULL OR d.state = ?) ORDER BY d.event DESC LIMIT ?`,
    [webhook, before ?? Number.MAX_SAFE_INTEGER, state, state, limit],
  );
  return rows.map(({ next_at, done_at, ...row }) => ({
    ...row,
    event: Number(row.event),
    nextAt: row.state === 'waiting' && next_at !== '' ? next_at : null,
    doneAt: done_at,
  }));
}

/** Has one event told again, delivered or not, with all attempts anew. Throws `unknown_webhook`, `unknown_delivery`. */
export async function replayOne(tx: Queries, webhook: string, event: number): Promise<void> {
  await webhookById(tx, webhook);
  const changed = await tx.run(`UPDATE webhook_delivery SET ${AGAIN} WHERE webhook = ? AND event = ?`, [
    webhook,
    event,
  ]);
  if (changed === 0)
    throw new OperatorError(
      'unknown_delivery',
      `This webhook was not to be told of event ${event}`,
      'Look at the list of its deliveries.',
    );
}

/**
 * Has everything since an instant told again, and for the first time what happened before the webhook was there or while it stood still. Answers
 * how many events. Throws `unknown_webhook`.
 */
export async function replaySince(tx: Queries, webhook: string, since: Instant): Promise<number> {
  await webhookById(tx, webhook);
  await tx.run(
    `INSERT INTO webhook_delivery (webhook, event, state, attempts, next_at)
     SELECT w.id, e.number, 'waiting', 0, '' FROM house_event e JOIN webhook w ON w.id = ?
     WHERE e.at >= ? AND (w.events = '*' OR w.events LIKE '% ' || e.kind || ' %')
     ON CONFLICT (webhook, event) DO NOTHING`,
    [webhook, since],
  );
  return tx.run(
    `UPDATE webhook_delivery SET ${AGAIN} WHERE webhook = ? AND event IN (SELECT number FROM house_event WHERE at >= ?)`,
    [webhook, since],
  );
}

const AGAIN = "state = 'waiting', attempts = 0, next_at = '', status = NULL, failure = NULL, done_at = NULL";

const KEEP_MS = 30 * 86_400_000;

/** Forgets events of more than a month ago with what became of them. Answers how many. */
export async function forgetOldEvents(tx: Queries, now: Instant): Promise<number> {
  const before = plusMs(now, -KEEP_MS);
  await tx.run('DELETE FROM webhook_delivery WHERE event IN (SELECT number FROM house_event WHERE at < ?)', [
    before,
  ]);
  return tx.run('DELETE FROM house_event WHERE at < ?', [before]);
}
