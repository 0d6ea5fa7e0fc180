/** Every document sent to the admin API. Vendure 3.7.3, run against the real server; amounts are whole minor units. */

/** Opens a session; its token is in a header of the answer. */
export const LOGIN = `mutation Login($username: String!, $password: String!) {
  login(username: $username, password: $password) { __typename ... on ErrorResult { errorCode message } }
}`;

const RESULT = '__typename ... on ErrorResult { errorCode message }';

const PRODUCT = (fields: string): string => `
  id name slug description enabled updatedAt createdAt
  featuredAsset { source } assets { source }
  facetValues { name facet { code } }
  collections { name breadcrumbs { name } }
  variants {
    id sku name enabled price priceWithTax currencyCode trackInventory outOfStockThreshold useGlobalOutOfStockThreshold
    options { name group { name } } featuredAsset { source } assets { source } ${fields}
  }`;

/** Products with their variants. `fields`: custom fields of variants, as selected text. */
export const products = (fields: string): string => `query Products($options: ProductListOptions) {
  globalSettings { trackInventory outOfStockThreshold }
  products(options: $options) { totalItems items { ${PRODUCT(fields)} } }
}`;

/** Which products have variants that changed. */
export const CHANGED_VARIANTS = `query ChangedVariants($options: ProductVariantListOptions) {
  productVariants(options: $options) { totalItems items { product { id updatedAt } } }
}`;

/** Units of variants at every location. */
export const STOCK = `query Stock($options: ProductVariantListOptions) {
  globalSettings { trackInventory outOfStockThreshold }
  productVariants(options: $options) { totalItems items {
    sku trackInventory outOfStockThreshold useGlobalOutOfStockThreshold
    stockLevels { stockOnHand stockAllocated stockLocation { name } }
  } }
}`;

/** What an order needs in the shop: its variants, by SKU, and the shipping method of marketplace orders. */
export const NEEDED = `query Needed($skus: [String!]!, $code: String!) {
  productVariants(options: { take: 500, filter: { sku: { in: $skus } } }) { items { id sku } }
  shippingMethods(options: { filter: { code: { eq: $code } } }) { items { id } }
}`;

const ORDER = `
  id code state currencyCode totalWithTax orderPlacedAt
  customFields { channelOrderId }
  lines { id quantity orderPlacedQuantity lineTax proratedUnitPriceWithTax productVariant { id sku }
    customFields { channelLineId channelUnitPrice channelTaxRate } }
  shippingLines { priceWithTax price }
  payments { id method state amount refunds { id state total shipping reason createdAt updatedAt lines { orderLineId quantity } } }
  fulfillments { id state method trackingCode createdAt updatedAt lines { orderLineId quantity } }
  history(options: { take: 200, sort: { createdAt: ASC },
    filter: { type: { in: ["ORDER_FULFILLMENT_TRANSITION", "ORDER_CANCELLATION"] } } }) { items { type createdAt data } }`;

/** Orders by a filter, oldest first. */
export const ORDERS = `query Orders($options: OrderListOptions) {
  orders(options: $options) { items { ${ORDER} } }
}`;

/** A new order nobody has paid. */
export const CREATE_DRAFT = 'mutation CreateDraft { createDraftOrder { id } }';

/** Takes back an order nobody has paid. */
export const DELETE_DRAFT = 'mutation DeleteDraft($id: ID!) { deleteDraftOrder(orderId: $id) { result } }';

/** The key of the order and what the plugin calculates with. */
export const MARK_DRAFT = `mutation MarkDraft($id: ID!, $input: UpdateOrderInput!) {
  setDraftOrderCustomFields(orderId: $id, input: $input) { id }
}`;

/** One change of a line of a draft. */
export type LineMutation = 'addItemToDraftOrder' | 'adjustDraftOrderLine' | 'removeDraftOrderLine';

