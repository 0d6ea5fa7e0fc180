import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { bodyOf, type FeedDocuments } from './feed-documents.js';
import { invalid, quotaExceeded, refused, success } from './replies.js';
import type { Usage } from './usage.js';

type Status = 'IN_QUEUE' | 'IN_PROGRESS' | 'DONE' | 'CANCELLED' | 'FATAL';

interface Feed {
  readonly feedId: string;
  readonly feedType: string;
  readonly documentId: string;
  readonly createdMs: number;
  startMs: number;
  endMs: number;
  /** How it ends by command; null: by its document. */
  ends: 'FATAL' | null;
  cancelled: boolean;
  /** Set when it was worked off. */
  done: { readonly status: Status; readonly resultId: string | null } | null;
}

/** Works a document off: the bytes of its result, or null when the feed is given up. */
export type FeedWorker = (feedId: string, document: Buffer) => Buffer | null;

/** The feeds of the seller: one after the other, in the order they were made. */
export interface FeedQueue {
  /** `createFeed`, `getFeed`, `getFeeds`, `cancelFeed`. */
  create(request: SimulatorRequest): SimulatorReply;
  get(feedId: string): SimulatorReply;
  list(request: SimulatorRequest): SimulatorReply;
  cancel(feedId: string): SimulatorReply;
  /** How long a feed waits before it is begun, and how long it is worked on. */
  pace(times: { readonly queueMs?: number; readonly processingMs?: number }): void;
  /** The open feeds end so instead of by their documents. */
  end(how: 'CANCELLED' | 'FATAL'): void;
  state(): JsonValue;
}

/** An empty queue. Nothing runs in the background: every look first does what is due. `workers`: feed types that are alive. */
export function feedQueue(
  from: { readonly documents: FeedDocuments; readonly usage: Usage; readonly processingMs: number },
  workers: Readonly<Record<string, FeedWorker>>,
): FeedQueue {
  const feeds: Feed[] = [];
  let queueMs = 0;
  let processingMs = from.processingMs;

  function catchUp(): void {
    for (const feed of feeds) {
      if (feed.done !== null || feed.cancelled || feed.endMs > Date.now()) continue;
      const document = from.documents.uploaded(feed.documentId);
      const result =
        feed.ends === null && document ? (workers[feed.feedType]?.(feed.feedId, document) ?? null) : null;
      feed.done = {
        status: result === null ? 'FATAL' : 'DONE',
        resultId: result === null ? null : from.documents.keepResult(result),
      };
    }
  }

  function statusOf(feed: Feed): Status {
    if (feed.cancelled) return 'CANCELLED';
    if (feed.done) return feed.done.status;
    return feed.startMs <= Date.now() ? 'IN_PROGRESS' : 'IN_QUEUE';
  }

  function told(feed: Feed): JsonObject {
    const status = statusOf(feed);
    const begun = status !== 'IN_QUEUE' && status !== 'CANCELLED';
    return {
      feedId: feed.feedId,
      feedType: feed.feedType,
      marketplaceIds: [ACCOUNT.marketplaceId],
      createdTime: instant(feed.createdMs),
      processingStatus: status,
      ...(begun ? { processingStartTime: instant(feed.startMs) } : {}),
      ...(feed.done ? { processingEndTime: instant(feed.endMs) } : {}),
      ...(feed.done?.resultId ? { resultFeedDocumentId: feed.done.resultId } : {}),
    };
  }

  return {
    create(request) {
      catchUp();
      const body = bodyOf(request);
      if (!isJsonObject(body)) return invalid('The body is not a JSON object.');
      const { feedType, marketplaceIds, inputFeedDocumentId } = body;
      if (typeof feedType !== 'string' || !Object.hasOwn(workers, feedType))
        return invalid(`The feed type ${String(feedType)} is not supported.`);
      const stores = isJsonArray(marketplaceIds) ? marketplaceIds : [];
      if (stores.length === 0 || stores.length > 25) return invalid('marketplaceIds needs 1 to 25 stores.');
      if (stores.some((store) => store !== ACCOUNT.marketplaceId))
        return refused(403, 'Unauthorized', 'Access to requested resource is denied.');
      if (typeof inputFeedDocumentId !== 'string' || from.documents.uploaded(inputFeedDocumentId) === null)
        return invalid('inputFeedDocumentId names no uploaded document.');
      if (!from.usage.take(`createFeed ${feedType}`)) return quotaExceeded();
      const createdMs = Date.now();
      const before = feeds.filter(({ cancelled }) => !cancelled).at(-1);
      const startMs = Math.max(createdMs + queueMs, before?.endMs ?? 0);
      const feedId = String(50_001 + feeds.length);
      const endMs = startMs + processingMs;
      const rest = { createdMs, startMs, endMs, ends: null, cancelled: false, done: null };
      feeds.push({ feedId, feedType, documentId: inputFeedDocumentId, ...rest });
      return { ...success({ feedId }), status: 202 };
    },
    get(feedId) {
      catchUp();
      const feed = feeds.find((each) => each.feedId === feedId);
      return feed ? success(told(feed)) : refused(404, 'NotFound', 'The feed does not exist.');
    },
    list({ query }) {
      catchUp();
      const types = query.get('feedTypes')?.split(',') ?? [];
      if (types.length === 0 || types.length > 10) return invalid('feedTypes needs 1 to 10 types.');
      const size = Number(query.get('pageSize') ?? 10);
      if (!Number.isInteger(size) || size < 1 || size > 100) return invalid('pageSize is out of range.');
      const since = Date.parse(query.get('createdSince') ?? '1970-01-01T00:00:00Z');
      if (Number.isNaN(since)) return invalid('createdSince is no instant.');
      const found = feeds.filter((feed) => types.includes(feed.feedType) && feed.createdMs >= since);
      return success({ feeds: found.reverse().slice(0, size).map(told) });
    },
    cancel(feedId) {
      catchUp();
      const feed = feeds.find((each) => each.feedId === feedId);
      if (!feed) return refused(404, 'NotFound', 'The feed does not exist.');
      if (statusOf(feed) !== 'IN_QUEUE') return invalid('Only a feed in the queue can be cancelled.');
      feed.cancelled = true;
      return { ...success({}), body: '' };
    },
    pace(times) {
      queueMs = times.queueMs ?? queueMs;
      processingMs = times.processingMs ?? processingMs;
    },
    end(how) {
      for (const feed of feeds.filter(({ done, cancelled }) => done === null && !cancelled)) {
        if (how === 'CANCELLED') feed.cancelled = true;
        else Object.assign(feed, { ends: how, startMs: Date.now(), endMs: Date.now() });
      }
    },
    state: () => {
      catchUp();
      return feeds.map(told);
    },
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
