import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { OrderPlace } from '../orders/exceptions.js';

/** What the staff of a location is told of an order: it is theirs to do · its units changed · it was given to another location · it was cancelled. */
export type NoticeKind = 'new' | 'changed' | 'taken-away' | 'cancelled';

/** What is to be told where. */
export interface NoticeToQueue {
  readonly kind: NoticeKind;
  /** Of the decision it is about: the same again is told once. */
  readonly revision: number;
  readonly locations: readonly string[];
  readonly now: Instant;
}

/** Puts notices into the outbox, one for each way the staff of a location is told, in the transaction that decided them. */
export async function queueNotices(
  tx: Queries,
  place: OrderPlace,
  notice: NoticeToQueue & { readonly known: readonly Location[] },
): Promise<void> {
  const rows = notice.known
    .filter(({ id }) => notice.locations.includes(id))
    .flatMap(({ id, staff }) => [
      ...staff.emails.map((address) => ({ location: id, way: 'email', address })),
      ...(staff.webhook === null ? [] : [{ location: id, way: 'webhook', address: '' }]),
    ]);
  if (rows.length === 0) return;
  await tx.run(
    `INSERT INTO staff_notice (channel, external_id, revision, location, way, address, kind, state, made_at)
     SELECT CAST(? AS text), CAST(? AS text), CAST(? AS integer), r.location, r.way, r.address, CAST(? AS text), 'pending', CAST(? AS text)
     FROM ${tx.unfold('r', { location: 'text', way: 'text', address: 'text' })} WHERE true
     ON CONFLICT (channel, external_id, revision, location, way, address) DO NOTHING`,
    [place.channel, place.externalId, notice.revision, notice.kind, notice.now, JSON.stringify(rows)],
  );
}
