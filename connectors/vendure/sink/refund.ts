import { ChannelError } from '../../../src/domain/errors.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { type Money, moneyText } from '../../../src/domain/money.js';
import type { BookedRefund, LineToBook, RefundToBook } from '../../../src/domain/store-order.js';
import { type Client, objectOf, objectsOf, taken } from '../client.js';
import { REFUND, SETTLE_REFUND } from '../documents.js';
import { ordersBy } from './look-up.js';
import { refundKeyOf, refundReason, refundReference } from './read-order.js';

/**
 * Writes down money the channel gave back, in Vendure's two steps: a refund of the payment the order was placed with, which nobody pays out because
 * the payment was entered by hand, then the word that the buyer has the money. The reason bears our key: a refund begun before is found by it and
 * gone on with. Vendure 3.7.3 counts no units up on a refund: a person does, where the shop counts.
 */
export async function bookRefund(client: Client, refund: RefundToBook): Promise<BookedRefund> {
  const { storeId, key } = refund;
  const [order] = await ordersBy(client, { id: { in: [storeId] } });
  if (order === undefined) return left('store_order_missing', `the shop has no order ${storeId}`);
  const uncounted = refund.lines.filter(({ restockAt, quantity }) => restockAt !== null && quantity > 0);
  const held = refundsOf(order).find((each) => refundKeyOf(each) === key);
  if (held !== undefined) return settled(client, held, refund, uncounted);
  const payment = objectsOf(order.payments).find(
    ({ method, state }) => method === refund.channel && state === 'Settled',
  );
  if (payment === undefined)
    return left(
      'paid_otherwise',
      `the order was not paid with ${refund.channel} in the shop: money might move there`,
    );
  const given = objectsOf(payment.refunds)
    .filter(({ state }) => state !== 'Failed')
    .reduce((sum, { total }) => sum + Number(total), 0);
  const rest: Money = { minor: Number(payment.amount) - given, currency: String(order.currencyCode) };
  if (rest.currency !== refund.amount.currency || refund.amount.minor > rest.minor)
    return left('more_than_paid', `of the payment in the shop only ${moneyText(rest)} is left`);
  const lines = linesOf(order, refund.lines);
  if (lines === null) return left('units_missing', 'the order does not have so many units any more');
  const input = {
    paymentId: String(payment.id),
    amount: refund.amount.minor,
    reason: refundReason(refund.reason, key),
    lines,
    shipping: refund.shipping?.minor ?? 0,
    adjustment: 0,
  };
  const data = await client({ operation: 'refundOrder', document: REFUND, variables: { input } });
  return settled(client, taken(data.refundOrder, 'refundOrder'), refund, uncounted);
}

async function settled(
  client: Client,
  made: JsonObject,
  { key }: RefundToBook,
  uncounted: readonly LineToBook[],
): Promise<BookedRefund> {
  if (made.state === 'Failed') return left('refund_failed', 'the refund failed in the shop');
  if (made.state !== 'Settled') {
    const input = { id: String(made.id), transactionId: key };
    const data = await client({ operation: 'settleRefund', document: SETTLE_REFUND, variables: { input } });
    if (taken(data.settleRefund, 'settleRefund').state !== 'Settled')
      throw new ChannelError('Vendure did not settle the refund', {
        code: 'refund_unsure',
        kind: 'ambiguous',
        owner: 'channel',
        advice: 'It is looked at again by itself; nothing to do.',
      });
  }
  return { booked: true, reference: refundReference(made), left: uncounted.map(countByHand) };
}

function refundsOf(order: JsonObject): readonly JsonObject[] {
  return objectsOf(order.payments).flatMap((payment) => objectsOf(payment.refunds));
}

/** The units, over the lines Vendure holds a line of the channel as, less those refunded before; null: there are not so many. */
function linesOf(order: JsonObject, wanted: readonly LineToBook[]): readonly JsonObject[] | null {
  const before = new Map<string, number>();
  for (const { orderLineId, quantity } of refundsOf(order)
    .filter(({ state }) => state !== 'Failed')
    .flatMap(({ lines }) => objectsOf(lines)))
    before.set(String(orderLineId), (before.get(String(orderLineId)) ?? 0) + Number(quantity));
  const found: JsonObject[] = [];
  for (const { lineExternalId, quantity } of wanted) {
    let open = quantity;
    for (const line of objectsOf(order.lines)) {
      if (objectOf(line.customFields).channelLineId !== lineExternalId) continue;
      const id = String(line.id);
      const some = Math.min(open, Number(line.quantity) - (before.get(id) ?? 0));
      if (some <= 0) continue;
      before.set(id, (before.get(id) ?? 0) + some);
      found.push({ orderLineId: id, quantity: some });
      open -= some;
    }
    if (open > 0) return null;
  }
  return found;
}

function countByHand({ sku, quantity }: LineToBook): Issue {
  return {
    severity: 'warning',
    code: 'count_by_hand',
    origin: 'ours',
    message: `${quantity} of ${sku} came back and are not counted up in Vendure`,
    advice: 'Add them to the stock on hand in Vendure, at the location they are sold from.',
  };
}

function left(code: string, message: string): BookedRefund {
  const advice = 'Book the refund by hand in Vendure, and settle it there.';
  return { booked: false, left: [{ severity: 'error', code, origin: 'channel', message, advice }] };
}
