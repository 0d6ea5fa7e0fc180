import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { appToken } from './auth.js';
import { READ_FIELDS } from './decode.js';
import type { Graph } from './graph.js';
import type { MetaSettings } from './settings.js';

/** Records of one batch call. */
export interface ItemsBatch {
  /** False: a record for an unknown id is not completed instead of creating half an item. */
  readonly allowUpsert: boolean;
  readonly requests: readonly JsonObject[];
}

/** A page of items that is asked for. */
export interface ProductsPage {
  readonly after: string | null;
  readonly limit: number;
}

/** Calls about one catalog. Each throws a ChannelError when the call as a whole failed. */
export interface MetaClient {
  /** What Meta says of our token; null without the app's id and secret. */
  debugToken(): Promise<JsonObject | null>;
  catalog(): Promise<JsonObject>;
  /** Everything that writes to the catalog by file, one page of at most 100. */
  feeds(): Promise<readonly JsonObject[]>;
  /** What Meta wants mended in the catalog as a whole. */
  diagnostics(): Promise<readonly JsonObject[]>;
  /** Ids in events of the last 28 days that the catalog has or lacks, by day, event and source, to the last page. */
  eventStats(): Promise<readonly JsonObject[]>;
  /** Pixels and apps whose events count for the catalog, to the last page. */
  eventSources(): Promise<readonly JsonObject[]>;
  linkEventSources(ids: readonly string[]): Promise<void>;
  /** Every type of complaint about items, in a language such as `en_US`. */
  errorTypes(locale: string): Promise<readonly JsonObject[]>;
  sendBatch(batch: ItemsBatch): Promise<JsonObject>;
  /** Records with a third member: the language or country they are for. */
  sendLocalized(requests: readonly JsonObject[]): Promise<JsonObject>;
  /** The one status record of a handle; null when Meta does not know the handle (any more). */
  batchStatus(handle: string): Promise<JsonObject | null>;
  products(page: ProductsPage): Promise<JsonObject>;
}

const STATUS_FIELDS =
  'handle,status,errors,errors_total_count,warnings,warnings_total_count,ids_of_invalid_requests';
const CATALOG_FIELDS = 'id,name,vertical,product_count,feed_count,is_catalog_segment,owner_business';
const FEED_FIELDS = 'id,name,ingestion_source_type,deletion_enabled,schedule,update_schedule,product_count';
/** What `observe` compares or shows. */
const ITEM_FIELDS = [
  ...['id', 'retailer_id', ...READ_FIELDS],
  ...['review_status', 'review_rejection_reasons', 'image_fetch_status', 'errors', 'product_feed{id,name}'],
].join(',');
const BATCH_DEADLINE_MS = 120_000;

/** The client of one catalog. */
export function metaClient(settings: MetaSettings, graph: Graph): MetaClient {
  const read = (
    operation: string,
    edge: string,
    query: Readonly<Record<string, string>>,
  ): Promise<JsonObject> =>
    graph.call({
      operation,
      method: 'GET',
      path: `${settings.catalogId}${edge}`,
      query,
      lane: 'management',
    });
  const whole = async (edge: string, query: Readonly<Record<string, string>> = {}): Promise<JsonObject[]> => {
    const found: JsonObject[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const from: Readonly<Record<string, string>> = after === '' ? {} : { after };
      const reply = await read(edge, `/${edge}`, { ...query, limit: '100', ...from });
      found.push(...listIn(reply, 'data', edge));
      const next = nextOf(reply);
      after = next === after ? null : next;
    }
    return found;
  };
  const send = (edge: string, body: JsonObject): Promise<JsonObject> =>
    graph.call({
      operation: edge,
      method: 'POST',
      path: `${settings.catalogId}/${edge}`,
      body,
      lane: 'batch',
      deadlineMs: BATCH_DEADLINE_MS,
    });
  return {
    async debugToken() {
      const app = appToken(settings);
      if (app === null) return null;
      const query = { input_token: await graph.token() };
      const reply = await graph.call({
        operation: 'debug_token',
        method: 'GET',
        path: 'debug_token',
        token: app,
        query,
        lane: 'management',
      });
      return isJsonObject(reply.data) ? reply.data : {};
    },
    catalog: () => read('catalog', '', { fields: CATALOG_FIELDS }),
    feeds: async () =>
      objects(await read('product_feeds', '/product_feeds', { fields: FEED_FIELDS, limit: '100' })),
    diagnostics: async () =>
      objects(await read('diagnostics', '/diagnostics', { severities: '["MUST_FIX"]' })),
    eventStats: () => whole('event_stats'),
    eventSources: () => whole('external_event_sources', { fields: 'id,name,source_type' }),
    async linkEventSources(ids) {
      await graph.call({
        operation: 'external_event_sources',
        method: 'POST',
        path: `${settings.catalogId}/external_event_sources`,
        body: { external_event_sources: ids },
        lane: 'management',
      });
    },
    async errorTypes(locale) {
      // Not below the catalog, and its list is not called `data` (commerce partner requirements, verified 2026-11-25).
      const reply = await graph.call({
        operation: 'catalog_all_errors',
        method: 'GET',
        path: 'catalog_all_errors',
        query: { locale },
        lane: 'management',
      });
      return listIn(reply, 'all', 'catalog_all_errors');
    },
    sendBatch: ({ allowUpsert, requests }) =>
      send('items_batch', { item_type: 'PRODUCT_ITEM', allow_upsert: allowUpsert, requests }),
    sendLocalized: (requests) => send('localized_items_batch', { item_type: 'PRODUCT_ITEM', requests }),
    async batchStatus(handle) {
      const query = { handle, load_ids_of_invalid_requests: 'true', fields: STATUS_FIELDS };
      const reply = await read('check_batch_request_status', '/check_batch_request_status', query);
      return objects(reply)[0] ?? null;
    },
    products: ({ after, limit }) =>
      read('products', '/products', {
        fields: ITEM_FIELDS,
        limit: String(limit),
        bulk_pagination: 'true',
        ...(after === null ? {} : { after }),
      }),
  };
}

function objects(reply: JsonObject): readonly JsonObject[] {
  return isJsonArray(reply.data) ? reply.data.filter(isJsonObject) : [];
}

/** A list a person asked for: an answer without it is no empty list. */
function listIn(reply: JsonObject, name: string, operation: string): readonly JsonObject[] {
  const list = reply[name];
  if (isJsonArray(list)) return list.filter(isJsonObject);
  throw new ChannelError(`${operation} answered without "${name}"`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Ask again later; if it stays so, Meta has changed this answer and Omnifeed must be updated.',
  });
}

/** The cursor of the page that follows; null: this was the last one. */
function nextOf({ paging }: JsonObject): string | null {
  if (!isJsonObject(paging) || paging.next === undefined || !isJsonObject(paging.cursors)) return null;
  return typeof paging.cursors.after === 'string' ? paging.cursors.after : null;
}
