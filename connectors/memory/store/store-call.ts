import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { MemoryStore } from './memory-store.js';

/** A call to the store, whether it came through HTTP or from this process. */
export interface StoreCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** The store's answer. */
export interface StoreAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Answers one kind of call. */
export type Route = (store: MemoryStore, call: StoreCall) => StoreAnswer;

/** Longest page of a list. */
export const PAGE = 100;

/** A page of a list, from the place a cursor names. */
export function page(all: readonly JsonObject[], cursor: string | undefined): JsonObject {
  const from = Number(cursor ?? 0);
  const next = from + PAGE < all.length ? String(from + PAGE) : null;
  return { items: all.slice(from, from + PAGE), next };
}

/** The objects of a list in a body; a member that is no list is none. */
export function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** What went well. */
export function ok(body: JsonObject): StoreAnswer {
  return { status: 200, body };
}

/** A refusal of the whole call. */
export function refuse(status: number, code: string): StoreAnswer {
  return { status, body: { code } };
}
