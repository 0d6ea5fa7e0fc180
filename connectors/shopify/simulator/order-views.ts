import { decimalText } from '../../../src/domain/money.js';
import { type CallContext, connection, type ListArguments, sized } from './connections.js';
import {
  type HeldFulfillment,
  type HeldFulfillmentOrder,
  type HeldLine,
  type HeldOrder,
  type HeldRefund,
  open,
} from './order-book.js';

/** An order as the Admin API shows it; lists are resolved when they are asked for. */
export function orderView(order: HeldOrder, currency: string): object {
  const money = (minor: number): object => bag(minor, currency);
  return {
    __typename: 'Order',
    id: order.id,
    name: order.name,
    createdAt: stamp(order.createdMs),
    updatedAt: stamp(order.updatedMs),
    cancelledAt: order.cancelledMs === null ? null : stamp(order.cancelledMs),
    displayFulfillmentStatus: fulfillmentStatus(order),
    taxesIncluded: order.taxesIncluded,
    sourceIdentifier: order.sourceIdentifier,
    currencyCode: currency,
    totalPriceSet: money(order.total),
    totalTaxSet: money(order.tax),
    totalShippingPriceSet: money(order.shipping),
    totalOutstandingSet: money(order.total - order.paid),
    customAttributes: order.attributes,
    lineItems: (args: ListArguments, context: CallContext) =>
      connection(order.lines, args, { view: (line) => lineView(line), context }),
    fulfillmentOrders: (args: ListArguments, context: CallContext) =>
      connection(order.fulfillmentOrders, args, { view: fulfillmentOrderView, context }),
    fulfillments: ({ first }: { first?: number }) =>
      order.fulfillments.slice(0, sized(first ?? 250)).map(fulfillmentView),
    transactions: ({ first }: { first?: number }) =>
      order.transactions.slice(0, sized(first ?? 250)).map(({ parentId, amount, ...each }) => ({
        ...each,
        amountSet: money(amount),
        parentTransaction: parentId === null ? null : { id: parentId },
      })),
    refunds: ({ first }: { first?: number }) =>
      order.refunds.slice(0, sized(first ?? 250)).map((refund) => refundView(refund, order, currency)),
  };
}

/** Second-precise, as the Admin API writes instants. */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function lineView(line: HeldLine): object {
  return {
    id: line.id,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    currentQuantity: line.quantity - line.removed,
    customAttributes: line.properties,
  };
}

function fulfillmentOrderView(held: HeldFulfillmentOrder): object {
  return {
    id: held.id,
    status: held.status,
    updatedAt: stamp(held.updatedMs),
    assignedLocation: { location: { id: held.location } },
    lineItems: (args: ListArguments, context: CallContext) =>
      connection(held.lines, args, {
        view: (slot) => ({ id: slot.id, remainingQuantity: slot.remaining, lineItem: { id: slot.line.id } }),
        context,
      }),
  };
}

function fulfillmentView(parcel: HeldFulfillment): object {
  return {
    id: parcel.id,
    status: parcel.status,
    createdAt: stamp(parcel.createdMs),
    deliveredAt: parcel.deliveredMs === null ? null : stamp(parcel.deliveredMs),
    trackingInfo: ({ first }: { first?: number }) => parcel.tracking.slice(0, sized(first ?? 250)),
    fulfillmentLineItems: (args: ListArguments, context: CallContext) =>
      connection(parcel.lines, args, {
        view: ({ id, line, quantity }) => ({ id, quantity, lineItem: { id: line.id } }),
        context,
      }),
  };
}

function refundView(refund: HeldRefund, order: HeldOrder, currency: string): object {
  return {
    id: refund.id,
    createdAt: stamp(refund.createdMs),
    processedAt: stamp(refund.createdMs),
    note: refund.note,
    totalRefundedSet: bag(refund.amount, currency),
    refundLineItems: (args: ListArguments, context: CallContext) =>
      connection(refund.lines, args, {
        view: ({ line, quantity, restockType }) => ({
          quantity,
          restockType,
          lineItem: { id: line.id },
          subtotalSet: bag(line.unit * quantity, currency),
          totalTaxSet: bag(Math.floor((line.tax * quantity) / line.quantity), currency),
        }),
        context,
      }),
    refundShippingLines: (args: ListArguments, context: CallContext) =>
      connection(refund.shipping > 0 ? [refund.shipping] : [], args, {
        view: (minor) => ({ subtotalAmountSet: bag(minor, currency), taxAmountSet: bag(0, currency) }),
        context,
      }),
    order: { id: order.id },
  };
}

/** Shopify shows amounts with at least one decimal, also for currencies without. */
function bag(minor: number, currency: string): object {
  const text = decimalText({ minor, currency });
  return { shopMoney: { amount: text.includes('.') ? text : `${text}.0`, currencyCode: currency } };
}

function fulfillmentStatus(order: HeldOrder): string {
  const shippable = order.lines.filter(({ requiresShipping }) => requiresShipping);
  if (shippable.length === 0) return 'FULFILLMENT_NOT_REQUIRED';
  const left = shippable.reduce((sum, line) => sum + open(order, line), 0);
  const sent = order.fulfillments.some(({ status }) => status === 'SUCCESS');
  if (left === 0) return sent ? 'FULFILLED' : 'UNFULFILLED';
  if (sent) return 'PARTIALLY_FULFILLED';
  return order.fulfillmentOrders.every(({ status }) => status === 'ON_HOLD') ? 'ON_HOLD' : 'UNFULFILLED';
}
