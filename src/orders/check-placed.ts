import { type Money, moneyText } from '../domain/money.js';
import type { ChannelOrder } from '../domain/order.js';
import type { StoreOrder } from '../domain/store-order.js';
import type { OrderException } from './exceptions.js';

/** The orders found under a key: those that take stock, and the draft an earlier attempt left. */
export function heldUnder(orders: readonly StoreOrder[]): {
  readonly placed: readonly StoreOrder[];
  readonly draft: string | null;
} {
  const there = orders.filter((order) => order.gone !== true);
  return {
    placed: there.filter((order) => order.draft !== true),
    draft: there.find((order) => order.draft === true)?.storeId ?? null,
  };
}

/** What a person must look at right after placing: amounts that are not the channel's, or more than one order. Pure. */
export function checkPlaced(
  ordered: Pick<ChannelOrder, 'total' | 'tax' | 'shippingPrice'>,
  placed: readonly StoreOrder[],
): readonly OrderException[] {
  const [first] = placed;
  const found: OrderException[] = [];
  const differing = first === undefined ? [] : differences(ordered, first);
  if (differing.length > 0)
    found.push({
      code: 'totals_differ',
      message: `The order in the shop is not what was paid: ${differing.join('; ')}`,
      advice:
        'Correct the order in the shop (taxes, discounts, shipping rules); the channel has its own amounts.',
    });
  if (placed.length > 1)
    found.push({
      code: 'placed_twice',
      message: `The shop has ${placed.length} orders for it: ${placed.map(({ storeId, name }) => name ?? storeId).join(', ')}`,
      advice: 'Cancel all but the first in the shop. None is cancelled by itself.',
    });
  return found;
}

/** Amounts are copied, never recomputed: a difference of the smallest unit is one. Amounts one side does not tell are not compared. */
function differences(
  ordered: Pick<ChannelOrder, 'total' | 'tax' | 'shippingPrice'>,
  { totals }: StoreOrder,
): readonly string[] {
  if (totals === undefined) return [];
  const pairs: readonly (readonly [string, Money | undefined, Money | undefined])[] = [
    ['total', ordered.total, totals.total],
    ['tax', ordered.tax, totals.tax],
    ['shipping', ordered.shippingPrice, totals.shipping],
    ['to be paid', nothingOf(totals.outstanding), totals.outstanding],
  ];
  return pairs.flatMap(([what, wanted, held]) => {
    if (wanted === undefined || held === undefined) return [];
    if (wanted.minor === held.minor && wanted.currency === held.currency) return [];
    return [`${what} ${moneyText(held)} instead of ${moneyText(wanted)}`];
  });
}

function nothingOf(outstanding: Money | undefined): Money | undefined {
  return outstanding === undefined ? undefined : { minor: 0, currency: outstanding.currency };
}
