import type { HeldOrder, HeldParcel, MemoryStore } from './memory-store.js';

/** What a purchase consists of. `unitMinor`: price of one unit in the currency's smallest unit. */
export interface Purchase {
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitMinor: number }[];
  readonly status?: 'pending' | 'open';
  readonly fulfilledBy?: 'merchant' | 'channel';
}

/** A buyer orders on the channel. Returns the order's id. */
export function buy(store: MemoryStore, purchase: Purchase): string {
  const id = `M-${String(store.orders.size + 1).padStart(6, '0')}`;
  const now = store.now();
  store.orders.set(id, {
    id,
    fulfilledBy: purchase.fulfilledBy ?? 'merchant',
    placedAt: now,
    currency: purchase.currency,
    lines: purchase.lines.map((line, index) => ({ id: `${id}-${index + 1}`, ...line })),
    parcels: new Map(),
    status: purchase.status ?? 'open',
    updatedAt: now,
    change: nextChange(store),
    storeId: null,
  });
  return id;
}

/** Cancels an order; false when it is unknown or has left already. */
export function cancelOrder(store: MemoryStore, id: string): boolean {
  const order = store.orders.get(id);
  if (!order || order.parcels.size > 0) return false;
  if (order.status !== 'cancelled') touch(store, order, 'cancelled');
  return true;
}

/** Takes a parcel; the same reference again replaces the first. Returns the reason of a refusal, or null. */
export function takeParcel(store: MemoryStore, orderId: string, parcel: HeldParcel): string | null {
  const order = store.orders.get(orderId);
  if (!order) return 'unknown_order';
  if (order.status === 'cancelled') return 'order_cancelled';
  const others = [...order.parcels.values()].filter((other) => other.reference !== parcel.reference);
  for (const line of parcel.lines) {
    const ordered = order.lines.find((candidate) => candidate.id === line.lineId);
    if (!ordered) return 'unknown_line';
    if (line.quantity < 1) return 'bad_quantity';
    if (shippedOf(others, line.lineId) + line.quantity > ordered.quantity) return 'more_than_ordered';
  }
  order.parcels.set(parcel.reference, parcel);
  const parcels = [...order.parcels.values()];
  const complete = order.lines.every((line) => shippedOf(parcels, line.id) >= line.quantity);
  touch(store, order, complete ? 'shipped' : 'partially-shipped');
  return null;
}

/** Units of a line that are in the parcels. */
export function shippedOf(parcels: readonly HeldParcel[], lineId: string): number {
  return parcels
    .flatMap((parcel) => parcel.lines)
    .filter((line) => line.lineId === lineId)
    .reduce((units, line) => units + line.quantity, 0);
}

function touch(store: MemoryStore, order: HeldOrder, status: HeldOrder['status']): void {
  order.status = status;
  order.updatedAt = store.now();
  order.change = nextChange(store);
}

function nextChange(store: MemoryStore): number {
  store.changes += 1;
  return store.changes;
}
