import type { BuyerVault } from '../buyers/buyer-vault.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Money } from '../domain/money.js';
import type { ChannelOrder, ChannelOrderStatus, Delivery, OrderLine } from '../domain/order.js';
import { supersedes } from './decide.js';

/** What is stored of an order as a whole, verbatim, beside its lines and its buyer. */
export const ORDER_AMOUNTS = [
  'total',
  'tax',
  'shippingPrice',
  'shippingTax',
  'discount',
  'delivery',
  'iossNumber',
  'marks',
] as const satisfies readonly (keyof ChannelOrder)[];

/** What is stored of a line, verbatim, beside its units. */
export const LINE_AMOUNTS = [
  'unitPrice',
  'tax',
  'taxRate',
  'channelCollectedTax',
  'discount',
  'shipping',
  'shippingTax',
  'giftWrap',
  'amountRefunded',
] as const satisfies readonly (keyof OrderLine)[];

const MONEY = ['minor', 'currency'] as const satisfies readonly (keyof Money)[];
const DELIVERY = ['method', 'location', 'service'] as const satisfies readonly (keyof Delivery)[];

/** What storing a page did. `seen` = `created` + `updated` + `unchanged`. */
export interface Stored {
  readonly seen: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Orders whose place with us must be decided again. */
  readonly touched: readonly string[];
}

interface KnownOrder {
  readonly external_id: string;
  readonly status: ChannelOrderStatus;
  readonly updated_at: Instant;
  readonly lines: number;
}

/** What storing needs besides the orders. */
export interface StoreContext {
  readonly channel: string;
  readonly buyers: BuyerVault;
  readonly now: Instant;
}

/**
 * Stores a page of orders before anything is understood of them. The same order twice is one row; an older reading never overwrites a
 * newer one, so the result does not depend on the order of arrival.
 */
export async function storeOrders(
  tx: Queries,
  orders: readonly ChannelOrder[],
  context: StoreContext,
): Promise<Stored> {
  const latest = latestOf(orders);
  const known = new Map(
    (await knownOrders(tx, context.channel, [...latest.keys()])).map((order) => [order.external_id, order]),
  );
  const newer = [...latest.values()].filter((order) => {
    const before = known.get(order.externalId);
    return before === undefined || isNews(order, before);
  });
  await writeOrders(tx, newer, context);
  await writeLines(tx, newer, context.channel);
  await context.buyers.keep(
    tx,
    newer.flatMap(({ externalId, buyer }) =>
      buyer === undefined ? [] : [{ channel: context.channel, externalId, buyer }],
    ),
  );
  await writeEvents(tx, newer, context);
  const created = newer.filter((order) => !known.has(order.externalId)).length;
  return {
    seen: latest.size,
    created,
    updated: newer.length - created,
    unchanged: latest.size - newer.length,
    touched: newer.map((order) => order.externalId),
  };
}

/** An order that could not be read before takes the lines of the same instant too. */
function isNews(order: ChannelOrder, before: KnownOrder): boolean {
  const known = { status: before.status, updatedAt: before.updated_at };
  if (supersedes(order, known)) return true;
  return before.lines === 0 && order.lines.length > 0 && order.updatedAt >= known.updatedAt;
}

function latestOf(orders: readonly ChannelOrder[]): Map<string, ChannelOrder> {
  const latest = new Map<string, ChannelOrder>();
  for (const order of orders) {
    const before = latest.get(order.externalId);
    if (before === undefined || supersedes(order, before)) latest.set(order.externalId, order);
  }
  return latest;
}

function knownOrders(tx: Queries, channel: string, ids: readonly string[]): Promise<KnownOrder[]> {
  return tx.all<KnownOrder>(
    `SELECT o.external_id, o.status, o.updated_at,
       (SELECT CAST(COUNT(*) AS bigint) FROM order_line l WHERE l.channel = o.channel AND l.external_id = o.external_id) AS lines FROM ${tx.unfold('r', { id: 'text' })}
     JOIN channel_order o ON o.channel = ? AND o.external_id = r.id`,
    [JSON.stringify(ids.map((id) => ({ id }))), channel],
  );
}

