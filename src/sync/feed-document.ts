import { answerOrStop } from '../channel/answer-or-stop.js';
import type { CommittedFeed, FeedPort, FeedReport, FeedVerdict } from '../channel/feed-port.js';
import type { Queries } from '../db/database.js';
import { ChannelError } from '../domain/errors.js';
import { epochMs, type Instant, plusMs } from '../domain/instant.js';
import type { Issue } from '../domain/issue.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import type { ChannelDesk } from './channel-desk.js';
import { documentPatienceMs } from './document-patience.js';
import { concludeDocument, recordVerdicts, submissionOf } from './feed-verdicts.js';

/** The latest document of a channel and what the channel said about it: a row of `feed_document`. */
export interface FeedDocument {
  readonly channel: string;
  readonly feed_key: string;
  readonly document: string | null;
  readonly location: string;
  readonly items: number;
  readonly begun_at: Instant;
  readonly committed_at: Instant;
  readonly state: FeedReport['state'];
  readonly counted: number | null;
  readonly refused: number;
  readonly cursor: string | null;
  readonly look_at: Instant | null;
  readonly looks: number;
}

/** The latest document of a channel, if there is one. */
export function readDocument(queries: Queries, channel: string): Promise<FeedDocument | undefined> {
  return queries.get<FeedDocument>('SELECT * FROM feed_document WHERE channel = ?', [channel]);
}

