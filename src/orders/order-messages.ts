import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { OrderMessage } from '../domain/order-message.js';

/**
 * Puts a message for the channel into the outbox, in the transaction that decided it; `held`: a person releases it first. The same reference again
 * changes nothing. Answers whether it is new.
 */
export async function queueMessage(
  tx: Queries,
  channel: string,
  message: OrderMessage,
  how: { readonly now: Instant; readonly held?: boolean },
): Promise<boolean> {
  const added = await tx.run(
    `INSERT INTO order_message (channel, external_id, reference, kind, message, state, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (channel, external_id, reference) DO NOTHING`,
    [
      channel,
      message.orderExternalId,
      message.reference,
      message.kind,
      JSON.stringify(message),
      how.held === true ? 'held' : 'pending',
      how.now,
    ],
  );
  return added > 0;
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

/** Lets held messages of an order go out. Answers how many. */
export function releaseMessages(
  tx: Queries,
  place: { readonly channel: string; readonly externalId: string },
): Promise<number> {
  return tx.run(
    "UPDATE order_message SET state = 'pending' WHERE channel = ? AND external_id = ? AND state = 'held'",
    [place.channel, place.externalId],
  );
}
