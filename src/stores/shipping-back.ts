import type { Money } from '../domain/money.js';
import type { OrderLine } from '../domain/order.js';
import type { RefundedLine } from '../domain/order-message.js';
import type { OrderAmounts } from '../orders/read-order.js';

/** Shipping a person wants to give back with goods. */
export interface ShippingWanted {
  readonly amount: Money;
  /** Lines of the goods: its own part comes first. */
  readonly lines: readonly string[];
  /** What was given back of it before, by line. */
  readonly before: ReadonlyMap<string, number>;
}

/** The shipping of a return on lines; why it cannot be told; or how much at most can still be given back, in minor units. */
export type ShippingBack =
  | { readonly lines: readonly RefundedLine[] }
  | { readonly unclear: string }
  | { readonly most: number };

/**
 * Puts shipping that is given back on lines: those that came back first, each up to what was charged for it, then the others; where the channel tells
 * the shipping of the order only, on the first line that came back. Never more than was charged and not given back before. Tax is not looked at: what
 * is stated is the shipping itself. Pure.
 */
export function shippingBack(
  order: OrderAmounts,
  lines: readonly Pick<OrderLine, 'externalId' | 'shipping'>[],
  { amount, lines: own, before }: ShippingWanted,
): ShippingBack {
  const shares = lines.flatMap(({ externalId, shipping }) => (shipping ? [{ externalId, shipping }] : []));
  const charged = order.shippingPrice ?? shares[0]?.shipping;
  if (charged === undefined) return { unclear: 'the channel does not say what was charged for shipping' };
  if (charged.currency !== amount.currency) return { unclear: `shipping was charged in ${charged.currency}` };
  const sum = order.shippingPrice?.minor ?? shares.reduce((all, { shipping }) => all + shipping.minor, 0);
  const given = [...before.values()].reduce((all, minor) => all + minor, 0);
  if (amount.minor > sum - given) return { most: Math.max(0, sum - given) };
  let left = amount.minor;
  const found = new Map<string, number>();
  const first = own[0] ?? lines[0]?.externalId;
  const inOrder = [...shares].sort(
    (a, b) => Number(own.includes(b.externalId)) - Number(own.includes(a.externalId)),
  );
  for (const { externalId, shipping } of inOrder) {
    const minor = Math.min(left, Math.max(0, shipping.minor - (before.get(externalId) ?? 0)));
    if (minor > 0) found.set(externalId, minor);
    left -= minor;
  }
  if (left > 0 && first !== undefined) found.set(first, (found.get(first) ?? 0) + left);
  return {
    lines: [...found].map(([lineExternalId, minor]) => ({
      lineExternalId,
      quantity: 0,
      shipping: { minor, currency: amount.currency },
    })),
  };
}
