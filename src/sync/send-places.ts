import { answerOrStop } from '../channel/answer-or-stop.js';
import type { PlacePort } from '../channel/side-ports.js';
import type { Queries } from '../db/database.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { PlaceChange, PlaceKind, PlaceReceipt } from '../domain/place.js';
import { revisionOf } from '../domain/revision.js';
import type { ChannelDesk } from './channel-desk.js';
import type { PlaceFacts } from './place-facts.js';

/** What a round of sending stock per place did. `due` = `accepted` + `rejected` + `postponed`. */
export interface PlacesSent {
  readonly due: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly postponed: number;
  /** Why the channel takes no calls now; null: it does. */
  readonly failure: ChannelError | null;
}

interface DueRow {
  readonly sku: string;
  readonly kind: PlaceKind;
  readonly place: string;
  readonly desired: string | null;
  readonly attempts: number;
  readonly external_id: string | null;
}

/** A value of `sent` that equals nothing desired: handed over, answer unknown. */
const UNKNOWN = '?';

/**
 * Sends what differs, for listings that are live. Before each call it is written that something unknown may be there, so that a lost answer
 * is followed by sending again, never by silence.
 */
export async function sendPlaces(
  desk: ChannelDesk,
  port: PlacePort,
  signal?: AbortSignal,
): Promise<PlacesSent> {
  await forgetWithListings(desk);
  let sent: PlacesSent = { due: 0, accepted: 0, rejected: 0, postponed: 0, failure: null };
  for (;;) {
    signal?.throwIfAborted();
    const rows = await dueRows(desk);
    if (rows.length === 0) return sent;
    const done = await sendBatch(desk, { port, signal }, rows);
    sent = {
      due: sent.due + rows.length,
      accepted: sent.accepted + done.accepted,
      rejected: sent.rejected + done.rejected,
      postponed: sent.postponed + done.postponed,
      failure: done.failure,
    };
    if (done.failure !== null) return sent;
  }
}

/** With a listing its places are gone on the channel: they are stated anew when it comes back. */
async function forgetWithListings(desk: ChannelDesk): Promise<void> {
  const channel = desk.kit.channel.id;
  await desk.database.transaction(async (tx) => {
    await tx.run(
      `UPDATE place_stock SET sent = NULL, refused = NULL, due = CASE WHEN desired IS NULL THEN 0 ELSE 1 END
       WHERE channel = ? AND sent IS NOT NULL AND sku IN (SELECT sku FROM listing WHERE channel = ? AND owned = 0 AND verdict = 'removed')`,
      [channel, channel],
    );
    await tx.run('DELETE FROM place_stock WHERE channel = ? AND desired IS NULL AND sent IS NULL', [channel]);
  });
}

function dueRows(desk: ChannelDesk): Promise<DueRow[]> {
  return desk.database.all<DueRow>(
    `SELECT p.sku, p.kind, p.place, p.desired, p.attempts, l.external_id FROM place_stock p
     JOIN variant v ON v.sku = p.sku JOIN listing l ON l.channel = p.channel AND l.variant_id = v.id
     WHERE p.channel = ? AND p.due = 1 AND (p.retry_at IS NULL OR p.retry_at <= ?) AND l.owned = 1 AND l.verdict = 'live'
     ORDER BY p.sku, p.kind, p.place LIMIT ?`,
    [desk.kit.channel.id, desk.clock.now(), desk.kit.connector.limits.batch.items],
  );
}

