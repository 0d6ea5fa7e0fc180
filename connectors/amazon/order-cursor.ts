import { type Instant, plusMs, readInstant } from '../../src/domain/instant.js';
import { isJsonObject } from '../../src/domain/json.js';

/**
 * Where the order pull stands. A run reads all pages from `after` on; `mark` is Amazon's clock at the first page and becomes
 * the next run's start, less an overlap.
 */
export interface OrderCursor {
  /** Orders changed since this instant are read. */
  readonly after: Instant;
  /** Amazon's token of the next page, while a run is under way. */
  readonly token?: string;
  /** When the token was given; it dies after 24 hours. */
  readonly tokenAt?: Instant;
  readonly mark?: Instant;
  /** When a run last looked back a whole day. */
  readonly sweptAt: Instant;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Orders may appear in searches a little late; once a day we look back further. Source: amazon spec 4.4; verified 2026-11. */
const OVERLAP_MS = 10 * MINUTE;
const SWEEP_OVERLAP_MS = DAY;
/** Amazon keeps a token for 24 hours; half an hour is left for slow pages. */
const TOKEN_LIFE_MS = DAY - 30 * MINUTE;

/** Reads a stored cursor; null or an unreadable one starts at the look-back. */
export function readCursor(cursor: string | null, now: Instant, lookBackDays: number): OrderCursor {
  const fresh: OrderCursor = { after: plusMs(now, -lookBackDays * DAY), sweptAt: now };
  if (cursor === null) return fresh;
  const parsed = parsedOrNull(cursor);
  if (!isJsonObject(parsed) || typeof parsed.after !== 'string') return fresh;
  const start: OrderCursor = {
    after: parsed.after,
    sweptAt: typeof parsed.sweptAt === 'string' ? parsed.sweptAt : now,
  };
  if (typeof parsed.token !== 'string' || typeof parsed.tokenAt !== 'string') return start;
  if (typeof parsed.mark !== 'string' || now > plusMs(parsed.tokenAt, TOKEN_LIFE_MS)) return start;
  return { ...start, token: parsed.token, tokenAt: parsed.tokenAt, mark: parsed.mark };
}

function parsedOrNull(cursor: string): unknown {
  try {
    return JSON.parse(cursor);
  } catch {
    return null;
  }
}

/** The cursor after a page: the next page of the run, or the start of the next run. */
export function cursorAfter(
  cursor: OrderCursor,
  page: { readonly nextToken: string | null; readonly lastUpdatedBefore: string | null },
  now: Instant,
): OrderCursor {
  const mark = cursor.mark ?? readInstant(page.lastUpdatedBefore ?? '') ?? cursor.after;
  if (page.nextToken !== null) {
    return { after: cursor.after, sweptAt: cursor.sweptAt, token: page.nextToken, tokenAt: now, mark };
  }
  const sweep = now > plusMs(cursor.sweptAt, DAY);
  const start = plusMs(mark, sweep ? -SWEEP_OVERLAP_MS : -OVERLAP_MS);
  // A run never goes back behind its own start: the first look-back is the operator's decision.
  return {
    after: start > cursor.after || sweep ? start : cursor.after,
    sweptAt: sweep ? now : cursor.sweptAt,
  };
}
