import type { JsonObject } from '../../../src/domain/json.js';
import { memberOf, RestError, rowsOf } from './lists.js';
import type { HeldLine, HeldOrder, Meta, OrderBook } from './order-book.js';
import type { HeldItem, ShopState } from './shop-state.js';

/** Statuses WooCommerce knows by itself. */
export const STATUSES: ReadonlySet<string> = new Set([
  ...['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed', 'checkout-draft'],
]);

/** Members of an update that have everything worked out anew, taxes too. */
const RECALCULATES = ['billing', 'shipping', 'line_items', 'shipping_lines', 'fee_lines', 'coupon_lines'];

/**
 * `POST /orders` as the orders controller of WooCommerce 11.x does it: what is read-only is ignored without a word, totals and taxes are worked out,
 * then the status counts, then `set_paid`. There is no look at the stock.
 */
export function createOrder(shop: ShopState, book: OrderBook, body: JsonObject): HeldOrder {
  if (body.id !== undefined && body.id !== 0)
    throw new RestError('woocommerce_rest_shop_order_exists', 'Cannot create existing shop_order.', 400);
  const status = typeof body.status === 'string' ? body.status : 'pending';
  if (!STATUSES.has(status)) throw new RestError('rest_invalid_param', 'Invalid parameter(s): status', 400);
  const currency = typeof body.currency === 'string' ? body.currency : shop.currency;
  if (!/^[A-Z]{3}$/.test(currency))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): currency', 400);
  const now = shop.nowMs();
  const order: HeldOrder = {
    id: shop.nextId(),
    status: 'pending',
    currency,
    createdVia: 'rest-api',
    createdMs: now,
    modifiedMs: now,
    paidMs: null,
    completedMs: null,
    transactionId: textOf(body.transaction_id),
    billing: textsOf(memberOf(body, 'billing')),
    shipping: textsOf(memberOf(body, 'shipping')),
    meta: metaOf(body),
    lines: [
      ...rowsOf(body.line_items).map((line) => goodsLine(shop, line)),
      ...rowsOf(body.shipping_lines).map((line) => shippingLine(shop, line)),
      ...rowsOf(body.fee_lines).map((line) => feeLine(shop, line)),
    ],
    total: 0,
    notes: [],
    refunds: [],
    fulfillments: [],
    trackers: [],
    stockReduced: false,
  };
  book.calculate(order);
  book.orders.push(order);
  book.setStatus(order, status);
  if (body.set_paid === true) book.pay(order, order.transactionId);
  return order;
}

/** `PUT /orders/<id>`: amounts change only when the body has a member of `RECALCULATES`. */
export function updateOrder(book: OrderBook, order: HeldOrder, body: JsonObject): void {
  if (typeof body.status === 'string' && !STATUSES.has(body.status))
    throw new RestError('rest_invalid_param', 'Invalid parameter(s): status', 400);
  if (typeof body.transaction_id === 'string') order.transactionId = body.transaction_id;
  for (const meta of metaOf(body)) order.meta.push(meta);
  if (body.billing !== undefined) order.billing = textsOf(memberOf(body, 'billing'));
  if (body.shipping !== undefined) order.shipping = textsOf(memberOf(body, 'shipping'));
  if (RECALCULATES.some((name) => body[name] !== undefined)) book.calculate(order);
  if (typeof body.status === 'string') book.setStatus(order, body.status);
  if (body.set_paid === true) book.pay(order, order.transactionId);
  book.touch(order);
}

function goodsLine(shop: ShopState, line: JsonObject): HeldLine {
  const item = itemOf(shop, line);
  const quantity = typeof line.quantity === 'number' ? line.quantity : 1;
  const usual = Number(item.price) * quantity;
  return {
    ...emptyLine(shop, 'goods', item.name),
    item,
    quantity,
    subtotal: amountOf(line.subtotal, usual),
    total: amountOf(line.total, usual),
    meta: metaOf(line),
  };
}

/** Ids go before the SKU, of which the first match is taken. */
function itemOf(shop: ShopState, line: JsonObject): HeldItem {
  const id = Number(line.variation_id || line.product_id || 0);
  if (id === 0 && line.sku === undefined)
    throw new RestError('woocommerce_rest_required_product_reference', 'Product ID or SKU is required.', 400);
  const item = shop.items.find((each) => (id === 0 ? each.sku === line.sku : each.id === id));
  if (item) return item;
  throw new RestError('woocommerce_rest_invalid_product_id', 'Invalid product ID.', 400);
}

function shippingLine(shop: ShopState, line: JsonObject): HeldLine {
  if (typeof line.method_id !== 'string' || line.method_id === '')
    throw new RestError('woocommerce_rest_invalid_shipping_item', 'Shipping method ID is required.', 400);
  const total = amountOf(line.total, 0);
  return {
    ...emptyLine(shop, 'shipping', textOf(line.method_title)),
    subtotal: total,
    total,
    meta: metaOf(line),
  };
}

function feeLine(shop: ShopState, line: JsonObject): HeldLine {
  if (typeof line.name !== 'string' || line.name === '')
    throw new RestError('woocommerce_rest_invalid_fee_item', 'Fee name is required.', 400);
  const total = amountOf(line.total, 0);
  const taxable = line.tax_status !== 'none';
  return { ...emptyLine(shop, 'fee', line.name), subtotal: total, total, taxable, meta: metaOf(line) };
}

function emptyLine(shop: ShopState, kind: HeldLine['kind'], name: string): HeldLine {
  return {
    id: shop.nextId(),
    kind,
    name,
    item: null,
    quantity: 1,
    subtotal: 0,
    total: 0,
    taxable: true,
    taxes: new Map(),
    meta: [],
    reduced: 0,
  };
}

/** Amounts are decimal text. */
function amountOf(value: unknown, usual: number): number {
  if (value === undefined) return usual;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new RestError('rest_invalid_param', 'Invalid parameter(s): total', 400);
}

/** Entries of `meta_data` in a body. */
export function metaOf(body: JsonObject): Meta[] {
  return rowsOf(body.meta_data).map(({ key, value }) => {
    if (typeof key !== 'string')
      throw new RestError('rest_invalid_param', 'Invalid parameter(s): meta_data', 400);
    return { key, value };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(body: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, textOf(value)]));
}
