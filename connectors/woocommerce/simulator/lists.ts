import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';

const LARGEST_PAGE = 100;

/** A refusal in WordPress' own form. */
export class RestError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
  ) {
    super(message);
  }

  reply(): SimulatorReply {
    return {
      status: this.status,
      body: { code: this.code, message: this.message, data: { status: this.status } },
    };
  }
}

/** A page of a list with its totals; `per_page` is at most 100 and 10 when it is not given. `offset` goes before `page`. */
export function listReply<Item>(
  items: readonly Item[],
  query: URLSearchParams,
  view: (item: Item) => JsonObject,
): SimulatorReply {
  const size = Number(query.get('per_page') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE)
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): per_page', 400);
  const page = Number(query.get('page') ?? 1);
  const from = query.has('offset') ? Number(query.get('offset')) : (page - 1) * size;
  return {
    status: 200,
    headers: {
      'x-wp-total': String(items.length),
      'x-wp-totalpages': String(Math.ceil(items.length / size)),
    },
    body: items.slice(from, from + size).map((item) => onlyFields(view(item), query)),
  };
}

/** `_fields` leaves only what it names. */
export function onlyFields(row: JsonObject, query: URLSearchParams): JsonObject {
  const fields = query.get('_fields');
  if (fields === null) return row;
  const wanted = new Set(fields.split(','));
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name)));
}

/** Sorted as the query asks: by id or by change, newest first unless it says otherwise. */
export function sorted<Item extends { readonly id: number; readonly modifiedMs: number }>(
  items: readonly Item[],
  query: URLSearchParams,
): readonly Item[] {
  const by = query.get('orderby') ?? 'date';
  if (!['id', 'date', 'modified'].includes(by))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): orderby', 400);
  const sign = query.get('order') === 'asc' ? 1 : -1;
  const value = (item: Item): number => (by === 'modified' ? item.modifiedMs : item.id);
  return [...items].sort((a, b) => sign * (value(a) - value(b)));
}

/** A limit in time: GMT only when the query says so, else shop-local (two hours ahead). Whole seconds. */
export function after(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null) return Number.NEGATIVE_INFINITY;
  const ms = Date.parse(`${text}Z`);
  if (Number.isNaN(ms)) throw new RestError('rest_invalid_param', `Invalid parameter(s): ${name}`, 400);
  return query.get('dates_are_gmt') === 'true' ? ms : ms - 7_200_000;
}

/** The object in a member of a body. */
export function memberOf(body: JsonObject, name: string): JsonObject {
  const value = body[name];
  return isJsonObject(value) ? value : {};
}

/** The objects of a list in a body. */
export function rowsOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}
