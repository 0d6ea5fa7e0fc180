import type { Money } from './money.js';
import type { ChannelOrder } from './order.js';

/** How the amounts of an order are to be read. */
export interface PriceReading {
  /** Whether the prices contain the tax. */
  readonly taxesIncluded: boolean;
  /** Taken off the order as a whole, in minor units. */
  readonly discount: number;
  /** What the buyer paid, in minor units: the channel's total, or the sum where it states none. */
  readonly total: number;
}

/**
 * Whether an order's prices contain the tax, and whether its discount is one more: channels do not say, so the reading that makes the channel's own
 * total is taken. `plain`: goods, wrapping and shipping as priced, `tax`: all tax, in minor units. When no reading fits, the usual one is
 * answered, and the total in the shop differs, which a person is told. Pure.
 */
export function priceReading(
  order: Pick<ChannelOrder, 'discount' | 'total'>,
  { plain, tax }: { readonly plain: number; readonly tax: number },
): PriceReading {
  const off = Math.abs(order.discount?.minor ?? 0);
  const readings = [off, 0].flatMap((discount) =>
    [false, true].map((taxesIncluded) => ({
      taxesIncluded,
      discount,
      total: plain + (taxesIncluded ? 0 : tax) - discount,
    })),
  );
  const usual = { taxesIncluded: false, discount: off, total: plain + tax - off };
  const right = readings.find(({ total }) => total === order.total?.minor) ?? usual;
  return { ...right, total: order.total?.minor ?? right.total };
}

/** The one currency of all amounts of an order; null: there are none, or they are in several. Pure. */
export function orderCurrency(order: ChannelOrder): string | null {
  const amounts: readonly (Money | undefined)[] = [
    ...[order.total, order.tax, order.shippingPrice, order.shippingTax, order.discount],
    ...order.lines.flatMap((line) => [line.unitPrice, line.tax, line.discount, line.shipping, line.giftWrap]),
  ];
  const currencies = new Set(amounts.flatMap((amount) => (amount === undefined ? [] : [amount.currency])));
  const [only] = currencies;
  return currencies.size === 1 && only !== undefined ? only : null;
}
