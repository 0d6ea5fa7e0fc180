import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelOrder } from '../../connectors/amazon/order-decode.js';
import { shopifyNews } from '../../connectors/shopify/hook-news.js';
import { orderAmounts } from '../../connectors/shopify/order-amounts.js';
import { hookCall } from '../../connectors/shopify/simulator/hook-calls.js';
import { ACCOUNT } from '../../connectors/shopify/simulator/shop-account.js';
import { givenOrder } from '../../connectors/vendure/sink/given-lines.js';
import { wooNews } from '../../connectors/woocommerce/hook-news.js';
import { hookCall as wooCall } from '../../connectors/woocommerce/simulator/hook-routes.js';
import { givenAmounts } from '../../connectors/woocommerce/sink/given-amounts.js';
import { storeOrder } from '../../connectors/woocommerce/sink/order-decode.js';
import { sourceProduct } from '../../connectors/woocommerce/source/product-decode.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import { minorPerMajor } from '../../src/domain/money.js';
import type { OrderLine } from '../../src/domain/order.js';
import { priceReading } from '../../src/domain/price-reading.js';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');
const present = existsSync(DATA);
if (!present) process.stdout.write(`skipped: payloads published by the platforms, no ${DATA}\n`);

/** Files of a folder with their content. */
function payloads(folder: string): readonly (readonly [file: string, content: JsonValue])[] {
  if (!present) return [];
  return readdirSync(path.join(DATA, folder))
    .filter((name) => name.endsWith('.json'))
    .map(
      (name) => [name, JSON.parse(readFileSync(path.join(DATA, folder, name), 'utf8')) as JsonValue] as const,
    );
}

/** Every object in a payload that has all of these members, at any depth. */
function objectsWith(value: JsonValue | undefined, members: readonly string[]): readonly JsonObject[] {
  if (isJsonArray(value)) return value.flatMap((each) => objectsWith(each, members));
  if (!isJsonObject(value)) return [];
  if (members.every((name) => value[name] !== undefined)) return [value];
  return Object.values(value).flatMap((each) => objectsWith(each, members));
}

const minorOf = (amount: JsonValue | undefined, currency: string): number =>
  Math.round(Math.abs(Number(amount)) * minorPerMajor(currency));

describe.runIf(present)('payloads WooCommerce publishes', () => {
  const files = payloads('orders/woocommerce');
  const orders = files.flatMap(([file, content]) =>
    objectsWith(content, ['line_items', 'order_key']).map(
      (order) => [`${file} ${String(order.id)}`, order] as const,
    ),
  );
  const refunds = files.flatMap(([, content]) => objectsWith(content, ['refunded_payment']));

  it('are there: ten orders, five refunds', () => {
    expect([orders.length, refunds.length]).toEqual([10, 5]);
  });

  it.each(orders)('lose nothing of the order %s', (_name, order) => {
    const currency = String(order.currency);
    const named = objectsWith(order.refunds, ['total']);
    const full = refunds.filter(({ id }) => named.some((each) => each.id === id));
    const read = storeOrder(
      { order, refunds: full, fulfillments: null, trackers: null },
      {
        address: 'https://shop.example',
        consumerKey: 'ck_1',
        consumerSecret: 'cs_1',
      },
    );
    expect(read).toMatchObject({
      storeId: String(order.id),
      name: `#${String(order.number)}`,
      draft: order.status === 'pending',
      cancelled: false,
      totals: {
        total: { minor: minorOf(order.total, currency), currency },
        outstanding: { minor: order.status === 'pending' ? minorOf(order.total, currency) : 0, currency },
      },
    });
    expect(read.needsPerson).toBeUndefined();
    const units = objectsWith(order.line_items, ['quantity']).reduce(
      (sum, line) => sum + Number(line.quantity),
      0,
    );
    const shipped = read.shipments
      .flatMap(({ lines }) => lines)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    expect(shipped).toBe(order.status === 'completed' ? units : 0);
    const given = (read.refunds ?? []).map(({ amount }) => amount.minor).sort();
    expect(given).toEqual(full.map(({ amount }) => minorOf(amount, currency)).sort());
  });

  it.each(orders)('name the order they are about when the shop calls with them: %s', (_name, order) => {
    const secret = 'signs-the-calls-of-the-shop';
    const news = wooNews({ hookSecret: secret } as Parameters<typeof wooNews>[0]);
    const { body, headers } = wooCall('order.updated', order, secret);
    expect(news.newsIn({ headers, body: Buffer.from(body) })).toEqual({
      storeIds: [String(order.id)],
      catalog: false,
    });
  });

  const products = payloads('catalogs/woocommerce-api').flatMap(([file, content]) =>
    objectsWith(content, ['catalog_visibility', 'permalink']).map(
      (item) => [`${file} ${String(item.id)}`, item] as const,
    ),
  );
  const variations = payloads('catalogs/woocommerce-api')
    .filter(([file]) => file.includes('list-all-product-variations'))
    .flatMap(([, content]) => objectsWith(content, ['regular_price']));

  it.each(products)('keep price, pictures, categories and stock rules of the product %s', (_name, item) => {
    const facts = { currency: 'USD', pricesIncludeTax: null, weightUnit: 'lbs', dimensionUnit: 'in' };
    const { product, variants } = sourceProduct(item, variations, facts);
    expect(product).toMatchObject({
      id: String(item.id),
      title: item.name,
      link: item.permalink,
      status: 'active',
    });
    expect(product.images).toHaveLength(objectsWith(item.images, ['src']).length);
    expect(product.categories).toHaveLength(objectsWith(item.categories, ['name']).length);
    const rows = item.type === 'variable' ? variations : [item];
    expect(variants.map(({ offer }) => offer.price?.minor)).toEqual(
      rows.map(({ regular_price: price }) => (price === '' ? undefined : minorOf(price, 'USD'))),
    );
  });
});

