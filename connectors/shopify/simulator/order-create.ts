import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { readDecimal } from '../../../src/domain/money.js';
import type { HeldLine, HeldOrder, OrderBook } from './order-book.js';
import { addedOrder, fulfillmentOrdersOf } from './order-placing.js';
import { type ShopState, variantOf } from './shop-state.js';

/** What is wrong with an input, as the Admin API says it. */
export interface Complaint {
  readonly code: string;
  readonly field: readonly string[];
  readonly message: string;
}

/** The order that was made, or why none was. */
export type Created = { readonly order: HeldOrder } | { readonly complaints: readonly Complaint[] };

/**
 * `orderCreate`, with the defaults of the schema taken at their word: no inventory behaviour takes no stock, a line without
 * `requiresShipping` is never shipped. Called twice it makes two orders.
 */
export function createOrder(
  shop: ShopState,
  book: OrderBook,
  input: { readonly order: JsonObject; readonly options: JsonObject },
): Created {
  const { order, options } = input;
  const complaints = complaintsOf(shop, order);
  const key = keyOf(order);
  const taken = key !== null && book.orders.some((held) => held.key === key);
  if (taken && shop.switches.takenKey === 'refuse')
    complaints.push(
      complaint(['order', 'metafields', '0', 'value'], 'Value is already taken by another order'),
    );
  if (complaints.length > 0) return { complaints };
  const behaviour = String(options.inventoryBehaviour ?? 'BYPASS');
  const lines = objects(order.lineItems).map((line) => heldLine(shop, line, behaviour));
  if (
    behaviour === 'DECREMENT_OBEYING_POLICY' &&
    lines.some((line) => (line.level?.available ?? 0) < line.quantity)
  )
    return {
      complaints: [
        { code: 'INVENTORY_CLAIM_FAILED', field: ['order'], message: 'Unable to reserve inventory' },
      ],
    };
  for (const line of lines) {
    if (line.level === null) continue;
    line.level.available -= line.quantity;
    line.level.committed += line.quantity;
    line.level.updatedMs = shop.nowMs();
  }
  const made = addedOrder(shop, {
    order,
    lines,
    key: taken ? null : key,
    sums: sumsOf(order, lines),
    fulfillmentOrders: fulfillmentOrdersOf(shop, lines),
  });
  book.orders.push(made);
  const mail = typeof order.email === 'string' ? order.email : null;
  if (mail !== null && options.sendReceipt === true) shop.outbox.push(`receipt of ${made.name} to ${mail}`);
  if (order.customer !== undefined && order.customer !== null)
    shop.outbox.push(`customer of ${made.name} made`);
  return { order: made };
}

function complaintsOf(shop: ShopState, order: JsonObject): Complaint[] {
  const found: Complaint[] = [];
  const lines = objects(order.lineItems);
  const shipping = objects(order.shippingLines);
  if (lines.length === 0)
    found.push(complaint(['order', 'lineItems'], 'Line items must have at least one line item'));
  for (const [place, line] of lines.entries()) {
    const at = ['order', 'lineItems', String(place)];
    if (Number(line.quantity) < 1)
      found.push(complaint([...at, 'quantity'], 'Quantity must be greater than 0'));
    if (typeof line.variantId === 'string' && !variantOf(shop, line.variantId))
      found.push(complaint([...at, 'variantId'], 'Variant does not exist'));
    if (line.variantId === undefined && typeof line.title !== 'string')
      found.push(complaint([...at, 'title'], "Title can't be blank"));
    if (amount(shop, line.priceSet) < 0)
      found.push(complaint([...at, 'priceSet'], 'Price must not be negative'));
  }
  for (const [place, line] of shipping.entries())
    if (amount(shop, line.priceSet) < 0)
      found.push(complaint(['order', 'shippingLines', String(place)], 'Price must not be negative'));
  const below = [...lines, ...shipping].some((line) => objects(line.taxLines).length > 0);
  if (below && objects(order.taxLines).length > 0)
    found.push(complaint(['order', 'taxLines'], 'Tax lines are on the order and on its lines'));
  if (order.customer !== undefined && order.customerId !== undefined)
    found.push({
      ...complaint(['order', 'customer'], 'Only one customer field'),
      code: 'REDUNDANT_CUSTOMER_FIELDS',
    });
  if (
    order.currency !== undefined &&
    order.currency !== shop.currency &&
    order.presentmentCurrency === undefined
  )
    found.push(complaint(['order', 'currency'], 'Currency is not the currency of the shop'));
  for (const tag of texts(order.tags))
    if (tag.length > 40)
      found.push(complaint(['order', 'tags'], 'Tag is too long (maximum is 40 characters)'));
  found.push(...keyComplaints(shop, order));
  return found;
}

