import type { ShopState, StockLevel } from './shop-state.js';
import { variantOf } from './shop-state.js';

/** A line of an order. Money in minor units. */
export interface HeldLine {
  readonly id: string;
  readonly sku: string | null;
  readonly variantId: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unit: number;
  readonly tax: number;
  readonly requiresShipping: boolean;
  readonly properties: readonly { readonly key: string; readonly value: string }[];
  /** Units taken out: refunded or removed. */
  removed: number;
  /** Where its units were taken from; null: none were. */
  readonly level: StockLevel | null;
}

/** A parcel. */
export interface HeldFulfillment {
  readonly id: string;
  status: string;
  readonly createdMs: number;
  deliveredMs: number | null;
  tracking: { company: string | null; number: string | null; url: string | null }[];
  readonly lines: readonly { readonly id: string; readonly line: HeldLine; readonly quantity: number }[];
}

/** Units that one place is to ship. */
export interface HeldFulfillmentOrder {
  readonly id: string;
  status: string;
  updatedMs: number;
  readonly location: string;
  readonly lines: { readonly id: string; readonly line: HeldLine; remaining: number }[];
}

/** Money given back, or units taken out. */
export interface HeldRefund {
  readonly id: string;
  readonly createdMs: number;
  readonly note: string | null;
  readonly amount: number;
  readonly shipping: number;
  readonly lines: readonly {
    readonly line: HeldLine;
    readonly quantity: number;
    readonly restockType: string;
  }[];
}

/** An order of the shop. */
export interface HeldOrder {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  updatedMs: number;
  readonly processedMs: number;
  cancelledMs: number | null;
  readonly sourceIdentifier: string | null;
  readonly tags: readonly string[];
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  /** Value of the unique metafield; null: it has none. */
  readonly key: string | null;
  readonly taxesIncluded: boolean;
  readonly lines: readonly HeldLine[];
  readonly shipping: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
  readonly paid: number;
  readonly fulfillmentOrders: HeldFulfillmentOrder[];
  readonly fulfillments: HeldFulfillment[];
  readonly refunds: HeldRefund[];
  readonly transactions: HeldTransaction[];
}

/** Money taken or given back, under the name of a gateway. */
export interface HeldTransaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string;
  readonly amount: number;
  readonly parentId: string | null;
}

/** The orders of the shop and what happens to them after they were placed, whoever does it. */
export interface OrderBook {
  readonly orders: HeldOrder[];
  /** Asynchronous steps: id → when they are done. */
  readonly jobs: Map<string, number>;
  get(id: string): HeldOrder | undefined;
  /** Sends units away; default: everything left. Committed units leave the building. */
  fulfil(
    order: HeldOrder,
    parcel?: {
      readonly units?: Readonly<Record<string, number>>;
      readonly company?: string;
      readonly number?: string;
    },
  ): HeldFulfillment;
  /** Takes a parcel back: its units are to be shipped again. */
  withdraw(order: HeldOrder, parcel: HeldFulfillment): void;
  /** Takes units out of the order: restock types as in the Admin API, `EDIT` for an edit of the lines. Null: too many. */
  takeOut(order: HeldOrder, units: readonly TakenUnits[], record: RefundRecord | null): HeldRefund | null;
  cancel(order: HeldOrder, restock: boolean): void;
}

/** Units of a line that are taken out. */
export interface TakenUnits {
  readonly line: HeldLine;
  readonly quantity: number;
  readonly restockType: string;
}

/** How it is written down. */
export interface RefundRecord {
  readonly note: string | null;
  readonly amount: number;
  readonly shipping: number;
}

