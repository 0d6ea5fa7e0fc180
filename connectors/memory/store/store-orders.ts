import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { HeldOrder, HeldParcel, MemoryStore } from './memory-store.js';
import { objects } from './store-call.js';

/** What a purchase consists of. `unitMinor`: price of one unit in the currency's smallest unit. */
export interface Purchase {
  readonly currency: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number; readonly unitMinor: number }[];
  readonly status?: 'pending' | 'open';
  readonly fulfilledBy?: 'merchant' | 'channel';
  readonly delivery?: { readonly method: string; readonly location?: string };
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
    cancelledUnits: new Map(),
    refundedUnits: new Map(),
    refundedMinor: new Map(),
    messages: new Map(),
    status: purchase.status ?? 'open',
    updatedAt: now,
    change: nextChange(store),
    storeId: null,
    delivery: purchase.delivery ?? null,
    pickup: 'none',
    fetchedUnits: new Map(),
  });
  return id;
}

/** Cancels an order; false when it is unknown or has left already. */
export function cancelOrder(store: MemoryStore, id: string): boolean {
  const order = store.orders.get(id);
  if (!order || order.parcels.size > 0 || order.pickup === 'picked-up' || order.fetchedUnits.size > 0)
    return false;
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
    const open = ordered.quantity - (order.cancelledUnits.get(line.lineId) ?? 0);
    if (shippedOf(others, line.lineId) + line.quantity > open) return 'more_than_ordered';
  }
  order.parcels.set(parcel.reference, parcel);
  touch(store, order, statusOf(order));
  return null;
}

/** Takes what the merchant tells of an order; the same reference again changes nothing. Returns the reason of a refusal, or null. */
export function takeMessage(store: MemoryStore, message: JsonObject): string | null {
  const order = store.orders.get(String(message.orderExternalId));
  if (!order) return 'unknown_order';
  const reference = String(message.reference);
  if (order.messages.has(reference)) return null;
  const lines = objects(message.lines).map((line) => ({
    lineId: String(line.lineExternalId),
    quantity: Number(line.quantity),
    minor: MONEY_MEMBERS.reduce((sum, name) => sum + minorOf(line[name]), 0),
  }));
  const refusal = applyMessage(order, { kind: String(message.kind), storeId: message.storeId, lines });
  if (refusal !== null) return refusal;
  order.messages.set(reference, message);
  touch(store, order, statusOf(order));
  return null;
}

const MONEY_MEMBERS = ['item', 'itemTax', 'shipping', 'shippingTax'] as const;

function minorOf(money: JsonValue | undefined): number {
  return isJsonObject(money) ? Number(money.minor) : 0;
}

interface Told {
  readonly kind: string;
  readonly storeId: JsonValue | undefined;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number; readonly minor: number }[];
}

function applyMessage(order: HeldOrder, { kind, storeId, lines }: Told): string | null {
  if (kind === 'acknowledge') {
    order.storeId = String(storeId);
    return null;
  }
  if (kind === 'ready' || kind === 'picked-up' || kind === 'not-collected')
    return applyPickup(order, kind, lines);
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find((each) => each.id === lineId);
    if (!line) return 'unknown_line';
    const taken = kind === 'cancel' ? order.cancelledUnits : order.refundedUnits;
    const left = line.quantity - (taken.get(lineId) ?? 0) - (kind === 'cancel' ? leftOf(order, line) : 0);
    if (quantity > left) return kind === 'cancel' ? 'already_shipped' : 'more_than_ordered';
  }
  for (const { lineId, quantity, minor } of lines) {
    const taken = kind === 'cancel' ? order.cancelledUnits : order.refundedUnits;
    taken.set(lineId, (taken.get(lineId) ?? 0) + quantity);
    if (kind === 'refund') order.refundedMinor.set(lineId, (order.refundedMinor.get(lineId) ?? 0) + minor);
  }
  return null;
}

/** Only an order the buyer fetches, and nothing of what came after is undone. */
function applyPickup(
  order: HeldOrder,
  news: 'ready' | 'picked-up' | 'not-collected',
  lines: Told['lines'],
): string | null {
  if (order.delivery === null || order.delivery.method === 'ship') return 'not_to_be_fetched';
  if (order.status === 'cancelled') return 'order_cancelled';
  if (order.pickup === 'picked-up' && news !== 'picked-up') return 'already_fetched';
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find((each) => each.id === lineId);
    if (!line) return 'unknown_line';
    const open = line.quantity - (order.cancelledUnits.get(lineId) ?? 0);
    const fetched = order.fetchedUnits.get(lineId) ?? 0;
    if (news === 'picked-up' && (quantity > open || quantity < fetched)) return 'not_so_many';
    if (news === 'not-collected' && quantity > open - fetched) return 'already_fetched';
  }
  if (news === 'picked-up')
    for (const { lineId, quantity } of lines) order.fetchedUnits.set(lineId, quantity);
  const rest = order.lines.some(
    (line) =>
      line.quantity - (order.cancelledUnits.get(line.id) ?? 0) > (order.fetchedUnits.get(line.id) ?? 0),
  );
  order.pickup = news === 'picked-up' && lines.length > 0 && rest ? 'ready' : news;
  return null;
}

/** What follows from the units: all cancelled, all that is left shipped, some shipped, or what it was. */
function statusOf(order: HeldOrder): HeldOrder['status'] {
  const parcels = [...order.parcels.values()];
  const open = order.lines.map((line) => line.quantity - (order.cancelledUnits.get(line.id) ?? 0));
  if (open.every((units) => units === 0)) return 'cancelled';
  const fetched = order.lines.map((line) => order.fetchedUnits.get(line.id) ?? 0);
  if (order.pickup === 'picked-up') return 'shipped';
  if (fetched.some((units) => units > 0))
    return fetched.every((units, at) => units >= (open[at] ?? 0)) ? 'shipped' : 'partially-shipped';
  if (parcels.length === 0) return order.status;
  const complete = order.lines.every((line, at) => shippedOf(parcels, line.id) >= (open[at] ?? 0));
  return complete ? 'shipped' : 'partially-shipped';
}

/** Units of a line that are with the buyer or on the way to it. */
export function leftOf(order: HeldOrder, line: HeldOrder['lines'][number]): number {
  if (order.pickup === 'picked-up') return line.quantity - (order.cancelledUnits.get(line.id) ?? 0);
  return shippedOf([...order.parcels.values()], line.id) + (order.fetchedUnits.get(line.id) ?? 0);
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
