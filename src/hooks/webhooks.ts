import { randomBytes, randomUUID } from 'node:crypto';
import type { Sealer } from '../channel/credentials.js';
import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { readUrl } from '../domain/web-address.js';
import { EVENT_KINDS, type EventKind } from './event-kinds.js';

/** An address outside that is told what happens here; never its secret. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Null: every kind, those that come later too. */
  readonly events: readonly EventKind[] | null;
  readonly active: boolean;
  /** Until when the secret before signs too; null: there is one secret. */
  readonly previousUntil: Instant | null;
  readonly createdAt: Instant;
  readonly createdBy: string;
}

interface Row {
  readonly id: string;
  readonly url: string;
  readonly events: string;
  readonly active: number;
  readonly previous_until: Instant | null;
  readonly created_at: Instant;
  readonly created_by: string;
}

const COLUMNS = 'id, url, events, active, previous_until, created_at, created_by';
/** A receiver has a day to learn a new secret. */
const BOTH_MS = 24 * 3_600_000;
const MOST = 50;

/** Every webhook, the oldest first. */
export async function allWebhooks(queries: ReadQueries): Promise<Webhook[]> {
  const rows = await queries.all<Row>(`SELECT ${COLUMNS} FROM webhook ORDER BY created_at, id`);
  return rows.map(webhookOf);
}

/** One webhook. Throws `unknown_webhook`. */
export async function webhookById(queries: ReadQueries, id: string): Promise<Webhook> {
  const row = await queries.get<Row>(`SELECT ${COLUMNS} FROM webhook WHERE id = ?`, [id]);
  if (row !== undefined) return webhookOf(row);
  throw new OperatorError(
    'unknown_webhook',
    `There is no webhook "${id.slice(0, 60)}"`,
    'Look at the list of webhooks.',
  );
}

function webhookOf(row: Row): Webhook {
  const events = row.events === '*' ? null : (row.events.trim().split(' ') as EventKind[]);
  return {
    id: row.id,
    url: row.url,
    events,
    active: row.active === 1,
    previousUntil: row.previous_until,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}

/** What a person says of a webhook. */
export interface WebhookWish {
  readonly url: string;
  /** Null: every kind. */
  readonly events: readonly EventKind[] | null;
}

/** Adds a webhook; what happens from now on is told to it. Answers its secret, which is shown this once. Throws `webhook_url`, `too_many_webhooks`. */
export async function addWebhook(
  tx: Queries,
  wish: WebhookWish,
  by: { readonly by: string; readonly now: Instant; readonly sealer: Sealer },
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  if ((await allWebhooks(tx)).length >= MOST)
    throw new OperatorError('too_many_webhooks', `There are ${MOST} webhooks already`, 'Remove one first.');
  const id = randomUUID();
  const secret = newSecret();
  await tx.run(
    'INSERT INTO webhook (id, url, events, secret_sealed, active, created_at, created_by) VALUES (?, ?, ?, ?, 1, ?, ?)',
    [id, checkedUrl(wish.url), eventsText(wish.events), by.sealer.seal(secret, placeOf(id)), by.now, by.by],
  );
  return { webhook: await webhookById(tx, id), secret };
}

/** Changes address or kinds, or stops and goes on; while it stands still nothing is written down for it. Throws `unknown_webhook`, `webhook_url`. */
export async function changeWebhook(
  tx: Queries,
  id: string,
  changes: Partial<WebhookWish & { readonly active: boolean }>,
): Promise<Webhook> {
  const known = await webhookById(tx, id);
  const { url, events, active } = { ...known, ...changes };
  await tx.run('UPDATE webhook SET url = ?, events = ?, active = ? WHERE id = ?', [
    url === known.url ? url : checkedUrl(url),
    eventsText(events),
    active ? 1 : 0,
    id,
  ]);
  return webhookById(tx, id);
}

/** Removes a webhook with all that waits for it. Throws `unknown_webhook`. */
export async function removeWebhook(tx: Queries, id: string): Promise<Webhook> {
  const known = await webhookById(tx, id);
  await tx.run('DELETE FROM webhook_delivery WHERE webhook = ?', [id]);
  await tx.run('DELETE FROM webhook WHERE id = ?', [id]);
  return known;
}

/** Makes a new secret, shown this once; for a day both sign. Throws `unknown_webhook`. */
export async function rotateSecret(
  tx: Queries,
  id: string,
  by: { readonly now: Instant; readonly sealer: Sealer },
): Promise<string> {
  await webhookById(tx, id);
  const secret = newSecret();
  await tx.run(
    'UPDATE webhook SET previous_sealed = secret_sealed, previous_until = ?, secret_sealed = ? WHERE id = ?',
    [plusMs(by.now, BOTH_MS), by.sealer.seal(secret, placeOf(id)), id],
  );
  return secret;
}

/** The secrets a webhook is signed with, the newest first. Throws `unknown_webhook`, and like `Sealer.open`. */
export async function secretsOf(
  queries: ReadQueries,
  id: string,
  by: { readonly now: Instant; readonly sealer: Sealer },
): Promise<readonly [string, ...string[]]> {
  const row = await queries.get<{
    secret_sealed: string;
    previous_sealed: string | null;
    previous_until: Instant | null;
  }>('SELECT secret_sealed, previous_sealed, previous_until FROM webhook WHERE id = ?', [id]);
  if (row === undefined) await webhookById(queries, id);
  const { secret_sealed = '', previous_sealed = null, previous_until = null } = row ?? {};
  const both = previous_sealed !== null && previous_until !== null && previous_until > by.now;
  return [
    by.sealer.open(secret_sealed, placeOf(id)),
    ...(both ? [by.sealer.open(previous_sealed, placeOf(id))] : []),
  ];
}

/** Base64 behind the prefix, as Standard Webhooks writes secrets. */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

const placeOf = (id: string): string => `webhook.secret:${id}`;

function eventsText(events: readonly EventKind[] | null): string {
  return events === null ? '*' : ` ${EVENT_KINDS.filter((kind) => events.includes(kind)).join(' ')} `;
}

function checkedUrl(text: string): string {
  const url = readUrl(text);
  const good =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '';
  if (good) return url.href;
  throw new OperatorError(
    'webhook_url',
    'This is no address a webhook can go to',
    'Use an https:// address without name and password in it.',
  );
}
