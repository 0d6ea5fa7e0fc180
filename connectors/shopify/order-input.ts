import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import { decimalText } from '../../src/domain/money.js';
import type { ChannelOrder } from '../../src/domain/order.js';
import type { OrderToPlace } from '../../src/domain/store-order.js';
import type { OrderAmounts, PricedUnits, TaxPart } from './order-amounts.js';
import { ORDER_KEY } from './order-documents.js';
import type { ShopifySettings } from './settings.js';

/** Property of a line that holds the channel's id of it; the underscore hides it from buyers. Parcels and refunds are mapped by it. */
export const LINE_PROPERTY = '_channel_line';
/** Property of a line that is not goods: gift wrap. */
export const EXTRA_PROPERTY = '_channel_extra';
/** Custom attribute of an order that names the channel. */
export const CHANNEL_ATTRIBUTE = 'channel';
/** Custom attribute of an order that holds the channel's id of it. */
export const ORDER_ATTRIBUTE = 'channel_order';
/** Tag of every order we place. */
export const ORDER_TAG = 'omnifeed';

/** A sellable of the shop. */
export interface SoldVariant {
  readonly id: string;
  readonly title: string;
}

/** Everything an order's input is made of. */
export interface InputParts {
  readonly toPlace: OrderToPlace;
  readonly amounts: OrderAmounts;
  /** By SKU. */
  readonly variants: ReadonlyMap<string, SoldVariant>;
  readonly settings: Pick<ShopifySettings, 'stockOwner' | 'buyerContact'>;
}

/** A tag holds 40 characters. */
const TAG_CHARACTERS = 40;
const NOTE_CHARACTERS = 5_000;

/**
 * `order` and `options` of `orderCreate`. Both `inventoryBehaviour` and `requiresShipping` are always there: left out they mean BYPASS and
 * false, an order that takes no stock and never asks to be shipped. No customer, no mail, no discount of the shop. `sourceName` and `name` stay
 * out: the first must be a registered handle, the second is not unique. Pure.
 */
export function orderInput(parts: InputParts): { readonly order: JsonObject; readonly options: JsonObject } {
  const { toPlace, amounts, settings } = parts;
  const { key, channel, order } = toPlace;
  const takesStock = order.fulfilledBy === 'merchant' && (settings.stockOwner ?? 'shop') === 'shop';
  return {
    options: {
      inventoryBehaviour: takesStock ? 'DECREMENT_IGNORING_POLICY' : 'BYPASS',
      sendReceipt: false,
      sendFulfillmentReceipt: false,
    },
    order: {
      currency: amounts.currency,
      processedAt: order.placedAt,
      taxesIncluded: amounts.taxesIncluded,
      sourceIdentifier: key,
      poNumber: order.externalId,
      tags: tagsOf(toPlace),
      note: noteOf(toPlace),
      customAttributes: attributesOf(toPlace),
      metafields: [{ ...ORDER_KEY, type: 'id', value: key }],
      financialStatus: 'PAID',
      lineItems: [
        ...amounts.units.map((units) => goodsLine(units, parts)),
        ...amounts.giftWrap.map(({ line, minor }) => ({
          title: 'Gift wrap',
          quantity: 1,
          priceSet: bag(minor, amounts),
          requiresShipping: false,
          taxable: false,
          properties: [{ name: EXTRA_PROPERTY, value: line.externalId }],
        })),
      ],
      shippingLines: shippingLines(toPlace, amounts),
      ...(amounts.orderTax.length > 0 ? { taxLines: taxLines(amounts.orderTax, amounts, channel) } : {}),
      ...(amounts.discount > 0
        ? {
            discountCode: {
              itemFixedDiscountCode: {
                code: channel.toUpperCase(),
                amountSet: bag(amounts.discount, amounts),
              },
            },
          }
        : {}),
      ...addressOf(order),
      ...(settings.buyerContact === true ? contactOf(order) : {}),
      transactions:
        amounts.total > 0
          ? [
              {
                kind: 'SALE',
                status: 'SUCCESS',
                gateway: channel,
                processedAt: order.placedAt,
                amountSet: bag(amounts.total, amounts),
              },
            ]
          : [],
    },
  };
}

function goodsLine(units: PricedUnits, { toPlace, amounts, variants }: InputParts): JsonObject {
  const { line } = units;
  const variant = variants.get(line.sku);
  return {
    ...(variant === undefined ? {} : { variantId: variant.id }),
    sku: line.sku,
    title: variant?.title ?? line.title ?? line.sku,
    quantity: units.quantity,
    priceSet: bag(units.unit, amounts),
    requiresShipping: toPlace.order.fulfilledBy === 'merchant',
    taxable: units.taxes.length > 0 || amounts.orderTax.length > 0,
    properties: [{ name: LINE_PROPERTY, value: line.externalId }],
    taxLines: taxLines(units.taxes, amounts, toPlace.channel),
  };
}

