import type { Money } from '../../src/domain/money.js';
import type { ChannelOrder, OrderLine } from '../../src/domain/order.js';
import { orderCurrency, priceReading } from '../../src/domain/price-reading.js';

/** What of an order cannot be placed as it is: in a sentence. */
export type AmountsMissing = { readonly missing: string };

/** Units of a line at one price. */
export interface PricedUnits {
  readonly line: OrderLine;
  readonly quantity: number;
  /** Minor units of one, after discounts. */
  readonly unit: number;
  readonly taxes: readonly TaxPart[];
}

/** A tax as it was taken. `liable`: the channel keeps and remits it. */
export interface TaxPart {
  readonly minor: number;
  readonly liable: boolean;
  /** A fraction, `0.0825`: the channel's own, else what the amounts come to, because Shopify wants one. */
  readonly rate: string;
}

/** An order's amounts in the form Shopify takes them, in minor units. */
export interface OrderAmounts {
  readonly currency: string;
  /** Whether the prices contain the tax; follows from the channel's own total. */
  readonly taxesIncluded: boolean;
  readonly units: readonly PricedUnits[];
  readonly giftWrap: readonly { readonly line: OrderLine; readonly minor: number }[];
  readonly shipping: { readonly minor: number; readonly taxes: readonly TaxPart[] };
  /** Tax the channel states for the whole order only. */
  readonly orderTax: readonly TaxPart[];
  /** Taken off the order as a whole. */
  readonly discount: number;
  /** What the buyer paid: the channel's total, or the sum where it states none. */
  readonly total: number;
}

/**
 * Copies the amounts of an order. Nothing is recomputed: line totals stay as paid, and where they do not divide by the units the line is
 * split (3 for 10.00 is 2 × 3.33 and 1 × 3.34). Whether prices contain the tax, and whether the discount of the order is one more, follows
 * from which reading makes the channel's own total; when none does, the total differs in the shop too and a person is told. Pure.
 */
export function orderAmounts(order: ChannelOrder): OrderAmounts | AmountsMissing {
  const lines = order.lines
    .map((line) => ({ line, quantity: line.quantity - line.quantityCancelled }))
    .filter(({ quantity }) => quantity > 0);
  if (lines.length === 0) return { missing: 'no units are left in it' };
  const currency = orderCurrency(order);
  if (currency === null) return { missing: 'its amounts are missing or in several currencies' };
  const bare = lines.find(({ line }) => line.unitPrice === undefined);
  if (bare) return { missing: `the price of ${bare.line.sku} is missing` };

  const paid = lines.map(({ line, quantity }) => ({
    line,
    quantity,
    paid: minor(line.unitPrice) * quantity - Math.abs(minor(line.discount)),
  }));
  const below = paid.find((each) => each.paid < 0);
  if (below) return { missing: `the discount of ${below.line.sku} is more than its price` };
  const shipping = order.shippingPrice?.minor ?? sum(lines, ({ line }) => minor(line.shipping));
  const shippingTax = order.shippingTax?.minor ?? sum(lines, ({ line }) => minor(line.shippingTax));
  const lineTax = sum(lines, ({ line }) => minor(line.tax));
  const orderTax = lineTax + shippingTax === 0 ? minor(order.tax) : 0;
  const goods = sum(paid, (each) => each.paid) + sum(lines, ({ line }) => minor(line.giftWrap));
  const reading = priceReading(order, { plain: goods + shipping, tax: lineTax + shippingTax + orderTax });
  const net = (base: number, tax: number): number => (reading.taxesIncluded ? base - tax : base);
  return {
    currency,
    ...reading,
    units: paid.flatMap((each) => split(each, net)),
    giftWrap: lines
      .map(({ line }) => ({ line, minor: minor(line.giftWrap) }))
      .filter((each) => each.minor > 0),
    shipping: {
      minor: shipping,
      taxes: parts(shippingTax, { liable: 0, rate: undefined, base: net(shipping, shippingTax) }),
    },
    orderTax: parts(orderTax, { liable: 0, rate: undefined, base: net(goods + shipping, orderTax) }),
  };
}

function split(
  { line, quantity, paid }: { readonly line: OrderLine; readonly quantity: number; readonly paid: number },
  net: (base: number, tax: number) => number,
): PricedUnits[] {
  const unit = Math.floor(paid / quantity);
  const dearer = paid - unit * quantity;
  const tax = minor(line.tax);
  const liable = Math.min(tax, minor(line.channelCollectedTax));
  const rate = line.taxRate;
  const shares = [
    { quantity: quantity - dearer, unit },
    { quantity: dearer, unit: unit + 1 },
  ].filter((share) => share.quantity > 0);
  let taxLeft = tax;
  let liableLeft = liable;
  return shares.map((share, place) => {
    const last = place === shares.length - 1;
    const taxHere = last ? taxLeft : Math.floor((tax * share.quantity) / quantity);
    const liableHere = last
      ? liableLeft
      : Math.min(taxHere, Math.floor((liable * share.quantity) / quantity));
    taxLeft -= taxHere;
    liableLeft -= liableHere;
    const base = net(share.unit * share.quantity, taxHere);
    return { line, ...share, taxes: parts(taxHere, { liable: liableHere, rate, base }) };
  });
}

function parts(
  tax: number,
  of: { readonly liable: number; readonly rate: string | undefined; readonly base: number },
): TaxPart[] {
  const rateOf = (minorUnits: number): string =>
    of.base > 0 ? String(Number((minorUnits / of.base).toFixed(6))) : '0';
  const stated = of.rate !== undefined && /^\d+(\.\d+)?$/.test(of.rate) ? of.rate : null;
  const both = of.liable > 0 && of.liable < tax;
  return [
    { minor: of.liable, liable: true },
    { minor: tax - of.liable, liable: false },
  ]
    .filter((part) => part.minor !== 0)
    .map((part) => ({ ...part, rate: both ? rateOf(part.minor) : (stated ?? rateOf(part.minor)) }));
}

function minor(money: Money | undefined): number {
  return money?.minor ?? 0;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
