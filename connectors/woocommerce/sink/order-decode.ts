import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Money } from '../../../src/domain/money.js';
import { readDecimal } from '../../../src/domain/money.js';
import type { StoreOrder, StoreRefund, StoreShipment, StoreUnits } from '../../../src/domain/store-order.js';
import { gmtIn, idIn, listIn, metaText, moneyIn, textIn, textOrNothing } from '../read.js';
import type { WooSettings } from '../settings.js';
import { AMOUNTS_META, LINE_META, REFUND_META, TAX_META, UNITS_META } from './order-meta.js';
import { type ParcelSources, parcelsOf, type StoreLine, storeLines } from './parcels.js';

/** Everything that is read of an order. */
export interface OrderReading extends ParcelSources {
  readonly order: JsonObject;
  /** The refunds in full; the order itself names only their sums. */
  readonly refunds: readonly JsonObject[];
}

const DRAFTS: ReadonlySet<string> = new Set(['pending', 'auto-draft', 'checkout-draft']);
const PAID: ReadonlySet<string> = new Set(['processing', 'completed', 'refunded']);
const CANCELLED: ReadonlySet<string> = new Set(['cancelled', 'failed', 'trash']);

/** Statuses after which nothing of an order is still to be sent. */
export function isComplete(order: JsonObject, { shippedStatuses = [] }: WooSettings): boolean {
  return order.status === 'completed' || shippedStatuses.includes(textIn(order, 'status'));
}

/** Not confirmed yet: takes no stock. */
export function isDraft(order: JsonObject): boolean {
  return DRAFTS.has(textIn(order, 'status'));
}

/** Cancelled, failed, or in the trash. */
export function isCancelled(order: JsonObject): boolean {
  return CANCELLED.has(textIn(order, 'status'));
}

/** An order as the shop has it. Throws `unreadable_answer`. Pure. */
export function storeOrder(reading: OrderReading, settings: WooSettings): StoreOrder {
  const { order } = reading;
  const lines = storeLines(order, { line: LINE_META, units: UNITS_META });
  const complete = isComplete(order, settings);
  const draft = isDraft(order);
  const shipments = draft ? [] : parcelsOf(order, lines, { ...reading, complete });
  const concern = concernOf(order, settings);
  return {
    storeId: idIn(order),
    name: `#${textOrNothing(order, 'number') ?? idIn(order)}`,
    draft,
    cancelled: isCancelled(order),
    shipments,
    totals: totalsOf(order),
    cancelledUnits: isCancelled(order) ? [] : takenOut(reading, lines, { shipments, complete }),
    refunds: reading.refunds.flatMap((refund) => refundOf(refund, order, lines)),
    ...(concern === null ? {} : { needsPerson: concern }),
  };
}

/**
 * Amounts to compare. Where the order is untaxed the shop tells no tax, and its shipping is what was paid for it, tax within: the channel's own price
 * of it follows from what was noted at placing. An order that is not ours, or lost its notes, tells its total only.
 */
function totalsOf(order: JsonObject): NonNullable<StoreOrder['totals']> {
  const currency = textIn(order, 'currency');
  const total = moneyIn(order, 'total', currency);
  const money = (minor: number): Money => ({ minor, currency });
  // Orders somebody completed by hand count as paid without a date (`wc_get_is_paid_statuses`, 11.x).
  const paid = textOrNothing(order, 'date_paid_gmt') !== undefined || PAID.has(textIn(order, 'status'));
  const outstanding = money(paid ? 0 : total.minor);
  const [mode, prices] = (metaText(order, AMOUNTS_META) ?? '').split(' ');
  if (mode === undefined || prices === undefined) return { total, outstanding };
  const shipping = moneyIn(order, 'shipping_total', currency).minor;
  if (mode === 'untaxed') {
    const tax = listIn(order, 'shipping_lines')
      .map((line) => readDecimal(metaText(line, TAX_META) ?? '0', currency)?.minor ?? 0)
      .reduce((sum, minor) => sum + minor, 0);
    return { total, outstanding, shipping: money(prices === 'with-tax' ? shipping : shipping - tax) };
  }
  const shippingTax = moneyIn(order, 'shipping_tax', currency).minor;
  return {
    total,
    outstanding,
    tax: moneyIn(order, 'total_tax', currency),
    shipping: money(prices === 'with-tax' ? shipping + shippingTax : shipping),
  };
}

