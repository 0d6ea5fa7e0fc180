import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Hand } from './by-hand.js';
import { settleOrders } from './settle-orders.js';

/** A SKU as the channel names it, and which of ours it is. */
export interface SkuMatch {
  readonly channel: string;
  readonly channelSku: string;
  readonly sku: string;
}

/**
 * Says once and for all which of our SKUs a channel means, in the caller's transaction: lines that wait under the channel's name go on under ours, and
 * so does every order to come. The same again changes nothing. Answers the orders that were looked at anew. Throws OperatorError `unknown_sku` (ours
 * is not in the catalog) and `sku_is_known` (the catalog has the channel's name itself: the order is right as it is).
 */
export async function matchSku(tx: Queries, match: SkuMatch, hand: Hand): Promise<readonly string[]> {
  const { channel, channelSku, sku } = match;
  if (!(await inCatalog(tx, sku)))
    throw new OperatorError('unknown_sku', `The catalog has no SKU "${sku}"`, 'Choose one of your products.');
  if (await inCatalog(tx, channelSku))
    throw new OperatorError(
      'sku_is_known',
      `The catalog has the SKU "${channelSku}" itself`,
      'There is nothing to match; load the order again.',
    );
  await tx.run(
    `INSERT INTO sku_link (channel, channel_sku, sku, actor, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (channel, channel_sku) DO UPDATE SET sku = excluded.sku, actor = excluded.actor, at = excluded.at`,
    [channel, channelSku, sku, hand.by, hand.now],
  );
  const orders = await tx.all<{ id: string }>(
    'SELECT DISTINCT external_id AS id FROM order_line WHERE channel = ? AND sku = ? ORDER BY external_id',
    [channel, channelSku],
  );
  const ids = orders.map(({ id }) => id);
  if (ids.length === 0) return ids;
  await tx.run('UPDATE order_line SET sku = ? WHERE channel = ? AND sku = ?', [sku, channel, channelSku]);
  await tx.run(
    `INSERT INTO order_event (channel, external_id, kind, facts, at) SELECT CAST(? AS text), r.id, 'matched', CAST(? AS text), CAST(? AS text)
     FROM ${tx.unfold('r', { id: 'text' })}`,
    [
      channel,
      JSON.stringify({ by: hand.by, channelSku, sku }),
      hand.now,
      JSON.stringify(ids.map((id) => ({ id }))),
    ],
  );
  await settleOrders(tx, ids, { channel, now: hand.now, placing: hand.placing });
  return ids;
}

async function inCatalog(tx: Queries, sku: string): Promise<boolean> {
  return (await tx.get('SELECT id FROM variant WHERE sku = ?', [sku])) !== undefined;
}
