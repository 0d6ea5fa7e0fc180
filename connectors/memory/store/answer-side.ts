import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { MemoryStore } from './memory-store.js';
import { objects, ok, page, type Route, refuse, type StoreAnswer, type StoreCall } from './store-call.js';
import { receiveDocument } from './store-documents.js';
import { takePlace } from './store-places.js';
import { promotionState, takePromotion } from './store-promotions.js';

/** Calls beside listings and orders: whole documents, stock per place. */
export const SIDE_ROUTES: Readonly<Record<string, Route>> = {
  'POST /documents': submitDocument,
  'GET /documents': documentReport,
  'POST /places': submitPlaces,
  'POST /promotions': submitPromotions,
  'GET /promotions': promotions,
  'POST /signals': signals,
};

function submitDocument(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const items = objects(body.items).map((item) => ({
    sku: String(item.sku),
    attributes: isJsonObject(item.attributes) ? item.attributes : {},
  }));
  if (typeof body.key !== 'string' || items.length === 0) return refuse(400, 'bad_document');
  if (new Set(items.map((item) => item.sku)).size < items.length) return refuse(400, 'sku_twice');
  return ok({ key: receiveDocument(store, body.key, items).key });
}

function documentReport(store: MemoryStore, { query }: StoreCall): StoreAnswer {
  const found = store.documents.get(query.key ?? '');
  if (!found) return refuse(404, 'unknown_document');
  if (found.refused === null) return ok({ state: 'pending' });
  const { items: refused, next } = page(found.refused as unknown as JsonObject[], query.cursor);
  return ok({ state: 'done', items: found.items.length, refused: refused ?? [], next: next ?? null });
}

function submitPlaces(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const changes = objects(body.changes);
  if (typeof body.key !== 'string' || changes.length === 0) return refuse(400, 'bad_batch');
  const results = changes.map((change) => ({
    key: `${String(change.kind)} ${String(change.place)} ${String(change.sku)}`,
    code: takePlace(store, change),
  }));
  return ok({ results });
}

function submitPromotions(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const changes = objects(body.changes);
  if (typeof body.key !== 'string' || changes.length === 0) return refuse(400, 'bad_batch');
  const results = changes.map((change) => ({
    id: String(objects([change.promotion ?? null])[0]?.id),
    ended: change.action === 'end',
    code: takePromotion(store, change),
  }));
  return ok({ results });
}

function promotions(store: MemoryStore): StoreAnswer {
  return ok({ promotions: [...store.promotions.values()].map((held) => promotionState(store, held)) });
}

/** Without a carrier a parcel says nothing about speed. */
function signals(store: MemoryStore, { body }: StoreCall): StoreAnswer {
  const results = objects(body.parcels).map((parcel) => {
    const { reference } = parcel;
    if (parcel.carrier === '' || parcel.originCountry === null)
      return { reference, code: 'missing_carrier_or_origin' };
    store.signals.push(parcel);
    return { reference };
  });
  return ok({ results } as unknown as JsonObject);
}
