import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Something about one order that a person must look at. At most one of a code is open per order. */
export interface OrderException {
  readonly code: OrderExceptionCode;
  readonly message: string;
  /** What the person does about it. */
  readonly advice: string;
}

/** What may need a person. Stable words for tables and filters. */
export const ORDER_EXCEPTION_CODES = [
  'totals_differ',
  'placed_twice',
  'placing_refused',
  'store_order_missing',
  'store_order_needs_person',
  'cancel_in_shop',
  'cancel_at_channel',
  'cancelled_after_shipping',
  'parcel_withdrawn',
  'refund_at_channel',
  'refund_to_confirm',
  'refunded_at_channel',
  'message_refused',
  'no_location',
  'location_short',
  'not_collected',
  'pickup_at_channel',
  'return_in_shop',
  'cancelled_after_pickup',
  'pickup_in_shop',
] as const;

/** One of them. */
export type OrderExceptionCode = (typeof ORDER_EXCEPTION_CODES)[number];

/** Which order. */
export interface OrderPlace {
  readonly channel: string;
  readonly externalId: string;
}

/** Puts an exception into the queue; the same again keeps its age, one that was closed opens anew when its words changed. */
export async function raiseException(
  tx: Queries,
  { channel, externalId }: OrderPlace,
  exception: OrderException,
  now: Instant,
): Promise<void> {
  await tx.run(
    `INSERT INTO order_exception (channel, external_id, code, message, advice, at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (channel, external_id, code) DO UPDATE SET message = excluded.message, advice = excluded.advice,
       at = CASE WHEN order_exception.closed_at IS NULL THEN order_exception.at ELSE excluded.at END, closed_at = NULL, closed_by = NULL
     WHERE order_exception.message <> excluded.message OR order_exception.closed_by = 'itself'`,
    [channel, externalId, exception.code, exception.message, exception.advice, now],
  );
}

/** Closes exceptions of an order: `by` a person, or `itself` when the cause is gone. Answers how many were open. */
export function closeExceptions(
  tx: Queries,
  { channel, externalId }: OrderPlace,
  closing: {
    readonly codes: readonly OrderExceptionCode[] | 'all';
    readonly by: string;
    readonly at: Instant;
  },
): Promise<number> {
  const codes =
    closing.codes === 'all' ? '' : `AND code IN (${closing.codes.map((code) => `'${code}'`).join(', ')})`;
  if (closing.codes.length === 0) return Promise.resolve(0);
  return tx.run(
    `UPDATE order_exception SET closed_at = ?, closed_by = ? WHERE channel = ? AND external_id = ? AND closed_at IS NULL ${codes}`,
    [closing.at, closing.by, channel, externalId],
  );
}

/** An open exception in a list. */
export interface OpenException extends OrderException {
  readonly channel: string;
  readonly order: string;
  readonly at: Instant;
}

/** What needs a person, oldest first; channel null: of all. */
export function listExceptions(
  queries: Queries,
  channel: string | null,
  limit: number,
): Promise<OpenException[]> {
  return queries.all<OpenException>(
    `SELECT channel, external_id AS "order", code, message, advice, at FROM order_exception
     WHERE closed_at IS NULL AND (CAST(? AS text) IS NULL OR channel = ?) ORDER BY at, channel, external_id, code LIMIT ?`,
    [channel, channel, limit],
  );
}
