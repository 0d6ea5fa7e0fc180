import type { Database } from '../db/database.js';
import { nextSequence } from '../db/sequence.js';
import type { Instant } from '../domain/instant.js';
import { release } from '../stock/reserve.js';

interface Settled {
  readonly channel: string;
  readonly external_id: string;
  readonly line_id: string;
}

/**
 * Gives back reservations of orders that the owner of the stock must have counted by now: the order was placed in the shop or shipped, and
 * every location's count of the SKU was read after that, or its source told all its changes after that. Before, letting go would offer the same unit twice.
 * The line of a bundle lets all its components go at once, when every one of them was counted. Answers how many lines.
 */
export async function releaseSettled(database: Database, now: Instant): Promise<number> {
  return database.transaction(async (tx) => {
    const settled = await tx.all<Settled>(
      `SELECT DISTINCT r.channel, r.external_id, r.line_id FROM reservation r
       JOIN channel_order o ON o.channel = r.channel AND o.external_id = r.external_id
       LEFT JOIN order_link k ON k.channel = r.channel AND k.external_id = r.external_id
       WHERE COALESCE(k.placed_at, CASE WHEN o.status = 'shipped' THEN o.updated_at END) IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM reservation x JOIN stock_level s ON s.sku = x.sku LEFT JOIN stock_reading g ON g.source = s.source
           WHERE x.channel = r.channel AND x.external_id = r.external_id AND x.line_id = r.line_id
           AND CASE WHEN g.as_of > s.read_at THEN g.as_of ELSE s.read_at END <= COALESCE(k.placed_at, CASE WHEN o.status = 'shipped' THEN o.updated_at END))
         AND COALESCE(k.placed_at, o.updated_at) < ?
       LIMIT 1000`,
      [now],
    );
    if (settled.length === 0) return 0;
    const keys = JSON.stringify(
      settled.map(({ channel, external_id, line_id }) => ({ channel, external_id, line_id })),
    );
    await tx.run(
      `UPDATE order_line SET counted_at = ? FROM ${tx.unfold('x', { channel: 'text', external_id: 'text', line_id: 'text' })}
       WHERE order_line.channel = x.channel AND order_line.external_id = x.external_id AND order_line.line_id = x.line_id`,
      [now, keys],
    );
    const lines = settled.map((line) => ({
      channel: line.channel,
      externalId: line.external_id,
      lineId: line.line_id,
    }));
    await release(tx, lines, { seq: await nextSequence(tx) });
    return settled.length;
  });
}
