import type { Queries } from '../db/database.js';
import type { StoreUnits } from '../domain/store-order.js';
import type { OrderPlace } from './exceptions.js';
import { packedUnits } from './packed-units.js';

/** Units of one line of an order, from every side that counts them. */
export interface LineUnits {
  readonly lineId: string;
  readonly sku: string;
  readonly ordered: number;
  /** Taken out according to the channel, and according to the shop. */
  readonly cancelled: number;
  readonly shopCancelled: number;
  /** Shipped according to the channel. */
  readonly shipped: number;
  /** In parcels we know of, or fetched by the buyer. */
  readonly packed: number;
  /** Given back according to the channel. */
  readonly refunded: number;
}

/** The lines of an order with all counts. */
export async function lineUnits(tx: Queries, place: OrderPlace): Promise<readonly LineUnits[]> {
  const lines = await tx.all<{
    line_id: string;
    sku: string;
    quantity: number;
    cancelled: number;
    shop_cancelled: number;
    shipped: number;
    refunded: number;
  }>(
    `SELECT line_id, sku, quantity, cancelled, shop_cancelled, shipped, refunded FROM order_line
     WHERE channel = ? AND external_id = ? ORDER BY line_id`,
    [place.channel, place.externalId],
  );
  const packed = await packedUnits(tx, place);
  return lines.map((line) => ({
    lineId: line.line_id,
    sku: line.sku,
    ordered: line.quantity,
    cancelled: line.cancelled,
    shopCancelled: line.shop_cancelled,
    shipped: line.shipped,
    packed: packed.get(line.line_id) ?? 0,
    refunded: line.refunded,
  }));
}

/** Units that have left: a unit the channel counts as shipped is mostly in a parcel of ours as well. */
export function leftUnits(line: LineUnits): number {
  return Math.max(line.shipped, line.packed);
}

/** Units of a line that may stand in parcels at all: what neither the channel nor the shop took out. */
export function shippable(line: LineUnits): number {
  return line.ordered - Math.max(line.cancelled, line.shopCancelled);
}

/**
 * Spreads units of the shop over the order's lines: by the channel's line id where the shop kept it, else by SKU over lines in their order, each
 * up to `room`. What finds no line is in `surplus`. Pure.
 */
export function spread(
  units: readonly StoreUnits[],
  lines: readonly LineUnits[],
  room: (line: LineUnits) => number,
): { readonly byLine: ReadonlyMap<string, number>; readonly surplus: readonly StoreUnits[] } {
  const byLine = new Map<string, number>();
  const surplus: StoreUnits[] = [];
  for (const unit of units) {
    let rest = unit.quantity;
    const own = lines.filter((line) =>
      unit.lineExternalId === undefined ? line.sku === unit.sku : line.lineId === unit.lineExternalId,
    );
    for (const line of own) {
      const taken = Math.min(rest, room(line) - (byLine.get(line.lineId) ?? 0));
      if (taken <= 0) continue;
      byLine.set(line.lineId, (byLine.get(line.lineId) ?? 0) + taken);
      rest -= taken;
    }
    if (rest > 0) surplus.push({ ...unit, quantity: rest });
  }
  return { byLine, surplus };
}
