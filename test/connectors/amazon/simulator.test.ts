import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { listing, openStage, type Stage } from './support.js';

let stage: Stage;
let token = '';
beforeEach(async () => {
  stage = await openStage();
  token = await accessToken();
});
afterEach(() => stage.simulator.stop());

const STORE = 'marketplaceIds=ATVPDKIKX0DER';
const ITEMS = '/listings/2021-08-01/items/A1SIMULATED0';

interface Reply {
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: Headers;
}

async function call(method: string, path: string, body?: unknown, access = token): Promise<Reply> {
  const reply = await fetch(`${stage.simulator.url}${path}`, {
    method,
    headers: { 'x-amz-access-token': access, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: reply.status, body: isJsonObject(parsed) ? parsed : {}, headers: reply.headers };
}

async function accessToken(form: JsonObject = {}): Promise<string> {
  const { clientId, clientSecret, refreshToken } = stage.settings;
  const fields = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, ...form };
  const body = new URLSearchParams({ refresh_token: refreshToken, ...fields } as Record<string, string>);
  const reply = await fetch(`${stage.simulator.url}/auth/o2/token`, { method: 'POST', body });
  const answer = (await reply.json()) as Record<string, string>;
  return answer.access_token ?? `${reply.status} ${answer.error}`;
}

const put = (attributes: JsonObject, more: JsonObject = {}): Promise<Reply> =>
  call('PUT', `${ITEMS}/A?${STORE}`, {
    productType: 'LUGGAGE',
    requirements: 'LISTING',
    attributes,
    ...more,
  });
const codes = ({ body }: Reply): unknown => (body.issues as readonly JsonObject[]).map(({ code }) => code);

describe('the simulated Amazon is strict about access', () => {
  it('refuses wrong credentials, grants and forms', async () => {
    expect(await accessToken({ client_secret: 'x' })).toBe('401 invalid_client');
    expect(await accessToken({ refresh_token: 'x' })).toBe('400 invalid_grant');
    expect(await accessToken({ grant_type: 'password' })).toBe('400 unsupported_grant_type');
  });

  it('refuses calls without a token, with a wrong one, on unknown paths and for other stores', async () => {
    const path = `${ITEMS}?${STORE}`;
    expect((await call('GET', path, undefined, '')).status).toBe(403);
    expect((await call('GET', path, undefined, 'Atza|made-up')).status).toBe(403);
    expect((await call('GET', '/orders/v0/orders')).status).toBe(403);
    expect((await call('GET', `${ITEMS}?marketplaceIds=A1PA6795UKMFR9`)).status).toBe(403);
    expect((await call('GET', `${ITEMS}?marketplaceIds=ATVPDKIKX0DER,A2EUQ1WTGCTBG2`)).status).toBe(400);
  });

  it('answers 429 above the usage plan, without Retry-After and without a rate', async () => {
    await stage.command('limits', { plan: 'documented' });
    const replies = await Promise.all(Array.from({ length: 30 }, () => call('GET', `${ITEMS}?${STORE}`)));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers.get('retry-after')).toBeNull();
    expect(refused[0]?.headers.get('x-amzn-ratelimit-limit')).toBeNull();
    expect(replies[0]?.headers.get('x-amzn-ratelimit-limit')).toBe('5');
  });
});

