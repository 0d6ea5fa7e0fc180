import { stringify } from 'csv-stringify/sync';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** Columns of an order file in CSV, each with where it stands in the document: `order` repeats on every row, `line` is the row's own. */
export const ORDER_COLUMNS: readonly (readonly [column: string, of: 'order' | 'line', path: string])[] = [
  ['key', 'order', 'key'],
  ['channel', 'order', 'channel'],
  ['order_id', 'order', 'orderId'],
  ['fulfilled_by', 'order', 'fulfilledBy'],
  ['placed_at', 'order', 'placedAt'],
  ['ship_by', 'order', 'shipBy'],
  ['currency', 'order', 'currency'],
  ['total', 'order', 'total'],
  ['tax', 'order', 'tax'],
  ['discount', 'order', 'discount'],
  ['shipping_method', 'order', 'shipping.method'],
  ['shipping_service', 'order', 'shipping.service'],
  ['pickup_location', 'order', 'shipping.location'],
  ['shipping_price', 'order', 'shipping.price'],
  ['shipping_tax', 'order', 'shipping.tax'],
  ['ioss_number', 'order', 'iossNumber'],
  ['marks', 'order', 'marks'],
  ['buyer_name', 'order', 'buyer.name'],
  ['buyer_company', 'order', 'buyer.company'],
  ['buyer_tax_id', 'order', 'buyer.taxId'],
  ['buyer_email', 'order', 'buyer.email'],
  ['buyer_phone', 'order', 'buyer.phone'],
  ['buyer_notes', 'order', 'buyer.notes'],
  ['address_lines', 'order', 'buyer.address.lines'],
  ['city', 'order', 'buyer.address.city'],
  ['region', 'order', 'buyer.address.region'],
  ['postal_code', 'order', 'buyer.address.postalCode'],
  ['country', 'order', 'buyer.address.country'],
  ['line', 'line', 'line'],
  ['sku', 'line', 'sku'],
  ['title', 'line', 'title'],
  ['quantity', 'line', 'quantity'],
  ['unit_price', 'line', 'unitPrice'],
  ['line_discount', 'line', 'discount'],
  ['line_tax', 'line', 'tax'],
  ['tax_rate', 'line', 'taxRate'],
  ['channel_collected_tax', 'line', 'channelCollectedTax'],
  ['line_shipping', 'line', 'shipping'],
  ['line_shipping_tax', 'line', 'shippingTax'],
  ['gift_wrap', 'line', 'giftWrap'],
  ['gift_message', 'line', 'giftMessage'],
];

/** Columns of a refund file in CSV. */
export const REFUND_COLUMNS: typeof ORDER_COLUMNS = [
  ['key', 'order', 'key'],
  ['order_key', 'order', 'orderKey'],
  ['channel', 'order', 'channel'],
  ['at', 'order', 'at'],
  ['reason', 'order', 'reason'],
  ['currency', 'order', 'currency'],
  ['amount', 'order', 'amount'],
  ['shipping', 'order', 'shipping'],
  ['line', 'line', 'line'],
  ['sku', 'line', 'sku'],
  ['quantity', 'line', 'quantity'],
  ['line_amount', 'line', 'amount'],
  ['restock_at', 'line', 'restockAt'],
];

/** A document of `storeDocument` as CSV: one row per line of the order. Several values of one cell are joined by line feeds. Pure. */
export function orderCsv(document: JsonObject): string {
  return csvOf(document, ORDER_COLUMNS);
}

/** A document of `refundDocument` as CSV: one row per line. Pure. */
export function refundCsv(document: JsonObject): string {
  return csvOf(document, REFUND_COLUMNS);
}

function csvOf(document: JsonObject, columns: typeof ORDER_COLUMNS): string {
  const lines = isJsonArray(document.lines) ? document.lines.filter(isJsonObject) : [];
  const rows = lines.map((line) =>
    columns.map(([, of, where]) => cellOf(of === 'order' ? document : line, where)),
  );
  return stringify([columns.map(([column]) => column), ...rows], { record_delimiter: 'windows' });
}

function cellOf(of: JsonObject, where: string): string {
  let value: JsonValue | undefined = of;
  for (const name of where.split('.')) value = isJsonObject(value) ? value[name] : undefined;
  if (value === undefined || value === null) return '';
  return isJsonArray(value) ? value.map(String).join('\n') : String(value);
}
