import { DOCUMENT_REFUSED } from '../../../src/channel/bulk-limits.js';
import type { PendingSubmission, Settlement } from '../../../src/channel/connector.js';
import { epochMs, instantOf } from '../../../src/domain/instant.js';
import type { ListingWork } from '../listing-work.js';
import { readVerdicts, sinceOf } from '../settle.js';
import { LISTINGS_FEED } from './feed-document.js';
import { type FeedPlace, handleOf, placeOf } from './feed-handle.js';
import { readReport, reportVerdicts } from './report.js';
import { downloadResult } from './transport.js';

const MINUTE_MS = 60_000;
/** Asked again at a twentieth of the age, within these bounds; `getFeed` allows two calls a second. */
const ASK_AGAIN = { leastMs: 1_000, mostMs: 5 * MINUTE_MS } as const;
/** A feed whose `createFeed` lost its answer is looked for this often: `getFeeds` allows one call in 45 s … */
const LOOK_FOR_MS = MINUTE_MS;
/** … and after this long without a trace it was not made. */
const NOT_MADE_AFTER_MS = 15 * MINUTE_MS;
/** Amazon needs minutes after the report, and other reads share the usage plan. */
const LEAST_READ_MS = 10_000;
/** Most listings read back in one go (50 calls), so that urgent changes never wait long behind them. */
const WINDOW = 1_000;

/**
 * Follows a feed: finds it again when the answer of `createFeed` was lost, waits until it is worked off, reads its report once (`getFeedDocument`
 * allows one call in 45 s), and reads back what the report leaves open. The handle keeps how far that has come.
 */
export async function settleFeed(work: ListingWork, pending: PendingSubmission): Promise<Settlement> {
  const place = placeOf(pending.id);
  if (place === null) return findFeed(work, pending);
  return place.read === null ? followFeed(work, pending, place) : readBack(work, pending, place);
}

/**
 * A feed carries no mark of ours, so only the one feed of this type that is younger than the submission can be it. With more than one nobody
 * can tell: it stays open until patience is over.
 */
async function findFeed(work: ListingWork, pending: PendingSubmission): Promise<Settlement> {
  const sentMs = epochMs(pending.sentAt);
  const { body, at } = await work.client.call('getFeeds', {
    query: {
      feedTypes: [LISTINGS_FEED],
      pageSize: 100,
      createdSince: instantOf(sentMs - 2 * NOT_MADE_AFTER_MS),
    },
  });
  const since = sinceOf(pending.sentAt, aheadMs(work, at));
  const young = (body.feeds ?? []).filter((feed) => Date.parse(feed.createdTime ?? '') >= since);
  const [only] = young;
  if (young.length === 1 && only?.feedId !== undefined)
    return { verdicts: [], id: handleOf({ feedId: only.feedId, read: null }), againInMs: 0 };
  if (young.length > 1)
    work.host.log.warn(
      { submission: pending.key, feeds: young.length },
      'several feeds may be the one looked for',
    );
  const ageMs = epochMs(work.host.clock.now()) - sentMs;
  return young.length === 0 && body.feeds !== undefined && ageMs >= NOT_MADE_AFTER_MS
    ? { verdicts: again(pending, 'feed_not_made') }
    : { verdicts: [], againInMs: LOOK_FOR_MS };
}

async function followFeed(
  work: ListingWork,
  pending: PendingSubmission,
  { feedId }: FeedPlace,
): Promise<Settlement> {
  const { body, at } = await work.client.call('getFeed', { path: { feedId } });
  const facts = { feedId, listings: pending.items.length };
  if (body.processingStatus === 'CANCELLED') {
    work.host.log.warn(facts, 'the feed was cancelled before Amazon began with it; it is sent again');
    return { verdicts: again(pending, 'feed_cancelled') };
  }
  if (body.processingStatus === 'FATAL') {
    work.host.log.warn(
      facts,
      'Amazon gave the feed up; any part of it may have been applied, its changes go one by one',
    );
    return { verdicts: again(pending, DOCUMENT_REFUSED) };
  }
  if (body.processingStatus !== 'DONE') return { verdicts: [], againInMs: pace(ageOf(work, pending)) };
  const id = handleOf({ feedId, read: { atMs: epochMs(work.host.clock.now()), from: 0 } });
  if (body.resultFeedDocumentId === undefined) return { verdicts: [], id, againInMs: 0 };
  const result = await downloadResult(work, body.resultFeedDocumentId);
  const report = readReport(result.toString('utf8'), work.settings.marketplaceId);
  const since = sinceOf(pending.sentAt, aheadMs(work, at));
  const verdicts = reportVerdicts(report, pending.items, { since });
  const [whole] = report.wholeDocument;
  if (whole)
    work.host.log.warn({ ...facts, code: whole.code }, `Amazon says of the whole feed: ${whole.message}`);
  return verdicts.length === pending.items.length
    ? { verdicts }
    : { verdicts, id, againInMs: ASK_AGAIN.leastMs };
}

async function readBack(
  work: ListingWork,
  pending: PendingSubmission,
  place: FeedPlace,
): Promise<Settlement> {
  const { items, sentAt } = pending;
  const { atMs, from } = place.read ?? { atMs: 0, from: 0 };
  const window = items.slice(from, from + WINDOW);
  const ageMs = epochMs(work.host.clock.now()) - atMs;
  const verdicts = await readVerdicts(work, window, { sentAt, ageMs, answered: true });
  const left = items.length - verdicts.length;
  if (left === 0) return { verdicts };
  const next = from + window.length - verdicts.length;
  const more = next < left;
  const id = handleOf({ ...place, read: { atMs, from: more ? next : 0 } });
  return { verdicts, id, againInMs: more ? 0 : Math.max(LEAST_READ_MS, pace(ageMs)) };
}

function again(pending: PendingSubmission, code: string): Settlement['verdicts'] {
  return pending.items.map(({ sku }) => ({ sku, outcome: 'retry', code }));
}

function ageOf(work: ListingWork, pending: PendingSubmission): number {
  return epochMs(work.host.clock.now()) - epochMs(pending.sentAt);
}

function aheadMs(work: ListingWork, at: number | null): number {
  return at === null ? 0 : epochMs(work.host.clock.now()) - at;
}

function pace(ageMs: number): number {
  return Math.round(Math.min(ASK_AGAIN.mostMs, Math.max(ASK_AGAIN.leastMs, ageMs / 20)));
}
