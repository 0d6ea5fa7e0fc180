import { listReply, RestError, rowsOf } from './lists.js';
import type { HeldOrder, HeldRefund } from './order-book.js';
import { metaOf } from './order-create.js';
import type { RestCall, Route, ShopWorld } from './shop-world.js';
import { refundView } from './views.js';

/** Routes of refunds. Both `api_refund` and `api_restock` mean yes when they are left out (REST refunds controller 11.x). */
export function refundRoutes(
  { shop, book }: ShopWorld,
  orderOf: (call: RestCall) => HeldOrder,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: 'wc/v3/orders/#/refunds',
      answer: (call) => listReply(orderOf(call).refunds, call.query, (refund) => refundView(shop, refund)),
    },
    {
      method: 'POST',
      path: 'wc/v3/orders/#/refunds',
      answer: (call) => {
        const order = orderOf(call);
        const refund = refundIn(order, call);
        // The payment came from elsewhere: no gateway of the shop can give it back.
        if (call.body.api_refund !== false)
          throw refused('The payment gateway for this order does not support automatic refunds.');
        const made = book.refund(order, refund, call.body.api_restock !== false);
        return { status: 201, body: refundView(shop, made) };
      },
    },
  ];
}

function refundIn(order: HeldOrder, { body }: RestCall): Omit<HeldRefund, 'id' | 'createdMs'> {
  if (typeof body.amount !== 'string' || !/^\d+(\.\d+)?$/.test(body.amount))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): amount', 400);
  const amount = Number(body.amount);
  const given = order.refunds.reduce((sum, each) => sum + each.amount, 0);
  if (amount > order.total - given + 0.001) throw refused('Invalid refund amount.');
  return {
    amount,
    reason: typeof body.reason === 'string' ? body.reason : '',
    meta: metaOf(body),
    lines: rowsOf(body.line_items).map((item) => {
      const line = order.lines.find(({ id }) => id === item.id);
      if (!line)
        throw new RestError(
          'woocommerce_rest_invalid_item_id',
          'Order item ID provided is not associated with order.',
          400,
        );
      return {
        line,
        quantity: Number(item.quantity ?? 0),
        total: Number(item.refund_total ?? 0),
        tax: rowsOf(item.refund_tax).reduce((sum, tax) => sum + Number(tax.refund_total ?? 0), 0),
      };
    }),
  };
}

function refused(message: string): RestError {
  return new RestError('woocommerce_rest_cannot_create_order_refund', message, 500);
}
