import type { Queries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { StoreUnits } from '../domain/store-order.js';
import type { OrderPlace } from '../orders/exceptions.js';
import { type LineUnits, lineUnits, spread } from '../orders/line-units.js';
import type { Part } from './choose-location.js';

/** Units of a line that lie at a location for their buyer, or are with the buyer. */
export interface UnitsOfLine {
  readonly lineId: string;
  readonly quantity: number;
}

/** What a buyer takes along now. */
export interface HandOver {
  /** Where the units lie, each part with what its buyer has of it afterwards. */
  readonly parts: readonly Part[];
  /** All that the buyer has afterwards. */
  readonly fetched: readonly UnitsOfLine[];
  /** What is still there afterwards. */
  readonly rest: readonly UnitsOfLine[];
}

/** What of an order its location still has. Pure. */
export function unitsLeft(parts: readonly Part[]): readonly UnitsOfLine[] {
  return summed(parts, ({ quantity, handedOver = 0 }) => Math.max(0, quantity - handedOver));
}

function summed(parts: readonly Part[], unitsOf: (part: Part) => number): readonly UnitsOfLine[] {
  const units = new Map<string, number>();
  for (const part of parts) units.set(part.lineId, (units.get(part.lineId) ?? 0) + unitsOf(part));
  return [...units].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
}

/**
 * What a buyer takes along of what lies at the location: units by line or SKU, null: all of it. Throws OperatorError `more_than_there`, `nothing_named`.
 */
export async function handOver(
  tx: Queries,
  place: OrderPlace,
  order: { readonly parts: readonly Part[]; readonly units: readonly StoreUnits[] | null },
): Promise<HandOver> {
  const there = new Map(unitsLeft(order.parts).map(({ lineId, quantity }) => [lineId, quantity]));
  const now =
    order.units === null
      ? there
      : spreadUnits(place, { units: order.units, lines: await lineUnits(tx, place), there });
  const left = new Map(now);
  const parts = order.parts.map((part): Part => {
    const { quantity, handedOver = 0 } = part;
    const more = Math.min(Math.max(0, quantity - handedOver), left.get(part.lineId) ?? 0);
    left.set(part.lineId, (left.get(part.lineId) ?? 0) - more);
    return { ...part, handedOver: handedOver + more };
  });
  return { parts, fetched: summed(parts, ({ handedOver = 0 }) => handedOver), rest: unitsLeft(parts) };
}

function spreadUnits(
  { externalId }: OrderPlace,
  wanted: {
    readonly units: readonly StoreUnits[];
    readonly lines: readonly LineUnits[];
    readonly there: ReadonlyMap<string, number>;
  },
): ReadonlyMap<string, number> {
  const { units, lines, there } = wanted;
  const { byLine, surplus } = spread(units, lines, ({ lineId }) => there.get(lineId) ?? 0);
  if (surplus.length > 0)
    throw new OperatorError(
      'more_than_there',
      `Order "${externalId}" has not so much to be fetched: ${surplus.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')} too many`,
      '`omnifeed orders show` tells what its buyer has already.',
    );
  if (byLine.size > 0) return byLine;
  throw new OperatorError(
    'nothing_named',
    `Nothing of order "${externalId}" was named`,
    'Name SKUs and units, or leave them out when the buyer took everything.',
  );
}

/** Writes what a buyer has of each part. */
export async function writeHandedOver(tx: Queries, place: OrderPlace, parts: readonly Part[]): Promise<void> {
  for (const { lineId, location, handedOver = 0 } of parts)
    await tx.run(
      'UPDATE fulfilment_line SET handed_over = ? WHERE channel = ? AND external_id = ? AND line_id = ? AND location = ?',
      [handedOver, place.channel, place.externalId, lineId, location],
    );
}
