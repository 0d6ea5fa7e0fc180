import { type Instant, readInstant } from '../../../src/domain/instant.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { StoreOrder, StoreRefund, StoreShipment, StoreUnits } from '../../../src/domain/store-order.js';
import { objectOf, objectsOf } from '../client.js';

/** Before `addManualPaymentToOrder` nothing is promised to the order and nobody paid (3.7). */
const DRAFTS: ReadonlySet<string> = new Set(['Created', 'Draft', 'AddingItems', 'ArrangingPayment']);

/** States of an order on its ordinary way (3.7); any other needs a person. */
const ORDINARY: ReadonlySet<string> = new Set([
  ...DRAFTS,
  'PaymentAuthorized',
  'PaymentSettled',
  'PartiallyShipped',
  'Shipped',
  'PartiallyDelivered',
  'Delivered',
  'Cancelled',
]);

/** An order as the shop has it. Vendure's own tax is told by `place` only, which knows the channel's. Pure. */
export function storeOrder(order: JsonObject): StoreOrder {
  const state = String(order.state);
  const units = unitsByLine(order);
  const cancelledUnits = state === 'Cancelled' ? [] : takenOut(order, units);
  return {
    storeId: String(order.id),
    name: String(order.code),
    draft: DRAFTS.has(state),
    cancelled: state === 'Cancelled',
    shipments: shipmentsOf(order, units),
    refunds: refundsOf(order, units),
    totals: { total: money(order, order.totalWithTax), outstanding: money(order, outstandingOf(order)) },
    ...(cancelledUnits.length > 0 ? { cancelledUnits } : {}),
    ...(ORDINARY.has(state)
      ? {}
      : { needsPerson: `The order is in the state ${state} in Vendure: finish there what was begun.` }),
  };
}

/** By Vendure's line: what the units are for the channel. */
type Units = ReadonlyMap<string, Omit<StoreUnits, 'quantity'>>;

function unitsByLine(order: JsonObject): Units {
  return new Map(
    objectsOf(order.lines).map((line) => {
      const { channelLineId } = objectOf(line.customFields);
      const sku = String(objectOf(line.productVariant).sku);
      return [
        String(line.id),
        typeof channelLineId === 'string' ? { lineExternalId: channelLineId, sku } : { sku },
      ] as const;
    }),
  );
}

/** Lines that were split for their price are one again. */
function together(
  units: Units,
  counts: readonly { readonly line: string; readonly quantity: number }[],
): StoreUnits[] {
  const found = new Map<string, StoreUnits>();
  for (const { line, quantity } of counts) {
    const unit = units.get(line);
    if (unit === undefined || quantity <= 0) continue;
    const key = `${unit.lineExternalId ?? ''}\u0000${unit.sku}`;
    found.set(key, { ...unit, quantity: quantity + (found.get(key)?.quantity ?? 0) });
  }
  return [...found.values()];
}

function countsOf(lines: JsonValue | undefined): { readonly line: string; readonly quantity: number }[] {
  return objectsOf(lines).map(({ orderLineId, quantity }) => ({
    line: String(orderLineId),
    quantity: Number(quantity),
  }));
}

function takenOut(order: JsonObject, units: Units): StoreUnits[] {
  const counts = objectsOf(order.lines).map((line) => ({
    line: String(line.id),
    quantity: Number(line.orderPlacedQuantity) - Number(line.quantity),
  }));
  return together(units, counts);
}

/** A parcel exists from the moment it was shipped; when that was only the history tells, a stamp moves with every state. */
function shipmentsOf(order: JsonObject, units: Units): StoreShipment[] {
  return objectsOf(order.fulfillments).flatMap((fulfillment): StoreShipment[] => {
    const id = String(fulfillment.id);
    const state = String(fulfillment.state);
    const shippedAt = reached(order, id, ['Shipped', 'Delivered']);
    const known =
      shippedAt ?? (state === 'Shipped' || state === 'Delivered' ? instantIn(fulfillment.updatedAt) : null);
    if (known === null) return [];
    const deliveredAt = reached(order, id, ['Delivered']);
    const { method, trackingCode } = fulfillment;
    return [
      {
        reference: `vendure-${id}`,
        shippedAt: known,
        lines: together(units, countsOf(fulfillment.lines)),
        ...(typeof method === 'string' && method !== '' ? { carrier: method } : {}),
        ...(typeof trackingCode === 'string' && trackingCode !== '' ? { trackingNumber: trackingCode } : {}),
        ...(deliveredAt === null ? {} : { deliveredAt }),
        ...(state === 'Cancelled' ? { withdrawn: true } : {}),
      },
    ];
  });
}