async function writeOrders(
  tx: Queries,
  orders: readonly ChannelOrder[],
  context: StoreContext,
): Promise<void> {
  const rows = orders.map((order) => ({
    id: order.externalId,
    status: order.status,
    by: order.fulfilledBy,
    placed_at: order.placedAt,
    updated_at: order.updatedAt,
    ship_by: order.shipBy ?? null,
    totals: JSON.stringify(order, [...ORDER_AMOUNTS, ...MONEY, ...DELIVERY]),
    raw: JSON.stringify(order.raw),
    finished_at: order.status === 'shipped' || order.status === 'cancelled' ? order.updatedAt : null,
  }));
  const columns = {
    id: 'text',
    status: 'text',
    by: 'text',
    placed_at: 'text',
    updated_at: 'text',
    ship_by: 'text',
    totals: 'text',
    raw: 'text',
    finished_at: 'text',
  } as const;
  await tx.run(
    `INSERT INTO channel_order (channel, external_id, status, state, reason, fulfilled_by, placed_at, updated_at, ship_by, totals, raw, finished_at, first_seen_at)
     SELECT CAST(? AS text), r.id, r.status, 'waiting', 'just arrived', r.by, r.placed_at, r.updated_at, r.ship_by, r.totals, r.raw, r.finished_at, CAST(? AS text)
     FROM ${tx.unfold('r', columns)} WHERE true
     ON CONFLICT (channel, external_id) DO UPDATE SET status = excluded.status, fulfilled_by = excluded.fulfilled_by,
       updated_at = excluded.updated_at, ship_by = excluded.ship_by, totals = excluded.totals, raw = excluded.raw,
       finished_at = COALESCE(channel_order.finished_at, excluded.finished_at)
     WHERE excluded.updated_at >= channel_order.updated_at`,
    [context.channel, context.now, JSON.stringify(rows)],
  );
}

/** Shipped and cancelled units only grow, whatever arrives later. A SKU that a person said is one of ours is stored as ours. */
async function writeLines(tx: Queries, orders: readonly ChannelOrder[], channel: string): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.lines.map((line) => ({
      id: order.externalId,
      line: line.externalId,
      sku: line.sku,
      title: line.title ?? null,
      quantity: line.quantity,
      shipped: line.quantityShipped,
      cancelled: line.quantityCancelled,
      refunded: line.quantityRefunded ?? 0,
      returned: line.quantityReturned ?? 0,
      amounts: JSON.stringify(line, [...LINE_AMOUNTS, ...MONEY]),
    })),
  );
  const columns = {
    id: 'text',
    line: 'text',
    sku: 'text',
    title: 'text',
    quantity: 'integer',
    shipped: 'integer',
    cancelled: 'integer',
    refunded: 'integer',
    returned: 'integer',
    amounts: 'text',
  } as const;
  const grows = (column: string): string =>
    `${column} = CASE WHEN excluded.${column} > order_line.${column} THEN excluded.${column} ELSE order_line.${column} END`;
  await tx.run(
    `INSERT INTO order_line (channel, external_id, line_id, sku, title, quantity, shipped, cancelled, refunded, returned, amounts)
     SELECT CAST(? AS text), r.id, r.line, COALESCE(s.sku, r.sku), r.title, r.quantity, r.shipped, r.cancelled, r.refunded, r.returned, r.amounts
     FROM ${tx.unfold('r', columns)} LEFT JOIN sku_link s ON s.channel = ? AND s.channel_sku = r.sku WHERE true
     ON CONFLICT (channel, external_id, line_id) DO UPDATE SET sku = excluded.sku, title = excluded.title, quantity = excluded.quantity,
       amounts = excluded.amounts, ${grows('shipped')}, ${grows('cancelled')}, ${grows('refunded')}, ${grows('returned')}`,
    [channel, JSON.stringify(rows), channel],
  );
}

async function writeEvents(
  tx: Queries,
  orders: readonly ChannelOrder[],
  context: StoreContext,
): Promise<void> {
  const rows = orders.map((order) => ({
    id: order.externalId,
    facts: JSON.stringify({ status: order.status, updatedAt: order.updatedAt }),
  }));
  await tx.run(
    `INSERT INTO order_event (channel, external_id, kind, facts, at) SELECT CAST(? AS text), r.id, 'read', r.facts, CAST(? AS text) FROM ${tx.unfold('r', { id: 'text', facts: 'text' })}`,
    [context.channel, context.now, JSON.stringify(rows)],
  );
}