describe.runIf(present)('payloads Shopify publishes', () => {
  const news = shopifyNews({ shop: ACCOUNT.shop, clientSecret: ACCOUNT.clientSecret });
  const cases: readonly (readonly [file: string, topic: string])[] = [
    ['order.json', 'orders/updated'],
    ['orders.json', 'orders/updated'],
    ['refund.json', 'refunds/create'],
    ['fulfillment.json', 'fulfillments/update'],
  ];

  it.each(cases)('name the order they are about when the shop calls with them: %s', (file, topic) => {
    const content = payloads('orders/shopify').find(([name]) => name === file)?.[1];
    const wrapped = isJsonObject(content) ? Object.values(content)[0] : undefined;
    const body = isJsonArray(wrapped) ? wrapped[0] : wrapped;
    if (!isJsonObject(body)) throw new Error(`${file} holds nothing`);
    const call = hookCall(topic, body);
    expect(news.newsIn({ headers: call.headers, body: Buffer.from(call.body) })).toEqual({
      storeIds: ['gid://shopify/Order/450789469'],
      catalog: false,
    });
  });
});

describe.runIf(present)('orders in the static cases and examples of Amazon', () => {
  const cases = present
    ? readFileSync(path.join(DATA, 'orders/amazon/sandbox-static-cases.jsonl'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as JsonObject)
    : [];
  const model = payloads('orders/amazon').find(([name]) => name === 'orders_2026-01-01.json')?.[1];
  const found = [
    ...cases.filter((each) => each.model === 'orders_2026-01-01').map(({ response }) => response),
    ...objectsWith(model, ['examples']).map(({ examples }) => examples),
  ].flatMap((each) => objectsWith(each, ['orderId', 'orderItems', 'createdTime']));
  const orders = [...new Map(found.map((order) => [JSON.stringify(order), order])).values()].map(
    (order, place) => [`${String(order.orderId)} (${place})`, order] as const,
  );

  it('are there', () => {
    expect(orders.length).toBeGreaterThanOrEqual(6);
  });

  /** Kept for nobody: forms of what is kept, and what only an invoice of the seller's own would need. */
  const LEFT_OUT =
    /^tax\.taxInvoicing|^tax\.taxRegistrations\.\d+\.(entityType|taxRegistrationType|legalName|taxRegistrationAddress|taxRegistrationAttributes)|^recipient\.deliveryAddress\.(addressType|extendedFields)|^payment|^buyer\.buyerPurchaseOrderNumber|^recipient\.deliveryPreference\.(deliveryTime|deliveryCapabilities)|giftWrapLevel$/;

  it.each(orders)(
    'lose nothing of the order %s: what is about people stands in the buyer, all else in the lines or verbatim',
    (_id, order) => {
      const read = channelOrder(order);
      if (read === null) throw new Error('no order');
      const kept = JSON.stringify(read);
      const lost = leaves({ ...order, tax: { taxRegistrations: buyersOwn(order) } }).filter(
        ([, value]) => value !== '' && !kept.includes(JSON.stringify(value).replace(/^"|"$/g, '')),
      );
      expect(lost.map(([where]) => where).filter((where) => !LEFT_OUT.test(where))).toEqual([]);
      // Where parcels leave from is the seller's own address.
      const { packages: _ours, ...raw } = read.raw;
      const people = leaves({ buyer: order.buyer, recipient: order.recipient })
        .map(([, value]) => value)
        .filter((value) => typeof value === 'string' && value.length > 8);
      expect(people.filter((value) => JSON.stringify(raw).includes(String(value)))).toEqual([]);
    },
  );

  it.each(orders)('come to the total Amazon states for %s', (_id, order) => {
    const read = channelOrder(order);
    if (read === null) throw new Error('no order');
    const items = objectsWith(order.orderItems, ['orderItemId']);
    expect(read.lines.map(({ externalId, sku, quantity }) => [externalId, sku, quantity])).toEqual(
      items.map((item) => [item.orderItemId, (item.product as JsonObject).sellerSku, item.quantityOrdered]),
    );
    const sum = (of: (line: OrderLine) => number | undefined): number =>
      read.lines.reduce((total, line) => total + (of(line) ?? 0), 0);
    // Not for the goods, and told of the order only.
    const tips = objectsWith(order.proceeds, ['status', 'subtotal'])
      .map(({ subtotal }) =>
        minorOf((subtotal as JsonObject).amount, String((subtotal as JsonObject).currencyCode)),
      )
      .reduce((total, tip) => total + tip, 0);
    const plain =
      sum((line) => (line.unitPrice?.minor ?? 0) * line.quantity) + (read.shippingPrice?.minor ?? 0);
    const tax = sum((line) => (line.tax?.minor ?? 0) + (line.shippingTax?.minor ?? 0));
    const { taxesIncluded } = priceReading(read, { plain: plain + tips, tax });
    expect(plain + tips + (taxesIncluded ? 0 : tax)).toBe(read.total?.minor);
  });

  /** Tips are nowhere in the lines: such an order differs in the shop, and a person is told. */
  const withoutTips = orders.filter(
    ([, order]) => objectsWith(order.proceeds, ['status', 'subtotal']).length === 0,
  );

  it.each(withoutTips)('are given to every kind of shop with the total Amazon states: %s', (_id, order) => {
    const read = channelOrder(order);
    if (read?.total === undefined) throw new Error('no order');
    const { minor, currency } = read.total;
    const woo = givenAmounts(read, 'untaxed');
    if ('missing' in woo) throw new Error(woo.missing);
    const parts = [...woo.lines, woo.shipping, ...woo.fees].map(({ total }) =>
      Math.round(Number(total) * minorPerMajor(currency)),
    );
    expect(parts.reduce((total, part) => total + part, 0)).toBe(minor);
    const vendure = givenOrder(read);
    const goods = vendure.lines.reduce(
      (total, { quantity, unitPrice }) => total + quantity * (unitPrice ?? 0),
      0,
    );
    expect(goods + vendure.shipping).toBe(minor);
    const shopify = orderAmounts(read);
    if ('missing' in shopify) throw new Error(shopify.missing);
    const net =
      shopify.units.reduce((total, { quantity, unit }) => total + quantity * unit, 0) +
      shopify.shipping.minor;
    const taxes = [...shopify.units.flatMap((each) => each.taxes), ...shopify.shipping.taxes];
    const tax = shopify.taxesIncluded ? 0 : taxes.reduce((total, each) => total + each.minor, 0);
    expect(net + tax).toBe(minor);
  });

  it('are told apart in goods, shipping and the tax on each, with shipping that costs nothing in the end', () => {
    const usd = (amount: string) => ({ amount, currencyCode: 'USD' });
    const detailed = (type: string, whole: string, shipping: string) => ({
      type,
      subtotal: usd(whole),
      detailedBreakdowns: [{ subtype: 'SHIPPING', value: usd(shipping) }],
    });
    const [, sample] = orders[0] ?? [];
    const read = channelOrder({
      ...sample,
      proceeds: { grandTotal: usd('1.08'), breakdowns: [{ type: 'SHIPPING', subtotal: usd('4.99') }] },
      orderItems: [
        {
          orderItemId: '1',
          quantityOrdered: 1,
          product: { sellerSku: 'A', price: { unitPrice: usd('1.00') } },
          proceeds: {
            breakdowns: [
              { type: 'ITEM', subtotal: usd('1.00') },
              { type: 'SHIPPING', subtotal: usd('4.99') },
              detailed('DISCOUNT', '-4.99', '-4.99'),
              detailed('TAX', '0.08', '0.00'),
            ],
          },
        },
      ],
    });
    expect(read).toMatchObject({
      shippingPrice: { minor: 0 },
      lines: [
        { discount: { minor: 0 }, shipping: { minor: 0 }, tax: { minor: 8 }, shippingTax: { minor: 0 } },
      ],
    });
    expect(read === null ? null : givenAmounts(read, 'untaxed')).toMatchObject({
      lines: [{ total: '1.08' }],
    });
  });

  it('tell the number parcels into the EU must bear, gift messages, the buyer’s tax number and how fast it must be', () => {
    const read = orders.map(([, order]) => channelOrder(order));
    expect(read.map((each) => each?.iossNumber).filter((each) => each !== undefined)).toContain(
      'IM1234567890',
    );
    expect(
      read.some(
        (each) => Object.keys(each?.buyer?.giftMessages ?? {}).length > 0 && each?.marks?.includes('gift'),
      ),
    ).toBe(true);
    expect(read.map((each) => each?.buyer?.taxId)).toContain('TR1234567890');
    expect(read.flatMap((each) => each?.marks ?? [])).toContain('prime');
    expect(read.every((each) => each?.delivery?.service !== undefined)).toBe(true);
  });
});

/** Tax numbers of the seller and of Amazon stand in the same list. */
function buyersOwn(order: JsonObject): readonly JsonObject[] {
  return objectsWith(order.tax, ['entityType']).filter(({ entityType }) => entityType === 'BUYER');
}

/** Every single value of a payload with the place it stands at. */
function leaves(
  value: JsonValue | undefined,
  where = '',
): readonly (readonly [where: string, value: JsonValue])[] {
  if (value === undefined || value === null) return [];
  const inner = isJsonArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : null;
  if (inner === null) return [[where, value]];
  return [...inner].flatMap(([name, each]) =>
    leaves(each, where === '' ? String(name) : `${where}.${String(name)}`),
  );
}
