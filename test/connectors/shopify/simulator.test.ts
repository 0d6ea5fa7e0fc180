import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { openStage, type Stage } from './support.js';

describe('the simulated Shopify shop', () => {
  let stage: Stage;
  let token: string;
  beforeEach(async () => {
    stage = await openStage();
    const { clientId, clientSecret } = stage.running.settings as { clientId: string; clientSecret: string };
    const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const reply = await fetch(`${stage.running.url}/admin/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams(grant),
    });
    token = ((await reply.json()) as { access_token: string }).access_token;
  });
  afterEach(() => stage.stop());

  async function ask(query: string, variables: JsonObject = {}): Promise<JsonObject> {
    const reply = await fetch(`${stage.running.url}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({ query, variables }),
    });
    const body: unknown = await reply.json();
    return isJsonObject(body) ? body : {};
  }
  const CREATE = `mutation P($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) {
    orderCreate(order: $order, options: $options) { order { id name } userErrors { code field message } } }`;
  const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'USD' } });
  const line = (more: JsonObject = {}): JsonObject => ({
    variantId: stage.shirt.id,
    quantity: 2,
    priceSet: money('10.00'),
    ...more,
  });
  const complaints = (body: JsonObject): unknown =>
    (body as { data: { orderCreate: { userErrors: unknown } } }).data.orderCreate.userErrors;

  it('makes an order each time it is asked, and takes no units and ships nothing unless it is told to', async () => {
    for (let time = 0; time < 2; time++)
      expect(complaints(await ask(CREATE, { order: { lineItems: [line()] } }))).toEqual([]);
    expect(stage.book.orders).toHaveLength(2);
    expect(stage.shirt.levels[0]).toMatchObject({ available: 10, committed: 0 });
    expect(stage.book.orders[0]?.fulfillmentOrders).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    [
      'a field the version does not have',
      { inventoryBehaviour: 'BYPASS' },
      'Field "inventoryBehaviour" is not defined',
    ],
    ['an enumeration’s unknown value', { financialStatus: 'SETTLED' }, 'Value "SETTLED" does not exist'],
    [
      'a tax without a rate',
      { lineItems: [{ quantity: 1, title: 'X', taxLines: [{ title: 'Tax' }] }] },
      'Field "rate" of required type',
    ],
  ])('takes nothing with %s, and gives no data', async (_what, more, told) => {
    const body = await ask(CREATE, { order: { lineItems: [line()], ...more } });
    expect(body.errors).toMatchObject([{ message: expect.stringContaining(told) }]);
    expect(body.data).toBeUndefined();
    expect(stage.book.orders).toEqual([]);
  });

  it.each<[string, JsonObject, string]>([
    ['no lines', { lineItems: [] }, 'lineItems'],
    [
      'a variant it does not have',
      { lineItems: [{ variantId: 'gid://shopify/ProductVariant/1', quantity: 1 }] },
      'variantId',
    ],
    [
      'a shipping price below zero',
      { shippingLines: [{ title: 'S', priceSet: { shopMoney: { amount: '-1', currencyCode: 'USD' } } }] },
      'shippingLines',
    ],
    [
      'taxes on the order and on its lines',
      {
        taxLines: [{ title: 'T', rate: '0.1' }],
        lineItems: [{ title: 'X', quantity: 1, taxLines: [{ title: 'T', rate: '0.1' }] }],
      },
      'taxLines',
    ],
    ['a tag of 41 characters', { tags: ['x'.repeat(41)] }, 'tags'],
    ['another currency', { currency: 'EUR' }, 'currency'],
    [
      'a unique key that was never defined',
      { metafields: [{ namespace: '$app:omnifeed', key: 'channel_order', type: 'id', value: 'a' }] },
      'metafields',
    ],
  ])('refuses an order with %s, naming the field', async (_what, more, field) => {
    const errors = complaints(await ask(CREATE, { order: { lineItems: [line()], ...more } }));
    expect(errors).toContainEqual(expect.objectContaining({ field: expect.arrayContaining([field]) }));
    expect(stage.book.orders).toEqual([]);
  });

  it('wants a key for refunds, answers the same one alike, and refuses it for anything else', async () => {
    const { orderCreate } = (
      (await ask(CREATE, { order: { lineItems: [line({ requiresShipping: true })] } })) as {
        data: { orderCreate: { order: { id: string } } };
      }
    ).data;
    const refund = (key: boolean) =>
      `mutation R($input: RefundInput!${key ? ', $key: String!' : ''}) { refundCreate(input: $input)${key ? ' @idempotent(key: $key)' : ''} { refund { id } userErrors { message } } }`;
    const orderId = orderCreate.order.id;
    const input = (quantity: number): JsonObject => ({
      orderId,
      refundLineItems: [
        { lineItemId: stage.book.orders[0]?.lines[0]?.id ?? '', quantity, restockType: 'NO_RESTOCK' },
      ],
    });
    expect((await ask(refund(false), { input: input(1) })).errors).toMatchObject([
      { message: 'The @idempotent directive is required for this mutation' },
    ]);
    const first = await ask(refund(true), { input: input(1), key: 'k' });
    expect((await ask(refund(true), { input: input(1), key: 'k' })).data).toEqual(first.data);
    expect(stage.book.orders[0]?.refunds).toHaveLength(1);
    const other = await ask(refund(true), { input: input(2), key: 'k' });
    expect(JSON.stringify(other.data)).toContain('other parameters');
    expect(stage.book.orders[0]?.refunds).toHaveLength(1);
  });

  const SET = `mutation S($input: InventorySetQuantitiesInput!, $key: String!) {
    inventorySetQuantities(input: $input) @idempotent(key: $key) { inventoryAdjustmentGroup { id } userErrors { code field message } } }`;
  const row = (more: JsonObject = {}): JsonObject => ({
    inventoryItemId: stage.shirt.itemId,
    locationId: stage.shirt.levels[0]?.location ?? '',
    quantity: 7,
    changeFromQuantity: 10,
    ...more,
  });
  const set = async (key: string, quantities: readonly JsonObject[], more: JsonObject = {}) => {
    const input = { name: 'available', reason: 'correction', quantities, ...more };
    const { data } = await ask(SET, { input, key });
    return (
      data as {
        inventorySetQuantities: { userErrors: readonly { code: string; field: readonly string[] | null }[] };
      }
    ).inventorySetQuantities.userErrors;
  };

  it('sets stock only over the figure that is named, all rows or none', async () => {
    const [, mug] = stage.shop.products;
    const other = row({ inventoryItemId: mug?.variants[0]?.itemId ?? '', changeFromQuantity: 9 });
    expect(await set('a', [row(), other])).toMatchObject([
      {
        code: 'CHANGE_FROM_QUANTITY_STALE',
        field: ['input', 'quantities', '1', 'changeFromQuantity'],
      },
    ]);
    expect(stage.shirt.levels[0]?.available).toBe(10);
    expect(await set('b', [row()])).toEqual([]);
    expect(stage.shirt.levels[0]?.available).toBe(7);
    expect(await set('c', [row({ changeFromQuantity: null, quantity: 5 })])).toEqual([]);
    expect(stage.shirt.levels[0]?.available).toBe(5);
  });

  it.each<[string, JsonObject[], JsonObject, string]>([
    ['of an item there is not', [{ inventoryItemId: 'gid://x' }], {}, 'INVALID_INVENTORY_ITEM'],
    ['at a location there is not', [{ locationId: 'gid://x' }], {}, 'INVALID_LOCATION'],
    ['twice at once', [{}, {}], {}, 'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR'],
    ['of another name', [{}], { name: 'committed' }, 'INVALID_NAME'],
    ['for a reason it does not know', [{}], { reason: 'because' }, 'INVALID_REASON'],
    ['with a reference that is none', [{}], { referenceDocumentUri: 'run 4' }, 'INVALID_REFERENCE_DOCUMENT'],
  ])('sets no stock %s', async (_what, rows, more, code) => {
    expect(
      await set(
        'a',
        rows.map((each) => row(each)),
        more,
      ),
    ).toMatchObject([{ code }]);
    expect(stage.shirt.levels[0]?.available).toBe(10);
  });

  it('sets no stock without the figure before, though the schema would', async () => {
    const { changeFromQuantity: _, ...bare } = row();
    expect(await set('a', [bare])).toMatchObject([{ code: 'COMPARE_QUANTITY_REQUIRED' }]);
    expect(stage.shirt.levels[0]?.available).toBe(10);
  });

  it('answers a repeated write of stock as before, and refuses its key for another or after a failure', async () => {
    expect(await set('a', [row()])).toEqual([]);
    Object.assign(stage.shirt.levels[0] ?? {}, { available: 10 });
    expect(await set('a', [row()])).toEqual([]);
    expect(stage.shirt.levels[0]?.available).toBe(10);
    expect(await set('a', [row({ quantity: 6 })])).toMatchObject([
      { code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' },
    ]);
    expect(await set('b', [row({ changeFromQuantity: 1 })])).toHaveLength(1);
    expect(await set('b', [row({ changeFromQuantity: 1 })])).toMatchObject([
      { code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' },
    ]);
    const bare = SET.replace(' @idempotent(key: $key)', '').replace(', $key: String!', '');
    const input = { name: 'available', reason: 'correction', quantities: [row()] };
    expect((await ask(bare, { input })).errors).toMatchObject([
      { message: 'The @idempotent directive is required for this mutation' },
    ]);
  });

  it('refuses lists without a size, of more than 250, calls that cost too much, and fields the app has no scope for', async () => {
    const errorOf = async (query: string, variables: JsonObject = {}): Promise<unknown> =>
      ((await ask(query, variables)).errors as readonly { message: string }[] | undefined)?.[0]?.message;
    expect(await errorOf('{ orders { nodes { id } } }')).toMatch(/first or last/);
    expect(await errorOf('{ orders(first: 251) { nodes { id } } }')).toMatch(/250/);
    expect(
      await errorOf('query N($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
        ids: Array(251).fill('gid://shopify/Order/1'),
      }),
    ).toMatch(/250/);
    stage.shop.switches.mostCost = 3;
    expect(await errorOf('{ orders(first: 250) { nodes { id } } }')).toMatch(/max cost/);
    stage.shop.switches.mostCost = 1_000;
    stage.shop.scopes.delete('write_orders');
    expect(await errorOf('{ orders(first: 1) { nodes { id } } }')).toMatch(/Access denied.*read_orders/);
  });

  it('hides orders of more than 60 days from an app without read_all_orders', async () => {
    await ask(CREATE, { order: { lineItems: [line()] } });
    stage.shop.advance(61 * 86_400_000);
    const { sink } = stage.open();
    const id = stage.book.orders[0]?.id ?? '';
    expect((await sink?.read([id]))?.[0]?.gone).toBeUndefined();
    stage.shop.scopes.delete('read_all_orders');
    expect((await stage.open().sink?.read([id]))?.[0]?.gone).toBe(true);
  });

  it('refuses a token after a day', async () => {
    stage.shop.advance(86_400_000);
    expect((await ask('{ shop { currencyCode } }')).errors).toMatch(/Invalid API key/);
  });
});
