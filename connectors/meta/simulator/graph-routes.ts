import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { dataOf, processDue, validateNow } from './batch-processing.js';
import type { CatalogBatch, CatalogState } from './catalog-state.js';
import { CREDENTIALS, graphError, refusedAccess } from './graph-access.js';
import { productsEdge } from './products-edge.js';

const MOST_RECORDS = 5_000;
const MOST_BYTES = 28 * 1024 * 1024;
const CALLS_PER_HOUR = 200;
const HOUR_MS = 3_600_000;
/** `errors` and `warnings` of a status are samples. */
const SAMPLE = 10;

/** Answers a Graph call on the catalog. */
export function answerGraph(state: CatalogState, request: SimulatorRequest): SimulatorReply {
  processDue(state);
  const params = new URLSearchParams(request.query);
  const body = bodyOf(request, params);
  const refused = refusedAccess(request, params, state.tokenValid);
  if (refused) return refused;
  const path = request.path.replace(/^\/v\d+\.\d+\//, '');
  const route = `${request.method} ${path.replace(state.catalogId, '{catalog}')}`;
  switch (route) {
    case 'GET debug_token':
      return debugToken(state, params);
    case 'GET {catalog}':
      return { status: 200, body: catalogNode(state) };
    case 'POST {catalog}/items_batch':
      return itemsBatch(state, body, request.body.length);
    case 'GET {catalog}/check_batch_request_status':
      return batchStatus(state, params);
    case 'GET {catalog}/products':
      return productsEdge(state, params);
    default:
      return graphError(400, 100, `Unsupported ${request.method.toLowerCase()} request.`, {
        subcode: 33,
        type: 'GraphMethodException',
      });
  }
}

/** The parameters of a body: a JSON object, or form fields whose values are JSON. Plain form fields join the query. */
function bodyOf(request: SimulatorRequest, params: URLSearchParams): JsonObject {
  const text = request.body.toString('utf8');
  if (String(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(text);
    for (const [name, value] of form) params.set(name, value);
    return Object.fromEntries([...form].map(([name, value]) => [name, jsonOr(value)]));
  }
  const body = text === '' ? {} : jsonOr(text);
  if (!isJsonObject(body)) return {};
  if (typeof body.appsecret_proof === 'string') params.set('appsecret_proof', body.appsecret_proof);
  return body;
}

function jsonOr(text: string): JsonObject[string] {
  try {
    return JSON.parse(text) as JsonObject[string];
  } catch {
    return text;
  }
}

function debugToken(state: CatalogState, params: URLSearchParams): SimulatorReply {
  const valid = params.get('input_token') === CREDENTIALS.accessToken && state.tokenValid;
  const scopes = ['catalog_management', 'business_management'];
  return {
    status: 200,
    body: {
      data: { app_id: CREDENTIALS.appId, is_valid: valid, expires_at: 0, scopes: valid ? scopes : [] },
    },
  };
}

function catalogNode(state: CatalogState): JsonObject {
  return {
    id: state.catalogId,
    name: 'Simulated catalog',
    vertical: 'commerce',
    product_count: state.items.size,
    is_catalog_segment: false,
  };
}

function itemsBatch(state: CatalogState, body: JsonObject, bytes: number): SimulatorReply {
  const usage = useBudget(state);
  if (usage > 100)
    return { ...throttledReply(state.catalogId, 60), headers: usageHeader(state.catalogId, 100, 60) };
  const requests = isJsonArray(body.requests) ? body.requests.filter(isJsonObject) : [];
  if (body.item_type !== 'PRODUCT_ITEM') return graphError(400, 100, 'The parameter item_type is required');
  if (requests.length === 0) return graphError(400, 100, 'The parameter requests is required');
  if (requests.length > MOST_RECORDS)
    return graphError(400, 100, `At most ${MOST_RECORDS} requests are allowed`);
  if (bytes > MOST_BYTES) return graphError(413, 1, 'Please reduce the amount of data you are asking for');
  if (requests.some((record) => !['CREATE', 'UPDATE', 'DELETE'].includes(String(record.method))))
    return graphError(400, 100, 'Param requests has a method that is not CREATE, UPDATE or DELETE');
  const findings = validateNow(requests);
  const sound = requests.filter((record) => typeof dataOf(record).id === 'string');
  const handles = sound.length === 0 ? [] : [take(state, sound, body.allow_upsert !== false).handle];
  return {
    status: 200,
    headers: usageHeader(state.catalogId, usage, 0),
    body: { handles, ...(findings.length > 0 ? { validation_status: findings } : {}) },
  };
}

function take(state: CatalogState, requests: readonly JsonObject[], allowUpsert: boolean): CatalogBatch {
  const ids = requests.map((record) => String(dataOf(record).id));
  const busy = new Set(
    [...state.batches.values()]
      .filter((batch) => batch.outcomes === null)
      .flatMap((batch) => batch.requests.map((record) => String(dataOf(record).id))),
  );
  state.overlaps += ids.filter((id) => busy.has(id)).length + ids.length - new Set(ids).size;
  const handle = `AczSimulatedHandle${state.batches.size + 1}`;
  const dueAtMs = performance.now() + state.processingMs;
  const batch: CatalogBatch = { handle, allowUpsert, requests, dueAtMs, outcomes: null };
  state.batches.set(handle, batch);
  return batch;
}

/** Calls of the last hour as percent of the budget, this one included. */
function useBudget(state: CatalogState): number {
  const now = performance.now();
  const recent = state.batchCallsAtMs.filter((at) => at > now - HOUR_MS);
  state.batchCallsAtMs.splice(0, Number.POSITIVE_INFINITY, ...recent, now);
  return Math.ceil((state.batchCallsAtMs.length * 100) / CALLS_PER_HOUR);
}

function usageHeader(catalogId: string, percent: number, minutes: number): Record<string, string> {
  const budget = {
    type: 'catalog_batch',
    call_count: Math.min(percent, 100),
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: minutes,
  };
  return { 'x-business-use-case-usage': JSON.stringify({ [catalogId]: [budget] }) };
}

/** "Too many calls" as Meta says it: a 400 with a code, the wait in minutes in a header. */
export function throttledReply(catalogId: string, minutes: number): SimulatorReply {
  const reply = graphError(
    400,
    80_014,
    'There have been too many calls for the batch uploads to this catalog account.',
  );
  return { ...reply, headers: usageHeader(catalogId, 100, minutes) };
}

function batchStatus(state: CatalogState, params: URLSearchParams): SimulatorReply {
  const handle = params.get('handle');
  if (handle === null) return graphError(400, 100, 'The parameter handle is required');
  const batch = state.batches.get(handle);
  if (!batch) return { status: 200, body: { data: [] } };
  const outcomes = batch.outcomes ?? [];
  const told = (kind: 'errors' | 'warnings'): readonly JsonObject[] =>
    outcomes.flatMap(({ line, id, ...found }) => found[kind].map((message) => ({ line, id, message })));
  const [errors, warnings] = [told('errors'), told('warnings')];
  const wantsIds = params.get('load_ids_of_invalid_requests') === 'true';
  const invalid = outcomes.filter((outcome) => outcome.errors.length > 0).map((outcome) => outcome.id);
  const record = {
    handle,
    status: batch.outcomes === null ? 'in_progress' : 'finished',
    errors_total_count: errors.length,
    warnings_total_count: warnings.length,
    errors: errors.slice(0, SAMPLE),
    warnings: warnings.slice(0, SAMPLE),
    ids_of_invalid_requests: wantsIds ? invalid : [],
  };
  return { status: 200, body: { data: [record] } };
}
