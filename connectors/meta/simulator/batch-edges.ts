import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { dataOf, placeOf, validateNow } from './batch-processing.js';
import type { BatchFate, CatalogBatch, CatalogState, Finding } from './catalog-state.js';
import { badParameter, graphError } from './graph-error.js';
import { flagOf, type ReadCall, textOf } from './graph-request.js';

const MOST_RECORDS = 5_000;
const MOST_BYTES = 28 * 1024 * 1024;
/** `errors` and `warnings` of a status are samples. */
const SAMPLE = 10;

/** `POST /{catalog}/items_batch` and `localized_items_batch`. */
export function batchEdge(state: CatalogState, call: ReadCall, kind: CatalogBatch['kind']): SimulatorReply {
  const requests = isJsonArray(call.values.requests) ? call.values.requests.filter(isJsonObject) : [];
  if (textOf(call, 'item_type') !== 'PRODUCT_ITEM')
    return badParameter('The parameter item_type is required');
  if (requests.length === 0) return badParameter('The parameter requests is required');
  if (requests.length > MOST_RECORDS) return badParameter(`At most ${MOST_RECORDS} requests are allowed`);
  if (call.bytes > MOST_BYTES)
    return graphError(413, 1, 'Please reduce the amount of data you are asking for, then retry your request');
  if (requests.some((record) => !['CREATE', 'UPDATE', 'DELETE'].includes(String(record.method))))
    return badParameter('Param requests has a method that is not CREATE, UPDATE or DELETE');
  if (kind === 'localized' && requests.some((record) => placeOf(record) === ''))
    return badParameter('Param requests has a localization whose type and value do not fit');
  if (state.blame?.(requests.map((record) => String(dataOf(record).id))))
    return badParameter('Invalid parameter');
  const findings = validateNow(requests);
  const told = findings.length > 0 ? { validation_status: findings } : {};
  const fate = state.fates.shift() ?? 'finished';
  const sound = requests.filter(
    (record) => typeof dataOf(record).id === 'string' && dataOf(record).id !== '',
  );
  if (fate === 'empty' || sound.length === 0) return { status: 200, body: { handles: [], ...told } };
  const batch = take(state, { kind, requests: sound, allowUpsert: flagOf(call, 'allow_upsert', true), fate });
  return { status: 200, body: { handles: [batch.handle], ...told } };
}

interface Taken {
  readonly kind: CatalogBatch['kind'];
  readonly requests: readonly JsonObject[];
  readonly allowUpsert: boolean;
  readonly fate: BatchFate;
}

function take(state: CatalogState, taken: Taken): CatalogBatch {
  state.overlaps += overlapsOf(state, taken);
  const batch: CatalogBatch = {
    ...taken,
    handle: `AczSimulatedHandle${state.batches.size + 1}`,
    dueAtMs: state.nowMs() + state.processingMs * (taken.fate === 'slow' ? 10 : 1),
    outcomes: null,
  };
  state.batches.set(batch.handle, batch);
  return batch;
}

/** Mentions of an item that are already under way, or are there twice. */
function overlapsOf(state: CatalogState, { kind, requests }: Taken): number {
  const subject = (record: JsonObject): string => `${String(dataOf(record).id)} ${placeOf(record)}`;
  const ids = requests.map(subject);
  const busy = new Set(
    [...state.batches.values()]
      .filter((batch) => batch.outcomes === null && batch.kind === kind && batch.fate !== 'stuck')
      .flatMap((batch) => batch.requests.map(subject)),
  );
  return ids.filter((id) => busy.has(id)).length + ids.length - new Set(ids).size;
}

/** `GET /{catalog}/check_batch_request_status`. */
export function batchStatusEdge(state: CatalogState, call: ReadCall): SimulatorReply {
  const handle = call.params.get('handle');
  if (handle === null) return badParameter('The parameter handle is required');
  const batch = state.batches.get(handle);
  if (!batch || batch.fate === 'lost') return { status: 200, body: { data: [] } };
  const outcomes = batch.outcomes ?? [];
  const told = (kind: 'errors' | 'warnings'): readonly JsonObject[] =>
    outcomes.flatMap(({ line, id, ...found }) =>
      found[kind].map(({ message }: Finding) => ({ line, id, message })),
    );
  const [errors, warnings] = [told('errors'), told('warnings')];
  const invalid = outcomes.filter((outcome) => outcome.errors.length > 0).map((outcome) => outcome.id);
  const record = {
    handle,
    status: statusOf(state, batch),
    errors_total_count: errors.length,
    warnings_total_count: warnings.length,
    errors: errors.slice(0, SAMPLE),
    warnings: warnings.slice(0, SAMPLE),
    ids_of_invalid_requests: flagOf(call, 'load_ids_of_invalid_requests', false) ? invalid : [],
  };
  return { status: 200, body: { data: [record] } };
}

/** Two words for "not yet" are seen in the wild. */
function statusOf(state: CatalogState, batch: CatalogBatch): string {
  if (batch.outcomes !== null) return batch.fate === 'slow' ? 'finished' : batch.fate;
  return batch.dueAtMs - state.nowMs() > state.processingMs / 2 ? 'started' : 'in_progress';
}
