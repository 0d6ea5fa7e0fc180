import type { Queries } from '../db/database.js';
import type { OrderLine } from '../domain/order.js';
import type { OrderPlace } from './exceptions.js';
import type { LINE_AMOUNTS } from './store-orders.js';

/** A line with what its buyer paid for it, and how many of its units the channel shows as given back. */
export type PaidLine = Pick<OrderLine, 'externalId' | 'quantity' | (typeof LINE_AMOUNTS)[number]> & {
  readonly refunded: number;
};

/** The lines of an order with their amounts; none when there is no such order. */
export async function paidLines(
  tx: Queries,
  { channel, externalId }: OrderPlace,
): Promise<readonly PaidLine[]> {
  const rows = await tx.all<{ line_id: string; quantity: number; refunded: number; amounts: string }>(
    'SELECT line_id, quantity, refunded, amounts FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
    [channel, externalId],
  );
  return rows.map(({ line_id, quantity, refunded, amounts }) => ({
    ...(JSON.parse(amounts) as Partial<OrderLine>),
    externalId: line_id,
    quantity,
    refunded,
  }));
}
