/** A line of a channel order with the units that are not in a parcel yet. */
export interface OpenLine {
  readonly lineId: string;
  readonly sku: string;
  readonly open: number;
}

/** Units of one order line in a parcel. */
export interface ParcelLine {
  readonly lineId: string;
  readonly quantity: number;
}

/**
 * Spreads what a parcel holds by SKU over the order's lines, in their order. A parcel that holds more than is open, or something that was
 * not ordered, is told in `surplus`. Pure.
 */
export function parcelLines(
  open: readonly OpenLine[],
  packed: readonly { readonly sku: string; readonly quantity: number }[],
): {
  readonly lines: readonly ParcelLine[];
  readonly surplus: readonly { readonly sku: string; readonly quantity: number }[];
} {
  const left = new Map(open.map((line) => [line.lineId, line.open]));
  const lines: ParcelLine[] = [];
  const surplus: { sku: string; quantity: number }[] = [];
  for (const { sku, quantity } of packed) {
    let rest = quantity;
    for (const line of open.filter((candidate) => candidate.sku === sku)) {
      const taken = Math.min(rest, left.get(line.lineId) ?? 0);
      if (taken <= 0) continue;
      left.set(line.lineId, (left.get(line.lineId) ?? 0) - taken);
      lines.push({ lineId: line.lineId, quantity: taken });
      rest -= taken;
    }
    if (rest > 0) surplus.push({ sku, quantity: rest });
  }
  return { lines, surplus };
}
