import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { CatalogItem, CatalogState } from './catalog-state.js';
import { badParameter, graphError } from './graph-error.js';
import { askedFields, type ReadCall } from './graph-request.js';

/** Names on the read side that differ from those that are sent. */
const READ_NAMES: Readonly<Record<string, string>> = {
  name: 'title',
  url: 'link',
  image_url: 'image_link',
  images: 'image',
  videos: 'video',
  additional_image_urls: 'additional_image_link',
  manufacturer_part_number: 'mpn',
  category: 'google_product_category',
  retailer_product_group_id: 'item_group_id',
  inventory: 'quantity_to_sell_on_facebook',
  tags: 'internal_label',
};
const MOST_PER_PAGE = 1_000;
/** More of everything at once than Graph is willing to put together. */
const MOST_CELLS = 40_000;

/** `GET /{catalog}/products` and `GET /{feed}/products`: asked fields only, pages by cursor, filters by id and error. */
export function productsEdge(
  state: CatalogState,
  call: ReadCall,
  feedId: string | null = null,
): SimulatorReply {
  const fields = askedFields(call, 'id,name,retailer_id');
  const limit = Number(call.params.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PER_PAGE)
    return badParameter('Param limit must be a number from 1 to 1000');
  if (limit * fields.length > MOST_CELLS)
    return graphError(500, 1, 'Please reduce the amount of data you are asking for, then retry your request');
  const from = call.params.has('after') ? indexOf(call.params.get('after') ?? '') : 0;
  if (from === null) return badParameter('Invalid cursors values');
  const all = [...state.items].filter(([id, item]) => wanted(id, item, call) && owned(item, feedId));
  const shown = all.slice(from, from + limit);
  return {
    status: 200,
    body: {
      data: shown.map(([retailerId, item]) => itemView(state, retailerId, { item, fields })),
      paging: {
        cursors: { before: cursorAt(from), after: cursorAt(from + shown.length) },
        ...(from + limit < all.length ? { next: `${call.origin}/${call.path}` } : {}),
      },
    },
  };
}

/** `GET /catalog:{catalog}:{base64url of the retailer id}`; nothing when there is no such item. */
export function itemByKey(state: CatalogState, call: ReadCall): SimulatorReply | null {
  const key = call.path.split(':')[2] ?? '';
  const retailerId = Buffer.from(key, 'base64url').toString('utf8');
  const item = state.items.get(retailerId);
  if (!item) return null;
  const fields = askedFields(call, 'id,name,retailer_id');
  return { status: 200, body: itemView(state, retailerId, { item, fields }) };
}

interface Viewed {
  readonly item: CatalogItem;
  readonly fields: readonly string[];
}

function itemView(state: CatalogState, retailerId: string, { item, fields }: Viewed): JsonObject {
  const record: Record<string, JsonValue> = {};
  for (const field of fields) {
    const value = fieldOf(state, retailerId, { item, field });
    if (value !== undefined) record[field] = value;
  }
  return { ...record, id: item.id };
}

function fieldOf(
  state: CatalogState,
  retailerId: string,
  { item, field }: { readonly item: CatalogItem; readonly field: string },
): JsonValue | undefined {
  const { fields } = item;
  switch (field) {
    case 'retailer_id':
      return retailerId;
    case 'review_status':
      return item.review;
    case 'review_rejection_reasons':
      return item.review === 'rejected' ? item.complaints.map(({ error_type }) => String(error_type)) : [];
    case 'image_fetch_status':
      return item.pictures;
    case 'errors':
      return item.complaints.length > 0 ? item.complaints : undefined;
    case 'product_feed': {
      const feed = item.feedId === null ? undefined : state.feeds.get(item.feedId);
      return feed && { id: feed.id, name: feed.settings.name ?? '' };
    }
    case 'currency':
      return String(fields.price).split(' ')[1] ?? '';
    case 'price':
    case 'sale_price':
      return displayed(fields[field]);
    default:
      return fields[READ_NAMES[field] ?? field];
  }
}

/** Money as text for people, as on the real read side. */
function displayed(money: JsonValue | undefined): string | undefined {
  if (typeof money !== 'string') return undefined;
  const [amount = '', currency = 'USD'] = money.split(' ');
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(Number(amount));
}

function owned(item: CatalogItem, feedId: string | null): boolean {
  return feedId === null || item.feedId === feedId;
}

function wanted(retailerId: string, item: CatalogItem, call: ReadCall): boolean {
  const priority = call.params.get('error_priority');
  const type = call.params.get('error_type');
  const faulty = item.complaints.some(
    (complaint) =>
      (priority === null || complaint.error_priority === priority) &&
      (type === null || complaint.error_type === type),
  );
  if ((priority !== null || type !== null) && !faulty) return false;
  const filter = call.values.filter;
  const rule = isJsonObject(filter) && isJsonObject(filter.retailer_id) ? filter.retailer_id : {};
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