function reached(order: JsonObject, fulfillment: string, states: readonly string[]): Instant | null {
  for (const entry of objectsOf(objectOf(order.history).items)) {
    const data = objectOf(entry.data);
    if (entry.type !== 'ORDER_FULFILLMENT_TRANSITION' || String(data.fulfillmentId) !== fulfillment) continue;
    if (states.includes(String(data.to))) return instantIn(entry.createdAt);
  }
  return null;
}

/** The reason of a refund of ours; our key is in the brackets. */
const OURS = /^Omnifeed: .* \[(.+)\]$/;

/** The reason a refund of ours bears, and by which it is known again. */
export function refundReason(reason: string, key: string): string {
  return `Omnifeed: ${reason} [${key}]`;
}

/** Our key of a refund; null: it is not ours. */
export function refundKeyOf(refund: JsonObject): string | null {
  return OURS.exec(String(refund.reason ?? ''))?.[1] ?? null;
}

/** A refund as the engine knows it. */
export function refundReference(refund: JsonObject): string {
  return `vendure-${String(refund.id)}`;
}

/** Money counts once it is settled: a refund that is only asked for may still fail. */
function refundsOf(order: JsonObject, units: Units): StoreRefund[] {
  return objectsOf(order.payments)
    .flatMap((payment) => objectsOf(payment.refunds))
    .filter((refund) => refund.state === 'Settled')
    .flatMap((refund): StoreRefund[] => {
      const at = instantIn(refund.createdAt);
      if (at === null) return [];
      const { reason, shipping } = refund;
      const key = refundKeyOf(refund);
      return [
        {
          reference: refundReference(refund),
          ...(key === null ? {} : { key }),
          at,
          amount: money(order, refund.total),
          lines: refundedLines(order, refund, units),
          ...(typeof shipping === 'number' && shipping > 0 ? { shipping: money(order, shipping) } : {}),
          ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
        },
      ];
    });
}

/** Vendure names units, not amounts, for the lines of a refund: they are told where they must be what was paid for these units. */
function refundedLines(order: JsonObject, refund: JsonObject, units: Units): StoreRefund['lines'] {
  const lines = together(units, countsOf(refund.lines));
  const goods = Number(refund.total) - Number(refund.shipping ?? 0);
  const [first, ...others] = lines;
  if (first === undefined) return [];
  if (others.length === 0) return [{ ...first, amount: money(order, goods) }];
  const priced = lines.map((line) => ({
    ...line,
    amount: money(order, paidFor(order, refund, { line, units })),
  }));
  return priced.reduce((sum, { amount }) => sum + amount.minor, 0) === goods ? priced : lines;
}

/** What the refunded units of a line were sold for. */
function paidFor(
  order: JsonObject,
  refund: JsonObject,
  { line, units }: { readonly line: StoreUnits; readonly units: Units },
): number {
  const prices = new Map(
    objectsOf(order.lines).map(({ id, proratedUnitPriceWithTax }) => [
      String(id),
      Number(proratedUnitPriceWithTax),
    ]),
  );
  return countsOf(refund.lines)
    .filter(({ line: id }) => {
      const unit = units.get(id);
      return unit?.sku === line.sku && unit.lineExternalId === line.lineExternalId;
    })
    .reduce((sum, { line: id, quantity }) => sum + (prices.get(id) ?? Number.NaN) * quantity, 0);
}

function outstandingOf(order: JsonObject): number {
  const paid = objectsOf(order.payments)
    .filter(({ state }) => state === 'Settled')
    .reduce((total, { amount }) => total + Number(amount), 0);
  // Units taken out afterwards leave more paid than is due: that is for a refund, not outstanding.
  return Math.max(0, Number(order.totalWithTax) - paid);
}

function money(order: JsonObject, minor: JsonValue | undefined) {
  return { minor: Number(minor), currency: String(order.currencyCode) };
}

function instantIn(value: JsonValue | undefined): Instant | null {
  return typeof value === 'string' ? readInstant(value) : null;
}
