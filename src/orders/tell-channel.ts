import { randomUUID } from 'node:crypto';
import { answerOrStop } from '../channel/answer-or-stop.js';
import type { OrderPort } from '../channel/order-port.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { OrderMessage, OrderMessageVerdict } from '../domain/order-message.js';
import { raiseException } from './exceptions.js';
import { mayCall } from './may-call.js';
import type { OrderDesk } from './order-desk.js';

/** What a round of telling did. `due` = `accepted` + `rejected` + `handed` + `postponed`. */
export interface Told {
  readonly due: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Taken over by a channel that works later. */
  readonly handed: number;
  readonly postponed: number;
}

interface Row {
  readonly external_id: string;
  readonly reference: string;
  readonly message: string;
  readonly batch: string | null;
  readonly attempts: number;
}

const PER_CALL = 200;
/** What a lost answer leaves behind is told again under the same key after this. */
const LOST_MS = 60_000;

/**
 * Tells the channel what it does not know of its orders: acknowledgements, cancelled units, money given back. A batch keeps its key and its messages
 * until there is an answer, so that the channel, or its connector, can know a repetition.
 */
export async function tellChannel(desk: OrderDesk, signal?: AbortSignal): Promise<Told> {
  const told = { due: 0, accepted: 0, rejected: 0, handed: 0, postponed: 0 };
  const { port } = desk;
  if (!port.tell) return told;
  if (!(await mayCall(desk, 'channel'))) return told;
  await askAbout(desk, port, signal);
  for (const batch of await batches(desk)) {
    signal?.throwIfAborted();
    if (!(await mayCall(desk, 'channel'))) break;
    told.due += batch.rows.length;
    const outcome = await tellBatch(desk, { port, signal }, batch);
    for (const row of batch.rows) told[outcome.get(row) ?? 'postponed'] += 1;
  }
  return told;
}

interface Batch {
  readonly key: string;
  readonly rows: readonly Row[];
}

type Outcome = 'accepted' | 'rejected' | 'handed' | 'postponed';

/** Batches whose answer was lost as they were, then one of what has never been told. */
async function batches(desk: OrderDesk): Promise<readonly Batch[]> {
  const rows = await desk.database.all<Row>(
    `SELECT external_id, reference, message, batch, attempts FROM order_message
     WHERE channel = ? AND state = 'pending' AND (retry_at IS NULL OR retry_at <= ?)
     ORDER BY batch IS NULL, batch, made_at, reference LIMIT ?`,
    [desk.channel, desk.clock.now(), PER_CALL],
  );
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.batch, [...(groups.get(row.batch) ?? []), row]);
  return [...groups].map(([batch, group]) => ({ key: batch ?? randomUUID(), rows: group }));
}

async function tellBatch(
  desk: OrderDesk,
  way: { readonly port: OrderPort; readonly signal: AbortSignal | undefined },
  batch: Batch,
): Promise<ReadonlyMap<Row, Outcome>> {
  await mark(desk, batch, { batch: batch.key, retry_at: plusMs(desk.clock.now(), LOST_MS) });
  const messages = batch.rows.map((row) => JSON.parse(row.message) as OrderMessage);
  try {
    const call = way.port.tell?.(messages, batch.key) ?? Promise.reject(new Error('no way to tell'));
    const { handle, verdicts } = await answerOrStop(call, way.signal);
    const outcome = new Map<Row, Outcome>();
    for (const verdict of verdicts) {
      const row = rowOf(batch, verdict);
      if (row) outcome.set(row, await record(desk, row, verdict));
    }
    const rest = batch.rows.filter((row) => !outcome.has(row));
    if (handle !== null && rest.length > 0) {
      await mark(desk, { key: batch.key, rows: rest }, { state: 'handed', handle });
      for (const row of rest) outcome.set(row, 'handed');
    }
    await desk.callSucceeded('channel');
    return outcome;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await desk.callFailed(error, 'channel');
    const again = error.againInMs ?? backoffMs((batch.rows[0]?.attempts ?? 0) + 1, desk.random());
    const known = error.kind === 'ambiguous' ? {} : { batch: null };
    await mark(desk, batch, { ...known, retry_at: plusMs(desk.clock.now(), Math.ceil(again)) });
    return new Map();
  }
}

