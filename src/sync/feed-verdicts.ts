import type { FeedReport, FeedVerdict } from '../channel/feed-port.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import type { ListingRecord } from './listing-record.js';
import { afterReceipt, OVERTAKEN, type ReceiptContext } from './receipts.js';
import { amendRecords, lockChannel } from './records.js';
import { attentionOf } from './step.js';

/** The part of a document that verdicts are matched by. */
export interface JudgedDocument {
  readonly channel: string;
  readonly feed_key: string;
  readonly begun_at: Instant;
  readonly committed_at: Instant;
}

/** The submission that listings of a document are under way with until the report judges them. */
export function submissionOf(document: Pick<JudgedDocument, 'feed_key'>): string {
  return `feed:${document.feed_key}`;
}

/** Writes what the channel said about single items, in the caller's transaction. */
export async function recordVerdicts(
  tx: Queries,
  desk: ChannelDesk,
  judged: { readonly document: JudgedDocument; readonly verdicts: readonly FeedVerdict[] },
): Promise<{ live: number; rejected: number }> {
  const bySku = new Map(judged.verdicts.map((verdict) => [verdict.sku, verdict]));
  const variants = await tx.all<{ id: number }>(
    `SELECT id FROM variant WHERE sku IN (SELECT sku FROM ${tx.unfold('r', { sku: 'text' })})`,
    [JSON.stringify([...bySku.keys()].map((sku) => ({ sku })))],
  );
  const target = { channel: desk.kit.channel.id, variantIds: variants.map(({ id }) => id) };
  const context = contextOf(desk);
  const amended = await amendRecords(tx, target, (record) => {
    const verdict = bySku.get(record.sku);
    return verdict ? afterVerdict(record, verdict, { document: judged.document, context }) : null;
  });
  const count = (outcome: ListingRecord['verdict']): number =>
    amended.filter((record) => record.verdict === outcome).length;
  return { live: count('live'), rejected: count('rejected') };
}

/**
 * A record after a verdict of a document: the submission's own record takes it as a receipt. One that was settled before (the healing
 * document states it again) takes only what is news about the revision it shows; what changed since the document is left to its own verdict.
 */
export function afterVerdict(
  record: ListingRecord,
  verdict: FeedVerdict,
  by: { readonly document: JudgedDocument; readonly context: ReceiptContext },
): ListingRecord | null {
  const { document, context } = by;
  if (record.submission === submissionOf(document)) return afterReceipt(record, verdict, context);
  const settled =
    record.submission === null &&
    record.owned === 1 &&
    record.state === 'listed' &&
    record.verdict_content_rev === record.content_rev &&
    record.verdict_offer_rev === record.offer_rev &&
    (record.sent_at === null || record.sent_at < document.begun_at);
  if (!settled || record.verdict === null || record.verdict === 'removed') return null;
  const issues =
    verdict.issues === undefined || verdict.issues.length === 0 ? null : JSON.stringify(verdict.issues);
  if (record.verdict === verdict.outcome && record.verdict_issues === issues) return null;
  const next: ListingRecord = {
    ...record,
    verdict: verdict.outcome,
    verdict_at: context.now,
    verdict_issues: issues,
  };
  return { ...next, attention_at: attentionOf(next, context.now) };
}

const CHUNK = 1_000;

/**
 * Ends a document: silence of a complete report means taken; of one that failed, that everything is to be sent again later. Answers how many
 * listings became live by it.
 */
export async function concludeDocument(
  desk: ChannelDesk,
  document: JudgedDocument,
  result: { readonly state: 'done' | 'failed'; readonly unnamed: FeedReport['unnamed'] },
): Promise<number> {
  const failed = result.state === 'failed';
  let live = 0;
  for (;;) {
    const rows = await desk.database.all<{ id: number }>(
      'SELECT variant_id AS id FROM listing WHERE submission = ? AND channel = ? LIMIT ?',
      [submissionOf(document), document.channel, CHUNK],
    );
    if (rows.length === 0) break;
    const target = { channel: document.channel, variantIds: rows.map(({ id }) => id) };
    const amended = await desk.database.transaction((tx) =>
      amendRecords(tx, target, (record) =>
        record.submission === submissionOf(document)
          ? afterReceipt(
              record,
              failed
                ? { sku: record.sku, outcome: 'retry', code: 'document_failed' }
                : { sku: record.sku, outcome: 'live' },
              contextOf(desk),
            )
          : null,
      ),
    );
    if (!failed) live += amended.length;
  }
  if (!failed) await mendAfter(desk, document, result.unnamed);
  return live;
}

/**
 * Refusals of before that a complete report does not repeat are over. What was sent by itself while the document was being written and
 * processed may have been overwritten by it: it is sent once more. A removal may have been undone by it: what is gone is ours again until it
 * was removed a second time, which ends in the same state where it stayed away.
 */
async function mendAfter(
  desk: ChannelDesk,
  document: JudgedDocument,
  unnamed: FeedReport['unnamed'],
): Promise<void> {
  const now = desk.clock.now();
  await desk.database.transaction(async (tx) => {
    await lockChannel(tx, document.channel);
    if (unnamed === 'taken')
      await tx.run(
        `UPDATE listing SET verdict = 'live', verdict_at = ?, verdict_issues = NULL, attention_at = refresh_at
         WHERE channel = ? AND verdict = 'rejected' AND owned = 1 AND state = 'listed' AND submission IS NULL AND verdict_at < ?
           AND verdict_content_rev = content_rev AND verdict_offer_rev = offer_rev AND sent_at < ?`,
        [now, document.channel, document.committed_at, document.begun_at],
      );
    if (desk.open.listings) {
      await tx.run(
        `UPDATE listing SET verdict_content_rev = NULL, sent_content_rev = NULL,
           attention_at = CASE WHEN submission IS NULL THEN CAST(? AS text) ELSE attention_at END
         WHERE channel = ? AND owned = 1 AND state = 'listed' AND sent_at >= ? AND sent_action <> 'remove'`,
        [now, document.channel, document.begun_at],
      );
      // A blocked one stays as it is: owned, the next document would state it as it was last sent.
      await tx.run(
        `UPDATE listing SET owned = 1, verdict = NULL, attention_at = ?
         WHERE channel = ? AND owned = 0 AND unmanaged IS NULL AND verdict = 'removed' AND submission IS NULL
           AND state NOT IN ('listed', 'blocked') AND sent_action = 'remove' AND sent_at >= ?`,
        [now, document.channel, document.begun_at],
      );
      await tx.run(
        `UPDATE listing SET retry_code = ?
         WHERE channel = ? AND owned = 1 AND submission IS NOT NULL AND sent_action = 'remove' AND sent_at >= ?`,
        [OVERTAKEN, document.channel, document.begun_at],
      );
    }
  });
}

function contextOf(desk: ChannelDesk): ReceiptContext {
  return { now: desk.clock.now(), limits: desk.kit.connector.limits, random: desk.random };
}
