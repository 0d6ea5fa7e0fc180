import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { ORDER_ROUTES } from './answer-orders.js';
import { SIDE_ROUTES } from './answer-side.js';
import type { MemoryStore, WaitingChange } from './memory-store.js';
import { objects, ok, page, type Route, refuse, type StoreAnswer, type StoreCall } from './store-call.js';
import { processDocuments } from './store-documents.js';
import { MOST_CHANGES, process, receive } from './store-listings.js';

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /me': () => ok({ ready: true }),
  'POST /listings': submit,
  'GET /submissions': submission,
  'GET /listings': listings,
  ...SIDE_ROUTES,
  ...ORDER_ROUTES,
  'GET /products': products,
  'GET /stock': stock,
};

/** Lets the store do what is due. Called before every look at it, so no timer is needed. */
export function settleStore(store: MemoryStore): void {
  process(store);
  processDocuments(store);
}

/** Answers a call on a store. */
export function answer(store: MemoryStore, call: StoreCall): StoreAnswer {
  settleStore(store);
  const name = `${call.method} ${call.path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  return route ? route(store, call) : refuse(404, 'unknown_call');
}

function submit(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const changes = objects(body.changes).map(changeOf);
  if (typeof body.key !== 'string' || changes.length === 0) return refuse(400, 'bad_batch');
  if (changes.length > MOST_CHANGES) return refuse(400, 'batch_too_large');
  if (new Set(changes.map((change) => change.sku)).size < changes.length) return refuse(400, 'sku_twice');
  return ok({ id: receive(store, body.key, changes).id, accepted: changes.map((change) => change.sku) });
}

function changeOf(change: JsonObject): WaitingChange {
  const action = change.action === 'remove' || change.action === 'offer' ? change.action : 'upsert';
  const attributes = isJsonObject(change.attributes) ? change.attributes : {};
  return { sku: String(change.sku), action, attributes, version: Number(change.version ?? 0) };
}

function submission(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const found = store.submissions.get(query.id ?? '');
  if (!found) return refuse(404, 'unknown_submission');
  return ok({ verdicts: found.verdicts as unknown as JsonValue });
}

function listings(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const refused = [...store.rejected].filter(([sku]) => !store.listings.has(sku));
  const all: JsonObject[] = [
    ...[...store.listings.values()].map((held) => ({ ...held })),
    ...refused.map(([sku, code]) => ({ sku, code })),
  ];
  return ok(page(all, query.cursor));
}

function products(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  return ok(page([...store.products.values()] as unknown as JsonObject[], query.cursor));
}

function stock(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const readings = [...store.products.values()].flatMap((product) =>
    product.variants.flatMap((variant) =>
      (variant.stock ?? []).map((reading) => ({ sku: variant.sku ?? '', ...reading })),
    ),
  );
  return ok(page(readings, query.cursor));
}