function rowOf(batch: Batch, verdict: OrderMessageVerdict): Row | undefined {
  return batch.rows.find(
    (row) => row.reference === verdict.reference && row.external_id === verdict.orderExternalId,
  );
}

/** Asks what became of messages that were handed over. */
async function askAbout(desk: OrderDesk, port: OrderPort, signal?: AbortSignal): Promise<void> {
  const rows = await desk.database.all<Row & { readonly handle: string }>(
    `SELECT external_id, reference, message, batch, attempts, handle FROM order_message WHERE channel = ? AND state = 'handed'
     AND (retry_at IS NULL OR retry_at <= ?) ORDER BY handle, reference`,
    [desk.channel, desk.clock.now()],
  );
  for (const handle of new Set(rows.map((row) => row.handle))) {
    signal?.throwIfAborted();
    const own = { key: handle, rows: rows.filter((row) => row.handle === handle) };
    try {
      const verdicts = await answerOrStop(port.told?.(handle) ?? Promise.resolve(null), signal);
      for (const verdict of verdicts ?? []) {
        const row = rowOf(own, verdict);
        if (row) await record(desk, row, verdict);
      }
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      await desk.callFailed(error, 'channel');
      await mark(desk, own, { retry_at: plusMs(desk.clock.now(), Math.ceil(error.againInMs ?? LOST_MS)) });
      return;
    }
  }
}

async function record(desk: OrderDesk, row: Row, verdict: OrderMessageVerdict): Promise<Outcome> {
  const own = { key: row.batch ?? '', rows: [row] };
  const now = desk.clock.now();
  if (verdict.outcome === 'retry') {
    const wait = Math.ceil(verdict.againInMs ?? backoffMs(row.attempts + 1, desk.random()));
    await mark(desk, own, { state: 'pending', batch: null, handle: null, retry_at: plusMs(now, wait) });
    return 'postponed';
  }
  const issues = verdict.issues === undefined ? null : JSON.stringify(verdict.issues);
  await mark(desk, own, { state: verdict.outcome, issues, retry_at: null });
  if (verdict.outcome === 'rejected') {
    const place = { channel: desk.channel, externalId: row.external_id };
    const said = verdict.issues.map(({ message }) => message).join('; ');
    const { kind } = JSON.parse(row.message) as OrderMessage;
    await desk.database.transaction((tx) =>
      raiseException(
        tx,
        place,
        {
          code: 'message_refused',
          message: `The channel refused to take "${kind}" (${row.reference}): ${said}`,
          advice: 'Do it at the channel by hand, or correct what it names and tell it again.',
        },
        now,
      ),
    );
  }
  return verdict.outcome;
}

const COLUMNS = ['state', 'batch', 'handle', 'retry_at', 'issues'] as const;
type Changes = Partial<Readonly<Record<(typeof COLUMNS)[number], string | null>>>;

async function mark(desk: OrderDesk, batch: Batch, changes: Changes): Promise<void> {
  const columns = COLUMNS.filter((column) => changes[column] !== undefined);
  const references = JSON.stringify(
    batch.rows.map((row) => ({ id: row.external_id, reference: row.reference })),
  );
  const attempt = typeof changes.batch === 'string' ? ', attempts = attempts + 1' : '';
  await desk.database.run(
    `UPDATE order_message SET ${columns.map((column) => `${column} = ?`).join(', ')}, sent_at = ?${attempt}
     WHERE channel = ? AND (external_id, reference) IN (SELECT id, reference FROM ${desk.database.unfold('r', { id: 'text', reference: 'text' })})`,
    [...columns.map((column) => changes[column] ?? null), desk.clock.now(), desk.channel, references],
  );
}
