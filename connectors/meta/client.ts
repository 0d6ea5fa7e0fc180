import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import type { TokenBucket } from '../../src/channel/throttle.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { API_VERSION } from './api-version.js';
import { appSecretProof, appToken } from './auth.js';
import { FAILURES } from './failures.js';
import type { MetaSettings } from './settings.js';
import { usageOf } from './usage.js';

/** Records of one `items_batch` call. */
export interface ItemsBatch {
  /** False: a record for an unknown id is not completed instead of creating half an item. */
  readonly allowUpsert: boolean;
  readonly requests: readonly JsonObject[];
}

/** Calls to the Graph API. Each throws a ChannelError when the call as a whole failed. */
export interface MetaClient {
  debugToken(): Promise<JsonObject | null>;
  catalog(): Promise<JsonObject>;
  sendBatch(batch: ItemsBatch): Promise<JsonObject>;
  /** The one status record of a handle; null when Meta does not know the handle (any more). */
  batchStatus(handle: string): Promise<JsonObject | null>;
  products(after: string | null): Promise<JsonObject>;
}

interface GraphCall {
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly lane: Lane;
}

interface Lane {
  readonly bucket: TokenBucket;
  readonly perSecond: number;
}

const GRAPH = 'https://graph.facebook.com';
const STATUS_FIELDS =
  'handle,status,errors,errors_total_count,warnings,warnings_total_count,ids_of_invalid_requests';
const CATALOG_FIELDS = 'id,name,vertical,product_count,is_catalog_segment';
/** Read-side names of what `observe` compares. */
const ITEM_FIELDS =
  'id,retailer_id,name,description,availability,condition,url,image_url,brand,gtin,color,size,material,pattern,gender,age_group,quantity_to_sell_on_facebook,review_status,errors,product_feed';
const PAGE_SIZE = '200';
const BATCH_DEADLINE_MS = 120_000;

/**
 * Budgets per rolling hour start at 200 batch calls and 20,000 others (Marketing API "Rate limiting", verified 2026-11).
 * A full bucket plus an hour's refill stays within them.
 */
const BATCH = { perSecond: 100 / 3_600, burst: 100 };
const MANAGEMENT = { perSecond: 10_000 / 3_600, burst: 1_000 };

/** The client of one catalog. */
export function metaClient(settings: MetaSettings, host: Host): MetaClient {
  const batch: Lane = { bucket: host.bucket('meta-batch', BATCH), perSecond: BATCH.perSecond };
  const lane: Lane = { bucket: host.bucket('meta-management', MANAGEMENT), perSecond: MANAGEMENT.perSecond };
  const token = settings.accessToken;
  const call = (request: GraphCall): Promise<JsonObject> => graph(settings, host, request);
  const read = (
    operation: string,
    edge: string,
    query: Readonly<Record<string, string>>,
  ): Promise<JsonObject> =>
    call({ operation, method: 'GET', path: `${settings.catalogId}${edge}`, token, query, lane });
  return {
    async debugToken() {
      const app = appToken(settings);
      if (app === null) return null;
      const query = { input_token: token };
      const reply = await call({
        operation: 'debug_token',
        method: 'GET',
        path: 'debug_token',
        token: app,
        query,
        lane,
      });
      return isJsonObject(reply.data) ? reply.data : {};
    },
    catalog: () => read('catalog', '', { fields: CATALOG_FIELDS }),
    sendBatch: ({ allowUpsert, requests }) =>
      call({
        operation: 'items_batch',
        method: 'POST',
        path: `${settings.catalogId}/items_batch`,
        token,
        body: { item_type: 'PRODUCT_ITEM', allow_upsert: allowUpsert, requests },
        lane: batch,
      }),
    async batchStatus(handle) {
      const query = { handle, load_ids_of_invalid_requests: 'true', fields: STATUS_FIELDS };
      const reply = await read('check_batch_request_status', '/check_batch_request_status', query);
      const [status] = isJsonArray(reply.data) ? reply.data.filter(isJsonObject) : [];
      return status ?? null;
    },
    products: (after) =>
      read('products', '/products', {
        fields: ITEM_FIELDS,
        limit: PAGE_SIZE,
        bulk_pagination: 'true',
        ...(after === null ? {} : { after }),
      }),
  };
}

async function graph(settings: MetaSettings, host: Host, call: GraphCall): Promise<JsonObject> {
  await call.lane.bucket.take(host.signal);
  const reply = await host.http.send({
    method: call.method,
    url: `${settings.endpoint ?? GRAPH}/${settings.apiVersion ?? API_VERSION}/${call.path}`,
    query: { ...call.query, ...proofOf(settings, call.token) },
    // In the header, so that the token does not get into the logs of anything in between.
    headers: { authorization: `Bearer ${call.token}` },
    ...(call.body ? { body: call.body, deadlineMs: BATCH_DEADLINE_MS } : {}),
  });
  pace(call.lane, reply);
  const warned = reply.headers['x-ad-api-version-warning'];
  if (warned !== undefined) host.log.warn({ warning: warned.slice(0, 300) }, 'graph version is ageing');
  if (reply.status >= 200 && reply.status < 300) return jsonObjectOf(reply, call.operation);
  throw graphFailure(reply, call.operation);
}

function proofOf(settings: MetaSettings, token: string): Readonly<Record<string, string>> {
  return settings.appSecret === undefined
    ? {}
    : { appsecret_proof: appSecretProof(settings.appSecret, token) };
}

/** From 75 % of a budget on we send at half speed (CPU and wall time count too, so calls alone do not tell). */
function pace(lane: Lane, reply: HttpReply): void {
  const usage = usageOf(reply.headers);
  if (usage) lane.bucket.learn(usage.percent >= 75 ? lane.perSecond / 2 : lane.perSecond);
}

/** When Meta says "too many calls" without saying how long: usage is counted by the minute. */
const UNTOLD_WAIT_MS = 60_000;

function graphFailure(reply: HttpReply, operation: string): Error {
  const error = errorOf(reply);
  const waitMs = usageOf(reply.headers)?.regainMs || UNTOLD_WAIT_MS;
  const failure = failureOf(
    // Meta tells the delay in a header of its own; the table reads the common one.
    { ...reply, headers: { ...reply.headers, 'retry-after': String(waitMs / 1_000) } },
    {
      operation,
      bodyCode: codeOf(error),
      text: typeof error.message === 'string' ? error.message : undefined,
      requestId: typeof error.fbtrace_id === 'string' ? error.fbtrace_id : undefined,
    },
    FAILURES,
  );
  return failure;
}

/** Code 100 is about a parameter, or, with a type of its own, about the object, who may see it, and the proof of the app. */
function codeOf(error: JsonObject): string | undefined {
  if (error.code === undefined) return undefined;
  return error.type === 'GraphMethodException' ? `${String(error.code)}/method` : String(error.code);
}

function errorOf(reply: HttpReply): JsonObject {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    return isJsonObject(body) && isJsonObject(body.error) ? body.error : {};
  } catch {
    // A proxy's page instead of an envelope: the status alone decides.
    return {};
  }
}
