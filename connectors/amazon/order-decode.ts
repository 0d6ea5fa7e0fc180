import { type Instant, readInstant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { type Money, readDecimal } from '../../src/domain/money.js';
import type { ChannelOrder, ChannelOrderStatus, Delivery, OrderLine } from '../../src/domain/order.js';
import { buyerOf } from './order-buyer.js';
import { iossNumberOf, less, lineAmounts, marksOf, shippingDiscounts, sumOf } from './order-extras.js';

/** Source: model orders_2026-01-01, `FulfillmentStatus`; verified 2026-11. `UNFULFILLABLE` occurs with FBA only. */
const STATUSES: Readonly<Record<string, ChannelOrderStatus>> = {
  PENDING_AVAILABILITY: 'pending',
  PENDING: 'pending',
  UNSHIPPED: 'open',
  PARTIALLY_SHIPPED: 'partially-shipped',
  SHIPPED: 'shipped',
  CANCELLED: 'cancelled',
  UNFULFILLABLE: 'pending',
};

/**
 * Reads an order of Orders v2026-01-01. Nothing when it has no id, no times or no items: such an answer is no order.
 * A status we do not know counts as pending: units are reserved, nothing is shipped.
 */
export function channelOrder(order: JsonObject): ChannelOrder | null {
  const placedAt = instantIn(order.createdTime);
  const updatedAt = instantIn(order.lastUpdatedTime);
  if (typeof order.orderId !== 'string' || !placedAt || !updatedAt || !isJsonArray(order.orderItems))
    return null;
  const fulfillment = objectOr(order.fulfillment);
  const status = STATUSES[String(fulfillment.fulfillmentStatus)] ?? 'pending';
  const shipBy = instantIn(objectOr(fulfillment.shipByWindow).latestDateTime);
  const proceeds = objectOr(order.proceeds);
  const buyer = buyerOf(order);
  const lines = linesOf(order.orderItems, status);
  return {
    externalId: order.orderId,
    status,
    fulfilledBy: fulfillment.fulfilledBy === 'AMAZON' ? 'channel' : 'merchant',
    placedAt,
    updatedAt,
    ...optional('shipBy', shipBy),
    lines,
    ...optional('total', moneyIn(proceeds.grandTotal)),
    ...optional(
      'shippingPrice',
      less(breakdown(proceeds, ['SHIPPING']), shippingDiscounts(order.orderItems)),
    ),
    ...optional('shippingTax', sumOf(lines.map((line) => line.shippingTax))),
    ...optional('delivery', deliveryOf(order)),
    ...optional('iossNumber', iossNumberOf(order)),
    ...optional('marks', marksOf(order)),
    ...optional('buyer', buyer),
    raw: withoutPeople(order),
  };
}

/**
 * What can be said of an order that `channelOrder` does not read: its id and, as far as they are readable, its times, status and who ships
 * it; no lines, so that it waits for a person. `seenAt` stands for a missing time. Null without an id.
 */
export function unreadableOrder(order: JsonObject, seenAt: Instant): ChannelOrder | null {
  if (typeof order.orderId !== 'string' || order.orderId === '') return null;
  const fulfillment = objectOr(order.fulfillment);
  const updatedAt = instantIn(order.lastUpdatedTime) ?? seenAt;
  return {
    externalId: order.orderId,
    status: STATUSES[String(fulfillment.fulfillmentStatus)] ?? 'pending',
    fulfilledBy: fulfillment.fulfilledBy === 'AMAZON' ? 'channel' : 'merchant',
    placedAt: instantIn(order.createdTime) ?? updatedAt,
    updatedAt,
    lines: [],
    raw: withoutPeople(order),
  };
}

/** A line without an id gets one that is the same at every reading: its SKU and how many of that SKU came before it. */
function linesOf(items: readonly JsonValue[], status: ChannelOrderStatus): readonly OrderLine[] {
  const nameless = new Map<string, number>();
  return items.filter(isJsonObject).map((item) => {
    const line = orderLine(item, status);
    if (line.externalId !== '') return line;
    const nth = (nameless.get(line.sku) ?? 0) + 1;
    nameless.set(line.sku, nth);
    return { ...line, externalId: `${line.sku}#${nth}` };
  });
}

function orderLine(item: JsonObject, status: ChannelOrderStatus): OrderLine {
  const product = objectOr(item.product);
  const quantity = wholeNumber(item.quantityOrdered);
  const shipped = wholeNumber(objectOr(item.fulfillment).quantityFulfilled);
  const cancelled = status === 'cancelled' || isJsonObject(objectOr(item.cancellation).cancellationExecution);
  const amounts = lineAmounts(objectOr(item.proceeds));
  return {
    externalId: String(item.orderItemId ?? ''),
    sku: typeof product.sellerSku === 'string' ? product.sellerSku : '',
    ...optional('title', typeof product.title === 'string' ? product.title : undefined),
    quantity,
    quantityShipped: shipped,
    quantityCancelled: cancelled ? Math.max(0, quantity - shipped) : 0,
    ...optional('unitPrice', moneyIn(objectOr(product.price).unitPrice)),
    ...amounts,
    ...optional('channelCollectedTax', collectedByAmazon(item) ? amounts.tax : undefined),
  };
}

/**
 * How fast the order leaves, or that the buyer fetches it in a store. Which store is not told: v2026-01-01 has nothing for the `StoreChainStoreId` of before.
 * Source: model orders_2026-01-01, `Order.programs`; verified 2026-11.
 */
function deliveryOf(order: JsonObject): Delivery | undefined {
  const fetched = isJsonArray(order.programs) && order.programs.includes('IN_STORE_PICK_UP');
  const service = textIn(objectOr(order.fulfillment).fulfillmentServiceLevel);
  if (!fetched && service === undefined) return undefined;
  return { method: fetched ? 'pickup' : 'ship', ...optional('service', service) };
}

/** Amazon withholds and remits the tax itself. Source: model, `ItemTaxCollection`; verified 2026-11. */
function collectedByAmazon(item: JsonObject): boolean {
  const collections = objectOr(item.tax).taxCollections;
  return (
    isJsonArray(collections) &&
    collections.some((each) => isJsonObject(each) && each.model === 'MARKETPLACE_FACILITATOR')
  );
}

/** The order verbatim, less everything about people: it is stored without encryption. */
function withoutPeople(order: JsonObject): JsonObject {
  const { buyer: _buyer, recipient: _recipient, tax: _tax, payment: _payment, ...rest } = order;
  if (!isJsonArray(rest.orderItems)) return rest;
  return {
    ...rest,
    orderItems: rest.orderItems.map((item) => (isJsonObject(item) ? anonymous(item) : item)),
  };
}

function anonymous(item: JsonObject): JsonObject {
  const { customization: _customization, ...product } = objectOr(item.product);
  const fulfillment = objectOr(item.fulfillment);
  const { packing: _packing, ...rest } = fulfillment;
  return { ...item, product, ...(isJsonObject(item.fulfillment) ? { fulfillment: rest } : {}) };
}

function breakdown(proceeds: JsonObject, types: readonly string[]): Money | undefined {
  if (!isJsonArray(proceeds.breakdowns)) return undefined;
  const part = proceeds.breakdowns.find((each) => isJsonObject(each) && types.includes(String(each.type)));
  return isJsonObject(part) ? moneyIn(part.subtotal) : undefined;
}

/** `{ amount: "19.99", currencyCode }`; the amount is text and is never read as a floating-point number. */
function moneyIn(value: JsonValue | undefined): Money | undefined {
  const { amount, currencyCode } = objectOr(value);
  if (typeof amount !== 'string' || typeof currencyCode !== 'string') return undefined;
  return readDecimal(amount, currencyCode) ?? undefined;
}

function instantIn(value: JsonValue | undefined): Instant | undefined {
  return typeof value === 'string' ? (readInstant(value) ?? undefined) : undefined;
}

function textIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function wholeNumber(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [member in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [member in Name]: Value });
}
