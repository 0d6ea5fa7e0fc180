import { variantsBySku } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { Location } from '../domain/location.js';
import type { Delivery } from '../domain/order.js';
import type { AttributeValue } from '../domain/product.js';
import type { OrderPlace } from '../orders/exceptions.js';
import { type LineParts, readLineParts } from '../orders/line-parts.js';

/** Units of one line that a location still has to get ready. Without prices and without the buyer. */
export interface OpenWork {
  readonly channel: string;
  readonly order: string;
  readonly lineId: string;
  readonly location: string;
  readonly method: Delivery['method'];
  readonly sku: string;
  /** The bundle it goes into: then it is one of its components. Null: it is sold as it is. */
  readonly bundle: string | null;
  readonly title: string | null;
  /** `Blue, S`. */
  readonly options: string | null;
  /** Where it lies there; null: nobody wrote it down. */
  readonly bin: string | null;
  readonly quantity: number;
  readonly placedAt: Instant;
  readonly shipBy: Instant | null;
  readonly readyBy: Instant | null;
}

/** Which work is wanted: of one location (null: of all), of one order (null: of all). */
export interface OpenWorkFilter {
  readonly location: string | null;
  readonly order: OrderPlace | null;
  /** Orders of at most so many lines are read, oldest first. */
  readonly limit: number;
}

interface Row extends Omit<OpenWork, 'bundle' | 'options' | 'bin'> {
  readonly shipped: number;
}

/**
 * What locations have to do: units of paid orders they were given that are in no parcel, not shipped and not ready yet; of a bundle its components, as
 * they lie on the shelves. Oldest orders first. In a house without locations all paid orders that we send are one work, of the location ``.
 */
export async function openWork(
  queries: Queries,
  locations: readonly Location[],
  filter: OpenWorkFilter,
): Promise<readonly OpenWork[]> {
  const rows =
    locations.length === 0 ? await unplacedRows(queries, filter.limit) : await openRows(queries, filter);
  const packed = await packedOf(queries, rows);
  const left = new Map<string, number>();
  const open = rows.flatMap(({ shipped, ...row }) => {
    const key = JSON.stringify([row.channel, row.order, row.lineId]);
    const gone = left.get(key) ?? Math.max(shipped, packed.get(key) ?? 0);
    left.set(key, Math.max(0, gone - row.quantity));
    return row.quantity > gone ? [{ ...row, quantity: row.quantity - gone }] : [];
  });
  const shelved = await onShelves(queries, open);
  const skus = [...new Set(shelved.map(({ sku }) => sku))];
  const variants = new Map((await variantsBySku(queries, skus)).map((row) => [row.sku, row]));
  return shelved.map((row): OpenWork => {
    const known = variants.get(row.sku);
    const name = locations.find(({ id }) => id === row.location)?.bin ?? 'bin';
    const title = (row.bundle === null ? row.title : null) ?? known?.product.title ?? null;
    const options = Object.values(known?.variant.options ?? {}).join(', ') || null;
    const bin = textOf(known?.variant.attributes, name) ?? textOf(known?.product.attributes, name);
    return { ...row, title, options, bin };
  });
}

type Shelved = Omit<OpenWork, 'options' | 'bin'>;

/** Bundles as what they were made of when they were sold. */
async function onShelves(
  queries: Queries,
  rows: readonly Omit<Shelved, 'bundle'>[],
): Promise<readonly Shelved[]> {
  const sold = new Map<string, LineParts>();
  for (const channel of new Set(rows.map((row) => row.channel))) {
    const orders = rows.flatMap((row) => (row.channel === channel ? [row.order] : []));
    sold.set(channel, await readLineParts(queries, channel, [...new Set(orders)]));
  }
  return rows.flatMap((row): Shelved[] => {
    const parts = sold.get(row.channel)?.of({ externalId: row.order, lineId: row.lineId }) ?? null;
    if (parts === null) return [{ ...row, bundle: null }];
    return parts.map(({ sku, quantity }) => ({
      ...row,
      sku,
      bundle: row.sku,
      quantity: row.quantity * quantity,
    }));
  });
}

function openRows(queries: Queries, { location, order, limit }: OpenWorkFilter): Promise<Row[]> {
  return queries.all<Row>(
    `SELECT p.channel, p.external_id AS "order", p.line_id AS "lineId", p.location, f.method, l.sku, l.title, p.quantity - p.handed_over AS quantity,
       l.shipped - (SELECT COALESCE(SUM(h.handed_over), 0) FROM fulfilment_line h
         WHERE h.channel = p.channel AND h.external_id = p.external_id AND h.line_id = p.line_id) AS shipped,
       o.placed_at AS "placedAt", o.ship_by AS "shipBy", f.ready_by AS "readyBy"
     FROM fulfilment_line p JOIN order_fulfilment f ON f.channel = p.channel AND f.external_id = p.external_id
     JOIN channel_order o ON o.channel = p.channel AND o.external_id = p.external_id
     JOIN order_line l ON l.channel = p.channel AND l.external_id = p.external_id AND l.line_id = p.line_id
     WHERE f.state = 'open' AND o.status IN ('open', 'partially-shipped') AND (CAST(? AS text) IS NULL OR p.location = ?)
       AND (CAST(? AS text) IS NULL OR (p.channel = ? AND p.external_id = ?))
     ORDER BY o.placed_at, p.channel, p.external_id, p.line_id, p.location LIMIT ?`,
    [location, location, order?.channel ?? null, order?.channel ?? null, order?.externalId ?? null, limit],
  );
}

function unplacedRows(queries: Queries, limit: number): Promise<Row[]> {
  return queries.all<Row>(
    `SELECT l.channel, l.external_id AS "order", l.line_id AS "lineId", '' AS location, 'ship' AS method, l.sku, l.title,
       l.quantity - CASE WHEN l.shop_cancelled > l.cancelled THEN l.shop_cancelled ELSE l.cancelled END AS quantity, l.shipped,
       o.placed_at AS "placedAt", o.ship_by AS "shipBy", NULL AS "readyBy"
     FROM channel_order o JOIN order_line l ON l.channel = o.channel AND l.external_id = o.external_id
     WHERE o.status IN ('open', 'partially-shipped') AND o.fulfilled_by = 'merchant'
     ORDER BY o.placed_at, o.channel, o.external_id, l.line_id LIMIT ?`,
    [limit],
  );
}

async function packedOf(queries: Queries, rows: readonly Row[]): Promise<ReadonlyMap<string, number>> {
  const orders = [...new Map(rows.map((row) => [JSON.stringify([row.channel, row.order]), row])).values()];
  const parcels = await queries.all<{ channel: string; order: string; lines: string }>(
    `SELECT s.channel, s.external_id AS "order", s.lines FROM ${queries.unfold('r', { channel: 'text', id: 'text' })}
     JOIN shipment s ON s.channel = r.channel AND s.external_id = r.id AND s.state <> 'rejected'`,
    [JSON.stringify(orders.map(({ channel, order: id }) => ({ channel, id })))],
  );
  const packed = new Map<string, number>();
  for (const { channel, order, lines } of parcels)
    for (const line of JSON.parse(lines) as { lineId: string; quantity: number }[]) {
      const key = JSON.stringify([channel, order, line.lineId]);
      packed.set(key, (packed.get(key) ?? 0) + line.quantity);
    }
  return packed;
}

function textOf(
  attributes: Readonly<Record<string, AttributeValue>> | undefined,
  name: string,
): string | null {
  const value = attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