/** Units an edit took out of the order, and units given back before they left: WooCommerce knows no other way to take out a part. */
function takenOut(
  { refunds }: OrderReading,
  lines: readonly StoreLine[],
  { shipments, complete }: { readonly shipments: readonly StoreShipment[]; readonly complete: boolean },
): readonly StoreUnits[] {
  return lines.flatMap((line) => {
    const edited = line.placed - line.quantity;
    const given = refunds
      .filter((refund) => metaText(refund, REFUND_META) === undefined)
      .flatMap((refund) => listIn(refund, 'line_items'))
      .filter((item) => refundedItem(item) === line.id)
      .reduce((sum, item) => sum + Math.abs(Number(item.quantity)), 0);
    const left = shipments
      .flatMap((parcel) => (parcel.withdrawn === true ? [] : parcel.lines))
      .filter((units) => units.lineExternalId === line.units.lineExternalId && units.sku === line.units.sku)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const unshipped = complete ? 0 : Math.max(0, line.quantity - left);
    const quantity = edited + Math.min(given, unshipped);
    return quantity > 0 ? [{ ...line.units, quantity }] : [];
  });
}

function refundedItem(item: JsonObject): string | undefined {
  const value = listIn(item, 'meta_data').find(({ key }) => key === '_refunded_item_id')?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** A record without money is no refund. Whether goods came back WooCommerce does not say. */
function refundOf(
  refund: JsonObject,
  order: JsonObject,
  lines: readonly StoreLine[],
): readonly StoreRefund[] {
  const currency = textIn(order, 'currency');
  const amount = moneyIn(refund, 'amount', currency);
  if (amount.minor === 0) return [];
  const withTax = (item: JsonObject): number =>
    Math.abs(moneyIn(item, 'total', currency).minor) + Math.abs(moneyIn(item, 'total_tax', currency).minor);
  const shipping = listIn(refund, 'shipping_lines').reduce((sum, item) => sum + withTax(item), 0);
  const reason = textOrNothing(refund, 'reason');
  const key = metaText(refund, REFUND_META);
  return [
    {
      reference: refundReference(refund),
      ...(key === undefined ? {} : { key }),
      at: gmtIn(refund, 'date_created_gmt') ?? instantOf(0),
      amount,
      ...(shipping === 0 ? {} : { shipping: { minor: shipping, currency } }),
      ...(reason === undefined ? {} : { reason }),
      lines: listIn(refund, 'line_items').flatMap((item) => {
        const line = lines.find(({ id }) => id === refundedItem(item));
        const quantity = Math.abs(Number(item.quantity));
        if (line === undefined) return [];
        return [{ ...line.units, quantity, amount: { minor: withTax(item), currency } }];
      }),
    },
  ];
}

/** A refund as the engine knows it. */
export function refundReference(refund: JsonObject): string {
  return `wc-refund-${idIn(refund)}`;
}

const ORDINARY: ReadonlySet<string> = new Set([
  ...DRAFTS,
  ...CANCELLED,
  'processing',
  'completed',
  'refunded',
  'partial-shipped',
]);

function concernOf(
  order: JsonObject,
  { openStatuses = [], shippedStatuses = [] }: WooSettings,
): string | null {
  const status = textIn(order, 'status');
  if (ORDINARY.has(status) || openStatuses.includes(status) || shippedStatuses.includes(status)) return null;
  return status === 'on-hold'
    ? 'The order is on hold in the shop.'
    : `The order has the status ${status} in the shop, which is not known here: name it in openStatuses or shippedStatuses.`;
}
