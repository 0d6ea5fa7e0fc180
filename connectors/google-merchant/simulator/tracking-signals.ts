import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/json.js';
import { invalid } from './google-error.js';
import { checkAs } from './input-check.js';

/** Order-tracking signals. Google keeps no names and no addresses: what it answers is hashed. */
export interface TrackingSignals {
  /** Takes a signal. Throws the 400 for what Google does not take. */
  create(signal: JsonObject): JsonObject;
  /** Everything that was taken, as it came; nobody but the simulator's owner sees it. */
  taken(): readonly JsonObject[];
}

/** A store of signals (ordertracking v1, verified 2026-11-23). */
export function trackingSignals(): TrackingSignals {
  const signals: JsonObject[] = [];
  return {
    create(signal) {
      checkAs('OrderTrackingSignal', signal, 'OrderTrackingSignal');
      checkSignal(signal);
      signals.push(signal);
      return {
        orderTrackingSignalId: String(signals.length),
        orderId: hashed(signal.orderId),
        lineItems: signal.lineItems,
      };
    },
    taken: () => signals,
  };
}

function checkSignal(signal: JsonObject): void {
  required(signal, ['orderId', 'orderCreatedTime', 'lineItems', 'shippingInfo'], '');
  const lines = signal.lineItems as readonly JsonObject[];
  const parcels = signal.shippingInfo as readonly JsonObject[];
  if (lines.length === 0) throw invalid('line_items', 'At least one line is required.', 'REQUIRED');
  if (parcels.length === 0) throw invalid('shipping_info', 'At least one shipment is required.', 'REQUIRED');
  for (const line of lines) required(line, ['lineItemId', 'productId', 'quantity'], 'line_items.');
  for (const line of lines)
    if (!/^(online|local):[a-z]{2}:[A-Z0-9_-]{1,20}:.+$/.test(String(line.productId)))
      throw invalid('line_items.product_id', 'The id has the form online:en:US:sku.');
  for (const parcel of parcels) checkParcel(parcel);
  for (const entry of (signal.shipmentLineItemMapping ?? []) as readonly JsonObject[]) {
    required(entry, ['shipmentId', 'lineItemId', 'quantity'], 'shipment_line_item_mapping.');
    const known =
      lines.some((line) => line.lineItemId === entry.lineItemId) &&
      parcels.some((parcel) => parcel.shipmentId === entry.shipmentId);
    if (!known)
      throw invalid('shipment_line_item_mapping', 'The mapping names a line or shipment that is not there.');
  }
  if (/[\s-]/.test(String(signal.deliveryPostalCode ?? '')))
    throw invalid('delivery_postal_code', 'Postal codes have no blanks and hyphens.');
  checkTime(signal.orderCreatedTime as JsonObject, 'order_created_time');
}

function checkParcel(parcel: JsonObject): void {
  required(
    parcel,
    ['shipmentId', 'shippingStatus', 'originPostalCode', 'originRegionCode'],
    'shipping_info.',
  );
  if (/[\s-]/.test(String(parcel.originPostalCode)))
    throw invalid('shipping_info.origin_postal_code', 'Postal codes have no blanks and hyphens.');
  if (!/^[A-Z]{2}$/.test(String(parcel.originRegionCode)))
    throw invalid('shipping_info.origin_region_code', 'A CLDR territory code is required.');
  const tracked = parcel.carrier !== undefined && parcel.trackingId !== undefined;
  const promised = ['earliestDeliveryPromiseTime', 'latestDeliveryPromiseTime', 'actualDeliveryTime'].every(
    (name) => parcel[name] !== undefined,
  );
  if (!tracked && !promised)
    throw invalid('shipping_info', 'Carrier and tracking id, or promised and actual times, are required.');
}

function checkTime(time: JsonObject, at: string): void {
  for (const part of ['year', 'month', 'day'])
    if (!Number.isInteger(time[part])) throw invalid(`${at}.${part}`, 'A whole number is required.');
  if (time.timeZone === undefined && time.utcOffset === undefined)
    throw invalid(`${at}.time_zone`, 'A zone or an offset is required.', 'REQUIRED');
}

function required(value: JsonObject, names: readonly string[], at: string): void {
  const missing = names.find((name) => value[name] === undefined || value[name] === '');
  if (missing !== undefined) throw invalid(`${at}${missing}`, 'The field is required.', 'REQUIRED');
}

function hashed(value: unknown): string {
  return createHash('sha256').update(String(value)).digest('hex').slice(0, 16);
}