const LINE_INPUTS = {
  addItemToDraftOrder: 'AddItemToDraftOrderInput!',
  adjustDraftOrderLine: 'AdjustDraftOrderLineInput!',
  removeDraftOrderLine: 'ID!',
} as const;

/** Changes of lines, one after the other in one document; answers are under `s0`, `s1`, … and inputs are variables of that name. */
export function changeLines(steps: readonly LineMutation[]): string {
  const inputs = steps.map((step, at) => `, $s${at}: ${LINE_INPUTS[step]}`).join('');
  const fields = steps.map((step, at) => {
    const input = step === 'removeDraftOrderLine' ? 'orderLineId' : 'input';
    return `s${at}: ${step}(orderId: $id, ${input}: $s${at}) { ${RESULT} }`;
  });
  return `mutation ChangeLines($id: ID!${inputs}) {\n  ${fields.join('\n  ')}\n}`;
}

/**
 * Who gets it (a guest, found again by e-mail, without an account), where it goes, and what the channel charged for shipping, through the
 * plugin's calculator. Answers the draft as it is then.
 */
export function describeDraft(address: boolean): string {
  const [variable, field] = address
    ? [
        ', $address: CreateAddressInput!',
        'setDraftOrderShippingAddress(orderId: $id, input: $address) { id }',
      ]
    : ['', ''];
  return `mutation DescribeDraft($id: ID!, $customer: CreateCustomerInput!, $method: ID!${variable}) {
  setCustomerForDraftOrder(orderId: $id, input: $customer) { ${RESULT} }
  ${field}
  setDraftOrderShippingMethod(orderId: $id, shippingMethodId: $method) { ${RESULT} ... on Order { ${ORDER} } }
}`;
}

const PAYMENT = `addManualPaymentToOrder(input: $input) { ${RESULT} ... on Order { ${ORDER} } }`;

/** From a draft to a paid order: the step that takes stock. `metadata` is optional in the schema and not null in the database (3.7.3). */
export const ARRANGE_AND_PAY = `mutation ArrangeAndPay($id: ID!, $input: ManualPaymentInput!) {
  transitionOrderToState(id: $id, state: "ArrangingPayment") { ${RESULT} }
  ${PAYMENT}
}`;

/** The payment alone, where the step before it was taken already. */
export const PAY = `mutation Pay($input: ManualPaymentInput!) { ${PAYMENT} }`;

/** Takes units, or all of them, out of a placed order. */
export const CANCEL = `mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { ${RESULT} } }`;

/** Writes a refund of a payment down; a payment that was entered by hand is paid back by nobody, and the refund waits to be settled. */
export const REFUND = `mutation Refund($input: RefundOrderInput!) {
  refundOrder(input: $input) { ${RESULT} ... on Refund { id state } }
}`;

/** Says that the money of a refund is with the buyer. */
export const SETTLE_REFUND = `mutation SettleRefund($input: SettleRefundInput!) {
  settleRefund(input: $input) { ${RESULT} ... on Refund { id state } }
}`;

/** Shipping methods by code. */
export const SHIPPING_METHOD = `query ShippingMethod($code: String!) {
  shippingMethods(options: { filter: { code: { eq: $code } } }) { items { id code } }
}`;

/** The shipping method of marketplace orders. */
export const CREATE_SHIPPING_METHOD = `mutation CreateShippingMethod($input: CreateShippingMethodInput!) {
  createShippingMethod(input: $input) { id }
}`;

/** What every use needs: a key that reads products. */
export const CHECK_SOURCE =
  'query CheckSource { activeChannel { code defaultCurrencyCode } products(options: { take: 1 }) { totalItems } }';

/** What placing orders needs: permissions, the plugin's fields, its shipping method. */
export const CHECK_SINK = `query CheckSink($code: String!) {
  orders(options: { take: 1, filter: { channelOrderId: { eq: "-" } } }) { totalItems }
  shippingMethods(options: { filter: { code: { eq: $code } } }) { items { id } }
}`;
