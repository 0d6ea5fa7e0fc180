import type { BookLine, BookOrder, OrderBook } from './order-book.js';
import { child, childrenOf, childText, type Element, inOrder, readEnvelope } from './order-feed-xml.js';

const CANCEL_REASONS = [
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
  'CannotVerifyInformation',
  'PricingError',
  'RejectOrder',
  'WeatherDelay',
];
const ADJUSTMENT_REASONS = [
  'CustomerReturn',
  'NoInventory',
  'GeneralAdjustment',
  'CouldNotShip',
  'DifferentItem',
  'CustomerCancel',
  'PriceError',
];
const COMPONENTS = ['Principal', 'Shipping', 'Tax', 'ShippingTax'];
const CURRENCY = 'USD';

/** Works a feed of acknowledgements and cancellations off; null: it is given up. */
export function workAcknowledgements(book: OrderBook, feedId: string, bytes: Buffer): Buffer | null {
  return work(feedId, bytes, 'OrderAcknowledgement', (body) => acknowledge(book, body));
}

/** Works a feed of refunds off; null: it is given up. */
export function workAdjustments(book: OrderBook, feedId: string, bytes: Buffer): Buffer | null {
  return work(feedId, bytes, 'OrderAdjustment', (body) => adjust(book, body));
}

function work(
  feedId: string,
  bytes: Buffer,
  messageType: string,
  apply: (body: Element) => string | null,
): Buffer | null {
  const messages = readEnvelope(bytes.toString('utf8'), messageType);
  if (typeof messages === 'string') return report(feedId, [{ id: '0', problem: messages }], 0);
  const results = messages.map(({ id, body }) => ({ id, problem: apply(body) }));
  return report(feedId, results, messages.length);
}

function acknowledge(book: OrderBook, body: Element): string | null {
  if (!inOrder(body, ['AmazonOrderID', 'MerchantOrderID', 'StatusCode', 'Item']))
    return 'The elements do not stand in the order of the schema.';
  const order = book.orders.get(childText(body, 'AmazonOrderID') ?? '');
  if (!order) return 'The order does not exist.';
  const status = childText(body, 'StatusCode');
  if (status === 'Success') {
    order.merchantOrderId = childText(body, 'MerchantOrderID');
    return null;
  }
  if (status !== 'Failure') return 'StatusCode must be Success or Failure.';
  if (order.status === 'CANCELLED') return null;
  if (order.status !== 'UNSHIPPED') return 'Only an order that has not shipped can be cancelled.';
  const items = childrenOf(body, 'Item');
  if (items.length === 0) return 'A failure names its items.';
  const lines: BookLine[] = [];
  for (const item of items) {
    if (!inOrder(item, ['AmazonOrderItemCode', 'MerchantOrderItemID', 'CancelReason']))
      return 'Item is out of order.';
    const line = lineOf(order, item);
    if (!line) return 'The order has no such item.';
    if (!CANCEL_REASONS.includes(childText(item, 'CancelReason') ?? '')) return 'CancelReason is unknown.';
    lines.push(line);
  }
  book.cancelLines(order.orderId, lines);
  return null;
}

function adjust(book: OrderBook, body: Element): string | null {
  if (!inOrder(body, ['AmazonOrderID', 'AdjustedItem']))
    return 'The elements do not stand in the order of the schema.';
  const order = book.orders.get(childText(body, 'AmazonOrderID') ?? '');
  if (!order) return 'The order does not exist.';
  if (order.packages.length === 0) return 'Only an order that has shipped can be adjusted.';
  const items = childrenOf(body, 'AdjustedItem');
  if (items.length === 0) return 'An adjustment names its items.';
  const refunds: { line: BookLine; cents: number }[] = [];
  for (const item of items) {
    const line = lineOf(order, item);
    if (!line) return 'The order has no such item.';
    if (!ADJUSTMENT_REASONS.includes(childText(item, 'AdjustmentReason') ?? ''))
      return 'AdjustmentReason is unknown.';
    const cents = adjustedCents(item);
    if (cents === null)
      return 'A component needs a known type and a positive amount in the store’s currency.';
    const most = line.unitCents * line.quantity * 2; // with shipping and tax no more than twice the goods
    if (cents + (order.refundedCents.get(line.orderItemId) ?? 0) > most)
      return 'The adjustment is more than was paid.';
    refunds.push({ line, cents });
  }
  for (const { line, cents } of refunds)
    order.refundedCents.set(line.orderItemId, (order.refundedCents.get(line.orderItemId) ?? 0) + cents);
  return null;
}

function adjustedCents(item: Element): number | null {
  const adjustments = child(item, 'ItemPriceAdjustments');
  const components = adjustments === null ? [] : childrenOf(adjustments, 'Component');
  if (components.length === 0) return null;
  let cents = 0;
  for (const component of components) {
    const amount = child(component, 'Amount');
    const value = amount?.text ?? '';
    if (!inOrder(component, ['Type', 'Amount'])) return null;
    if (!COMPONENTS.includes(childText(component, 'Type') ?? '')) return null;
    if (amount?.attributes.currency !== CURRENCY || !/^\d+\.\d{2}$/.test(value)) return null;
    cents += Math.round(Number(value) * 100);
  }
  return cents > 0 ? cents : null;
}

function lineOf(order: BookOrder, item: Element): BookLine | null {
  const id = childText(item, 'AmazonOrderItemCode');
  return order.lines.find(({ orderItemId }) => orderItemId === id) ?? null;
}

function report(
  feedId: string,
  results: readonly { readonly id: string; readonly problem: string | null }[],
  processed: number,
): Buffer {
  const refused = results.filter(({ problem }) => problem !== null);
  const details = refused.map(
    ({ id, problem }) =>
      `<Result><MessageID>${id}</MessageID><ResultCode>Error</ResultCode><ResultMessageCode>18028</ResultMessageCode><ResultDescription>${problem}</ResultDescription></Result>`,
  );
  const counts: readonly (readonly [string, number])[] = [
    ['MessagesProcessed', processed],
    ['MessagesSuccessful', Math.max(0, processed - refused.length)],
    ['MessagesWithError', refused.length],
    ['MessagesWithWarning', 0],
  ];
  const summary = counts.map(([name, count]) => `<${name}>${count}</${name}>`).join('');
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><AmazonEnvelope><Header><DocumentVersion>1.02</DocumentVersion></Header><MessageType>ProcessingReport</MessageType><Message><MessageID>1</MessageID><ProcessingReport><DocumentTransactionID>${feedId}</DocumentTransactionID><StatusCode>Complete</StatusCode><ProcessingSummary>${summary}</ProcessingSummary>${details.join('')}</ProcessingReport></Message></AmazonEnvelope>`,
  );
}
