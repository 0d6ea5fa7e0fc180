import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OrderPlace } from './exceptions.js';

/** Where an order is fulfilled, and how far it is there. */
export interface WhereFulfilled {
  /** `ship`, `pickup`, `curbside`. */
  readonly method: string;
  /** `nowhere`, `open`, `ready`, `collected`, `not-collected`, `cancelled`. */
  readonly state: string;
  readonly locations: readonly string[];
  readonly reason: string;
  readonly readyBy: Instant | null;
  readonly keepUntil: Instant | null;
}

/** Reads it; null: nobody has decided, as where there are no locations. */
export async function whereFulfilled(
  queries: Queries,
  { channel, externalId }: OrderPlace,
): Promise<WhereFulfilled | null> {
  const row = await queries.get<Omit<WhereFulfilled, 'locations'>>(
    `SELECT method, state, reason, ready_by AS "readyBy", keep_until AS "keepUntil" FROM order_fulfilment
     WHERE channel = ? AND external_id = ?`,
    [channel, externalId],
  );
  if (!row) return null;
  const parts = await queries.all<{ location: string }>(
    'SELECT DISTINCT location FROM fulfilment_line WHERE channel = ? AND external_id = ? ORDER BY location',
    [channel, externalId],
  );
  return { ...row, locations: parts.map(({ location }) => location) };
}
