import type { SimulatedOrder, SimulatedShipment } from '../../../src/channel/simulator.js';
import type { Journal } from './journal.js';

/** A line of an order as the simulated Amazon has it. */
export interface BookLine {
  readonly orderItemId: string;
  readonly sku: string;
  readonly title: string | null;
  readonly quantity: number;
  /** Price of one unit in cents. */
  readonly unitCents: number;
}

/** A parcel the seller confirmed. */
export interface BookPackage {
  readonly packageReferenceId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shipTime: string;
  readonly shippingService: string | null;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

/** What the seller may say of an order that the buyer fetches. Source: model ordersV0, `ShipmentStatus`. */
export const PICKUP_STATUSES = ['ReadyForPickup', 'PickedUp', 'RefusedPickup'] as const;

/** One of them. */
export type PickupStatus = (typeof PICKUP_STATUSES)[number];

/** An order as the simulated Amazon has it. */
export interface BookOrder {
  readonly orderId: string;
  readonly createdAt: string;
  readonly fulfilledBy: 'MERCHANT' | 'AMAZON';
  readonly lines: readonly BookLine[];
  /** Of the program IN_STORE_PICK_UP. */
  readonly pickup: boolean;
  pickupStatus: PickupStatus | null;
  /** Units handed over in the store, by item. */
  readonly handedOver: Map<string, number>;
  status: 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED';
  updatedAt: string;
  packages: readonly BookPackage[];
  /** The seller’s own number of it, once acknowledged. */
  merchantOrderId: string | null;
  /** Items the seller cancelled. */
  readonly cancelledItems: Set<string>;
  /** Cents given back, by item. */
  readonly refundedCents: Map<string, number>;
}

/** All orders, and what buyers do to them. */
export interface OrderBook {
  readonly orders: ReadonlyMap<string, BookOrder>;
  place(order: SimulatedOrder): string;
  /** A pending order is paid. */
  pay(orderId: string): void;
  cancel(orderId: string): void;
  /** The seller cancels whole lines. */
  cancelLines(orderId: string, lines: readonly BookLine[]): void;
  /** Adds or edits a parcel and moves the order on. */
  ship(orderId: string, parcel: BookPackage): void;
  /** The seller says how far an order is that the buyer fetches. */
  collect(orderId: string, status: PickupStatus, items: ReadonlyMap<string, number>): void;
  shipments(): readonly SimulatedShipment[];
}

/** An empty book. `titleOf` names a listing, as orders do. */
export function orderBook(journal: Journal, titleOf: (sku: string) => string | null): OrderBook {
  const orders = new Map<string, BookOrder>();
  // A restarted simulator must not give old numbers to new orders.
  const series = String(Date.now() % 10_000_000).padStart(7, '0');
  let lines = 0;

  function known(orderId: string): BookOrder {
    const order = orders.get(orderId);
    if (!order) throw new Error(`the simulator has no order ${orderId}`);
    return order;
  }

  function touch(order: BookOrder): void {
    order.updatedAt = new Date().toISOString();
  }

  function advance(order: BookOrder): void {
    const complete = order.lines.every(
      (line) =>
        order.cancelledItems.has(line.orderItemId) || shippedOf(order, line.orderItemId) >= line.quantity,
    );
    order.status = complete ? 'SHIPPED' : 'PARTIALLY_SHIPPED';
    touch(order);
  }

  return {
    orders,
    place(wanted) {
      const orderId = `114-${series}-${String(orders.size + 1).padStart(7, '0')}`;
      const now = new Date().toISOString();
      const order: BookOrder = {
        orderId,
        createdAt: now,
        updatedAt: now,
        status: wanted.status === 'pending' ? 'PENDING' : 'UNSHIPPED',
        fulfilledBy: wanted.fulfilledBy === 'channel' ? 'AMAZON' : 'MERCHANT',
        lines: wanted.lines.map((line) => ({
          orderItemId: `${series}${String(++lines).padStart(7, '0')}`,
          sku: line.sku,
          title: titleOf(line.sku),
          quantity: line.quantity,
          unitCents: Math.round(Number.parseFloat(line.unitPrice) * 100),
        })),
        pickup: wanted.delivery !== undefined && wanted.delivery.method !== 'ship',
        pickupStatus: null,
        handedOver: new Map(),
        packages: [],
        merchantOrderId: null,
        cancelledItems: new Set(),
        refundedCents: new Map(),
      };
      orders.set(orderId, order);
      const bought = order.lines.map(({ orderItemId, sku, quantity }) => ({ orderItemId, sku, quantity }));
      journal.write({ kind: 'order', orderId, status: order.status, lines: bought });
      return orderId;
    },
    pay(orderId) {
      const order = known(orderId);
      if (order.status !== 'PENDING') throw new Error(`order ${orderId} is not pending`);
      order.status = 'UNSHIPPED';
      touch(order);
      journal.write({ kind: 'paid', orderId });
    },
    cancel(orderId) {
      const order = known(orderId);
      if (order.status !== 'PENDING' && order.status !== 'UNSHIPPED') {
        throw new Error(`order ${orderId} can no longer be cancelled`);
      }
      order.status = 'CANCELLED';
      touch(order);
      journal.write({ kind: 'cancel', orderId });
    },
    cancelLines(orderId, cancelled) {
      const order = known(orderId);
      for (const { orderItemId } of cancelled) order.cancelledItems.add(orderItemId);
      if (order.lines.every(({ orderItemId }) => order.cancelledItems.has(orderItemId)))
        order.status = 'CANCELLED';
      touch(order);
      journal.write({ kind: 'cancel', orderId });
    },
    ship(orderId, parcel) {
      const order = known(orderId);
      const edited = order.packages.some((each) => each.packageReferenceId === parcel.packageReferenceId);
      const others = order.packages.filter((each) => each.packageReferenceId !== parcel.packageReferenceId);
      order.packages = [...others, parcel];
      advance(order);
      journal.write({
        kind: edited ? 'shipment-edit' : 'shipment',
        orderId,
        reference: parcel.packageReferenceId,
        trackingNumber: parcel.trackingNumber,
        items: parcel.items.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
      });
    },
    collect(orderId, status, items) {
      const order = known(orderId);
      order.pickupStatus = status;
      if (status === 'PickedUp') {
        for (const [id, quantity] of items) order.handedOver.set(id, quantity);
        advance(order);
      } else touch(order);
      journal.write({ kind: 'pickup', orderId, status });
    },
    shipments: () =>
      [...orders.values()].flatMap((order) =>
        order.packages.map((parcel) => ({
          orderId: order.orderId,
          reference: parcel.packageReferenceId,
          carrier: parcel.carrier,
          trackingNumber: parcel.trackingNumber,
          lines: parcel.items.map((item) => ({
            sku: order.lines.find(({ orderItemId }) => orderItemId === item.orderItemId)?.sku ?? '',
            quantity: item.quantity,
          })),
        })),
      ),
  };
}

/** Units of a line in confirmed parcels and handed over in the store; with `except`, parcels of that reference are not counted. */
export function shippedOf(order: BookOrder, orderItemId: string, except: string | null = null): number {
  const inParcels = order.packages
    .filter((parcel) => parcel.packageReferenceId !== except)
    .flatMap((parcel) => parcel.items)
    .filter((item) => item.orderItemId === orderItemId)
    .reduce((sum, item) => sum + item.quantity, 0);
  return inParcels + (order.handedOver.get(orderItemId) ?? 0);
}
