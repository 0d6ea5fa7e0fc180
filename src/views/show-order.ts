import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';
import type { Money } from '../domain/money.js';
import { type OrderLife, orderLife } from '../orders/timeline.js';

/** One order with its life, its money and whether its buyer is still kept; never the buyer. */
export interface OrderFacts extends Omit<OrderLife, 'lines'> {
  readonly placedAt: Instant;
  readonly updatedAt: Instant;
  readonly lines: readonly OrderLineFacts[];
  readonly money: OrderMoney;
  /** `kept`: can be shown to whoever may see buyers · `none`: the channel gave none, or it was erased. */
  readonly buyer: 'kept' | 'none';
  /** Where it goes, as far as no person is named: nothing is known without the buyer. */
  readonly parcels: readonly ParcelFacts[];
}

/** One line with its money. */
export interface OrderLineFacts {
  readonly line: string;
  readonly sku: string;
  readonly title: string | null;
  /** False: the catalog has no such SKU. */
  readonly known: boolean;
  readonly ordered: number;
  readonly shipped: number;
  readonly cancelled: number;
  readonly refunded: number;
  readonly returned: number;
  /** Still promised from stock. */
  readonly reserved: number;
  /** As the channel states them, copied; null: not told. */
  readonly unitPrice: Money | null;
  readonly discount: Money | null;
  readonly tax: Money | null;
}

/** The amounts of an order as the channel states them. */
export interface OrderMoney {
  readonly total: Money | null;
  readonly shipping: Money | null;
  readonly tax: Money | null;
  readonly discount: Money | null;
  /** Unit prices times units; null: a price was not told. */
  readonly items: Money | null;
}

/** A parcel as it was announced. */
export interface ParcelFacts {
  readonly reference: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly trackingUrl: string | null;
  readonly shippedAt: Instant;
  readonly state: string;
  readonly lines: readonly { readonly line: string; readonly quantity: number }[];
}

interface OrderRow {
  readonly placed_at: Instant;
  readonly updated_at: Instant;
  readonly totals: string | null;
  readonly buyers: number;
}

/** Reads one order; null: there is none. */
export async function showOrder(
  queries: Queries,
  channel: string,
  order: string,
): Promise<OrderFacts | null> {
  const life = await orderLife(queries, { channel, externalId: order });
  if (life === null) return null;
  const row = await queries.get<OrderRow>(
    `SELECT placed_at, updated_at, totals, (SELECT CAST(COUNT(*) AS bigint) FROM order_buyer b WHERE b.channel = o.channel AND b.external_id = o.external_id) AS buyers
     FROM channel_order o WHERE channel = ? AND external_id = ?`,
    [channel, order],
  );
  if (row === undefined) return null;
  const lines = await orderLines(queries, channel, order);
  return {
    ...life,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
    lines,
    money: moneyOfOrder(row.totals, lines),
    buyer: row.buyers > 0 ? 'kept' : 'none',
    parcels: await parcelsOf(queries, channel, order),
  };
}

interface LineRow extends Omit<OrderLineFacts, 'known' | 'unitPrice' | 'discount' | 'tax'> {
  readonly known: number;
  readonly amounts: string;
}

async function orderLines(queries: Queries, channel: string, order: string): Promise<OrderLineFacts[]> {
  const rows = await queries.all<LineRow>(
    `SELECT l.line_id AS line, l.sku, l.title, l.quantity AS ordered, l.shipped, l.cancelled, l.refunded, l.returned, l.amounts,
       CAST(COALESCE((SELECT MAX(r.quantity / COALESCE(p.quantity, 1)) FROM reservation r
         LEFT JOIN order_line_part p ON p.channel = r.channel AND p.external_id = r.external_id AND p.line_id = r.line_id AND p.sku = r.sku
         WHERE r.channel = l.channel AND r.external_id = l.external_id AND r.line_id = l.line_id), 0) AS bigint) AS reserved, CASE WHEN v.id IS NULL THEN 0 ELSE 1 END AS known
     FROM order_line l LEFT JOIN variant v ON v.sku = l.sku WHERE l.channel = ? AND l.external_id = ? ORDER BY l.line_id`,
    [channel, order],
  );
  return rows.map(({ amounts, known, ...row }) => {
    const { unitPrice = null, discount = null, tax = null } = JSON.parse(amounts) as Partial<Amounts>;
    return { ...row, known: known === 1, unitPrice, discount, tax };
  });
}

type Amounts = Pick<OrderLineFacts, 'unitPrice' | 'discount' | 'tax'>;

function moneyOfOrder(totals: string | null, lines: readonly OrderLineFacts[]): OrderMoney {
  const told = (totals === null ? {} : (JSON.parse(totals) as JsonObject)) as {
    readonly total?: Money;
    readonly shippingPrice?: Money;
    readonly tax?: Money;
    readonly discount?: Money;
  };
  return {
    total: told.total ?? null,
    shipping: told.shippingPrice ?? null,
    tax: told.tax ?? null,
    discount: told.discount ?? null,
    items: itemsSum(lines),
  };
}

/** A sum of known parts would look like the whole. */
function itemsSum(lines: readonly OrderLineFacts[]): Money | null {
  const currency = lines[0]?.unitPrice?.currency;
  if (currency === undefined || lines.some(({ unitPrice }) => unitPrice?.currency !== currency)) return null;
  const minor = lines.reduce(
    (sum, { unitPrice, ordered, cancelled }) => sum + (unitPrice?.minor ?? 0) * (ordered - cancelled),
    0,
  );
  return { minor, currency };
}

async function parcelsOf(queries: Queries, channel: string, order: string): Promise<ParcelFacts[]> {
  const rows = await queries.all<Omit<ParcelFacts, 'lines'> & { readonly lines: string }>(
    `SELECT reference, carrier, tracking_number AS "trackingNumber", tracking_url AS "trackingUrl", shipped_at AS "shippedAt", state, lines
     FROM shipment WHERE channel = ? AND external_id = ? ORDER BY shipped_at, reference`,
    [channel, order],
  );
  return rows.map(({ lines, ...parcel }) => ({
    ...parcel,
    lines: (JSON.parse(lines) as { lineId: string; quantity: number }[]).map(({ lineId, quantity }) => ({
      line: lineId,
      quantity,
    })),
  }));
}
