import type { ChannelOrder, OrderLine } from '../../../src/domain/order.js';

/** A line as Vendure gets it: so many units at one price, tax included. */
export interface GivenLine {
  readonly channelLineId: string;
  readonly sku: string;
  readonly quantity: number;
  /** Minor units, tax included; null: the channel names no price, and the shop's own is taken. */
  readonly unitPrice: number | null;
  /** Percent; null: unknown, and the shop's own is taken. */
  readonly taxRate: number | null;
}

/** What an order amounts to, as Vendure gets it. */
export interface GivenOrder {
  readonly lines: readonly GivenLine[];
  /** Minor units, tax included. */
  readonly shipping: number;
  /** Percent; null: unknown. */
  readonly shippingTaxRate: number | null;
}

/**
 * The amounts of a channel order in the only form Vendure keeps to the last unit: a price a unit, tax included. A line that does not divide
 * becomes two (3 for 10.00 → 2 × 3.33 and 1 × 3.34); its discount and gift wrap are part of its price, and a discount on the order is spread
 * over the lines by their amounts. Their sum is what was paid. Pure.
 */
export function givenOrder(order: ChannelOrder): GivenOrder {
  const open = order.lines.filter((line) => unitsOf(line) > 0);
  const taxApart = addsTax(order, open);
  const amounts = open.map((line) => (line.unitPrice === undefined ? null : amountOf(line, taxApart)));
  const off = spread(
    Math.abs(order.discount?.minor ?? 0),
    amounts.map((amount) => amount ?? 0),
  );
  const shippingTax = order.shippingTax?.minor;
  const shipping = shippingOf(order, open) + (taxApart ? (shippingTax ?? 0) : 0);
  return {
    lines: open.flatMap((line, at) => divided(line, { amount: amounts[at] ?? null, off: off[at] ?? 0 })),
    shipping,
    shippingTaxRate: shippingTax === undefined ? null : rateOf(shipping, shippingTax),
  };
}

function unitsOf(line: OrderLine): number {
  return Math.max(0, line.quantity - line.quantityCancelled);
}

/** Whether the channel's prices are without the tax it states: then, and only then, the tax makes the sum of the parts the total. */
function addsTax(order: ChannelOrder, lines: readonly OrderLine[]): boolean {
  if (order.total === undefined) return false;
  const parts =
    sum(lines.map((line) => amountOf(line, false))) +
    shippingOf(order, lines) -
    Math.abs(order.discount?.minor ?? 0);
  const tax = sum(lines.map((line) => partOf(line, line.tax?.minor ?? 0))) + (order.shippingTax?.minor ?? 0);
  return tax > 0 && parts !== order.total.minor && parts + tax === order.total.minor;
}

function amountOf(line: OrderLine, taxApart: boolean): number {
  const goods = (line.unitPrice?.minor ?? 0) * unitsOf(line);
  const rest =
    Math.abs(line.discount?.minor ?? 0) -
    (line.giftWrap?.minor ?? 0) -
    (taxApart ? (line.tax?.minor ?? 0) : 0);
  return Math.max(0, goods - partOf(line, rest));
}

/** Amounts of a whole line, for the units that are left of it. */
function partOf(line: OrderLine, minor: number): number {
  return line.quantityCancelled === 0 ? minor : Math.round((minor * unitsOf(line)) / line.quantity);
}

function shippingOf(order: ChannelOrder, lines: readonly OrderLine[]): number {
  return order.shippingPrice?.minor ?? sum(lines.map((line) => line.shipping?.minor ?? 0));
}

/** One line, or two a minor unit apart. */
function divided(
  line: OrderLine,
  { amount, off }: { readonly amount: number | null; readonly off: number },
): GivenLine[] {
  const units = unitsOf(line);
  const given = { channelLineId: line.externalId, sku: line.sku };
  if (amount === null) return [{ ...given, quantity: units, unitPrice: null, taxRate: statedRate(line) }];
  const total = Math.max(0, amount - off);
  const taxRate =
    statedRate(line) ?? (line.tax === undefined ? null : rateOf(total, partOf(line, line.tax.minor)));
  const low = Math.floor(total / units);
  const higher = total - low * units;
  return [
    { ...given, quantity: units - higher, unitPrice: low, taxRate },
    { ...given, quantity: higher, unitPrice: low + 1, taxRate },
  ].filter(({ quantity }) => quantity > 0);
}

/** `0.0825` → 8.25. */
function statedRate({ taxRate }: OrderLine): number | null {
  const rate = Number(taxRate ?? Number.NaN);
  return Number.isFinite(rate) && rate >= 0 ? rounded(rate * 100) : null;
}

/** The rate that gives this tax out of a gross amount: shown in the shop's books where the channel states none. */
function rateOf(gross: number, tax: number): number | null {
  return gross > tax && tax >= 0 ? rounded((tax / (gross - tax)) * 100) : null;
}

function rounded(rate: number): number {
  return Math.round(rate * 10_000) / 10_000;
}

/** Spreads an amount by weights, to the last unit: what rounding leaves goes to the largest remainders. */
function spread(amount: number, weights: readonly number[]): readonly number[] {
  const all = sum(weights);
  if (amount === 0 || all === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (amount * weight) / all);
  const shares = exact.map(Math.floor);
  const byRemainder = exact
    .map((share, at) => ({ at, left: share - Math.floor(share) }))
    .sort((a, b) => b.left - a.left || a.at - b.at);
  for (const { at } of byRemainder.slice(0, amount - sum(shares))) shares[at] = (shares[at] ?? 0) + 1;
  return shares;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
