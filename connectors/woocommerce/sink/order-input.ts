import type { JsonObject } from '../../../src/domain/json.js';
import type { ChannelOrder } from '../../../src/domain/order.js';
import type { OrderToPlace } from '../../../src/domain/store-order.js';
import type { WooSettings } from '../settings.js';
import type { GivenAmounts, GivenLine } from './given-amounts.js';
import {
  AMOUNTS_META,
  CHANNEL_META,
  EXEMPT_META,
  KEY_META,
  LINE_META,
  metaOf,
  TAX_META,
  UNITS_META,
} from './order-meta.js';

/** A sellable of the shop: ids, because a SKU in a line takes whatever matches first. */
export interface SoldItem {
  readonly product: string;
  /** Null: a simple product. */
  readonly variation: string | null;
}

/** Everything an order's body is made of. */
export interface InputParts {
  readonly toPlace: OrderToPlace;
  readonly amounts: GivenAmounts;
  /** By SKU. */
  readonly items: ReadonlyMap<string, SoldItem>;
  readonly settings: WooSettings;
}

/**
 * Body of the harmless first step: an order that is `pending`, takes no stock and writes to nobody. The channel's id of the order stands in the
 * shipping line's title too, because that is the one place every kind of storage searches. No customer, no coupon; never an `id` of ours
 * (woocommerce/woocommerce#45117). Pure.
 */
export function orderInput({ toPlace, amounts, items, settings }: InputParts): JsonObject {
  const { key, channel, order } = toPlace;
  const mode = settings.taxMode ?? 'untaxed';
  const contact = settings.buyerContact === true ? order.buyer : undefined;
  const address = addressOf(order);
  return {
    status: 'pending',
    currency: amounts.currency,
    customer_id: 0,
    payment_method: `omnifeed_${channel}`.slice(0, 100),
    payment_method_title: channel,
    transaction_id: key,
    billing: {
      ...address,
      ...(contact?.email === undefined ? {} : { email: contact.email }),
      ...(contact?.phone === undefined ? {} : { phone: contact.phone }),
    },
    shipping: address,
    line_items: amounts.lines.map((line) => goodsLine(line, items)),
    shipping_lines: [shippingLine(toPlace, amounts)],
    fee_lines: amounts.fees.map((fee) => ({
      ...fee,
      tax_status: mode === 'untaxed' ? 'none' : 'taxable',
    })),
    meta_data: metaOf({
      [KEY_META]: key,
      [CHANNEL_META]: channel,
      [AMOUNTS_META]: `${mode} ${amounts.taxesIncluded ? 'with-tax' : 'without-tax'}`,
      [EXEMPT_META]: mode === 'untaxed' ? 'yes' : null,
      _channel_order: order.externalId,
      _channel_placed_at: order.placedAt,
      _channel_collected_tax: collectedTax(order),
      _channel_ship_by: order.shipBy,
      _channel_ioss: order.iossNumber,
      _channel_tax_id: order.buyer?.taxId,
      _channel_pickup_location: order.delivery?.location,
    }),
  };
}

function goodsLine({ line, quantity, total, tax }: GivenLine, items: InputParts['items']): JsonObject {
  const item = items.get(line.sku);
  return {
    ...(item === undefined ? { sku: line.sku } : idsOf(item)),
    quantity,
    subtotal: total,
    total,
    meta_data: metaOf({
      [LINE_META]: line.externalId,
      [UNITS_META]: String(quantity),
      [TAX_META]: tax,
      _channel_tax_rate: line.taxRate,
    }),
  };
}

function idsOf({ product, variation }: SoldItem): JsonObject {
  return variation === null ? { product_id: Number(product) } : { variation_id: Number(variation) };
}

function shippingLine({ channel, order }: OrderToPlace, amounts: GivenAmounts): JsonObject {
  const { delivery } = order;
  const pickup = delivery !== undefined && delivery.method !== 'ship';
  const service = delivery?.service ?? (pickup ? 'Pickup' : 'Standard');
  return {
    method_id: 'omnifeed',
    method_title: `${channel} ${order.externalId} ${service}`,
    total: amounts.shipping.total,
    meta_data: metaOf({ [TAX_META]: amounts.shipping.tax }),
  };
}

/** Decimal text would need the currency again: minor units, as the channel states them. */
function collectedTax(order: ChannelOrder): string | null {
  const minor = order.lines.reduce((total, line) => total + (line.channelCollectedTax?.minor ?? 0), 0);
  return minor === 0 ? null : String(minor);
}

/** What whoever packs the parcel must know and WooCommerce has no place for; null: nothing. Pure. */
export function noteOf({ channel, order }: OrderToPlace): string | null {
  const { buyer, delivery, shipBy, marks = [] } = order;
  const lines = [
    ...(shipBy === undefined ? [] : [`Ship by ${shipBy.slice(0, 16).replace('T', ' ')} UTC`]),
    ...(delivery === undefined || delivery.method === 'ship'
      ? []
      : [`To be fetched (${delivery.method})${delivery.location ? ` at ${delivery.location}` : ''}`]),
    ...(order.iossNumber === undefined ? [] : [`IOSS ${order.iossNumber}`]),
    ...(marks.length === 0 ? [] : [`Marks: ${marks.join(', ')}`]),
    ...Object.values(buyer?.giftMessages ?? {}).map((message) => `Gift message: ${message}`),
    ...(buyer?.notes ?? []),
  ];
  return lines.length === 0
    ? null
    : [`Order ${order.externalId} of ${channel}`, ...lines].join('\n').slice(0, 5_000);
}

function addressOf({ buyer, delivery }: ChannelOrder): JsonObject {
  const address = buyer?.address;
  const words = (buyer?.name ?? '').trim().split(/\s+/);
  const name = {
    first_name: words.slice(0, -1).join(' '),
    last_name: words.at(-1) ?? '',
    company: buyer?.company ?? '',
  };
  if (address === undefined || (delivery !== undefined && delivery.method !== 'ship')) return name;
  const [first = '', ...more] = address.lines;
  return {
    ...name,
    address_1: first,
    address_2: more.join(', '),
    city: address.city ?? '',
    state: address.region ?? '',
    postcode: address.postalCode ?? '',
    country: address.country?.toUpperCase() ?? '',
  };
}