async function sendBatch(
  desk: ChannelDesk,
  way: { readonly port: PlacePort; readonly signal: AbortSignal | undefined },
  rows: readonly DueRow[],
): Promise<Omit<PlacesSent, 'due'>> {
  await mark(desk, rows);
  const changes = rows.map(changeOf);
  let receipts: readonly PlaceReceipt[] = [];
  let failure: ChannelError | null = null;
  try {
    const key = revisionOf(rows.map(keyAndFacts));
    receipts = await answerOrStop(way.port.submit(changes, key), way.signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    failure = error;
    await desk.channelFailed(error);
  }
  const byKey = new Map(receipts.map((receipt) => [keyOf(receipt), receipt]));
  const counts = { accepted: 0, rejected: 0, postponed: 0 };
  await desk.database.transaction(async (tx) => {
    counts.accepted = 0;
    counts.rejected = 0;
    counts.postponed = 0;
    for (const row of rows)
      counts[await record(tx, desk, { row, receipt: byKey.get(keyOf(row)), failure })] += 1;
  });
  return { ...counts, failure };
}

async function mark(desk: ChannelDesk, rows: readonly DueRow[]): Promise<void> {
  await desk.database.run(
    `UPDATE place_stock SET sent = ?, sent_at = ? WHERE channel = ? AND (sku, kind, place) IN
       (SELECT sku, kind, place FROM ${desk.database.unfold('r', { sku: 'text', kind: 'text', place: 'text' })})`,
    [
      UNKNOWN,
      desk.clock.now(),
      desk.kit.channel.id,
      JSON.stringify(rows.map(({ sku, kind, place }) => ({ sku, kind, place }))),
    ],
  );
}

/** A row that was changed meanwhile stays due: what is written is what was sent, and due is worked out from what is desired now. */
async function record(
  tx: Queries,
  desk: ChannelDesk,
  answer: { row: DueRow; receipt: PlaceReceipt | undefined; failure: ChannelError | null },
): Promise<'accepted' | 'rejected' | 'postponed'> {
  const { row, receipt } = answer;
  const key = [desk.kit.channel.id, row.sku, row.kind, row.place] as const;
  const where = 'WHERE channel = ? AND sku = ? AND kind = ? AND place = ?';
  if (receipt?.outcome === 'accepted') {
    if (row.desired === null) {
      await tx.run(`DELETE FROM place_stock ${where} AND desired IS NULL`, [...key]);
      await tx.run(`UPDATE place_stock SET sent = NULL ${where}`, [...key]);
    } else
      await tx.run(
        `UPDATE place_stock SET sent = ?, refused = NULL, issues = NULL, retry_at = NULL, attempts = 0,
           due = CASE WHEN desired = ? THEN 0 ELSE 1 END ${where}`,
        [row.desired, row.desired, ...key],
      );
    return 'accepted';
  }
  // A refused removal is tried again later: the stock is still shown there.
  if (receipt?.outcome === 'rejected' && row.desired !== null) {
    await tx.run(
      `UPDATE place_stock SET refused = ?, issues = ?, retry_at = NULL, attempts = 0,
         due = CASE WHEN desired = ? THEN 0 ELSE 1 END ${where}`,
      [row.desired, JSON.stringify(receipt.issues), row.desired, ...key],
    );
    return 'rejected';
  }
  const hint =
    receipt?.outcome === 'retry' ? (receipt.againInMs ?? null) : (answer.failure?.againInMs ?? null);
  const attempts = row.attempts + 1;
  await tx.run(`UPDATE place_stock SET retry_at = ?, attempts = ? ${where}`, [
    plusMs(desk.clock.now(), Math.ceil(hint ?? backoffMs(attempts, desk.random()))),
    attempts,
    ...key,
  ]);
  return 'postponed';
}

function changeOf(row: DueRow): PlaceChange {
  const key = { sku: row.sku, externalId: row.external_id, kind: row.kind, place: row.place };
  if (row.desired === null)
    return {
      ...key,
      action: 'remove',
      quantity: null,
      availability: null,
      price: null,
      salePrice: null,
      pickup: null,
    };
  const { quantity, availability, price, pickup } = JSON.parse(row.desired) as PlaceFacts;
  return { ...key, action: 'upsert', quantity, availability, price, salePrice: null, pickup };
}

function keyOf(of: { readonly sku: string; readonly kind: string; readonly place: string }): string {
  return JSON.stringify([of.sku, of.kind, of.place]);
}

function keyAndFacts(row: DueRow): string {
  return `${keyOf(row)}${row.desired ?? ''}`;
}

/** How the stock per place of a channel stands. */
export interface PlaceCounts {
  readonly known: number;
  readonly due: number;
  readonly refused: number;
}

/** Counts the rows of a channel. */
export async function placeCounts(queries: Queries, channel: string): Promise<PlaceCounts> {
  const row = await queries.get<PlaceCounts>(
    `SELECT CAST(COUNT(*) AS bigint) AS known, CAST(COALESCE(SUM(due), 0) AS bigint) AS due,
            CAST(COALESCE(SUM(CASE WHEN refused IS NOT NULL THEN 1 ELSE 0 END), 0) AS bigint) AS refused
     FROM place_stock WHERE channel = ?`,
    [channel],
  );
  return row ?? { known: 0, due: 0, refused: 0 };
}
