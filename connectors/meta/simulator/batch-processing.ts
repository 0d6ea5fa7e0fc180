import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import {
  type CatalogBatch,
  type CatalogState,
  type Finding,
  putItem,
  type RecordOutcome,
} from './catalog-state.js';
import { judge, judgeOverride, merged, unknownFields } from './item-rules.js';

/** Processes the batches that are due. Called before every look at the catalog, so no timer is needed. */
export function processBatches(state: CatalogState): void {
  for (const batch of state.batches.values()) {
    if (batch.outcomes === null && batch.fate !== 'stuck' && batch.dueAtMs <= state.nowMs())
      process(state, batch);
  }
}

/** Records are applied from the last to the first: nobody may rely on an order inside a batch. */
function process(state: CatalogState, batch: CatalogBatch): void {
  const numbered = batch.requests.map((record, index) => ({ record, line: index + 1 }));
  const kept = { finished: 1, slow: 1, canceled: 0.5, error: 0, lost: 0, stuck: 0 }[batch.fate];
  const outcomes = numbered.slice(0, Math.ceil(numbered.length * kept)).reverse();
  batch.outcomes = outcomes.map(({ record, line }) => apply(state, batch, record, line)).reverse();
}

function apply(state: CatalogState, batch: CatalogBatch, record: JsonObject, line: number): RecordOutcome {
  const id = String(dataOf(record).id);
  const found =
    batch.kind === 'localized' ? applyOverride(state, record, id) : applyItem(state, batch, record, id);
  return { line, id, errors: found.errors ?? [], warnings: found.warnings ?? [] };
}

interface Applied {
  readonly errors?: readonly Finding[];
  readonly warnings?: readonly Finding[];
}

function applyItem(state: CatalogState, batch: CatalogBatch, record: JsonObject, id: string): Applied {
  const known = state.items.get(id);
  if (record.method === 'DELETE') {
    if (state.undeletable.has(id))
      return { errors: [{ type: 'ITEM_LOCKED', message: `The item ${id} cannot be deleted right now` }] };
    state.items.delete(id);
    return known ? {} : { warnings: [unknownItem(id)] };
  }
  if (record.method === 'UPDATE' && !known && !batch.allowUpsert) return { errors: [unknownItem(id)] };
  const refusal = state.refusals.get(id);
  if (refusal !== undefined)
    return { errors: [{ type: refusal, message: `Rejected in review: ${refusal}` }] };
  const fields = merged(record.method === 'CREATE' ? {} : (known?.fields ?? {}), dataOf(record));
  const found = judge(fields);
  if (found.errors.length === 0) putItem(state, id, fields);
  return found;
}

/** Overrides belong to an item that is there; they change nothing of the item itself. */
function applyOverride(state: CatalogState, record: JsonObject, id: string): Applied {
  const item = state.items.get(id);
  if (!item) return { errors: [unknownItem(id)] };
  const place = placeOf(record);
  if (record.method === 'DELETE') {
    item.overrides.delete(place);
    return {};
  }
  const fields = merged(item.overrides.get(place) ?? {}, dataOf(record));
  const errors = judgeOverride(place, fields);
  if (errors.length > 0) return { errors };
  if (Object.keys(fields).length === 0) item.overrides.delete(place);
  else item.overrides.set(place, fields);
  return {};
}

function unknownItem(id: string): Finding {
  return { type: 'ITEM_NOT_FOUND', message: `The item ${id} does not exist` };
}

/** What is found before anything is processed: one entry per record with findings. */
export function validateNow(requests: readonly JsonObject[]): readonly JsonObject[] {
  return requests.flatMap((record) => {
    const data = dataOf(record);
    const errors = typeof data.id === 'string' && data.id !== '' ? [] : ['A required field is missing: id'];
    const warnings =
      record.method === 'DELETE' ? [] : unknownFields(data).map((name) => `Unrecognised field: ${name}`);
    if (errors.length + warnings.length === 0) return [];
    return [
      {
        retailer_id: typeof data.id === 'string' ? data.id : '',
        errors: errors.map((message) => ({ message })),
        warnings: warnings.map((message) => ({ message })),
      },
    ];
  });
}

/** The data of a record; the id belongs inside it (the retired endpoint had it beside). */
export function dataOf(record: JsonObject): JsonObject {
  return isJsonObject(record.data) ? record.data : {};
}

/** The value of a record's localization; empty when its type does not fit it. */
export function placeOf(record: JsonObject): string {
  const { type, value } = isJsonObject(record.localization) ? record.localization : {};
  const forms: Readonly<Record<string, RegExp>> = {
    LANGUAGE: /^[a-z]{2}_[A-Z]{2}$/,
    COUNTRY: /^[A-Z]{2}$/,
    LANGUAGE_AND_COUNTRY: /^[a-z]{2}_[A-Z]{2}\|[A-Z]{2}$/,
  };
  return typeof value === 'string' && forms[String(type)]?.test(value) === true ? value : '';
}
