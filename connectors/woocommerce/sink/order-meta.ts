import type { JsonObject } from '../../../src/domain/json.js';

/** Meta of an order that holds our key; compared exactly with every hit of a search. */
export const KEY_META = '_omnifeed_key';
/** Meta of a refund of the channel that we booked: our key of it. Units in it have not been taken out of the order. */
export const REFUND_META = '_omnifeed_refund';
/** Meta of an order that names the channel. */
export const CHANNEL_META = '_omnifeed_channel';
/** Meta of an order that says how its amounts are to be read: `untaxed with-tax`, `shop-rates without-tax`, … */
export const AMOUNTS_META = '_omnifeed_amounts';
/** Meta of a line: the channel's id of it. Parcels and refunds are mapped by it. */
export const LINE_META = '_channel_line';
/** Meta of a line: how many units were placed, so that a later edit shows. */
export const UNITS_META = '_channel_units';
/** Meta of a line and of the shipping: the tax the channel states for it. */
export const TAX_META = '_channel_tax';
/** WooCommerce's own: its calculation clears all tax of such an order (`woocommerce_order_is_vat_exempt`, 11.x, verified 2026-11-23). */
export const EXEMPT_META = 'is_vat_exempt';

/** Entries of `meta_data`; what is undefined or null is left out. */
export function metaOf(entries: Readonly<Record<string, string | null | undefined>>): readonly JsonObject[] {
  return Object.entries(entries).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value }],
  );
}
