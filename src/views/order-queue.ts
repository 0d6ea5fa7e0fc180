import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import { UNKNOWN_SKU } from '../domain/order.js';

/** Something about an order that needs a person, with what the person decides by. */
export interface QueuedOrder {
  readonly channel: string;
  readonly order: string;
  /** A code of an exception, or `unknown_sku`: the catalog has no product of a line. */
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly at: Instant;
  readonly shipBy: Instant | null;
  readonly status: string;
  /** The order's number in the shop; null: not placed there. */
  readonly shopOrder: string | null;
  /** SKUs of its lines that the catalog does not have. */
  readonly unknownSkus: readonly string[];
}

/** Orders of these aliases (`o`) that wait until somebody says which product a SKU is. */
export const WAITS_FOR_SKU = `o.state = 'waiting' AND o.reason LIKE '${UNKNOWN_SKU}%'`;

/** Whether an order (`o`) needs a person. */
export const NEEDS_PERSON = `(EXISTS (SELECT 1 FROM order_exception e WHERE e.channel = o.channel AND e.external_id = o.external_id AND e.closed_at IS NULL)
  OR (${WAITS_FOR_SKU}))`;

/** Every order that needs a person, once. */
export const ORDERS_IN_QUEUE = `SELECT channel, external_id FROM order_exception WHERE closed_at IS NULL
  UNION SELECT o.channel, o.external_id FROM channel_order o WHERE ${WAITS_FOR_SKU}`;

interface Row extends Omit<QueuedOrder, 'unknownSkus'> {
  readonly unknown: number;
}

/** What needs a person, the order that must leave first at the top; channel null: of all. */
export async function orderQueue(
  queries: Queries,
  channel: string | null,
  limit: number,
): Promise<readonly QueuedOrder[]> {
  const rows = await queries.all<Row>(
    `SELECT * FROM (
       SELECT e.channel, e.external_id AS "order", e.code, e.message, e.advice, e.at, o.ship_by AS "shipBy", o.status,
         COALESCE(k.store_name, k.store_id) AS "shopOrder", CASE WHEN ${WAITS_FOR_SKU} THEN 1 ELSE 0 END AS unknown
       FROM order_exception e JOIN channel_order o ON o.channel = e.channel AND o.external_id = e.external_id
       LEFT JOIN order_link k ON k.channel = e.channel AND k.external_id = e.external_id WHERE e.closed_at IS NULL
       UNION ALL
       SELECT o.channel, o.external_id, 'unknown_sku', o.reason, '', o.first_seen_at, o.ship_by, o.status, NULL, 1
       FROM channel_order o WHERE ${WAITS_FOR_SKU}
     ) AS queue WHERE (CAST(? AS text) IS NULL OR channel = ?)
     ORDER BY COALESCE("shipBy", '9999'), at, channel, "order", code LIMIT ?`,
    [channel, channel, limit],
  );
  const skus = await unknownSkus(
    queries,
    rows.filter(({ unknown }) => unknown === 1),
  );
  return rows.map(({ unknown: _unknown, ...row }) => {
    const unknown = skus.get(keyOf(row)) ?? [];
    return row.code === 'unknown_sku'
      ? { ...row, ...wordsOf(row.channel, unknown), unknownSkus: unknown }
      : { ...row, unknownSkus: unknown };
  });
}

function wordsOf(
  channel: string,
  skus: readonly string[],
): { readonly message: string; readonly advice: string } {
  return {
    message: `${channel} sold ${skus.join(', ')}; the catalog has no such SKU`,
    advice: 'Say which of your products it is, or add the product: the order goes on by itself.',
  };
}

function keyOf({ channel, order }: Pick<QueuedOrder, 'channel' | 'order'>): string {
  return JSON.stringify([channel, order]);
}

async function unknownSkus(
  queries: Queries,
  orders: readonly Pick<QueuedOrder, 'channel' | 'order'>[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await queries.all<{ channel: string; order: string; sku: string }>(
    `SELECT DISTINCT l.channel, l.external_id AS "order", l.sku FROM ${queries.unfold('r', { channel: 'text', id: 'text' })}
     JOIN order_line l ON l.channel = r.channel AND l.external_id = r.id LEFT JOIN variant v ON v.sku = l.sku WHERE v.id IS NULL
     ORDER BY l.channel, l.external_id, l.sku`,
    [JSON.stringify(orders.map(({ channel, order }) => ({ channel, id: order })))],
  );
  const found = new Map<string, string[]>();
  for (const row of rows) found.set(keyOf(row), [...(found.get(keyOf(row)) ?? []), row.sku]);
  return found;
}
