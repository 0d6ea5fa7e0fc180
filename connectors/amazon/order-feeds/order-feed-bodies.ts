import type { JsonObject } from '../../../src/domain/json.js';
import { decimalText, type Money } from '../../../src/domain/money.js';
import type {
  CancelReason,
  OrderMessage,
  PickupNews,
  RefundReason,
} from '../../../src/domain/order-message.js';

/** What Amazon is told by feeds; the rest it is told by calls. */
export type FedMessage = Exclude<OrderMessage, { readonly kind: PickupNews }>;

/** What stands in one message of an order feed; the order of its members is the order of its elements. */
export type OrderFeedBody = JsonObject;

/** The feed a message travels in, and the element that holds it. */
export interface OrderFeedKind {
  readonly feedType: string;
  readonly messageType: string;
}

/** Feed types of order messages that are alive. Source: developer-docs.amazon/sp-api, feed type values; verified 2026-11. */
const ACKNOWLEDGEMENT: OrderFeedKind = {
  feedType: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
  messageType: 'OrderAcknowledgement',
};
const ADJUSTMENT: OrderFeedKind = {
  feedType: 'POST_PAYMENT_ADJUSTMENT_DATA',
  messageType: 'OrderAdjustment',
};

/** Amazon's words for why units are not sent. From general knowledge of its schemas, which may not be redistributed; unverified. */
const CANCEL_REASONS: Readonly<Record<CancelReason, string>> = {
  'no-stock': 'NoInventory',
  'buyer-asked': 'BuyerCanceled',
  undeliverable: 'ShippingAddressUndeliverable',
  'price-error': 'PricingError',
  other: 'GeneralAdjustment',
};

/** Amazon's words for why money goes back; unverified as above. */
const REFUND_REASONS: Readonly<Record<RefundReason, string>> = {
  returned: 'CustomerReturn',
  'not-delivered': 'CouldNotShip',
  damaged: 'GeneralAdjustment',
  cancelled: 'CustomerCancel',
  goodwill: 'GeneralAdjustment',
  other: 'GeneralAdjustment',
};

/** Which feed a message goes into. */
export function feedKindOf(message: FedMessage): OrderFeedKind {
  return message.kind === 'refund' ? ADJUSTMENT : ACKNOWLEDGEMENT;
}

/** A message as Amazon's element; null: Amazon has no way to be told this (it cancels whole lines only). Pure. */
export function orderFeedBody(message: FedMessage): OrderFeedBody | null {
  if (message.kind === 'acknowledge')
    return {
      AmazonOrderID: message.orderExternalId,
      MerchantOrderID: message.storeId,
      StatusCode: 'Success',
    };
  if (message.kind === 'cancel') {
    if (message.lines.some(({ quantity, ordered }) => quantity < ordered)) return null;
    return {
      AmazonOrderID: message.orderExternalId,
      StatusCode: 'Failure',
      Item: message.lines.map(({ lineExternalId }) => ({
        AmazonOrderItemCode: lineExternalId,
        CancelReason: CANCEL_REASONS[message.reason],
      })),
    };
  }
  return {
    AmazonOrderID: message.orderExternalId,
    AdjustedItem: message.lines.map((line) => ({
      AmazonOrderItemCode: line.lineExternalId,
      AdjustmentReason: REFUND_REASONS[message.reason],
      ItemPriceAdjustments: {
        Component: [
          ...component('Principal', line.item),
          ...component('Shipping', line.shipping),
          ...component('Tax', line.itemTax),
          ...component('ShippingTax', line.shippingTax),
        ],
      },
    })),
  };
}

function component(type: string, amount: Money | undefined): readonly JsonObject[] {
  if (amount === undefined || amount.minor === 0) return [];
  return [{ Type: type, Amount: { '@_currency': amount.currency, '#text': decimalText(amount) } }];
}
