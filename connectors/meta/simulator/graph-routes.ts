import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { batchEdge, batchStatusEdge } from './batch-edges.js';
import { processBatches } from './batch-processing.js';
import {
  catalogNode,
  dataSources,
  debugToken,
  diagnostics,
  exchangeToken,
  setNode,
  takeEvents,
  writeSet,
} from './catalog-edges.js';
import type { CatalogState, Feed, UploadSession } from './catalog-state.js';
import { errorTypes, eventSources, eventStats, linkEventSources } from './diagnosis-edges.js';
import { addRule, createFeed, deleteFeed, feedNode, updateFeed } from './feed-edges.js';
import { processSessions } from './feed-ingestion.js';
import { refusedAccess } from './graph-access.js';
import { graphError, noSuchObject } from './graph-error.js';
import { type ReadCall, readCall } from './graph-request.js';
import { itemByKey, productsEdge } from './products-edge.js';
import { orderReport, reportFile, sampledErrors, sessionNode, startUpload } from './upload-edges.js';
import { type Bucket, throttledReply, usageHeaders } from './usage-buckets.js';

type Answer = (state: CatalogState, call: ReadCall) => SimulatorReply | null;

const list = (entries: readonly JsonObject[]): SimulatorReply => ({ status: 200, body: { data: entries } });
const node = (body: JsonObject): SimulatorReply => ({ status: 200, body });
const done: SimulatorReply = { status: 200, body: { success: true } };

/** Edges of the catalog, by method and name. */
const CATALOG_EDGES: Readonly<Record<string, Answer>> = {
  'GET ': (state, call) => node(catalogNode(state, call)),
  'POST items_batch': (state, call) => batchEdge(state, call, 'items'),
  'POST localized_items_batch': (state, call) => batchEdge(state, call, 'localized'),
  'GET check_batch_request_status': batchStatusEdge,
  'GET products': (state, call) => productsEdge(state, call),
  'GET product_feeds': (state, call) =>
    list([...state.feeds.values()].map((feed) => feedNode(state, feed, call))),
  'POST product_feeds': createFeed,
  'GET product_sets': (state, call) => list([...state.sets].map(([id, set]) => setNode(call, id, set))),
  'POST product_sets': (state, call) => writeSet(state, call, null),
  'GET diagnostics': (state, call) => list(diagnostics(state, call)),
  'GET event_stats': eventStats,
  'GET external_event_sources': eventSources,
  'POST external_event_sources': linkEventSources,
  'GET data_sources': (state, call) => list(dataSources(state, call)),
};

const FEED_EDGES: Readonly<
  Record<string, (state: CatalogState, call: ReadCall, feed: Feed) => SimulatorReply>
> = {
  'GET ': (state, call, feed) => node(feedNode(state, feed, call)),
  'POST ': (_, call, feed) => updateFeed(feed, call),
  'DELETE ': (state, _, feed) => deleteFeed(state, feed),
  'POST uploads': (state, call, feed) => startUpload(state, feed, call),
  'GET uploads': (state, call, feed) =>
    list(
      [...state.sessions.values()]
        .filter((session) => session.feedId === feed.id)
        .reverse()
        .map((session) => sessionNode(state, session, call)),
    ),
  'GET products': (state, call, feed) => productsEdge(state, call, feed.id),
  'GET rules': (_, __, feed) => list(feed.rules),
  'POST rules': (state, call, feed) => addRule(state, feed, call),
};

const SESSION_EDGES: Readonly<
  Record<string, (state: CatalogState, call: ReadCall, session: UploadSession) => SimulatorReply>
> = {
  'GET ': (state, call, session) => node(sessionNode(state, session, call)),
  'GET errors': (_, call, session) => list(sampledErrors(session, call)),
  'POST error_report': (state, _, session) => orderReport(state, session),
};

/** Lets everything happen that is due by now. */
export function processDue(state: CatalogState): void {
  processBatches(state);
  processSessions(state);
}

/** Answers a Graph call: access, ordered errors, the budget, then the edge. Every answer tells the usage. */
export function answerGraph(state: CatalogState, request: SimulatorRequest): SimulatorReply {
  processDue(state);
  const call = readCall(request);
  const refused = refusedAccess(state, request, call);
  if (refused) return refused;
  const bucket = bucketOf(call);
  const percent = state.buckets.count(bucket);
  if (percent > 100) return throttledReply(state.catalogId, bucket, 60);
  const reply = orderedError(state, call) ?? routed(state, call) ?? noSuchObject(call.method);
  const warning = state.versionWarning === null ? {} : { 'x-ad-api-version-warning': state.versionWarning };
  return {
    ...reply,
    headers: {
      ...usageHeaders(state.catalogId, bucket, { percent, minutes: 0 }),
      ...warning,
      ...reply.headers,
    },
  };
}

/** The budget a call counts against. */
export function bucketOf(call: Pick<ReadCall, 'method' | 'path'>): Bucket {
  return call.method === 'POST' && /_batch$/.test(call.path) ? 'catalog_batch' : 'catalog_management';
}

function routed(state: CatalogState, call: ReadCall): SimulatorReply | null {
  const [id = '', edge = ''] = call.path.split('/');
  const route = `${call.method} ${edge}`;
  if (call.path === 'debug_token') return debugToken(state, call);
  if (call.path === 'oauth/access_token' && call.method === 'GET') return exchangeToken(state, call);
  if (call.path === 'catalog_all_errors' && call.method === 'GET') return errorTypes(call);
  if (id === state.catalogId) return CATALOG_EDGES[route]?.(state, call) ?? null;
  if (id.startsWith(`catalog:${state.catalogId}:`) && call.method === 'GET') return itemByKey(state, call);
  if (id === 'report_files') return reportOf(state, edge);
  const feed = state.feeds.get(id);
  if (feed) return FEED_EDGES[route]?.(state, call, feed) ?? null;
  const session = state.sessions.get(id);
  if (session) return SESSION_EDGES[route]?.(state, call, session) ?? null;
  if (route === 'POST events') return takeEvents(state, call, id);
  return setRoute(state, call, { id, route });
}

function reportOf(state: CatalogState, id: string): SimulatorReply | null {
  const session = state.sessions.get(id);
  return session?.reportDueAtMs == null ? null : reportFile(session);
}

function setRoute(
  state: CatalogState,
  call: ReadCall,
  { id, route }: { readonly id: string; readonly route: string },
): SimulatorReply | null {
  const set = state.sets.get(id);
  if (!set) return null;
  if (route === 'GET ') return node(setNode(call, id, set));
  if (route === 'POST ') return writeSet(state, call, id);
  if (route !== 'DELETE ') return null;
  state.sets.delete(id);
  return done;
}

function orderedError(state: CatalogState, call: ReadCall): SimulatorReply | null {
  const order = state.ordered.find(({ match }) => `${call.method} ${call.path}`.includes(match));
  if (!order) return null;
  order.left -= 1;
  if (order.left <= 0) state.ordered.splice(state.ordered.indexOf(order), 1);
  return graphError(order.status, order.code, order.message, {
    ...(order.subcode === undefined ? {} : { subcode: order.subcode }),
    ...(order.transient === undefined ? {} : { transient: order.transient }),
  });
}