/** An empty book. */
export function orderBook(shop: ShopState): OrderBook {
  const orders: HeldOrder[] = [];
  const touch = (order: HeldOrder): void => {
    order.updatedMs = shop.nowMs();
  };
  const book: OrderBook = {
    orders,
    jobs: new Map(),
    get: (id) => orders.find((order) => order.id === id),
    fulfil(order, parcel = {}) {
      const lines: { id: string; line: HeldLine; quantity: number }[] = [];
      for (const each of order.fulfillmentOrders) {
        if (each.status === 'CANCELLED') continue;
        for (const slot of each.lines) {
          const key = slot.line.sku ?? slot.line.id;
          const wanted = parcel.units === undefined ? slot.remaining : (parcel.units[key] ?? 0);
          const quantity = Math.min(wanted, slot.remaining);
          if (quantity === 0) continue;
          slot.remaining -= quantity;
          commit(shop, slot.line, -quantity, 0);
          lines.push({ id: shop.nextId('FulfillmentLineItem'), line: slot.line, quantity });
        }
        settle(shop, each);
      }
      const made: HeldFulfillment = {
        id: shop.nextId('Fulfillment'),
        status: 'SUCCESS',
        createdMs: shop.nowMs(),
        deliveredMs: null,
        tracking:
          parcel.number === undefined
            ? []
            : [{ company: parcel.company ?? null, number: parcel.number, url: null }],
        lines,
      };
      order.fulfillments.push(made);
      touch(order);
      return made;
    },
    withdraw(order, parcel) {
      parcel.status = 'CANCELLED';
      const [first] = order.fulfillmentOrders;
      for (const { line, quantity } of parcel.lines) {
        const slot = order.fulfillmentOrders.flatMap(({ lines }) => lines).find((each) => each.line === line);
        if (slot) slot.remaining += quantity;
        commit(shop, line, quantity, 0);
      }
      if (first) settle(shop, first);
      touch(order);
    },
    takeOut(order, units, record) {
      for (const { line, quantity, restockType } of units) {
        if (quantity < 1 || quantity > line.quantity - line.removed) return null;
        const unshipped = open(order, line);
        if (restockType === 'CANCEL' && quantity > unshipped) return null;
      }
      for (const { line, quantity, restockType } of units) {
        line.removed += quantity;
        const leaves = restockType === 'RETURN' ? 0 : Math.min(quantity, open(order, line));
        reduce(shop, order, line, leaves);
        const back = restockType === 'NO_RESTOCK' ? 0 : quantity;
        commit(shop, line, -leaves, back);
      }
      touch(order);
      if (record === null) return null;
      const refund: HeldRefund = {
        id: shop.nextId('Refund'),
        createdMs: shop.nowMs(),
        ...record,
        lines: units,
      };
      order.refunds.push(refund);
      return refund;
    },
    cancel(order, restock) {
      for (const line of order.lines) {
        const left = open(order, line);
        reduce(shop, order, line, left);
        line.removed += left;
        commit(shop, line, -left, restock ? left : 0);
      }
      order.cancelledMs = shop.nowMs();
      touch(order);
    },
  };
  return book;
}

/** Units of a line that are still to be shipped. */
export function open(order: HeldOrder, line: HeldLine): number {
  return order.fulfillmentOrders
    .filter(({ status }) => status !== 'CANCELLED')
    .flatMap(({ lines }) => lines)
    .filter((slot) => slot.line === line)
    .reduce((sum, slot) => sum + slot.remaining, 0);
}

function reduce(shop: ShopState, order: HeldOrder, line: HeldLine, quantity: number): void {
  let left = quantity;
  for (const each of order.fulfillmentOrders) {
    for (const slot of each.lines.filter((candidate) => candidate.line === line)) {
      const here = Math.min(left, slot.remaining);
      slot.remaining -= here;
      left -= here;
    }
    settle(shop, each);
  }
}

function settle(shop: ShopState, order: HeldFulfillmentOrder): void {
  if (order.status === 'CANCELLED') return;
  const left = order.lines.some(({ remaining }) => remaining > 0);
  order.status = left ? (order.status === 'CLOSED' ? 'OPEN' : order.status) : 'CLOSED';
  order.updatedMs = shop.nowMs();
}

/** Moves units of a line in and out of what is committed and available. A line that took no stock gives none back but what is put back by name. */
function commit(shop: ShopState, line: HeldLine, committed: number, available: number): void {
  const level =
    line.level ?? (available > 0 && line.variantId ? variantOf(shop, line.variantId)?.levels[0] : null);
  if (!level) return;
  if (line.level) level.committed += committed;
  level.available += available;
  level.updatedMs = shop.nowMs();
}
