import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { HeldLine, HeldOrder, HeldRefund, Meta } from './order-book.js';
import type { HeldItem, ShopState } from './shop-state.js';

/** An instant as the API writes it: without its zone. */
export function stamp(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().slice(0, 19);
}

/** Shop-local time: two hours ahead of GMT, so that whoever mistakes one for the other is found out. */
function local(ms: number | null): string | null {
  return stamp(ms === null ? null : ms + 7_200_000);
}

/** A product or variation. */
export function itemView(shop: ShopState, item: HeldItem): JsonObject {
  const variations = shop.items.filter(({ parent }) => parent === item.id).map(({ id }) => id);
  const common = {
    id: item.id,
    parent_id: item.parent,
    name: item.name,
    sku: item.sku,
    type: item.type,
    status: item.status,
    permalink: `${shop.home}/product/${item.id}/`,
    description: item.description,
    regular_price: item.type === 'variable' ? '' : item.price,
    sale_price: item.salePrice,
    date_on_sale_from_gmt: item.saleFrom,
    date_on_sale_to_gmt: item.saleTo,
    manage_stock: item.manageStock,
    stock_quantity: item.quantity,
    stock_status: item.stockStatus,
    backorders: item.backorders,
    tax_class: item.taxClass,
    virtual: item.virtual,
    global_unique_id: item.gtin,
    weight: item.weight,
    dimensions: item.dimensions,
    date_created: local(item.createdMs),
    date_created_gmt: stamp(item.createdMs),
    date_modified: local(item.modifiedMs),
    date_modified_gmt: stamp(item.modifiedMs),
    meta_data: [],
  };
  if (item.type === 'variation')
    return {
      ...common,
      image: item.images[0] === undefined ? null : { id: 1, src: item.images[0] },
      attributes: Object.entries(item.options).map(([name, option]) => ({ id: 0, name, option })),
    };
  return {
    ...common,
    catalog_visibility: item.visibility,
    short_description: '',
    variations,
    images: item.images.map((src, id) => ({ id, src })),
    categories: item.categories.map((name, id) => ({ id, name, slug: name })),
    tags: item.tags.map((name, id) => ({ id, name, slug: name })),
    brands: item.brands.map((name, id) => ({ id, name, slug: name })),
    attributes: item.attributes.map(({ name, options, variation }, id) => ({
      id,
      name,
      options,
      variation: variation === true,
    })),
  };
}

/** An order, with its lines and the sums of its refunds. */
export function orderView(shop: ShopState, order: HeldOrder): JsonObject {
  const money = moneyOf(shop);
  const of = (kind: HeldLine['kind']): readonly HeldLine[] =>
    order.lines.filter((line) => line.kind === kind);
  const tax = (lines: readonly HeldLine[]): number => lines.reduce((sum, line) => sum + taxOf(line), 0);
  const net = (lines: readonly HeldLine[]): number => lines.reduce((sum, line) => sum + line.total, 0);
  return {
    id: order.id,
    parent_id: 0,
    number: String(order.id),
    order_key: `wc_order_${order.id}`,
    created_via: order.createdVia,
    version: shop.switches.version,
    status: order.status,
    currency: order.currency,
    date_created: local(order.createdMs),
    date_created_gmt: stamp(order.createdMs),
    date_modified: local(order.modifiedMs),
    date_modified_gmt: stamp(order.modifiedMs),
    discount_total: money(0),
    discount_tax: money(0),
    shipping_total: money(net(of('shipping'))),
    shipping_tax: money(tax(of('shipping'))),
    cart_tax: money(tax(of('goods')) + tax(of('fee'))),
    total: money(order.total),
    total_tax: money(tax(order.lines)),
    prices_include_tax: shop.pricesIncludeTax === true,
    customer_id: 0,
    customer_note: '',
    billing: order.billing,
    shipping: order.shipping,
    payment_method: '',
    payment_method_title: '',
    transaction_id: order.transactionId,
    date_paid: local(order.paidMs),
    date_paid_gmt: stamp(order.paidMs),
    date_completed: local(order.completedMs),
    date_completed_gmt: stamp(order.completedMs),
    meta_data: metaView(order.meta),
    line_items: of('goods').map((line) => ({
      id: line.id,
      name: line.name,
      product_id: line.item?.parent || (line.item?.id ?? 0),
      variation_id: line.item !== null && line.item.parent > 0 ? line.item.id : 0,
      quantity: line.quantity,
      tax_class: '',
      subtotal: money(line.subtotal),
      subtotal_tax: money(taxOf(line)),
      total: money(line.total),
      total_tax: money(taxOf(line)),
      taxes: taxesView(line, money),
      meta_data: metaView([
        ...line.meta,
        ...(line.reduced > 0 ? [{ key: '_reduced_stock', value: String(line.reduced) }] : []),
      ]),
      sku: line.item?.sku ?? '',
      price: line.quantity === 0 ? 0 : line.total / line.quantity,
    })),
    tax_lines: [],
    shipping_lines: of('shipping').map((line) => ({
      id: line.id,
      method_title: line.name,
      method_id: 'omnifeed',
      total: money(line.total),
      total_tax: money(taxOf(line)),
      taxes: taxesView(line, money),
      meta_data: metaView(line.meta),
    })),
    fee_lines: of('fee').map((line) => ({
      id: line.id,
      name: line.name,
      total: money(line.total),
      total_tax: money(taxOf(line)),
      taxes: taxesView(line, money),
      meta_data: metaView(line.meta),
    })),
    coupon_lines: [],
    refunds: order.refunds.map(({ id, reason, amount }) => ({ id, reason, total: money(-amount) })),
  };
}

/** A refund in full: its lines are below zero and name the line they are of. */
export function refundView(shop: ShopState, refund: HeldRefund): JsonObject {
  const money = moneyOf(shop);
  const kinds = (kind: HeldLine['kind']): JsonValue =>
    refund.lines
      .filter(({ line }) => line.kind === kind)
      .map(({ line, quantity, total, tax }) => ({
        id: line.id + 100_000,
        name: line.name,
        quantity: -quantity,
        total: money(-total),
        total_tax: money(-tax),
        meta_data: [{ id: 1, key: '_refunded_item_id', value: String(line.id) }],
      }));
  return {
    id: refund.id,
    date_created: local(refund.createdMs),
    date_created_gmt: stamp(refund.createdMs),
    amount: money(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: metaView(refund.meta),
    line_items: kinds('goods'),
    shipping_lines: kinds('shipping'),
    fee_lines: kinds('fee'),
  };
}

function metaView(meta: readonly Meta[]): JsonValue {
  return meta.map(({ key, value }, id) => ({ id, key, value: value as JsonValue }));
}

function taxesView(line: HeldLine, money: (value: number) => string): JsonValue {
  return [...line.taxes].map(([id, total]) => ({ id, total: money(total), subtotal: money(total) }));
}

/** All tax of a line. */
export function taxOf(line: HeldLine): number {
  return [...line.taxes.values()].reduce((sum, tax) => sum + tax, 0);
}

function moneyOf(shop: ShopState): (value: number) => string {
  return (value) => {
    const text = value.toFixed(shop.decimals);
    return Number(text) === 0 ? (0).toFixed(shop.decimals) : text;
  };
}
