import { readDecimal } from '../../../src/domain/money.js';
import type { HeldOrder, HeldTransaction, OrderBook } from './order-book.js';
import type { ShopState } from './shop-state.js';

/** `RefundInput` of the Admin API, as far as this shop carries it out. */
export interface RefundInput {
  readonly orderId: string;
  readonly note?: string | null;
  readonly notify?: boolean | null;
  readonly allowOverRefunding?: boolean | null;
  readonly shipping?: { readonly amount?: string | null; readonly fullRefund?: boolean | null } | null;
  readonly refundLineItems?: readonly {
    readonly lineItemId: string;
    readonly quantity: number;
    readonly restockType?: string | null;
    readonly locationId?: string | null;
  }[];
  readonly transactions?: readonly {
    readonly orderId: string;
    readonly parentId?: string | null;
    readonly kind: string;
    readonly gateway: string;
    readonly amount: string;
  }[];
}

type Refunded = {
  readonly refund: { readonly id: string } | null;
  readonly userErrors: readonly { readonly field: readonly string[]; readonly message: string }[];
};

/** Gateways of Shopify's own pay out; any other name is a payment that was made elsewhere, of which the refund is only written down. */
const PAYS_OUT: ReadonlySet<string> = new Set(['shopify_payments', 'paypal']);

/** `refundCreate`: the money is what its transactions say, the units are what its lines say; the two need not agree. */
export function createRefund(shop: ShopState, book: OrderBook, input: RefundInput): Refunded {
  const errors = (message: string): Refunded => ({
    refund: null,
    userErrors: [{ field: ['input'], message }],
  });
  const order = book.get(input.orderId);
  if (!order) return errors('Order does not exist');
  if (order.cancelledMs !== null) return errors('Order has been canceled');
  const units = (input.refundLineItems ?? []).map((item) => ({
    line: order.lines.find(({ id }) => id === item.lineItemId),
    quantity: item.quantity,
    restockType: item.restockType ?? 'NO_RESTOCK',
    locationId: item.locationId ?? null,
  }));
  const known = units.flatMap(({ line, ...rest }) => (line ? [{ line, ...rest }] : []));
  if (known.length !== units.length) return errors('Line item does not exist');
  const unplaced = known.find(
    ({ restockType, locationId }) =>
      restockType !== 'NO_RESTOCK' && !shop.locations.some(({ id }) => id === locationId),
  );
  if (unplaced) return errors('Location must be given to restock items');
  const money = (input.transactions ?? []).map((each) => taken(shop, order, { ...input, ...each }));
  const refused = money.find((each) => 'message' in each);
  if (refused && 'message' in refused) return errors(refused.message);
  const paid = money.flatMap((each) => ('message' in each ? [] : [each]));
  const shipping = shippingOf(shop, order, input);
  if (shipping === null) return errors('Refund amount for shipping cannot be more than was paid for it');
  const amount = paid.reduce((sum, each) => sum + each.amount, 0);
  const refund = book.takeOut(order, known, {
    note: input.note ?? null,
    amount,
    shipping,
  });
  if (refund === null)
    return errors('Quantity cannot refund more items than were purchased or are unfulfilled');
  order.transactions.push(...paid);
  for (const { gateway } of paid.filter((each) => PAYS_OUT.has(each.gateway)))
    shop.outbox.push(`${gateway} paid ${amount} back for ${order.name}`);
  if (input.notify === true) shop.outbox.push(`refund of ${order.name}`);
  return { refund: { id: refund.id }, userErrors: [] };
}

function taken(
  shop: ShopState,
  order: HeldOrder,
  given: NonNullable<RefundInput['transactions']>[number] & Pick<RefundInput, 'allowOverRefunding'>,
): HeldTransaction | { readonly message: string } {
  const amount = readDecimal(given.amount, shop.currency)?.minor ?? Number.NaN;
  if (given.orderId !== order.id) return { message: 'Transaction is of another order' };
  if (given.kind !== 'REFUND') return { message: 'Transaction kind must be refund' };
  if (!(amount > 0)) return { message: 'Transaction amount must be greater than 0' };
  const parent = order.transactions.find(({ id }) => id === given.parentId);
  if (!parent || !['SALE', 'CAPTURE'].includes(parent.kind) || parent.status !== 'SUCCESS')
    return { message: 'Parent transaction is invalid' };
  if (parent.gateway !== given.gateway) return { message: 'Gateway must be that of the parent transaction' };
  const before = order.transactions
    .filter(({ kind, parentId }) => kind === 'REFUND' && parentId === parent.id)
    .reduce((sum, each) => sum + each.amount, 0);
  if (amount > parent.amount - before && given.allowOverRefunding !== true)
    return { message: 'Refund amount cannot be more than the refundable amount' };
  return {
    id: shop.nextId('OrderTransaction'),
    kind: 'REFUND',
    status: 'SUCCESS',
    gateway: given.gateway,
    amount,
    parentId: parent.id,
  };
}

function shippingOf(shop: ShopState, order: HeldOrder, { shipping }: RefundInput): number | null {
  if (shipping === null || shipping === undefined) return 0;
  const left = order.shipping - order.refunds.reduce((sum, each) => sum + each.shipping, 0);
  if (shipping.fullRefund === true) return left;
  const amount = readDecimal(shipping.amount ?? '0', shop.currency)?.minor ?? Number.NaN;
  return amount <= left ? amount : null;
}