function shippingLines({ order, channel }: OrderToPlace, amounts: OrderAmounts): JsonValue {
  const { delivery } = order;
  const stated = order.shippingPrice !== undefined || amounts.shipping.minor > 0;
  if (!stated && delivery === undefined) return [];
  const pickup = delivery !== undefined && delivery.method !== 'ship';
  return [
    {
      title: delivery?.service ?? (pickup ? 'Pickup' : 'Standard'),
      code: `${channel}-${(delivery?.service ?? delivery?.method ?? 'standard').toLowerCase()}`.slice(0, 100),
      source: channel,
      priceSet: bag(amounts.shipping.minor, amounts),
      taxLines: taxLines(amounts.shipping.taxes, amounts, channel),
    },
  ];
}

function taxLines(taxes: readonly TaxPart[], amounts: OrderAmounts, channel: string): JsonValue {
  return taxes.map(({ minor, liable, rate }) => ({
    title: liable ? `Tax collected by ${channel}` : 'Tax',
    rate,
    channelLiable: liable,
    priceSet: bag(minor, amounts),
  }));
}

function bag(minor: number, { currency }: OrderAmounts): JsonObject {
  return { shopMoney: { amount: decimalText({ minor, currency }), currencyCode: currency } };
}

function tagsOf({ channel, order }: OrderToPlace): readonly string[] {
  const tags = [ORDER_TAG, channel, ...(order.marks ?? [])];
  return [...new Set(tags)].filter((tag) => tag.length <= TAG_CHARACTERS && !tag.includes(','));
}

function noteOf({ channel, order }: OrderToPlace): string {
  const { buyer, delivery, shipBy } = order;
  const region = buyer?.address?.region;
  return [
    `Order ${order.externalId} of ${channel}`,
    ...(shipBy === undefined ? [] : [`Ship by ${shipBy.slice(0, 16).replace('T', ' ')} UTC`]),
    ...(delivery === undefined || delivery.method === 'ship'
      ? []
      : [`To be fetched (${delivery.method})${delivery.location ? ` at ${delivery.location}` : ''}`]),
    ...(order.iossNumber === undefined ? [] : [`IOSS ${order.iossNumber}`]),
    ...(region !== undefined && !isProvince(region) ? [`Region: ${region}`] : []),
    ...Object.values(buyer?.giftMessages ?? {}).map((message) => `Gift message: ${message}`),
    ...(buyer?.notes ?? []),
  ]
    .join('\n')
    .slice(0, NOTE_CHARACTERS);
}

function attributesOf({ channel, order }: OrderToPlace): JsonValue {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    [CHANNEL_ATTRIBUTE, channel],
    [ORDER_ATTRIBUTE, order.externalId],
    ['ship_by', order.shipBy],
    ['ioss_number', order.iossNumber],
    ['tax_id', order.buyer?.taxId],
    ['pickup_location', order.delivery?.location],
  ];
  return pairs.flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}

/** Shopify takes codes of provinces; a region written out goes into the note. */
const isProvince = (region: string): boolean => /^[A-Z0-9]{1,3}$/.test(region);

function addressOf({ buyer, delivery }: ChannelOrder): JsonObject {
  const address = buyer?.address;
  if (address === undefined || (delivery !== undefined && delivery.method !== 'ship')) return {};
  const [address1, ...more] = address.lines;
  const country = address.country?.toUpperCase();
  return {
    shippingAddress: {
      ...nameParts(buyer?.name),
      ...(buyer?.company === undefined ? {} : { company: buyer.company }),
      ...(address1 === undefined ? {} : { address1 }),
      ...(more.length === 0 ? {} : { address2: more.join(', ') }),
      ...(address.city === undefined ? {} : { city: address.city }),
      ...(address.region !== undefined && isProvince(address.region) ? { provinceCode: address.region } : {}),
      ...(address.postalCode === undefined ? {} : { zip: address.postalCode }),
      ...(country !== undefined && /^[A-Z]{2}$/.test(country) ? { countryCode: country } : {}),
    },
  };
}

function nameParts(name: string | undefined): JsonObject {
  const words = (name ?? '')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const last = words.at(-1);
  if (last === undefined) return {};
  return words.length === 1
    ? { lastName: last }
    : { firstName: words.slice(0, -1).join(' '), lastName: last };
}

function contactOf({ buyer }: ChannelOrder): JsonObject {
  return {
    ...(buyer?.email === undefined ? {} : { email: buyer.email }),
    ...(buyer?.phone === undefined ? {} : { phone: buyer.phone }),
  };
}
