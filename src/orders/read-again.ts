import type { Queries } from '../db/database.js';

/**
 * Puts orders of a shop first in line for reading back, those of them that we placed; answers the channels they come from. For a shop that says
 * that something of an order changed: what it is, the next reading tells.
 */
export async function readAgain(
  queries: Queries,
  told: { readonly storefront: string; readonly storeIds: readonly string[] },
): Promise<readonly string[]> {
  const channels = new Set<string>();
  for (const storeId of told.storeIds) {
    const links = await queries.all<{ channel: string; external_id: string }>(
      "SELECT channel, external_id FROM order_link WHERE storefront = ? AND store_id = ? AND state = 'placed'",
      [told.storefront, storeId],
    );
    for (const { channel, external_id } of links) {
      channels.add(channel);
      await queries.run('UPDATE order_link SET read_at = NULL WHERE channel = ? AND external_id = ?', [
        channel,
        external_id,
      ]);
    }
  }
  return [...channels];
}
