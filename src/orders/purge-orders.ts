import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { Database, Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Tables with rows of an order, the order itself last. `by`: the column of the channel it was sold on. */
export const ORDER_TABLES: readonly { readonly table: string; readonly by: string }[] = [
  { table: 'parcel_signal', by: 'sold_on' },
  ...[
    'sale_fee',
    'staff_notice',
    'shop_refund',
    'order_return',
    'fulfilment_line',
    'order_fulfilment',
    'order_message',
    'order_exception',
    'order_event',
    'shipment',
    'reservation',
    'order_line_part',
    'shop_handover',
    'order_link',
    'order_line',
    'channel_order',
  ].map((table) => ({ table, by: 'channel' })),
];

const PER_ROUND = 500;

/**
 * Deletes orders of a channel that were finished before an instant, buyer first, with everything that hangs on them. An order that is not finished
 * stays: it would come in again as a new one. Answers how many orders went.
 */
export async function purgeOrders(
  database: Database,
  buyers: BuyerVault,
  { channel, before }: { readonly channel: string; readonly before: Instant },
): Promise<number> {
  for (let purged = 0; ; ) {
    const due = await database.all<{ external_id: string }>(
      'SELECT external_id FROM channel_order WHERE channel = ? AND finished_at < ? ORDER BY external_id LIMIT ?',
      [channel, before, PER_ROUND],
    );
    const ids = due.map((row) => row.external_id);
    await database.transaction(async (tx) => {
      await buyers.forget(
        tx,
        ids.map((externalId) => ({ channel, externalId })),
      );
      for (const { table, by } of ORDER_TABLES)
        await deleteRows(tx, `${table} WHERE ${by} = ?`, channel, ids);
    });
    purged += ids.length;
    if (ids.length < PER_ROUND) return purged;
  }
}

function deleteRows(tx: Queries, from: string, channel: string, ids: readonly string[]): Promise<number> {
  return tx.run(`DELETE FROM ${from} AND external_id IN (SELECT id FROM ${tx.unfold('r', { id: 'text' })})`, [
    channel,
    JSON.stringify(ids.map((id) => ({ id }))),
  ]);
}

/** The instant some calendar months before another one. */
export function monthsBefore(now: Instant, months: number): Instant {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString();
}
