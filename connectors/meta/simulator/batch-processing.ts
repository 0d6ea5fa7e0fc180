import type { JsonObject } from '../../../src/domain/json.js';
import { type CatalogBatch, type CatalogState, putItem, type RecordOutcome } from './catalog-state.js';
import { judge, merged, unknownFields } from './item-rules.js';

/** Processes the batches that are due. Called before every look at the catalog, so no timer is needed. */
export function processDue(state: CatalogState): void {
  for (const batch of state.batches.values()) {
    if (batch.outcomes === null && batch.dueAtMs <= performance.now()) process(state, batch);
  }
}

/** Records are applied from the last to the first: nobody may rely on an order inside a batch. */
function process(state: CatalogState, batch: CatalogBatch): void {
  const outcomes = batch.requests.map((record, index) => ({ record, line: index + 1 })).reverse();
  batch.outcomes = outcomes.map(({ record, line }) => apply(state, batch, record, line)).reverse();
}

function apply(state: CatalogState, batch: CatalogBatch, record: JsonObject, line: number): RecordOutcome {
  const data = dataOf(record);
  const id = String(data.id);
  const known = state.items.get(id);
  const failed = (message: string): RecordOutcome => ({ line, id, errors: [message], warnings: [] });
  if (record.method === 'DELETE') {
    state.items.delete(id);
    return { line, id, errors: [], warnings: known ? [] : [`The item ${id} does not exist`] };
  }
  if (record.method === 'UPDATE' && !known && !batch.allowUpsert)
    return failed(`The item ${id} does not exist and cannot be updated`);
  const refusal = state.refusals.get(id);
  if (refusal !== undefined) return failed(`Rejected in review: ${refusal}`);
  const fields = merged(record.method === 'CREATE' ? {} : (known?.fields ?? {}), data);
  const { errors, warnings } = judge(fields);
  if (errors.length === 0) putItem(state, id, fields);
  return { line, id, errors, warnings };
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
  return typeof record.data === 'object' && record.data !== null && !Array.isArray(record.data)
    ? (record.data as JsonObject)
    : {};
}
