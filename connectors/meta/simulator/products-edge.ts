import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { CatalogItem, CatalogState } from './catalog-state.js';
import { graphError } from './graph-access.js';

/** Names on the read side that differ from those that are sent. */
const READ_NAMES: Readonly<Record<string, string>> = {
  name: 'title',
  url: 'link',
  image_url: 'image_link',
  retailer_product_group_id: 'item_group_id',
};
const MOST_PER_PAGE = 1_000;

/** `GET /{catalog}/products`: asked fields only, pages by cursor, filter by retailer id. */
export function productsEdge(state: CatalogState, params: URLSearchParams): SimulatorReply {
  const fields = (params.get('fields') ?? 'id,name,retailer_id').split(',');
  const limit = Number(params.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    return graphError(400, 100, 'Param limit must be a number from 1 to 1000');
  const from = params.has('after') ? indexOf(params.get('after') ?? '') : 0;
  if (from === null) return graphError(400, 100, 'Invalid cursors values');
  const all = [...state.items].filter(([id]) => wanted(id, params.get('filter')));
  const shown = all.slice(from, from + limit);
  const more = from + limit < all.length;
  return {
    status: 200,
    body: {
      data: shown.map(([retailerId, item]) => view(retailerId, item, fields)),
      paging: {
        cursors: { before: cursorAt(from), after: cursorAt(from + shown.length) },
        ...(more ? { next: 'https://graph.facebook.com/next' } : {}),
      },
    },
  };
}

function view(retailerId: string, item: CatalogItem, fields: readonly string[]): JsonObject {
  const record: Record<string, JsonValue> = {};
  for (const field of fields) {
    const value = fieldOf(retailerId, item, field);
    if (value !== undefined) record[field] = value;
  }
  return { ...record, id: item.id };
}

function fieldOf(retailerId: string, item: CatalogItem, field: string): JsonValue | undefined {
  if (field === 'retailer_id') return retailerId;
  if (field === 'review_status') return item.review;
  if (field === 'errors') return item.complaints.length > 0 ? item.complaints : undefined;
  // Text for people, as on the real read side: nothing to compute with.
  if (field === 'price') return `$${String(item.fields.price).split(' ')[0]}`;
  return item.fields[READ_NAMES[field] ?? field];
}

function wanted(retailerId: string, filter: string | null): boolean {
  if (filter === null) return true;
  const parsed: unknown = JSON.parse(filter);
  const rule = isJsonObject(parsed) && isJsonObject(parsed.retailer_id) ? parsed.retailer_id : {};
  if (isJsonArray(rule.is_any)) return rule.is_any.includes(retailerId);
  return rule.eq === undefined || rule.eq === retailerId;
}

function cursorAt(index: number): string {
  return Buffer.from(`at:${index}`).toString('base64url');
}

function indexOf(cursor: string): number | null {
  const match = /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  return match ? Number(match[1]) : null;
}
