import { createHash } from 'node:crypto';
import type { Host } from '../../../src/channel/connector.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import { GRAPH_HOST } from '../api-version.js';
import { appSecretProof } from '../auth.js';
import type { Graph } from '../graph.js';
import type { MetaSettings } from '../settings.js';

/** A file sent along, or the address Meta fetches. */
export type UploadContent =
  | { readonly file: Buffer; readonly name: string }
  | { readonly url: string; readonly username?: string; readonly password?: string };

/** Calls about feeds and uploads. Each throws a ChannelError when it failed. All count against the management budget. */
export interface FeedClient {
  /** The catalog's feeds, by name and kind. */
  feeds(): Promise<readonly JsonObject[]>;
  /** Answers the id of the new feed. */
  createFeed(facts: JsonObject): Promise<string>;
  updateFeed(id: string, facts: JsonObject): Promise<void>;
  /** Rules people made in Commerce Manager that rewrite the columns of a feed. */
  rules(id: string): Promise<readonly JsonObject[]>;
  /** Starts a session and answers its id. `updateOnly`: nothing is deleted. */
  upload(feedId: string, content: UploadContent, updateOnly: boolean): Promise<string>;
  /** The sessions of a feed, latest first. */
  uploads(feedId: string): Promise<readonly JsonObject[]>;
  session(id: string): Promise<JsonObject>;
  /** A few examples per kind of error. */
  sampledErrors(id: string): Promise<readonly JsonObject[]>;
  orderErrorReport(id: string): Promise<void>;
  /** The bytes of a finished error report. */
  errorReport(address: string): Promise<Buffer>;
  /** Items of the catalog now. */
  productCount(): Promise<number | null>;
  productSets(): Promise<readonly JsonObject[]>;
  createProductSet(facts: JsonObject): Promise<string>;
  updateProductSet(id: string, facts: JsonObject): Promise<void>;
}

const FEED_FIELDS =
  'id,name,feed_type,ingestion_source_type,deletion_enabled,schedule,override_type,override_value,product_count';
const SESSION_FIELDS =
  'id,start_time,end_time,num_detected_items,num_persisted_items,num_deleted_items,num_invalid_items,error_count,warning_count,error_report';
const UPLOAD_DEADLINE_MS = 300_000;
const REPORT_MAX = 64 * 1024 * 1024;
/** Meta's own file servers. */
const FILE_HOSTS = /(^|\.)(facebook\.com|fbcdn\.net|fbsbx\.com)$/;

/** The client of a catalog's feeds. */
export function feedClient(settings: MetaSettings, graph: Graph, host: Host): FeedClient {
  const catalog = settings.catalogId;
  const get = (operation: string, path: string, query: Readonly<Record<string, string>> = {}) =>
    graph.call({ operation, method: 'GET', path, query, lane: 'management' });
  const post = (operation: string, path: string, body: JsonObject) =>
    graph.call({ operation, method: 'POST', path, body, lane: 'management' });
  return {
    feeds: async () =>
      listOf(await get('product_feeds', `${catalog}/product_feeds`, { fields: FEED_FIELDS, limit: '200' })),
    createFeed: async (facts) =>
      idOf(await post('create feed', `${catalog}/product_feeds`, facts), 'create feed'),
    updateFeed: async (id, facts) => void (await post('update feed', id, facts)),
    rules: async (id) => listOf(await get('feed rules', `${id}/rules`, { limit: '100' })),
    async upload(feedId, content, updateOnly) {
      const path = `${feedId}/uploads`;
      const flags = { update_only: String(updateOnly) };
      if (!('file' in content)) return idOf(await post('upload', path, { ...flags, ...content }), 'upload');
      const form = formWithFile(flags, content);
      const call = { operation: 'upload', method: 'POST', path, lane: 'management' } as const;
      return idOf(await graph.call({ ...call, ...form, deadlineMs: UPLOAD_DEADLINE_MS }), 'upload');
    },
    uploads: async (feedId) =>
      listOf(await get('uploads', `${feedId}/uploads`, { fields: SESSION_FIELDS, limit: '10' })),
    session: (id) => get('upload session', id, { fields: SESSION_FIELDS }),
    sampledErrors: async (id) => listOf(await get('upload errors', `${id}/errors`, { limit: '100' })),
    orderErrorReport: async (id) => void (await post('order error report', `${id}/error_report`, {})),
    errorReport: (address) => download(address, { settings, graph, host }),
    async productCount() {
      const { product_count: count } = await get('catalog', catalog, { fields: 'product_count' });
      return typeof count === 'number' ? count : null;
    },
    productSets: async () =>
      listOf(
        await get('product_sets', `${catalog}/product_sets`, { fields: 'id,name,filter', limit: '500' }),
      ),
    createProductSet: async (facts) =>
      idOf(await post('create product set', `${catalog}/product_sets`, facts), 'create product set'),
    updateProductSet: async (id, facts) => void (await post('update product set', id, facts)),
  };
}

function listOf(reply: JsonObject): readonly JsonObject[] {
  return isJsonArray(reply.data) ? reply.data.filter(isJsonObject) : [];
}

function idOf(reply: JsonObject, operation: string): string {
  const { id } = reply;
  if (typeof id === 'string' && id !== '') return id;
  throw unexpected(`${operation} answered without an id`);
}

/** A form with fields and one file (RFC 7578). The boundary comes from the content, so the same file makes the same form. */
function formWithFile(
  fields: Readonly<Record<string, string>>,
  { file, name }: { readonly file: Buffer; readonly name: string },
): { readonly body: Buffer; readonly contentType: string } {
  const boundary = `omnifeed${createHash('sha256').update(file).digest('hex').slice(0, 32)}`;
  const text = Object.entries(fields).map(
    ([field, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/[^\w.-]/g, '_')}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(text.join('') + head),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { body, contentType: `multipart/form-data; boundary=${boundary}` };
}

/** Reports lie on Meta's file servers; our token goes to Graph alone, and an address elsewhere is not fetched. */
async function download(
  address: string,
  {
    settings,
    graph: calls,
    host,
  }: { readonly settings: MetaSettings; readonly graph: Graph; readonly host: Host },
): Promise<Buffer> {
  if (readUrl(address) === null) throw unexpected('the error report has no address');
  const url = new URL(address);
  const graph = new URL(settings.endpoint ?? GRAPH_HOST);
  const own = url.origin === graph.origin;
  if (!own && !(url.protocol === 'https:' && FILE_HOSTS.test(url.hostname)))
    throw unexpected('the error report lies on a server that is not Meta’s');
  const token = own ? await calls.token() : '';
  const proof = own && settings.appSecret !== undefined;
  const reply = await host.http.send({
    method: 'GET',
    url: `${url.origin}${url.pathname}`,
    query: {
      ...Object.fromEntries(url.searchParams),
      ...(proof ? { appsecret_proof: appSecretProof(settings.appSecret ?? '', token) } : {}),
    },
    headers: own ? { authorization: `Bearer ${token}` } : {},
    maxBytes: REPORT_MAX,
  });
  if (reply.status === 200) return reply.body;
  throw unexpected(`the error report answered ${reply.status}`);
}

function unexpected(message: string): ChannelError {
  return new ChannelError(message, {
    code: 'unexpected_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The call is repeated by itself; report it if it stays.',
  });
}
