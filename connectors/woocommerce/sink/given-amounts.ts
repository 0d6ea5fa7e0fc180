import { currencyDigits, decimalText, minorPerMajor } from '../../../src/domain/money.js';
import type { ChannelOrder, OrderLine } from '../../../src/domain/order.js';
import { orderCurrency, priceReading } from '../../../src/domain/price-reading.js';
import type { WooSettings } from '../settings.js';

/** A line of goods as WooCommerce takes it. */
export interface GivenLine {
  readonly line: OrderLine;
  readonly quantity: number;
  /** Decimal text of all its units after discounts: as paid, or net with six digits where the shop adds its own tax. */
  readonly total: string;
  /** Decimal text of the tax the channel states for it; null: none. */
  readonly tax: string | null;
}

/** A line that is not goods: gift wrap, a discount of the whole order (below zero), tax that is told for the whole order only. */
export interface GivenFee {
  readonly name: string;
  readonly total: string;
}

/** An order's amounts in the form WooCommerce takes them. */
export interface GivenAmounts {
  readonly currency: string;
  /** Whether the channel's prices contain the tax. */
  readonly taxesIncluded: boolean;
  readonly lines: readonly GivenLine[];
  readonly shipping: { readonly total: string; readonly tax: string | null };
  readonly fees: readonly GivenFee[];
  /** Nothing is to be paid: the shop does not take such an order as paid by being told so. */
  readonly free: boolean;
}

/** Why an order cannot be placed as it is: in a sentence. */
export interface AmountsMissing {
  readonly missing: string;
}

type TaxMode = NonNullable<WooSettings['taxMode']>;

/**
 * Copies the amounts of an order. WooCommerce takes totals of lines, so that nothing has to divide by units. It reads every total as net and works
 * tax out itself at each creation; given taxes are not taken (woocommerce/woocommerce#59928, #62846). `untaxed`: what was paid, tax within, on an
 * order that is exempt: the total is exact, the shop's books show no tax. `shop-rates`: net amounts, and the shop adds its tax; the total is
 * compared afterwards. Pure.
 */
export function givenAmounts(order: ChannelOrder, mode: TaxMode): GivenAmounts | AmountsMissing {
  const open = order.lines.filter((line) => unitsOf(line) > 0);
  if (open.length === 0) return { missing: 'no units are left in it' };
  const currency = orderCurrency(order);
  if (currency === null) return { missing: 'its amounts are missing or in several currencies' };
  const bare = open.find((line) => line.unitPrice === undefined);
  if (bare) return { missing: `the price of ${bare.sku} is missing` };
  const below = open.find((line) => pricedAt(line) < 0);
  if (below) return { missing: `the discount of ${below.sku} is more than its price` };

  const sums = sumsOf(order, open);
  const { taxesIncluded, discount, total } = priceReading(order, {
    plain: sums.goods + sums.wrapping + sums.shipping,
    tax: sums.lineTax + sums.shippingTax + sums.orderTax,
  });
  const text = (minor: number): string => decimalText({ minor, currency });
  const tell = (part: Part): string =>
    mode === 'untaxed'
      ? text(part.minor + (taxesIncluded ? 0 : part.tax))
      : netText(part, { taxesIncluded, currency });
  const fee = (name: string, minor: number): readonly GivenFee[] =>
    minor === 0 ? [] : [{ name, total: text(minor) }];
  return {
    currency,
    taxesIncluded,
    lines: open.map((line) => ({
      line,
      quantity: unitsOf(line),
      total: tell({ minor: pricedAt(line), tax: taxOf(line), rate: line.taxRate }),
      tax: line.tax === undefined ? null : text(taxOf(line)),
    })),
    shipping: {
      total: tell({ minor: sums.shipping, tax: sums.shippingTax, rate: undefined }),
      tax: sums.shippingTax === 0 ? null : text(sums.shippingTax),
    },
    fees: [
      ...fee('Gift wrap', sums.wrapping),
      ...fee('Discount', -discount),
      ...(mode === 'untaxed' && !taxesIncluded ? fee('Tax', sums.orderTax) : []),
    ],
    free: total === 0,
  };
}

interface Part {
  /** As priced. */
  readonly minor: number;
  readonly tax: number;
  readonly rate: string | undefined;
}

/** Net in major units with six digits, so that the shop's own tax brings it back to what was paid; text for the wire, not for calculating on. */
function netText(
  { minor, tax, rate }: Part,
  of: { readonly taxesIncluded: boolean; readonly currency: string },
): string {
  if (!of.taxesIncluded) return decimalText({ minor, currency: of.currency });
  const stated = rate !== undefined && /^\d+(\.\d+)?$/.test(rate) ? Number(rate) : null;
  if (stated === null) return decimalText({ minor: minor - tax, currency: of.currency });
  return (minor / minorPerMajor(of.currency) / (1 + stated)).toFixed(
    Math.max(6, currencyDigits(of.currency)),
  );
}

function sumsOf(order: ChannelOrder, open: readonly OrderLine[]) {
  const shippingTax = order.shippingTax?.minor ?? sum(open, (line) => line.shippingTax?.minor ?? 0);
  const lineTax = sum(open, taxOf);
  return {
    goods: sum(open, pricedAt),
    wrapping: sum(open, (line) => partOf(line, line.giftWrap?.minor ?? 0)),
    shipping: order.shippingPrice?.minor ?? sum(open, (line) => line.shipping?.minor ?? 0),
    shippingTax,
    lineTax,
    orderTax: lineTax + shippingTax === 0 ? (order.tax?.minor ?? 0) : 0,
  };
}

function unitsOf(line: OrderLine): number {
  return Math.max(0, line.quantity - line.quantityCancelled);
}

/** Units at their price, less the line's discount. */
function pricedAt(line: OrderLine): number {
  return (line.unitPrice?.minor ?? 0) * unitsOf(line) - partOf(line, Math.abs(line.discount?.minor ?? 0));
}

function taxOf(line: OrderLine): number {
  return partOf(line, line.tax?.minor ?? 0);
}

/** Amounts of a whole line, for the units that are left of it. */
function partOf(line: OrderLine, minor: number): number {
  return line.quantityCancelled === 0 ? minor : Math.round((minor * unitsOf(line)) / line.quantity);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
