import { gunzipSync } from 'node:zlib';
import type { HttpReply } from '../../../src/channel/http.js';
import { ChannelError } from '../../../src/domain/errors.js';
import type { ListingWork } from '../listing-work.js';

const NOT_UPLOADED = 'feed_not_uploaded';

/** Signed addresses live five minutes (model feeds_2021-06-30; verified 2026-11). */
const UPLOAD_DEADLINE_MS = 4 * 60_000;
/** A report of 25,000 listings with their issues has some ten megabytes. */
const LARGEST_REPORT = 64 * 1024 * 1024;

/**
 * Uploads the document of a feed and tells its id. The address is signed for exactly this content type and takes no token; one that
 * expired, and a connection that broke, is tried once more. Whatever fails here, Amazon works on nothing: the failure is never `ambiguous`.
 */
export async function uploadDocument(
  work: ListingWork,
  document: Buffer,
  contentType: string,
): Promise<string> {
  const tried = await tryUpload(work, document, contentType).catch(onlyPassing);
  if (typeof tried === 'string') return tried;
  return tryUpload(work, document, contentType);
}

/** What passes may be tried a second time at once: a document nobody works on does no harm. */
function onlyPassing(error: unknown): null {
  if (error instanceof ChannelError && error.code === NOT_UPLOADED && error.kind === 'not-sent') return null;
  throw error;
}

async function tryUpload(work: ListingWork, document: Buffer, contentType: string): Promise<string> {
  const { body } = await beforeTheFeed(work.client.call('createFeedDocument', { body: { contentType } }));
  if (body.feedDocumentId === undefined || body.url === undefined)
    throw notUploaded('createFeedDocument named no address', 'not-sent');
  const reply = await beforeTheFeed(
    work.host.http.send({
      method: 'PUT',
      url: body.url,
      headers: { 'content-type': contentType },
      body: document,
      deadlineMs: UPLOAD_DEADLINE_MS,
    }),
  );
  if (reply.status >= 200 && reply.status < 300) return body.feedDocumentId;
  const passing = reply.status === 403 || reply.status >= 500;
  throw notUploaded(
    `the upload of the feed document answered ${reply.status}`,
    passing ? 'not-sent' : 'refused',
  );
}

/**
 * Tells Amazon to work on an uploaded document. Null: the answer was lost, the feed may have been made. It is not asked for a second time
 * here, for a copy that nobody knows of could be worked off after newer changes.
 */
export async function createFeed(
  work: ListingWork,
  feedType: string,
  inputFeedDocumentId: string,
): Promise<string | null> {
  const marketplaceIds = [work.settings.marketplaceId];
  try {
    const { body } = await work.client.call('createFeed', {
      body: { feedType, marketplaceIds, inputFeedDocumentId },
    });
    return body.feedId ?? null;
  } catch (error) {
    if (error instanceof ChannelError && error.kind === 'ambiguous') return null;
    throw error;
  }
}

/** Downloads the result of a feed. Throws a ChannelError when it cannot be had. */
export async function downloadResult(work: ListingWork, feedDocumentId: string): Promise<Buffer> {
  const { body } = await work.client.call('getFeedDocument', { path: { feedDocumentId } });
  if (body.url === undefined) throw unreadable('getFeedDocument named no address');
  const reply = await work.host.http.send({ method: 'GET', url: body.url, maxBytes: LARGEST_REPORT });
  if (reply.status !== 200) throw unreadable(`the download of a feed’s result answered ${reply.status}`);
  return body.compressionAlgorithm === 'GZIP' ? inflated(reply) : reply.body;
}

/** A server that says `Content-Encoding` too has had its answer inflated on the way already. */
function inflated({ body }: HttpReply): Buffer {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: LARGEST_REPORT });
  } catch {
    throw unreadable('the result of a feed is cut');
  }
}

async function beforeTheFeed<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'ambiguous') throw error;
    throw notUploaded(error.message, 'not-sent');
  }
}

function notUploaded(message: string, kind: 'not-sent' | 'refused'): ChannelError {
  return new ChannelError(message, {
    code: NOT_UPLOADED,
    kind,
    owner: kind === 'refused' ? 'us' : 'channel',
    advice:
      kind === 'refused'
        ? 'Amazon’s store of documents refuses the feed. Its changes go one by one; report it with the log.'
        : 'The feed was not handed over; it is sent again by itself.',
  });
}

/** The failure of a result that cannot be read. */
export function unreadable(message: string): ChannelError {
  return new ChannelError(message, {
    code: 'feed_result_unreadable',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The result of the feed is asked for again by itself.',
  });
}
