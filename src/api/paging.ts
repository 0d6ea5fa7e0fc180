import type { JsonValue } from '../domain/json.js';
import { isJsonArray } from '../domain/json.js';
import { Refusal } from './problem.js';
import {
  described,
  integer,
  list,
  members,
  nullable,
  object,
  optional,
  type Shape,
  text,
  yesNo,
} from './shape.js';

/** Rows of a page unless asked otherwise. */
export const PAGE_ROWS = 50;
/** Most rows of a page. */
export const MOST_ROWS = 100;

const LONGEST_CURSOR = 2_000;

/** Members of the query of every list: `query: object({ ...paging, state: optional(…) })`. */
export const paging = members({
  cursor: described(
    optional(text(LONGEST_CURSOR)),
    '`next` (or `previous`) of the page before; absent: the first page.',
  ),
  limit: described(
    optional(integer({ min: 1, max: MOST_ROWS, otherwise: PAGE_ROWS })),
    `Rows of a page, at most ${MOST_ROWS}.`,
  ),
});

/** A page of a list. */
export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** Cursor of the next page; null: this is the last. */
  readonly next: string | null;
  /** Cursor of the page before; null: this is the first, or the list goes one way only. */
  readonly previous: string | null;
  /** Rows of the whole list; null: not counted. `exact: false`: at least so many. */
  readonly total: { readonly rows: number; readonly exact: boolean } | null;
}

/** The answer of every list. */
export function pageOf<Item>(item: Shape<Item>): Shape<PageOf<Item>> {
  return object({
    items: list(item),
    next: nullable(text()),
    previous: nullable(text()),
    total: nullable(object({ rows: integer(), exact: yesNo() })),
  }) as Shape<PageOf<Item>>;
}

/** The values a page goes on after, as opaque text. */
export function cursorOf(values: readonly JsonValue[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/** What kinds of values a list's cursor has, in their order. `any` allows null too. */
export type CursorKinds = readonly ('text' | 'number' | 'any')[];

/**
 * The values in a cursor, of these kinds. They came through the hands of the caller: bind them as parameters, never anything else. Throws
 * `cursor_unknown` (400) for a text that is no cursor of this list.
 */
export function readCursor(cursor: string, kinds: CursorKinds): readonly (string | number | null)[] {
  const values = parsed(cursor);
  if (
    !isJsonArray(values) ||
    values.length !== kinds.length ||
    !values.every((value, at) => fits(value, kinds[at]))
  )
    throw new Refusal(
      400,
      'cursor_unknown',
      'The cursor is not one of this list.',
      'Start again without a cursor.',
    );
  return values as readonly (string | number | null)[];
}

function parsed(cursor: string): JsonValue | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}

function fits(value: JsonValue, kind: CursorKinds[number] | undefined): boolean {
  if (kind === 'text') return typeof value === 'string';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'number';
}
