import type { Money } from '../domain/money.js';
import type { OrderLine } from '../domain/order.js';
import type { RefundedLine } from '../domain/order-message.js';
import type { OrderAmounts } from '../orders/read-order.js';

/** A line with what its buyer paid for it. */
export type PaidLine = Pick<
  OrderLine,
  | 'externalId'
  | 'quantity'
  | 'unitPrice'
  | 'discount'
  | 'tax'
  | 'channelCollectedTax'
  | 'shipping'
  | 'giftWrap'
>;

/** Units of a line that came back, and how many of it had their money given back before. */
export interface UnitsBack {
  readonly lineId: string;
  readonly units: number;
  readonly before: number;
}

/** The money of units that came back, or why it cannot be told from what the channel said. */
export type ReturnAmounts = { readonly lines: readonly RefundedLine[] } | { readonly unclear: string };

/**
 * What is given back for units that came back: the price paid for them less their part of the discount, and their part of the tax where it was paid
 * on top and is ours to give. Parts of a line add up to exactly the line, whatever the order of the returns. Tax the channel collected it gives back
 * itself. Nothing is guessed: whether prices contain tax is seen from the total of the order, and when that does not show it, a person says the
 * amount. Pure.
 */
export function returnAmounts(
  order: OrderAmounts,
  lines: readonly PaidLine[],
  back: readonly UnitsBack[],
): ReturnAmounts {
  const own = back.map((units) => ({ units, line: lines.find((line) => line.externalId === units.lineId) }));
  const taxed = own.some(({ line }) => line !== undefined && ownTax(line) > 0);
  const tax = taxed ? taxStanding(order, lines) : 'contained';
  if (tax === 'unclear') return { unclear: 'its total does not show whether prices contain the tax' };
  const found: RefundedLine[] = [];
  for (const { units, line } of own) {
    const price = line?.unitPrice;
    if (line === undefined || price === undefined || line.quantity < 1)
      return { unclear: `the channel states no price of line ${units.lineId}` };
    const paid = price.minor * line.quantity - Math.abs(line.discount?.minor ?? 0);
    const money = (minor: number): Money => ({
      minor: part(minor, line.quantity, units),
      currency: price.currency,
    });
    found.push({
      lineExternalId: units.lineId,
      quantity: units.units,
      item: money(Math.max(0, paid)),
      ...(tax === 'apart' && ownTax(line) > 0 ? { itemTax: money(ownTax(line)) } : {}),
    });
  }
  return { lines: found };
}

/** The part of an amount that falls on some units of a line, after others: rounded down on the way, so that all parts are the whole. */
function part(minor: number, quantity: number, { before, units }: UnitsBack): number {
  const upTo = (n: number): number => Math.floor((minor * Math.min(n, quantity)) / quantity);
  return upTo(before + units) - upTo(before);
}

function ownTax({ tax, channelCollectedTax }: PaidLine): number {
  return Math.max(0, (tax?.minor ?? 0) - (channelCollectedTax?.minor ?? 0));
}

/** Whether the tax of an order is in its prices or on top of them, as its total shows. */
function taxStanding(order: OrderAmounts, lines: readonly PaidLine[]): 'contained' | 'apart' | 'unclear' {
  if (order.total === undefined || lines.some(({ unitPrice }) => unitPrice === undefined)) return 'unclear';
  const goods = lines.reduce(
    (sum, line) =>
      sum +
      (line.unitPrice?.minor ?? 0) * line.quantity -
      Math.abs(line.discount?.minor ?? 0) +
      (line.giftWrap?.minor ?? 0),
    0,
  );
  const shipping = order.shippingPrice?.minor ?? sumOf(lines.map((line) => line.shipping));
  const sum = goods + shipping - Math.abs(order.discount?.minor ?? 0);
  const tax = order.tax?.minor ?? sumOf(lines.map((line) => line.tax)) + (order.shippingTax?.minor ?? 0);
  if (order.total.minor === sum) return 'contained';
  return order.total.minor === sum + tax ? 'apart' : 'unclear';
}

function sumOf(amounts: readonly (Money | undefined)[]): number {
  return amounts.reduce((sum, amount) => sum + (amount?.minor ?? 0), 0);
}
