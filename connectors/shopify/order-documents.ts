import type { AdminDocument } from './client.js';

/** Namespace and key of the order's own id: a metafield of type `id`, unique by definition, owned by the app. */
export const ORDER_KEY = { namespace: '$app:omnifeed', key: 'channel_order' } as const;

/**
 * An order as we read it. Page sizes are variables: `$many` parcels, refunds and fulfilment orders, `$lines` lines of each. Amounts are the
 * shop's own currency.
 */
const STORE_ORDER = `fragment StoreOrder on Order {
  id name createdAt updatedAt cancelledAt displayFulfillmentStatus taxesIncluded sourceIdentifier currencyCode
  totalPriceSet { shopMoney { amount currencyCode } }
  totalTaxSet { shopMoney { amount currencyCode } }
  totalShippingPriceSet { shopMoney { amount currencyCode } }
  totalOutstandingSet { shopMoney { amount currencyCode } }
  customAttributes { key value }
  lineItems(first: $lines) {
    nodes { id sku quantity currentQuantity customAttributes { key value } }
    pageInfo { hasNextPage }
  }
  fulfillmentOrders(first: $many) {
    nodes { id status updatedAt assignedLocation { location { id } }
      lineItems(first: $lines) { nodes { id remainingQuantity lineItem { id } } pageInfo { hasNextPage } } }
    pageInfo { hasNextPage }
  }
  fulfillments(first: $many) {
    id status createdAt deliveredAt
    trackingInfo(first: 5) { company number url }
    fulfillmentLineItems(first: $lines) { nodes { id quantity lineItem { id } } pageInfo { hasNextPage } }
  }
  refunds(first: $many) {
    id createdAt processedAt note
    totalRefundedSet { shopMoney { amount currencyCode } }
    refundLineItems(first: $lines) {
      nodes { quantity restockType lineItem { id }
        subtotalSet { shopMoney { amount currencyCode } } totalTaxSet { shopMoney { amount currencyCode } } }
      pageInfo { hasNextPage }
    }
    refundShippingLines(first: 10) {
      nodes { subtotalAmountSet { shopMoney { amount currencyCode } } taxAmountSet { shopMoney { amount currencyCode } } }
      pageInfo { hasNextPage }
    }
  }
}`;

/** Orders by id; null for one the shop does not have, or that is older than 60 days without `read_all_orders`. */
export const READ_ORDERS: AdminDocument = {
  name: 'ReadOrders',
  text: `query ReadOrders($ids: [ID!]!, $many: Int!, $lines: Int!) { nodes(ids: $ids) { ...StoreOrder } }
${STORE_ORDER}`,
};

/** The order of a key, straight from its metafield: not through the search index. */
export const FIND_BY_KEY: AdminDocument = {
  name: 'FindByKey',
  text: `query FindByKey($namespace: String!, $key: String!, $value: String!) {
  orderByIdentifier(identifier: { customId: { namespace: $namespace, key: $key, value: $value } }) { id createdAt }
}`,
};

/** Orders of a search, oldest first. The index is behind the orders, and a filter it does not know is ignored: every row is compared. */
export const SEARCH_ORDERS: AdminDocument = {
  name: 'SearchOrders',
  text: `query SearchOrders($query: String!, $first: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes { id createdAt sourceIdentifier customAttributes { key value } }
    pageInfo { hasNextPage endCursor }
  }
}`,
};

/** Makes an order. Not idempotent at Shopify: called twice it makes two. */
export const PLACE_ORDER: AdminDocument = {
  name: 'PlaceOrder',
  text: `mutation PlaceOrder($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput, $many: Int!, $lines: Int!) {
  orderCreate(order: $order, options: $options) {
    order { ...StoreOrder }
    userErrors { code field message }
  }
}
${STORE_ORDER}`,
};

/** Cancels a whole order, asynchronously, without money or mail. */
export const CANCEL_ORDER: AdminDocument = {
  name: 'CancelOrder',
  text: `mutation CancelOrder($id: ID!, $restock: Boolean!, $note: String) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: $restock, notifyCustomer: false, staffNote: $note,
    refundMethod: { originalPaymentMethodsRefund: false }) {
    job { id done }
    orderCancelUserErrors { code field message }
  }
}`,
};

/** Whether an asynchronous step is over. */
export const READ_JOB: AdminDocument = {
  name: 'ReadJob',
  text: 'query ReadJob($id: ID!) { job(id: $id) { id done } }',
};

/** Takes units out of an order (or records money given back), once per key. */
export const REFUND_ORDER: AdminDocument = {
  name: 'RefundOrder',
  text: `mutation RefundOrder($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}`,
};

/** How an order was paid: a refund is recorded against the payment it gives back. */
export const READ_PAYMENTS: AdminDocument = {
  name: 'ReadPayments',
  text: `query ReadPayments($id: ID!) {
  order(id: $id) {
    id
    transactions(first: 100) { id kind status gateway amountSet { shopMoney { amount currencyCode } } parentTransaction { id } }
  }
}`,
};

/** Variants by SKU; a SKU is optional in Shopify and not unique. */
export const VARIANTS_BY_SKU: AdminDocument = {
  name: 'VariantsBySku',
  text: `query VariantsBySku($query: String!, $first: Int!, $after: String) {
  productVariants(first: $first, after: $after, query: $query) {
    nodes { id sku title product { title } }
    pageInfo { hasNextPage endCursor }
  }
}`,
};
