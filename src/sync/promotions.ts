import { answerOrStop } from '../channel/answer-or-stop.js';
import type { PromotionPort } from '../channel/side-ports.js';
import type { Queries } from '../db/database.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { JsonValue } from '../domain/json.js';
import type { Promotion, PromotionChange, PromotionReceipt } from '../domain/promotion.js';
import { revisionOf } from '../domain/revision.js';
import type { ChannelDesk } from './channel-desk.js';
import { sendsNothingTo } from './outlet.js';

/** What a round of promotions did. `due` = `accepted` + `ended` + `rejected` + `postponed`. */
export interface PromotionsSent {
  readonly wanted: number;
  readonly due: number;
  readonly accepted: number;
  readonly ended: number;
  readonly rejected: number;
  readonly postponed: number;
  readonly failure: ChannelError | null;
}

interface PromotionRow {
  readonly id: string;
  readonly body: string;
  readonly revision: string;
  readonly wanted: number;
  readonly sent_revision: string | null;
  readonly attempts: number;
}

const ENDED = 'ended';
const PER_CALL = 50;

/**
 * Brings a channel's promotions in step with the merchant's file: what changed is sent, what is no longer there is ended, once. `promotions`
 * is the whole file: a file that cannot be read must not come here. Null: the channel takes none, or is paused.
 */
export async function syncPromotions(
  desk: ChannelDesk,
  promotions: readonly Promotion[],
  signal?: AbortSignal,
): Promise<PromotionsSent | null> {
  const port = desk.open.promotions;
  const channel = desk.kit.channel.id;
  if (!port || (await sendsNothingTo(desk.database, channel)) !== null) return null;
  await desk.database.transaction((tx) => keepWanted(tx, channel, promotions));
  const sent = { wanted: promotions.length, due: 0, accepted: 0, ended: 0, rejected: 0, postponed: 0 };
  for (;;) {
    signal?.throwIfAborted();
    const rows = await dueRows(desk);
    if (rows.length === 0) break;
    const done = await sendBatch(desk, { port, signal }, rows);
    sent.due += rows.length;
    for (const outcome of ['accepted', 'ended', 'rejected', 'postponed'] as const)
      sent[outcome] += done.counts[outcome];
    if (done.failure !== null) return { ...sent, failure: done.failure };
  }
  const failure = await readStatuses(desk, port);
  return { ...sent, failure };
}

async function keepWanted(tx: Queries, channel: string, promotions: readonly Promotion[]): Promise<void> {
  const rows = promotions.map((promotion) => ({
    id: promotion.id,
    body: JSON.stringify(promotion),
    revision: revisionOf(promotion as unknown as JsonValue),
  }));
  const columns = { id: 'text', body: 'text', revision: 'text' } as const;
  const list = JSON.stringify(rows);
  await tx.run(
    `UPDATE promotion SET wanted = 0, retry_at = NULL WHERE channel = ? AND wanted = 1 AND id NOT IN (SELECT id FROM ${tx.unfold('r', { id: 'text' })})`,
    [channel, list],
  );
  await tx.run('DELETE FROM promotion WHERE channel = ? AND wanted = 0 AND sent_revision IS NULL', [channel]);
  await tx.run(
    `INSERT INTO promotion (channel, id, body, revision, wanted) SELECT CAST(? AS text), r.id, r.body, r.revision, 1 FROM ${tx.unfold('r', columns)} WHERE true
     ON CONFLICT (channel, id) DO UPDATE SET body = excluded.body, wanted = 1, revision = excluded.revision,
       retry_at = CASE WHEN promotion.revision = excluded.revision THEN promotion.retry_at ELSE NULL END`,
    [channel, list],
  );
}

/** What is over by its own dates is not sent any more: the channel ends it by them. */
async function dueRows(desk: ChannelDesk): Promise<PromotionRow[]> {
  const now = desk.clock.now();
  const rows = await desk.database.all<PromotionRow>(
    `SELECT id, body, revision, wanted, sent_revision, attempts FROM promotion
     WHERE channel = ? AND (retry_at IS NULL OR retry_at <= ?)
       AND ((wanted = 1 AND (sent_revision IS NULL OR sent_revision <> revision)) OR (wanted = 0 AND sent_revision <> ?))
     ORDER BY id`,
    [desk.kit.channel.id, now, ENDED],
  );
  return rows.filter((row) => (JSON.parse(row.body) as Promotion).endsAt > now).slice(0, PER_CALL);
}

interface Sent {
  readonly counts: Record<'accepted' | 'ended' | 'rejected' | 'postponed', number>;
  readonly failure: ChannelError | null;
}

