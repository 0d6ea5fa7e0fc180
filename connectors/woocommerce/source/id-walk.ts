import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { WooCall, WooClient } from '../client.js';
import { idIn, unreadable } from '../read.js';

/** Rows of a page that were not on an earlier one, and where to go on; null: that was the last page. */
export interface WalkedPage {
  readonly rows: readonly JsonObject[];
  readonly next: string | null;
}

const PER_PAGE = 100;

/** Where a walk stands: how many rows lie before the page, and the largest id seen. */
interface Place {
  readonly offset: number;
  readonly after: number;
}

/**
 * Walks through a list in the order of its ids. Pages are counted off, so that something deleted meanwhile pushes another row out of sight: every page
 * begins with the last row of the one before, and where that row is no longer there the walk steps back until it has the place again. A page
 * that is shorter than the shop's own count says fails: it is never the end.
 */
export async function walkById(
  client: WooClient,
  call: Omit<WooCall, 'method'>,
  cursor: string | null,
): Promise<WalkedPage> {
  const { offset, after } = placeOf(cursor);
  for (let from = offset; ; from = Math.max(0, from - PER_PAGE + 1)) {
    const query = { ...call.query, orderby: 'id', order: 'asc', per_page: PER_PAGE, offset: from };
    const { rows, total } = await client.page({ ...call, query });
    const ids = rows.map((row) => Number(idIn(row)));
    if (ids.some((id, at) => at > 0 && id <= (ids[at - 1] ?? 0))) throw unreadable('the order of ids');
    const [first] = ids;
    const lost = from > 0 && (first === undefined || first > after);
    if (lost) continue;
    const end = from + rows.length;
    if (rows.length < PER_PAGE && end < total) throw shortPage(call.operation);
    const last = Math.max(after, ids.at(-1) ?? 0);
    return {
      rows: rows.filter((_row, at) => (ids[at] ?? 0) > after),
      next: end < total ? `${end - 1}:${last}` : null,
    };
  }
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { offset: 0, after: 0 };
  const [offset, after] = cursor.split(':').map(Number);
  return { offset: offset ?? 0, after: after ?? 0 };
}

function shortPage(operation: string): ChannelError {
  return new ChannelError(`${operation}: a page is shorter than the shop’s own count`, {
    code: 'changed_while_reading',
    kind: 'ambiguous',
    owner: 'operator',
    advice:
      'Nothing was changed; the shop is read again by itself. If it stays, a plugin hides products from the key’s user.',
  });
}
