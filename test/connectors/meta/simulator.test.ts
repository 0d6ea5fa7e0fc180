import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulator as module } from '../../../connectors/meta/simulator/index.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING } from './support.js';

describe('the simulated Graph API is as strict as the real one', () => {
  let simulator: RunningSimulator;
  beforeEach(async () => {
    simulator = await module.start({ port: 0, processingMs: 0 });
  });
  afterEach(() => simulator.stop());

  async function call(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<JsonObject> {
    const { accessToken, appSecret } = simulator.settings as Record<string, string>;
    const proof = createHmac('sha256', appSecret ?? '')
      .update(accessToken ?? '')
      .digest('hex');
    const glue = path.includes('?') ? '&' : '?';
    const url = `${simulator.url}/v26.0/990000000000001${path}${glue}appsecret_proof=${proof}`;
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const all = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json', ...headers };
    return (await (await fetch(url, { ...init, headers: all })).json()) as JsonObject;
  }
  const batch = (data: unknown, method = 'UPDATE'): JsonObject =>
    ({ item_type: 'PRODUCT_ITEM', requests: [{ method, data }] }) as JsonObject;
  async function errorsOf(data: JsonObject): Promise<readonly string[]> {
    const { handles } = await call('/items_batch', batch({ id: 'A', ...data }));
    const handle = (handles as string[])[0];
    const status = await call(`/check_batch_request_status?handle=${handle}`);
    const [record] = status.data as unknown as { errors: { message: string }[] }[];
    return record?.errors.map((error) => error.message) ?? [];
  }

  it.each([
    ['a blank availability spelled with an underscore', { availability: 'in_stock' }, /availability/],
    ['a price without currency', { price: '24.90' }, /price/],
    ['a price of zero', { price: '0.00 EUR' }, /price/],
    ['yen with decimals', { price: '10.50 JPY' }, /price/],
    ['a sale price above the price', { sale_price: '30.00 EUR' }, /sale_price/],
    ['a sale in another currency', { sale_price: '3.00 USD' }, /currency/],
    ['a relative link', { link: '/p/tee' }, /URL Incorrectly Formatted/],
    ['a title over 150 characters', { title: 'x'.repeat(151) }, /title/],
    ['a quantity in words', { quantity_to_sell_on_facebook: '3' }, /quantity/],
    ['shipping without a country', { shipping: [{ shipping_price_value: '1' }] }, /shipping/],
    ['a missing picture', { image_link: '' }, /required field/],
  ])('refuses %s', async (_, data, message) => {
    expect(await errorsOf({ ...LISTING, ...data })).toEqual([expect.stringMatching(message)]);
    expect(simulator.held().size).toBe(0);
  });

  it('warns about fields it does not know and takes the rest', async () => {
    const reply = await call('/items_batch', batch({ id: 'A', ...LISTING, colour: 'blue' }));
    expect(reply.validation_status).toEqual([
      { retailer_id: 'A', errors: [], warnings: [{ message: 'Unrecognised field: colour' }] },
    ]);
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('ingests nothing and gives no handle when no record has an id', async () => {
    expect((await call('/items_batch', batch({ ...LISTING }))).handles).toEqual([]);
  });

  it('refuses other methods, other item types, and more than 5,000 records', async () => {
    const tooMany = Array.from({ length: 5_001 }, (_, n) => ({ method: 'DELETE', data: { id: `${n}` } }));
    expect(await call('/items_batch', batch({ id: 'A' }, 'UPSERT'))).toHaveProperty('error.code', 100);
    expect(await call('/items_batch', { requests: [{}] })).toHaveProperty('error.code', 100);
    expect(await call('/items_batch', { item_type: 'PRODUCT_ITEM', requests: tooMany })).toHaveProperty(
      'error.code',
      100,
    );
  });

  it('takes form fields with JSON values as well, as in the documents', async () => {
    const form = new URLSearchParams({
      item_type: 'PRODUCT_ITEM',
      requests: JSON.stringify([{ method: 'CREATE', data: { id: 'A', ...LISTING } }]),
    });
    const { accessToken, appSecret } = simulator.settings as Record<string, string>;
    form.set('access_token', accessToken ?? '');
    form.set(
      'appsecret_proof',
      createHmac('sha256', appSecret ?? '')
        .update(accessToken ?? '')
        .digest('hex'),
    );
    const reply = await fetch(`${simulator.url}/v26.0/990000000000001/items_batch`, {
      method: 'POST',
      body: form,
    });
    expect(reply.status).toBe(200);
    expect(simulator.held().get('A')).toEqual(LISTING);
  });

  it('tells the ids of invalid records only when asked', async () => {
    const { handles } = await call('/items_batch', batch({ id: 'A' }));
    const path = `/check_batch_request_status?handle=${(handles as string[])[0]}`;
    expect(await call(path)).toHaveProperty('data.0.ids_of_invalid_requests', []);
    expect(await call(`${path}&load_ids_of_invalid_requests=true`)).toHaveProperty(
      'data.0.ids_of_invalid_requests',
      ['A'],
    );
  });

  it('throttles above 200 batch calls an hour with code and usage header', async () => {
    for (let n = 0; n < 200; n++) await call('/items_batch', batch({ id: 'A' }, 'DELETE'));
    expect(await call('/items_batch', batch({ id: 'A' }, 'DELETE'))).toHaveProperty('error.code', 80_014);
  });

  it('no longer knows multi-get by ids and the retired order edges', async () => {
    expect(await call('/products?ids=1,2')).toHaveProperty('error.code', 100);
    expect(await call('/commerce_orders')).toHaveProperty('error.code', 100);
  });
});
