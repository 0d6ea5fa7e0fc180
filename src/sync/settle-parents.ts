import { answerOrStop } from '../channel/answer-or-stop.js';
import type { ListingPort, Settlement } from '../channel/connector.js';
import { epochMs, plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { FAMILY_COLUMNS, type FamilyRow, UNKNOWN } from './family-rows.js';
import { recordParent } from './send-parents.js';

const LONGEST_LOOK_MS = 15 * 60_000;

/**
 * Reads back parents that were handed over, until the channel shows them. One without a verdict within the channel's patience is
 * sent again. Answers how many got a verdict. Throws what stops the channel.
 */
export async function settleParents(
  desk: ChannelDesk,
  port: ListingPort,
  signal: AbortSignal | undefined,
): Promise<number> {
  const due = await desk.database.all<FamilyRow>(
    `SELECT ${FAMILY_COLUMNS} FROM family WHERE channel = ? AND submission IS NOT NULL AND look_at <= ? ORDER BY submission, sku LIMIT 1000`,
    [desk.kit.channel.id, desk.clock.now()],
  );
  let settled = 0;
  for (const group of groupsOf(due)) {
    signal?.throwIfAborted();
    settled += await settleGroup(desk, port, { rows: group, signal });
  }
  return settled;
}

function groupsOf(rows: readonly FamilyRow[]): readonly (readonly FamilyRow[])[] {
  const groups = new Map<string, FamilyRow[]>();
  for (const row of rows) {
    const known = groups.get(row.submission ?? '');
    if (known) known.push(row);
    else groups.set(row.submission ?? '', [row]);
  }
  return [...groups.values()];
}

async function settleGroup(
  desk: ChannelDesk,
  port: ListingPort,
  { rows, signal }: { readonly rows: readonly FamilyRow[]; readonly signal: AbortSignal | undefined },
): Promise<number> {
  const [first] = rows;
  if (!first || !port.settle) return 0;
  const key = first.submission ?? '';
  const sentAt = first.sent_at ?? desk.clock.now();
  const items = rows.map((row) => ({ ...row, action: actionOf(row) }));
  const answer = await answerOrStop(
    port.settle({
      // A process that ended before every call was made leaves rows whose answer is unknown.
      id: rows.every((row) => row.sent_revision !== UNKNOWN) ? key : null,
      key,
      sentAt,
      items: items.map(({ sku, external_id, action, kind }) => ({
        sku,
        externalId: external_id,
        action,
        kind,
        parent: true,
      })),
    }),
    signal,
  );
  const verdicts = new Map(answer.verdicts.map((verdict) => [verdict.sku, verdict]));
  let settled = 0;
  for (const item of items) {
    const verdict = verdicts.get(item.sku);
    if (verdict === undefined || verdict.outcome === 'accepted') await lookAgain(desk, item, answer);
    else if (verdict.outcome === 'retry') await sendAgain(desk, item);
    else {
      const revision = item.sent_revision ?? UNKNOWN;
      await recordParent(desk, { row: item, action: item.action, revision, before: revision }, verdict);
      settled += 1;
    }
  }
  return settled;
}

/** A parent that is taken away has no members; its row says so by what was noted with the removal. */
function actionOf(row: FamilyRow): 'upsert' | 'remove' {
  return row.sent_action === 'remove' ? 'remove' : 'upsert';
}

async function lookAgain(desk: ChannelDesk, row: FamilyRow, answer: Settlement): Promise<void> {
  const now = desk.clock.now();
  const age = row.sent_at === null ? 0 : epochMs(now) - epochMs(row.sent_at);
  if (age > desk.kit.connector.limits.patienceMs) return sendAgain(desk, row);
  const pace = Math.max(desk.settleAfterMs, 50) * 1.6 ** Math.min(row.looks, 30);
  const delay = answer.againInMs ?? Math.min(LONGEST_LOOK_MS, pace);
  await desk.database.run('UPDATE family SET look_at = ?, looks = looks + 1 WHERE channel = ? AND sku = ?', [
    plusMs(now, Math.ceil(delay)),
    desk.kit.channel.id,
    row.sku,
  ]);
}

async function sendAgain(desk: ChannelDesk, row: FamilyRow): Promise<void> {
  await desk.database.run(
    'UPDATE family SET submission = NULL, sent_revision = ?, look_at = NULL WHERE channel = ? AND sku = ?',
    [UNKNOWN, desk.kit.channel.id, row.sku],
  );
}
