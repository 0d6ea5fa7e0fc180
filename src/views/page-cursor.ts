import { OperatorError } from '../domain/errors.js';

/** A page of a list. `next` goes with the next question; null: nothing follows. */
export interface ViewPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A place in a list: the keys of its last row. */
export type Place = readonly (string | number)[];

/** The cursor of a place: opaque to whoever hands it back. */
export function cursorOf(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place of a cursor; null: the beginning. `kinds` are the types its keys must have. Throws OperatorError `cursor_unknown`. */
export function placeOf(cursor: string | null, kinds: readonly ('string' | 'number')[]): Place | null {
  if (cursor === null) return null;
  const place = parsed(cursor);
  const fits =
    Array.isArray(place) &&
    place.length === kinds.length &&
    place.every((key, at) => typeof key === kinds[at] && (typeof key !== 'number' || Number.isFinite(key)));
  if (fits) return place as Place;
  throw new OperatorError(
    'cursor_unknown',
    'The cursor is not one of this list',
    'Begin again without a cursor; cursors are handed back as they came.',
  );
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Cuts a list that was read one row further than asked for: the page, and the cursor of its last row when more follows. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => Place,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = page[page.length - 1];
  return { rows: page, next: rows.length > limit && last !== undefined ? cursorOf(place(last)) : null };
}
