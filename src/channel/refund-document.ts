import type { JsonObject } from '../domain/json.js';
import { decimalText } from '../domain/money.js';
import type { RefundToBook } from '../domain/store-order.js';
import { DOCUMENT_VERSION } from './store-document.js';

/**
 * A refund of the channel as shops without an API of a known kind are given it, in the words of `storeDocument`. `key` is unique: a shop that has
 * booked it must not book it again, and repeats it as `key` of the refund when it tells of the order. `id` and `orderKey` name the order.
 * `restockAt`: where the units lie again and the shop counts them; absent: it counts nothing up. The buyer has the money already. Pure.
 */
export function refundDocument(refund: RefundToBook): JsonObject {
  const { shipping } = refund;
  return {
    version: DOCUMENT_VERSION,
    kind: 'refund',
    id: refund.storeId,
    orderKey: refund.orderKey,
    key: refund.key,
    channel: refund.channel,
    at: refund.at,
    reason: refund.reason,
    currency: refund.amount.currency,
    amount: decimalText(refund.amount),
    ...(shipping === undefined ? {} : { shipping: decimalText(shipping) }),
    lines: refund.lines.map(({ lineExternalId, sku, quantity, amount, restockAt }) => ({
      line: lineExternalId,
      sku,
      quantity,
      amount: decimalText(amount),
      ...(restockAt === null ? {} : { restockAt }),
    })),
  };
}