function keyComplaints(shop: ShopState, order: JsonObject): readonly Complaint[] {
  return objects(order.metafields).flatMap((field, place) => {
    const at = ['order', 'metafields', String(place)];
    const type = shop.orderKeys.get(`${String(field.namespace)} ${String(field.key)}`);
    if (field.type === 'id' && type !== 'id')
      return [complaint([...at, 'type'], 'Type id needs a definition of this type')];
    return type !== undefined && type !== field.type
      ? [complaint([...at, 'type'], `Type must be ${type}`)]
      : [];
  });
}

function keyOf(order: JsonObject): string | null {
  const field = objects(order.metafields).find((each) => each.type === 'id');
  return typeof field?.value === 'string' ? field.value : null;
}

function heldLine(shop: ShopState, line: JsonObject, behaviour: string): HeldLine {
  const variant = typeof line.variantId === 'string' ? variantOf(shop, line.variantId) : undefined;
  const active = new Set(shop.locations.filter((each) => each.active).map(({ id }) => id));
  const level = variant?.tracked ? variant.levels.find(({ location }) => active.has(location)) : undefined;
  return {
    id: shop.nextId('LineItem'),
    sku: typeof line.sku === 'string' ? line.sku : (variant?.sku ?? null),
    variantId: variant?.id ?? null,
    title: typeof line.title === 'string' ? line.title : '',
    quantity: Number(line.quantity),
    unit: amount(shop, line.priceSet),
    tax: taxOf(shop, line),
    requiresShipping: line.requiresShipping === true,
    properties: objects(line.properties).map(({ name, value }) => ({
      key: String(name),
      value: String(value),
    })),
    removed: 0,
    level: behaviour === 'BYPASS' ? null : (level ?? null),
  };
}

/** The order's own arithmetic: lines × quantity + shipping + tax unless it is included − discount. */
function sumsOf(order: JsonObject, lines: readonly HeldLine[]) {
  const shop = { currency: String(order.currency) };
  const shippingLines = objects(order.shippingLines);
  const goods = lines.reduce((sum, line) => sum + line.unit * line.quantity, 0);
  const shipping = shippingLines.reduce((sum, line) => sum + amount(shop, line.priceSet), 0);
  const tax =
    lines.reduce((sum, line) => sum + line.tax, 0) +
    shippingLines.reduce((sum, line) => sum + taxOf(shop, line), 0) +
    taxOf(shop, order);
  const code = isJsonObject(order.discountCode) ? order.discountCode.itemFixedDiscountCode : undefined;
  const discount = isJsonObject(code) ? amount(shop, code.amountSet) : 0;
  const total = goods + shipping - discount + (order.taxesIncluded === true ? 0 : tax);
  const paid = objects(order.transactions)
    .filter(({ kind, status }) => (kind ?? 'SALE') === 'SALE' && (status ?? 'SUCCESS') === 'SUCCESS')
    .reduce((sum, transaction) => sum + amount(shop, transaction.amountSet), 0);
  return { shipping, tax, discount, total, paid };
}

function taxOf(shop: { readonly currency: string }, of: JsonObject): number {
  return objects(of.taxLines).reduce((sum, tax) => sum + amount(shop, tax.priceSet), 0);
}

/** Minor units of a money bag's own amount; the shop knows one currency. */
function amount(shop: { readonly currency: string }, bag: JsonValue | undefined): number {
  const money = isJsonObject(bag) && isJsonObject(bag.shopMoney) ? bag.shopMoney : null;
  if (money === null) return 0;
  return readDecimal(String(money.amount), shop.currency)?.minor ?? Number.NaN;
}

function complaint(field: readonly string[], message: string): Complaint {
  return { code: 'INVALID', field, message };
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function texts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.map(String) : [];
}