describe('the simulated Amazon is strict about listings', () => {
  it.each<[string, JsonObject, string]>([
    ['a plain value in place of instances', { brand: 'Acme' }, '90000901'],
    ['an attribute it does not know', { colour: [{ value: 'Blue' }] }, '90000900'],
    ['a missing selector', { brand: [{ value: 'Acme', marketplace_id: 'ATVPDKIKX0DER' }] }, '90000902'],
    [
      'marketplace_id in the stock',
      {
        fulfillment_availability: [
          { fulfillment_channel_code: 'DEFAULT', quantity: 1, marketplace_id: 'ATVPDKIKX0DER' },
        ],
      },
      '90000902',
    ],
    [
      'half a unit',
      { fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 1.5 }] },
      '90000902',
    ],
    ['stock without a channel code', { fulfillment_availability: [{ quantity: 1 }] }, '90000902'],
    [
      'a price with three decimals',
      { list_price: [{ value: 9.999, currency: 'USD', marketplace_id: 'ATVPDKIKX0DER' }] },
      '90000902',
    ],
    [
      'a code that fails its check digit',
      {
        externally_assigned_product_identifier: [
          { type: 'ean', value: '4006381333932', marketplace_id: 'ATVPDKIKX0DER' },
        ],
      },
      '8560',
    ],
  ])('answers INVALID to %s and takes nothing over', async (_what, wrong, code) => {
    const reply = await put({ ...(await listing(stage.settings)), ...wrong });
    expect(reply.status).toBe(200);
    expect(reply.body.status).toBe('INVALID');
    expect(codes(reply)).toContain(code);
    expect(stage.simulator.held().size).toBe(0);
  });

  it('answers INVALID to what a listing lacks, by requirement set and product type', async () => {
    const { color: _color, ...colourless } = await listing(stage.settings);
    expect((await put(colourless)).body.status).toBe('ACCEPTED');
    expect(codes(await put(colourless, { productType: 'SHIRT' }))).toEqual(['90220', '90220']);
    expect(codes(await put({}, { requirements: 'LISTING_OFFER_ONLY' }))).toHaveLength(4);
  });

  it('refuses calls it cannot read', async () => {
    const attributes = await listing(stage.settings);
    expect((await put(attributes, { requirements: 'ALL' })).status).toBe(400);
    expect((await put(attributes, { productType: '' })).status).toBe(400);
    expect(
      (await call('PUT', `${ITEMS}/${'x'.repeat(41)}?${STORE}`, { productType: 'LUGGAGE', attributes }))
        .status,
    ).toBe(400);
    expect((await call('GET', `${ITEMS}?${STORE}&pageSize=21`)).status).toBe(400);
    const many = Array.from({ length: 21 }, (_, n) => n).join(',');
    expect((await call('GET', `${ITEMS}?${STORE}&identifiers=${many}&identifiersType=SKU`)).status).toBe(400);
    expect((await call('GET', `${ITEMS}?${STORE}&identifiers=A`)).status).toBe(400);
  });

  it.each<[string, JsonObject, number | string]>([
    ['a nested path', { op: 'replace', path: '/attributes/brand/0/value', value: [{}] }, 'INVALID'],
    [
      'a camel-case path',
      { op: 'merge', path: '/attributes/fulfillmentAvailability', value: [{}] },
      'INVALID',
    ],
    ['a merge where none is documented', { op: 'merge', path: '/attributes/brand', value: [{}] }, 'INVALID'],
    ['an operation it does not know', { op: 'remove', path: '/attributes/brand' }, 400],
    [
      'a price taken out',
      {
        op: 'merge',
        path: '/attributes/purchasable_offer',
        value: [{ currency: 'USD', marketplace_id: 'ATVPDKIKX0DER', our_price: null }],
      },
      'INVALID',
    ],
  ])('refuses a patch with %s', async (_what, patch, expected) => {
    const attributes = await listing(stage.settings);
    await put(attributes);
    const reply = await call('PATCH', `${ITEMS}/A?${STORE}`, { productType: 'LUGGAGE', patches: [patch] });
    expect(typeof expected === 'number' ? reply.status : reply.body.status).toBe(expected);
    expect(stage.simulator.held().get('A')).toEqual(attributes);
  });

  it('answers 404 to a look at what is not there, accepts an offer for it and shows it to nobody', async () => {
    expect((await call('GET', `${ITEMS}/A?${STORE}`)).status).toBe(404);
    expect((await call('DELETE', `${ITEMS}/A?${STORE}`)).body.status).toBe('ACCEPTED');
    const value = [{ fulfillment_channel_code: 'DEFAULT', quantity: 3 }];
    const patch = { op: 'merge', path: '/attributes/fulfillment_availability', value };
    const sent = await call('PATCH', `${ITEMS}/A?${STORE}`, { productType: 'PRODUCT', patches: [patch] });
    expect(sent.body.status).toBe('ACCEPTED');
    expect(stage.simulator.held().size).toBe(0);
    expect((await call('GET', `${ITEMS}/A?${STORE}`)).body).toMatchObject({ summaries: [{ status: [] }] });
  });

  it('shows a submission only after its processing time', async () => {
    const slow = await openStage(60_000);
    await slow.channel.listings?.submit(
      [
        {
          sku: 'A',
          action: 'upsert',
          externalId: null,
          kind: 'LUGGAGE',
          version: 1,
          attributes: await listing(slow.settings),
        },
      ],
      'k',
    );
    expect(slow.simulator.held().size).toBe(0);
    await slow.simulator.stop();
  });
});