/** Keeps what was committed. With a report the channel is asked about it from `look_at` on; without one it counts as taken. */
export async function keepDocument(
  queries: Queries,
  document: Pick<
    FeedDocument,
    'channel' | 'feed_key' | 'document' | 'location' | 'items' | 'begun_at' | 'committed_at' | 'look_at'
  >,
): Promise<void> {
  await queries.run('DELETE FROM feed_document WHERE channel = ?', [document.channel]);
  await queries.run(
    `INSERT INTO feed_document (channel, feed_key, document, location, items, begun_at, committed_at, look_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      document.channel,
      document.feed_key,
      document.document,
      document.location,
      document.items,
      document.begun_at,
      document.committed_at,
      document.look_at,
      document.look_at === null ? 'done' : 'pending',
    ],
  );
}

/** What a look at a document's report brought; null: none was due. */
export interface DocumentLook {
  readonly state: FeedReport['state'];
  readonly live: number;
  readonly rejected: number;
}

const LONGEST_LOOK_MS = 15 * 60_000;

/** Asks for the report of the latest document when its next look is due, page by page, and records the verdicts. A failed read concludes nothing. */
export async function settleDocument(
  desk: ChannelDesk,
  feed: FeedPort,
  signal?: AbortSignal,
): Promise<DocumentLook | null> {
  const document = await readDocument(desk.database, desk.kit.channel.id);
  if (!feed.report || document?.state !== 'pending' || document.look_at === null) return null;
  if (document.look_at > desk.clock.now()) return null;
  const asked: CommittedFeed = {
    key: document.feed_key,
    document: document.document,
    committedAt: document.committed_at,
  };
  const look = { state: 'pending' as FeedReport['state'], live: 0, rejected: 0 };
  try {
    for (let cursor = document.cursor; ; ) {
      signal?.throwIfAborted();
      const report = await answerOrStop(feed.report(asked, cursor), signal);
      if (report.state === 'pending') {
        await lookAgain(desk, document, report.againInMs ?? null);
        return look;
      }
      const counted = await keepPage(desk, document, report);
      look.live += counted.live;
      look.rejected += counted.rejected;
      cursor = report.next;
      if (cursor !== null) continue;
      const ended = await endReport(desk, document, report);
      return { state: report.state, live: look.live + ended, rejected: look.rejected };
    }
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    await lookAgain(desk, document, error.againInMs);
    await desk.channelFailed(error);
    return look;
  }
}

/** When the report of the latest document must next be asked for; null: nothing is pending. */
export async function nextDocumentLook(queries: Queries, channel: string): Promise<Instant | null> {
  const document = await readDocument(queries, channel);
  return document?.state === 'pending' ? document.look_at : null;
}

/** Verdicts and the place in the report, in one transaction. */
function keepPage(
  desk: ChannelDesk,
  document: FeedDocument,
  report: FeedReport,
): Promise<{ live: number; rejected: number }> {
  return desk.database.transaction(async (tx) => {
    const counted = await recordVerdicts(tx, desk, { document, verdicts: report.verdicts });
    const refused = report.verdicts.filter((verdict: FeedVerdict) => verdict.outcome === 'rejected').length;
    await tx.run(
      'UPDATE feed_document SET cursor = ?, refused = refused + ?, counted = COALESCE(?, counted) WHERE channel = ? AND feed_key = ?',
      [report.next, refused, report.items, document.channel, document.feed_key],
    );
    return counted;
  });
}

/** Answers how many listings became live because the report did not name them. */
async function endReport(desk: ChannelDesk, document: FeedDocument, report: FeedReport): Promise<number> {
  const state = report.state === 'failed' ? 'failed' : 'done';
  const live = await concludeDocument(desk, document, { state, unnamed: report.unnamed });
  await desk.database.run(
    'UPDATE feed_document SET state = ?, look_at = NULL, cursor = NULL WHERE channel = ? AND feed_key = ?',
    [state, document.channel, document.feed_key],
  );
  const read = await readDocument(desk.database, document.channel);
  await tellDocument(desk, read ?? document, { state, issues: report.issues });
  return live;
}

/** A document that failed, has complaints, or was not counted in full is a problem until a later one is fine. */
async function tellDocument(
  desk: ChannelDesk,
  document: FeedDocument,
  result: { readonly state: 'done' | 'failed'; readonly issues: readonly Issue[] },
): Promise<void> {
  const channel = desk.kit.channel.id;
  const key = `channel:${channel}:document`;
  const worst = result.issues.find((issue) => issue.severity === 'error') ?? result.issues[0];
  const short = document.counted !== null && document.counted < document.items - document.refused;
  if (result.state === 'done' && !short && worst?.severity !== 'error')
    return clearProblem(desk.database, key);
  const failed = result.state === 'failed';
  await raiseProblem(
    desk.database,
    {
      key,
      channel,
      severity: failed ? 'error' : 'warning',
      code: worst?.code ?? (failed ? 'document_failed' : 'document_short'),
      message:
        worst?.message ??
        (failed
          ? 'The channel took nothing of the last document'
          : `The channel counted ${document.counted} of ${document.items} items of the last document`),
      advice:
        worst?.advice ??
        'What was live stays. Look at the report in the channel’s own console; the next document is written by itself.',
    },
    desk.clock.now(),
  );
}

/** The next look comes later each time, unless the channel says when. */
async function lookAgain(desk: ChannelDesk, document: FeedDocument, hintMs: number | null): Promise<void> {
  const delay =
    hintMs ??
    Math.min(LONGEST_LOOK_MS, Math.max(desk.settleAfterMs, 50) * 1.6 ** Math.min(document.looks, 30));
  await desk.database.run(
    'UPDATE feed_document SET look_at = ?, looks = looks + 1 WHERE channel = ? AND feed_key = ?',
    [plusMs(desk.clock.now(), Math.ceil(delay)), document.channel, document.feed_key],
  );
  await tellLate(desk, document);
}

/** A report that does not come within the channel's patience needs a person: the channel may not be fetching at all. */
async function tellLate(desk: ChannelDesk, document: FeedDocument): Promise<void> {
  const now = desk.clock.now();
  const waitedMs = epochMs(now) - epochMs(document.committed_at);
  if (waitedMs < documentPatienceMs(desk)) return;
  await raiseProblem(
    desk.database,
    {
      key: `channel:${document.channel}:document`,
      channel: document.channel,
      severity: 'warning',
      code: 'document_unreported',
      message: `The channel has said nothing about the document of ${document.committed_at} (${document.items} items, ${submissionOf(document)})`,
      advice: 'Check in the channel’s console that the document is fetched or uploaded and processed.',
    },
    now,
  );
}
