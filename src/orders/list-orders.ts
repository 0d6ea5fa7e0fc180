import type { Queries } from '../db/database.js';

/** An order in a list; without the buyer. */
export interface OrderRow {
  readonly channel: string;
  readonly external_id: string;
  readonly placed_at: string;
  readonly status: string;
  readonly state: string;
  readonly reason: string | null;
  readonly store_name: string | null;
  readonly units: number;
}

/** Which orders are wanted; null: all. */
export interface OrderFilter {
  readonly channel: string | null;
  readonly state: string | null;
  readonly limit: number;
}

/** Orders, newest first. */
export function listOrders(queries: Queries, filter: OrderFilter): Promise<OrderRow[]> {
  return queries.all<OrderRow>(
    `SELECT o.channel, o.external_id, o.placed_at, o.status, o.state, o.reason, k.store_name,
            (SELECT CAST(COALESCE(SUM(l.quantity), 0) AS bigint) FROM order_line l WHERE l.channel = o.channel AND l.external_id = o.external_id) AS units
     FROM channel_order o LEFT JOIN order_link k ON k.channel = o.channel AND k.external_id = o.external_id
     WHERE (CAST(? AS text) IS NULL OR o.channel = ?) AND (CAST(? AS text) IS NULL OR o.state = ?)
     ORDER BY o.placed_at DESC, o.external_id LIMIT ?`,
    [filter.channel, filter.channel, filter.state, filter.state, filter.limit],
  );
}
