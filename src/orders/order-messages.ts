import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OrderMessage } from '../domain/order-message.js';

/** Puts a message for the channel into the outbox, in the transaction that decided it. The same reference again changes nothing. */
export async function queueMessage(
  tx: Queries,
  channel: string,
  message: OrderMessage,
  now: Instant,
): Promise<void> {
  await tx.run(
    `INSERT INTO order_message (channel, external_id, reference, kind, message, state, made_at) VALUES (?, ?, ?, ?, ?, 'pending', ?)
     ON CONFLICT (channel, external_id, reference) DO NOTHING`,
    [channel, message.orderExternalId, message.reference, message.kind, JSON.stringify(message), now],
  );
}

/** Messages about an order, whatever became of them. */
export async function messagesOf(
  tx: Queries,
  place: { readonly channel: string; readonly externalId: string },
): Promise<readonly (OrderMessage & { readonly state: string })[]> {
  const rows = await tx.all<{ message: string; state: string }>(
    'SELECT message, state FROM order_message WHERE channel = ? AND external_id = ? ORDER BY made_at, reference',
    [place.channel, place.externalId],
  );
  return rows.map((row) => ({ ...(JSON.parse(row.message) as OrderMessage), state: row.state }));
}
