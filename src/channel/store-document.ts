import type { JsonObject, JsonValue } from '../domain/json.js';
import { decimalText, type Money } from '../domain/money.js';
import type { ChannelOrder, OrderLine } from '../domain/order.js';
import { orderCurrency } from '../domain/price-reading.js';
import type { OrderToPlace } from '../domain/store-order.js';

/** What of the buyer goes to the shop beside name and address. */
export interface DocumentOptions {
  readonly buyerContact: boolean;
}

/** Our version of the document: grows only when a member changes its meaning. */
export const DOCUMENT_VERSION = 1;

/**
 * An order as shops without an API of a known kind are given it: amounts as decimal text in `currency`, as the channel states them, none
 * recomputed; members the channel does not tell are absent. Units the buyer cancelled before it was placed are not in it. `key` is unique: a
 * shop that has an order under it must not make another. The reading side is `storeAnswer`. Pure.
 */
export function storeDocument({ key, channel, order }: OrderToPlace, options: DocumentOptions): JsonObject {
  return {
    version: DOCUMENT_VERSION,
    key,
    channel,
    orderId: order.externalId,
    fulfilledBy: order.fulfilledBy,
    placedAt: order.placedAt,
    ...given('shipBy', order.shipBy),
    ...given('currency', orderCurrency(order) ?? undefined),
    ...given('total', amount(order.total)),
    ...given('tax', amount(order.tax)),
    ...given('discount', amount(order.discount)),
    shipping: {
      method: order.delivery?.method ?? 'ship',
      ...given('service', order.delivery?.service),
      ...given('location', order.delivery?.location),
      ...given('price', amount(order.shippingPrice)),
      ...given('tax', amount(order.shippingTax)),
    },
    ...given('iossNumber', order.iossNumber),
    ...given('marks', order.marks === undefined || order.marks.length === 0 ? undefined : order.marks),
    lines: order.lines
      .filter((line) => line.quantity > line.quantityCancelled)
      .map((line) => lineOf(line, order.buyer?.giftMessages?.[line.externalId])),
    ...given('buyer', buyerOf(order, options)),
  };
}

function lineOf(line: OrderLine, giftMessage: string | undefined): JsonObject {
  return {
    line: line.externalId,
    sku: line.sku,
    ...given('title', line.title),
    quantity: line.quantity - line.quantityCancelled,
    ...given('unitPrice', amount(line.unitPrice)),
    ...given('discount', amount(line.discount)),
    ...given('tax', amount(line.tax)),
    ...given('taxRate', line.taxRate),
    ...given('channelCollectedTax', amount(line.channelCollectedTax)),
    ...given('shipping', amount(line.shipping)),
    ...given('shippingTax', amount(line.shippingTax)),
    ...given('giftWrap', amount(line.giftWrap)),
    ...given('giftMessage', giftMessage),
  };
}

function buyerOf({ buyer }: ChannelOrder, { buyerContact }: DocumentOptions): JsonObject | undefined {
  if (buyer === undefined) return undefined;
  const { address } = buyer;
  return {
    ...given('name', buyer.name),
    ...given('company', buyer.company),
    ...given('taxId', buyer.taxId),
    ...given('notes', buyer.notes),
    ...(buyerContact ? { ...given('email', buyer.email), ...given('phone', buyer.phone) } : {}),
    ...(address === undefined
      ? {}
      : {
          address: {
            lines: address.lines,
            ...given('city', address.city),
            ...given('region', address.region),
            ...given('postalCode', address.postalCode),
            ...given('country', address.country),
          },
        }),
  };
}

function amount(money: Money | undefined): string | undefined {
  return money === undefined ? undefined : decimalText(money);
}

function given(name: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
