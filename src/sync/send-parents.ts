import { randomUUID } from 'node:crypto';
import { answerOrStop } from '../channel/answer-or-stop.js';
import type { ListingChange, ListingPort, Receipt, Submission } from '../channel/connector.js';
import { backoffMs } from '../domain/backoff.js';
import { ChannelError } from '../domain/errors.js';
import { plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import { type Desired, finishListing } from './desired.js';
import { FAMILY_COLUMNS, type FamilyRow, UNKNOWN } from './family-rows.js';

interface Ready {
  readonly row: FamilyRow;
  readonly change: ListingChange;
}

const IN_USE = `EXISTS (SELECT 1 FROM family_member m WHERE m.channel = family.channel AND m.parent = family.sku)`;
const LINKED = `EXISTS (SELECT 1 FROM family_member m WHERE m.channel = family.channel AND (m.linked = family.sku OR m.sent_link = family.sku))`;
const OCCUPIED = `(${IN_USE} OR ${LINKED})`;

/**
 * Sends parents that are new or changed and removes those nothing is left under. Each is checked like a listing first; what fails
 * is refused here and tells why. Answers how many were handed over. Throws what stops the channel.
 */
export async function sendParents(
  desk: ChannelDesk,
  port: ListingPort,
  signal: AbortSignal | undefined,
): Promise<number> {
  let sent = 0;
  for (let after = ''; ; ) {
    signal?.throwIfAborted();
    const rows = await dueRows(desk, after);
    const last = rows.at(-1);
    if (last === undefined) return sent;
    after = last.sku;
    const ready: Ready[] = [];
    for (const row of rows) {
      const checked = await prepare(desk, row);
      if ('change' in checked) ready.push({ row, change: checked.change });
      else await refuse(desk, row, checked.issues);
    }
    if (ready.length > 0) sent += await submit(desk, { port, signal }, ready);
  }
}

async function dueRows(
  desk: ChannelDesk,
  after: string,
): Promise<(FamilyRow & { readonly wanted: number })[]> {
  return desk.database.all(
    `SELECT ${FAMILY_COLUMNS}, CASE WHEN ${IN_USE} THEN 1 ELSE 0 END AS wanted FROM family
     WHERE channel = ? AND sku > ? AND submission IS NULL AND foreign_owned = 0 AND (look_at IS NULL OR look_at <= ?) AND (
       (${IN_USE} AND (sent_revision IS NULL OR sent_revision <> revision) AND (refused IS NULL OR refused <> revision || ?))
       OR (sent_revision IS NOT NULL AND NOT ${OCCUPIED}))
     ORDER BY sku LIMIT ?`,
    [desk.kit.channel.id, after, desk.clock.now(), rulesOf(desk), desk.kit.connector.limits.batch.items],
  );
}

/** With other rules a refused parent is tried again. */
function rulesOf(desk: ChannelDesk): string {
  return `/${desk.kit.revision}`;
}

async function prepare(
  desk: ChannelDesk,
  row: FamilyRow & { readonly wanted: number },
): Promise<{ readonly change: ListingChange } | { readonly issues: readonly Issue[] }> {
  const removal = { sku: row.sku, externalId: row.external_id, kind: row.kind, version: 1 };
  if (row.wanted === 0) return { change: { ...removal, action: 'remove', attributes: {} } };
  const taken = await desk.database.get<{ sku: string }>('SELECT sku FROM variant WHERE sku = ?', [row.sku]);
  if (taken !== undefined) return { issues: [skuTaken(row.sku)] };
  const desired = await parentListing(desk, row);
  if (desired.state !== 'listed') return { issues: desired.state === 'blocked' ? desired.issues : [] };
  return { change: { ...removal, action: 'upsert', attributes: desired.attributes } };
}

async function parentListing(desk: ChannelDesk, row: FamilyRow): Promise<Desired> {
  const attributes = JSON.parse(row.attributes) as JsonObject;
  const mapped = { state: 'mapped', kind: row.kind, attributes, issues: [], notes: [] } as const;
  const view = { kit: desk.kit, now: desk.clock.now(), sku: row.sku };
  return finishListing(mapped, await desk.kit.schemaFor(mapped), view);
}

function skuTaken(sku: string): Issue {
  return {
    severity: 'error',
    code: 'parent_sku_taken',
    origin: 'ours',
    message: `${sku} is the SKU of a variant.`,
    advice:
      'Let the mapping give the parent a name of its own, for example with something behind the product’s id.',
  };
}

async function refuse(desk: ChannelDesk, row: FamilyRow, issues: readonly Issue[]): Promise<void> {
  await desk.database.run(
    'UPDATE family SET refused = ?, issues = ?, look_at = NULL WHERE channel = ? AND sku = ?',
    [`${row.revision}${rulesOf(desk)}`, JSON.stringify(issues), desk.kit.channel.id, row.sku],
  );
}

async function submit(
  desk: ChannelDesk,
  way: { readonly port: ListingPort; readonly signal: AbortSignal | undefined },
  ready: readonly Ready[],
): Promise<number> {
  const key = randomUUID();
  await markUnknown(desk, key, ready);
  let answer: Submission;
  try {
    const changes = ready.map(({ change }) => change);
    answer = await answerOrStop(way.port.submit(changes, key), way.signal);
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    for (const { row } of ready) await postpone(desk, row, error.againInMs);
    throw error;
  }
  const bySku = new Map<string, Receipt>(answer.receipts.map((receipt) => [receipt.sku, receipt]));
  for (const each of ready) await record(desk, each, bySku.get(each.row.sku));
  return ready.length;
}

/** Written before the call: something of ours may be there from now on, which revision is not known until the answer. */
async function markUnknown(desk: ChannelDesk, key: string, ready: readonly Ready[]): Promise<void> {
  const now = desk.clock.now();
  await desk.database.run(
    `UPDATE family SET sent_action = r.action, sent_revision = ?, sent_at = ?, submission = ?, look_at = ?, looks = 0
     FROM ${desk.database.unfold('r', { sku: 'text', action: 'text' })} WHERE family.channel = ? AND family.sku = r.sku`,
    [
      UNKNOWN,
      now,
      key,
      plusMs(now, desk.settleAfterMs),
      JSON.stringify(ready.map(({ row, change }) => ({ sku: row.sku, action: change.action }))),
      desk.kit.channel.id,
    ],
  );
}

/** Certainly not applied, or not known: it is sent again, which is safe. */
async function postpone(desk: ChannelDesk, row: FamilyRow, hintMs: number | null): Promise<void> {
  const attempts = row.attempts + 1;
  const delay = hintMs ?? backoffMs(attempts, desk.random());
  await desk.database.run(
    'UPDATE family SET submission = NULL, attempts = ?, look_at = ? WHERE channel = ? AND sku = ?',
    [attempts, plusMs(desk.clock.now(), Math.ceil(delay)), desk.kit.channel.id, row.sku],
  );
}

async function record(
  desk: ChannelDesk,
  { row, change }: Ready,
  receipt: Receipt | undefined,
): Promise<void> {
  if (receipt === undefined || receipt.outcome === 'retry' || receipt.outcome === 'ambiguous')
    return postpone(desk, row, receipt?.outcome === 'retry' ? (receipt.againInMs ?? null) : null);
  const action = change.action === 'remove' ? 'remove' : 'upsert';
  const before = row.sent_revision === null && receipt.outcome === 'rejected' ? null : row.revision;
  await recordParent(desk, { row, action, revision: row.revision, before }, receipt);
}

/** A parent that was handed over. */
export interface SentParent {
  readonly row: FamilyRow;
  readonly action: 'upsert' | 'remove';
  /** What was sent. */
  readonly revision: string;
  /** What is there when the channel took nothing of it; null: nothing of ours. */
  readonly before: string | null;
}

/** What the channel said of a parent, at once or later, goes into its row. */
export async function recordParent(
  desk: ChannelDesk,
  sent: SentParent,
  receipt: Exclude<Receipt, { outcome: 'ambiguous' | 'retry' }>,
): Promise<void> {
  const { row, action, revision, before } = sent;
  const key = [desk.kit.channel.id, row.sku] as const;
  const set = (assignments: string, values: readonly (string | number | null)[]): Promise<number> =>
    desk.database.run(`UPDATE family SET ${assignments} WHERE channel = ? AND sku = ?`, [...values, ...key]);
  switch (receipt.outcome) {
    case 'accepted': // it stays under way until it is read back
      await set('sent_revision = ?, attempts = 0', [action === 'remove' ? HANDED : revision]);
      return;
    case 'removed':
      await set(`${OVER}, sent_revision = NULL, readable = 0, external_id = NULL, issues = NULL`, []);
      await desk.database.run(
        'UPDATE family_member SET linked = NULL, sent_link = NULL WHERE channel = ? AND COALESCE(sent_link, linked) = ?',
        [...key],
      );
      return;
    case 'live':
      await set(`${OVER}, sent_revision = ?, readable = 1, issues = NULL, refused = NULL, external_id = ?`, [
        revision,
        receipt.externalId ?? row.external_id,
      ]);
      return;
    case 'rejected':
      if (action === 'remove') return postpone(desk, row, LONG_MS);
      await set(`${OVER}, sent_revision = ?, refused = ?, issues = ?`, [
        before,
        `${revision}${rulesOf(desk)}`,
        JSON.stringify(receipt.issues),
      ]);
  }
}

/** Nothing is under way any more. */
const OVER = 'submission = NULL, attempts = 0, look_at = NULL';
/** A `sent_revision` of a parent whose removal was handed over. */
const HANDED = 'removing';
/** A refused removal is tried again after this. */
const LONG_MS = 60 * 60_000;
