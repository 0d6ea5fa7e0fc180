import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { canonicalJson, type JsonObject } from '../../src/domain/json.js';
import { decimalText, type Money, moneyText } from '../../src/domain/money.js';
import type { BookedRefund, LineToBook, RefundToBook } from '../../src/domain/store-order.js';
import { isOf, restocks } from './cancel-order.js';
import { idempotencyKey } from './idempotency-key.js';
import { listIn, nodesIn, objectIn, objectOrNull, shopMoney, textIn, textOrNothing } from './json-path.js';
import { linesOf, NOTE_MARK } from './order-decode.js';
import { READ_PAYMENTS, REFUND_ORDER } from './order-documents.js';
import { type ReadNodes, readOne } from './read-orders.js';
import type { ShopifyWork } from './shopify-work.js';
import { issueOf, userErrors } from './user-errors.js';

const BY_HAND = 'Book the refund in the Shopify admin, as paid outside Shopify.';

/**
 * Writes down money the channel gave back, against the payment the order was placed with: a gateway of that name is none of Shopify's, so nothing
 * is paid out (Admin API 2026-10: a refund of a manual payment is only recorded). An order paid in another way is a person's: there money would
 * move. The key is in the note and is looked for first; Shopify's own idempotency covers the answer that is lost.
 */
export async function refundOrder(
  work: ShopifyWork,
  read: ReadNodes,
  refund: RefundToBook,
): Promise<BookedRefund> {
  const order = await readOne(read, refund.storeId);
  if (order === null) return left('store_order_missing', `the shop has no order ${refund.storeId}`);
  const note = `${NOTE_MARK}${refund.key}`;
  const held = listIn(order, 'refunds').find((each) => textOrNothing(each, 'note') === note);
  if (held !== undefined) return { booked: true, reference: textIn(held, 'id'), left: [] };
  const payment = await paymentOf(work, refund);
  if ('left' in payment) return payment;
  const lines = refundLines(work, order, refund.lines);
  if (lines === null) return left('units_missing', 'the order does not have so many units any more');
  const shipping = shippingPart(order, refund.shipping);
  const input = {
    orderId: refund.storeId,
    note,
    notify: false,
    processedAt: refund.at,
    ...(lines.items.length === 0 ? {} : { refundLineItems: lines.items }),
    ...(shipping === null ? {} : { shipping: { amount: decimalText(shipping) } }),
    transactions: [
      {
        orderId: refund.storeId,
        parentId: payment.id,
        kind: 'REFUND',
        gateway: refund.channel,
        amount: decimalText(refund.amount),
      },
    ],
  };
  // Another input under one key would be refused; what was written before was found by its note.
  const key = idempotencyKey(`omnifeed refund ${refund.key} ${canonicalJson(input)}`);
  const payload = objectIn(await work.client.call(REFUND_ORDER, { input, key }), 'refundCreate');
  const made = objectOrNull(payload, 'refund');
  if (made !== null) return { booked: true, reference: textIn(made, 'id'), left: lines.uncounted };
  const errors = userErrors(payload);
  if (errors.length === 0 || errors.some(({ message }) => /idempoten|in progress/i.test(message)))
    throw unsure(errors[0]?.message ?? 'it made no refund and said nothing');
  return { booked: false, left: errors.map((error) => issueOf(error, BY_HAND)) };
}

/** The payment the order was placed with, if so much of it is left. */
async function paymentOf(
  { client }: ShopifyWork,
  { storeId, channel, amount }: RefundToBook,
): Promise<{ readonly id: string } | BookedRefund> {
  const order = objectOrNull(await client.call(READ_PAYMENTS, { id: storeId }), 'order');
  const all = (order === null ? [] : listIn(order, 'transactions')).filter(
    ({ status }) => status === 'SUCCESS',
  );
  const sale = all.find(({ kind, gateway }) => kind === 'SALE' && gateway === channel);
  if (sale === undefined)
    return left(
      'paid_otherwise',
      `the order was not paid with ${channel} in the shop: money might move there`,
    );
  const id = textIn(sale, 'id');
  const paid = shopMoney(sale, 'amountSet');
  const given = all
    .filter(({ kind, parentTransaction }) => kind === 'REFUND' && isId(parentTransaction, id))
    .reduce((sum, each) => sum + shopMoney(each, 'amountSet').minor, 0);
  const rest: Money = { minor: paid.minor - given, currency: paid.currency };
  if (rest.currency !== amount.currency || rest.minor < amount.minor)
    return left('more_than_paid', `of the payment in the shop only ${moneyText(rest)} is left`);
  return { id };
}

function isId(value: JsonObject[string] | undefined, id: string): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && value.id === id;
}

/** Shipping is noted without its tax, and never more than is left of it; the money is what the transaction says. */
function shippingPart(order: JsonObject, given: Money | undefined): Money | null {
  if (given === undefined) return null;
  const before = listIn(order, 'refunds')
    .flatMap((each) => nodesIn(each, 'refundShippingLines'))
    .reduce((sum, each) => sum + shopMoney(each, 'subtotalAmountSet').minor, 0);
  const minor = Math.min(given.minor, shopMoney(order, 'totalShippingPriceSet').minor - before);
  return minor > 0 ? { minor, currency: given.currency } : null;
}

interface PickedLines {
  readonly items: readonly JsonObject[];
  /** Units that lie again where the shop cannot be told to count them. */
  readonly uncounted: readonly Issue[];
}

/** The units, over the lines Shopify holds a line of the channel as; null: there are not so many. Pure. */
function refundLines(
  work: Pick<ShopifyWork, 'settings'>,
  order: JsonObject,
  wanted: readonly LineToBook[],
): PickedLines | null {
  const rest = new Map([...linesOf(order).values()].map((line) => [line, line.current]));
  const items: JsonObject[] = [];
  const uncounted: Issue[] = [];
  for (const { quantity, restockAt, ...units } of wanted) {
    // Without a location of Shopify's own the shop counts nothing up.
    const back = restockAt !== null && restocks(work);
    const locationId = back && /^\d+$/.test(restockAt) ? `gid://shopify/Location/${restockAt}` : null;
    if (back && locationId === null) uncounted.push(countByHand(units.sku, quantity));
    let open = quantity;
    for (const [line, current] of rest) {
      const taken = Math.min(open, current);
      if (taken === 0 || !isOf(line, units)) continue;
      open -= taken;
      rest.set(line, current - taken);
      items.push({
        lineItemId: line.id,
        quantity: taken,
        ...(locationId === null ? { restockType: 'NO_RESTOCK' } : { restockType: 'RETURN', locationId }),
      });
    }
    if (open > 0) return null;
  }
  return { items, uncounted };
}

function countByHand(sku: string, quantity: number): Issue {
  return {
    severity: 'warning',
    code: 'count_by_hand',
    origin: 'ours',
    message: `${quantity} of ${sku} came back to a place Shopify does not know`,
    advice: 'Count them up in the Shopify admin, at the location they are sold from.',
  };
}

function left(code: string, message: string): BookedRefund {
  return { booked: false, left: [{ severity: 'error', code, origin: 'channel', message, advice: BY_HAND }] };
}

function unsure(why: string): ChannelError {
  return new ChannelError(`refundCreate: ${why}`, {
    code: 'refund_unsure',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The order is read before anything is repeated; nothing to do.',
  });
}