describe('the simulated Amazon is strict about orders and parcels', () => {
  it.each([
    '',
    'createdAfter=2026-01-01T00:00:00Z&lastUpdatedAfter=2026-01-01T00:00:00Z',
    'lastUpdatedAfter=01/02/2026',
    'lastUpdatedAfter=2026-01-01T00:00:00Z&createdBefore=2026-01-02T00:00:00Z',
    `lastUpdatedAfter=2026-01-01T00:00:00Z&lastUpdatedBefore=${new Date(Date.now() + 3_600_000).toISOString()}`,
    'lastUpdatedAfter=2026-01-01T00:00:00Z&maxResultsPerPage=101',
    'lastUpdatedAfter=2026-01-01T00:00:00Z&includedData=EVERYTHING',
    'lastUpdatedAfter=2026-01-01T00:00:00Z&paginationToken=made-up',
  ])('refuses the search "%s"', async (query) => {
    expect((await call('GET', `/orders/2026-01-01/orders?${query}`)).status).toBe(400);
  });

  it('refuses a page token under other filters', async () => {
    for (let n = 0; n < 3; n++)
      stage.simulator.placeOrder?.({ lines: [{ sku: 'A', quantity: 1, unitPrice: '1' }] });
    const query = 'lastUpdatedAfter=2026-01-01T00:00:00Z&maxResultsPerPage=2';
    const { body } = await call('GET', `/orders/2026-01-01/orders?${query}`);
    const next = (body.pagination as JsonObject).nextToken;
    expect((await call('GET', `/orders/2026-01-01/orders?${query}&paginationToken=${next}`)).status).toBe(
      200,
    );
    expect(
      (await call('GET', `/orders/2026-01-01/orders?${query}&includedData=BUYER&paginationToken=${next}`))
        .status,
    ).toBe(400);
  });

  it.each<[string, JsonObject]>([
    ['a ship date in another form', { shipDate: '02/21/2022' }],
    ['a ship date without a zone', { shipDate: '2026-11-24T10:00:00' }],
    ['a ship date in the future', { shipDate: '2099-01-01T00:00:00Z' }],
    ['a reference that is a number', { packageReferenceId: 1 }],
    ['a reference that is a word', { packageReferenceId: 'one' }],
    ['no tracking number', { trackingNumber: '' }],
    ['a carrier it does not know', { carrierCode: 'Pigeon' }],
    ['another carrier without its name', { carrierCode: 'Other' }],
    ['no items', { orderItems: [] }],
    ['an item of another order', { orderItems: [{ orderItemId: '1', quantity: 1 }] }],
    ['more units than ordered', { quantity: 2 }],
  ])('refuses a parcel with %s', async (_what, wrong) => {
    const order = await placed();
    const { quantity = 1, ...detail } = wrong;
    const reply = await ship(order, { orderItems: [{ orderItemId: order.item, quantity }], ...detail });
    expect(reply.status).toBe(400);
    expect(stage.simulator.shipments?.()).toEqual([]);
  });

  it('refuses parcels of pending, cancelled and channel-fulfilled orders, and counts over parcels', async () => {
    const pendingOrder = await placed({ status: 'pending' });
    const channelOrder = await placed({ fulfilledBy: 'channel' });
    const cancelled = await placed();
    stage.simulator.cancelOrder?.(cancelled.id);
    for (const order of [pendingOrder, channelOrder, cancelled]) expect((await ship(order)).status).toBe(400);
    const open = await placed();
    expect((await ship(open)).status).toBe(204);
    expect((await ship(open, { packageReferenceId: '2' })).status).toBe(400);
    expect((await ship(open)).status).toBe(204);
    expect(() => stage.simulator.cancelOrder?.(open.id)).toThrow('no longer');
  });
});

interface Placed {
  readonly id: string;
  readonly item: string;
}

async function placed(more: JsonObject = {}): Promise<Placed> {
  const lines = [{ sku: 'A', quantity: 1, unitPrice: '3.00' }];
  const { orderId } = await stage.command('order', { lines, ...more });
  const { body } = await call('GET', `/orders/2026-01-01/orders/${String(orderId)}`);
  const [item] = (body.order as JsonObject).orderItems as readonly JsonObject[];
  return { id: String(orderId), item: String(item?.orderItemId) };
}

function ship(order: Placed, detail: JsonObject = {}): Promise<Reply> {
  return call('POST', `/orders/v0/orders/${order.id}/shipmentConfirmation`, {
    marketplaceId: 'ATVPDKIKX0DER',
    packageDetail: {
      packageReferenceId: '1',
      carrierCode: 'UPS',
      trackingNumber: '1Z',
      shipDate: new Date().toISOString(),
      orderItems: [{ orderItemId: order.item, quantity: 1 }],
      ...detail,
    },
  });
}
