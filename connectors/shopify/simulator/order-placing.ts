import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import { readDecimal } from '../../../src/domain/money.js';
import type { HeldFulfillmentOrder, HeldLine, HeldOrder } from './order-book.js';
import type { ShopState } from './shop-state.js';

/** Everything an order is made of once its input was found right. */
export interface OrderParts {
  readonly order: JsonObject;
  readonly lines: readonly HeldLine[];
  readonly key: string | null;
  readonly sums: {
    readonly shipping: number;
    readonly tax: number;
    readonly discount: number;
    readonly total: number;
    readonly paid: number;
  };
  readonly fulfillmentOrders: HeldFulfillmentOrder[];
}

/** An order as it stands right after it was made. A time of processing that is to come is taken for now. */
export function addedOrder(
  shop: ShopState,
  { order, lines, key, sums, fulfillmentOrders }: OrderParts,
): HeldOrder {
  const id = shop.nextId('Order');
  const now = shop.nowMs();
  const processed = typeof order.processedAt === 'string' ? Date.parse(order.processedAt) : now;
  const attributes = objects(order.customAttributes);
  return {
    id,
    name: `#${id.slice(id.lastIndexOf('/') + 1)}`,
    createdMs: now,
    updatedMs: now,
    processedMs: Math.min(processed, now),
    cancelledMs: null,
    sourceIdentifier: typeof order.sourceIdentifier === 'string' ? order.sourceIdentifier : null,
    tags: isJsonArray(order.tags) ? order.tags.map(String) : [],
    attributes: attributes.map(({ key: name, value }) => ({ key: String(name), value: String(value) })),
    key,
    taxesIncluded: order.taxesIncluded === true,
    lines,
    ...sums,
    fulfillmentOrders,
    fulfillments: [],
    refunds: [],
    transactions: objects(order.transactions).map((each) => ({
      id: shop.nextId('OrderTransaction'),
      kind: String(each.kind ?? 'SALE'),
      status: String(each.status ?? 'SUCCESS'),
      gateway: String(each.gateway ?? 'manual'),
      amount: minorOf(each.amountSet, String(order.currency)),
      parentId: null,
    })),
  };
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

function minorOf(bag: JsonValue | undefined, currency: string): number {
  const money = isJsonObject(bag) && isJsonObject(bag.shopMoney) ? bag.shopMoney : null;
  return money === null ? 0 : (readDecimal(String(money.amount), currency)?.minor ?? Number.NaN);
}

/** One fulfilment order per place; lines that need no shipping are in none. */
export function fulfillmentOrdersOf(shop: ShopState, lines: readonly HeldLine[]): HeldFulfillmentOrder[] {
  const byPlace = new Map<string, HeldLine[]>();
  const first = shop.locations.find(({ active }) => active)?.id ?? '';
  for (const line of lines.filter((each) => each.requiresShipping)) {
    const place = line.level?.location ?? first;
    byPlace.set(place, [...(byPlace.get(place) ?? []), line]);
  }
  return [...byPlace].map(([location, own]) => ({
    id: shop.nextId('FulfillmentOrder'),
    status: 'OPEN',
    updatedMs: shop.nowMs(),
    location,
    lines: own.map((line) => ({
      id: shop.nextId('FulfillmentOrderLineItem'),
      line,
      remaining: line.quantity,
    })),
  }));
}
