import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { Queries } from '../db/database.js';
import type { ChannelOrder, ChannelOrderStatus, OrderLine } from '../domain/order.js';
import type { LINE_AMOUNTS, ORDER_AMOUNTS } from './store-orders.js';

interface OrderRow {
  readonly status: ChannelOrderStatus;
  readonly fulfilled_by: 'merchant' | 'channel';
  readonly placed_at: string;
  readonly updated_at: string;
  readonly ship_by: string | null;
  readonly totals: string;
  readonly raw: string;
  readonly sealed: string | null;
}

interface LineRow {
  readonly line_id: string;
  readonly sku: string;
  readonly title: string | null;
  readonly quantity: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly returned: number;
  readonly amounts: string;
}

/** A stored order as the channel gave it, buyer opened; nothing when there is no such order. */
export async function readOrder(
  queries: Queries,
  place: { readonly channel: string; readonly externalId: string },
  buyers: BuyerVault,
): Promise<ChannelOrder | null> {
  const key = [place.channel, place.externalId];
  const row = await queries.get<OrderRow>(
    `SELECT o.status, o.fulfilled_by, o.placed_at, o.updated_at, o.ship_by, o.totals, o.raw, b.sealed FROM channel_order o
     LEFT JOIN order_buyer b ON b.channel = o.channel AND b.external_id = o.external_id WHERE o.channel = ? AND o.external_id = ?`,
    key,
  );
  if (!row) return null;
  const buyer = row.sealed === null ? null : await buyers.open(place, row.sealed);
  const lines = await queries.all<LineRow>(
    'SELECT line_id, sku, title, quantity, shipped, cancelled, refunded, returned, amounts FROM order_line WHERE channel = ? AND external_id = ? ORDER BY line_id',
    key,
  );
  return {
    externalId: place.externalId,
    status: row.status,
    fulfilledBy: row.fulfilled_by,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
    ...(row.ship_by === null ? {} : { shipBy: row.ship_by }),
    ...(JSON.parse(row.totals) as OrderAmounts),
    ...(buyer === null ? {} : { buyer }),
    lines: lines.map(lineOf),
    raw: JSON.parse(row.raw) as ChannelOrder['raw'],
  };
}

/** Amounts and facts of an order as a whole that are stored together. */
export type OrderAmounts = Pick<ChannelOrder, (typeof ORDER_AMOUNTS)[number]>;

/** The amounts of a stored order; none when there is no such order. */
export async function totalsOf(
  queries: Queries,
  place: { readonly channel: string; readonly externalId: string },
): Promise<OrderAmounts> {
  const row = await queries.get<{ totals: string }>(
    'SELECT totals FROM channel_order WHERE channel = ? AND external_id = ?',
    [place.channel, place.externalId],
  );
  return row ? (JSON.parse(row.totals) as OrderAmounts) : {};
}

function lineOf(row: LineRow): OrderLine {
  return {
    externalId: row.line_id,
    sku: row.sku,
    ...(row.title === null ? {} : { title: row.title }),
    quantity: row.quantity,
    quantityShipped: row.shipped,
    quantityCancelled: row.cancelled,
    ...(row.refunded === 0 ? {} : { quantityRefunded: row.refunded }),
    ...(row.returned === 0 ? {} : { quantityReturned: row.returned }),
    ...(JSON.parse(row.amounts) as Pick<OrderLine, (typeof LINE_AMOUNTS)[number]>),
  };
}