async function sendBatch(
  desk: ChannelDesk,
  way: { readonly port: PromotionPort; readonly signal: AbortSignal | undefined },
  rows: readonly PromotionRow[],
): Promise<Sent> {
  const changes = rows.map(
    (row): PromotionChange => ({
      action: row.wanted === 1 ? 'upsert' : 'end',
      promotion: JSON.parse(row.body) as Promotion,
    }),
  );
  await markUnknown(desk, rows);
  let receipts: readonly PromotionReceipt[] = [];
  let failure: ChannelError | null = null;
  try {
    const key = revisionOf(changes as unknown as JsonValue);
    receipts = await answerOrStop(way.port.submit(changes, key), way.signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    failure = error;
    await desk.channelFailed(error);
  }
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const counts = { accepted: 0, ended: 0, rejected: 0, postponed: 0 };
  for (const row of rows) counts[await record(desk, row, { receipt: byId.get(row.id), failure })] += 1;
  return { counts, failure };
}

/** Written before the call: something of ours may be there from now on, which of its revisions is not known until the answer. */
async function markUnknown(desk: ChannelDesk, rows: readonly PromotionRow[]): Promise<void> {
  await desk.database.run(
    `UPDATE promotion SET sent_revision = 'unknown' WHERE channel = ? AND id IN (SELECT id FROM ${desk.database.unfold('r', { id: 'text' })})`,
    [desk.kit.channel.id, JSON.stringify(rows.map(({ id }) => ({ id })))],
  );
}

async function record(
  desk: ChannelDesk,
  row: PromotionRow,
  answer: { readonly receipt: PromotionReceipt | undefined; readonly failure: ChannelError | null },
): Promise<keyof Sent['counts']> {
  const { receipt } = answer;
  const now = desk.clock.now();
  const key = [desk.kit.channel.id, row.id] as const;
  if (receipt === undefined || receipt.outcome === 'retry') {
    const attempts = row.attempts + 1;
    const hint = receipt?.againInMs ?? answer.failure?.againInMs ?? backoffMs(attempts, desk.random());
    await desk.database.run('UPDATE promotion SET retry_at = ?, attempts = ? WHERE channel = ? AND id = ?', [
      plusMs(now, Math.ceil(hint)),
      attempts,
      ...key,
    ]);
    return 'postponed';
  }
  const rejected = receipt.outcome === 'rejected';
  const over = row.wanted === 0;
  await desk.database.run(
    `UPDATE promotion SET sent_revision = ?, sent_at = ?, state = ?, issues = ?, retry_at = NULL, attempts = 0 WHERE channel = ? AND id = ?`,
    [
      over ? ENDED : row.revision,
      now,
      rejected ? 'rejected' : over ? 'ended' : 'pending',
      rejected ? JSON.stringify(receipt.issues) : null,
      ...key,
    ],
  );
  return rejected ? 'rejected' : over ? 'ended' : 'accepted';
}

/** What the channel made of promotions that are not over. A failed read concludes nothing. */
async function readStatuses(desk: ChannelDesk, port: PromotionPort): Promise<ChannelError | null> {
  if (!port.statuses) return null;
  const rows = await desk.database.all<PromotionRow>(
    "SELECT id, body FROM promotion WHERE channel = ? AND wanted = 1 AND sent_revision = revision AND state <> 'rejected' ORDER BY id",
    [desk.kit.channel.id],
  );
  if (rows.length === 0) return null;
  try {
    const statuses = await port.statuses(rows.map((row) => JSON.parse(row.body) as Promotion));
    for (const { id, state, issues } of statuses)
      await desk.database.run(
        'UPDATE promotion SET state = ?, issues = ? WHERE channel = ? AND id = ? AND sent_revision = revision',
        [state, issues.length === 0 ? null : JSON.stringify(issues), desk.kit.channel.id, id],
      );
    return null;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.channelFailed(error);
    return error;
  }
}

/** How one promotion stands at a channel. */
export interface PromotionFact {
  readonly id: string;
  /** `waiting`: not sent yet. */
  readonly state: string;
  readonly issues: readonly Issue[];
}

/** The promotions of a channel, by id. */
export async function promotionFacts(queries: Queries, channel: string): Promise<PromotionFact[]> {
  const rows = await queries.all<{ id: string; state: string | null; issues: string | null }>(
    'SELECT id, state, issues FROM promotion WHERE channel = ? AND wanted = 1 ORDER BY id LIMIT 1000',
    [channel],
  );
  return rows.map(({ id, state, issues }) => ({
    id,
    state: state ?? 'waiting',
    issues: issues === null ? [] : (JSON.parse(issues) as Issue[]),
  }));
}
