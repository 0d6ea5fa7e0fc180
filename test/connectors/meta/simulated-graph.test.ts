import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { LISTING } from './support.js';

const HOUR_MS = 3_600_000;

describe('the simulated Graph', () => {
  let nowMs: number;
  let simulator: RunningGraph;
  let graph: ReturnType<typeof graphCaller>;
  beforeEach(async () => {
    nowMs = Date.now();
    simulator = await startGraph({ port: 0, processingMs: 60_000 }, () => nowMs);
    graph = graphCaller(simulator);
  });
  afterEach(() => simulator.stop());

  const batch = (requests: readonly unknown[], edge = '/items_batch'): Promise<JsonObject> =>
    graph.post(edge, { item_type: 'PRODUCT_ITEM', requests });
  const create = (id: string): unknown => ({ method: 'CREATE', data: { id, ...LISTING } });
  const usage = async (path: string): Promise<JsonObject> => {
    const header = (await graph.raw(path)).headers.get('x-business-use-case-usage') ?? '{}';
    const [budget] = (JSON.parse(header) as Record<string, JsonObject[]>)['990000000000001'] ?? [];
    return budget ?? {};
  };

  it.each([
    ['v24.0', 2_635],
    ['v27.0', 2_500],
    ['catalog', 2_635],
  ])('answers version %s with code %d', async (version, code) => {
    const reply = await fetch(`${simulator.url}/${version}/990000000000001`);
    expect(await reply.json()).toHaveProperty('error.code', code);
  });

  it('takes no call without token or proof, and says so each in its own way', async () => {
    const url = `${simulator.url}/v26.0/990000000000001`;
    expect(await (await fetch(url)).json()).toHaveProperty('error.code', 104);
    const headers = { authorization: 'Bearer EAAsimulatedSystemUserToken' };
    expect(await (await fetch(url, { headers })).json()).toMatchObject({
      error: { code: 100, type: 'GraphMethodException' },
    });
    expect(await (await fetch(url, { headers: { authorization: 'Bearer other' } })).json()).toMatchObject({
      error: { code: 190, error_subcode: 463 },
    });
  });

  it('refuses a token without the permission, or with it for other catalogs only', async () => {
    await graph.command('token', { scopes: ['business_management'] });
    expect(await graph.get('')).toHaveProperty('error.code', 100);
    expect(await graph.get('/products')).toHaveProperty('error.code', 200);
    await graph.command('token', { scopes: ['catalog_management'], targets: ['1'] });
    expect(await graph.get('/products')).toHaveProperty('error.code', 200);
  });

  it.each(['/products?ids=1,2', '/products?date_format=U'])(
    'refuses %s, which no version knows any more',
    async (path) => {
      expect(await graph.get(path)).toHaveProperty('error.code', 100);
    },
  );

  it.each(['/commerce_orders', '/commerce_returns', '/orders'])('has no order edge %s', async (path) => {
    expect(await graph.get(path)).toMatchObject({ error: { code: 100, error_subcode: 33 } });
    expect(await graph.post(path, {})).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });

  it('counts batch calls and all others apart, and tells both with every answer', async () => {
    expect(await usage('/products')).toMatchObject({ type: 'catalog_management', call_count: 1 });
    for (let n = 0; n < 20; n++) await batch([create('A')]);
    expect(simulator.state.buckets.percent('catalog_batch')).toBe(10);
    expect(await usage('/product_feeds')).toMatchObject({ type: 'catalog_management', call_count: 1 });
    expect((await graph.raw('/products')).headers.get('x-app-usage')).toContain('call_count');
  });

  it('throttles reading with a code of its own and frees the hour as it passes', async () => {
    for (let n = 0; n < 20_000; n++) simulator.state.buckets.count('catalog_management');
    const reply = await graph.raw('/products');
    expect(await reply.json()).toHaveProperty('error.code', 80_009);
    expect(reply.headers.get('x-business-use-case-usage')).toContain('"estimated_time_to_regain_access":60');
    expect((await batch([create('A')])).handles).toHaveLength(1);
    nowMs += HOUR_MS;
    expect(await graph.get('/products')).toHaveProperty('data');
  });

  it('works through a batch after a while, in an order of its own', async () => {
    const { handles } = await batch([
      { method: 'UPDATE', data: { id: 'A', ...LISTING, title: 'First' } },
      { method: 'UPDATE', data: { id: 'A', ...LISTING, title: 'Second' } },
    ]);
    const path = `/check_batch_request_status?handle=${String((handles as string[])[0])}`;
    expect(await graph.get(path)).toHaveProperty('data.0.status', 'started');
    nowMs += 40_000;
    expect(await graph.get(path)).toHaveProperty('data.0.status', 'in_progress');
    nowMs += 20_000;
    expect(await graph.get(path)).toHaveProperty('data.0.status', 'finished');
    expect(simulator.held().get('A')?.title).toBe('First');
    expect(simulator.state.overlaps).toBe(1);
  });

  it('refuses a batch above 28 MB with the sentence about the amount of data', async () => {
    const wide = { id: 'A', ...LISTING, rich_text_description: 'x'.repeat(29 * 1_024 * 1_024) };
    expect(await batch([{ method: 'UPDATE', data: wide }])).toMatchObject({
      error: { code: 1, message: expect.stringContaining('reduce the amount of data') },
    });
  });

  it('takes overrides only for places of the right form and items that are there', async () => {
    const record = (type: string, value: string, data: JsonObject): unknown => ({
      method: 'UPDATE',
      data: { id: 'A', ...data },
      localization: { type, value },
    });
    expect(await batch([record('LANGUAGE', 'GB', {})], '/localized_items_batch')).toHaveProperty(
      'error.code',
      100,
    );
    expect(await batch([{ method: 'UPDATE', data: { id: 'A' } }], '/localized_items_batch')).toHaveProperty(
      'error.code',
      100,
    );
    const errors = async (records: readonly unknown[]): Promise<readonly string[]> => {
      const { handles } = await batch(records, '/localized_items_batch');
      nowMs += 60_000;
      const path = `/check_batch_request_status?handle=${String((handles as string[])[0])}`;
      const { data } = (await graph.get(path)) as unknown as { data: [{ errors: { message: string }[] }] };
      return data[0].errors.map(({ message }) => message);
    };
    expect(await errors([record('LANGUAGE', 'de_XX', { title: 'Hemd' })])).toEqual([
      'The item A does not exist',
    ]);
    simulator.tamper('A', LISTING);
    expect(await errors([record('LANGUAGE', 'de_XX', { title: 'Hemd', price: '3.00 EUR' })])).toEqual([
      'price is allowed in overrides for a country only',
    ]);
    expect(await errors([record('LANGUAGE_AND_COUNTRY', 'de_XX|CH', { price: '3.00 CHF' })])).toEqual([]);
    expect(simulator.held().get('A')?.overrides).toEqual([
      { type: 'LANGUAGE_AND_COUNTRY', value: 'de_XX|CH', price: '3.00 CHF' },
    ]);
  });

  it('shows an item by its natural key, many by their ids, and those with problems', async () => {
    for (const id of ['A', 'B', 'C']) simulator.tamper(id, LISTING);
    simulator.refuse('C', 'WEAPONS');
    const key = Buffer.from('B').toString('base64url');
    expect(await graph.get(`catalog:990000000000001:${key}?fields=retailer_id,price`)).toMatchObject({
      retailer_id: 'B',
      price: '€24.90',
    });
    const filter = encodeURIComponent(JSON.stringify({ retailer_id: { is_any: ['A', 'C'] } }));
    expect(await graph.get(`/products?filter=${filter}&fields=retailer_id`)).toMatchObject({
      data: [{ retailer_id: 'A' }, { retailer_id: 'C' }],
    });
    expect(await graph.get('/products?error_priority=HIGH&fields=retailer_id,errors')).toMatchObject({
      data: [{ retailer_id: 'C', errors: [{ error_type: 'WEAPONS' }] }],
    });
    expect(await graph.get('/diagnostics?severities=["MUST_FIX"]')).toMatchObject({
      data: [{ type: 'POLICY_VIOLATION', number_of_affected_items: 1 }],
    });
  });

  it('takes purchase events with hashed people only, none older than a week', async () => {
    const event = {
      event_name: 'Purchase',
      event_time: Math.floor(nowMs / 1_000),
      action_source: 'website',
      user_data: { em: ['a'.repeat(64)] },
    };
    expect(await graph.post('555/events', { data: [event] })).toMatchObject({ events_received: 1 });
    const old = { ...event, event_time: event.event_time - 8 * 86_400 };
    expect(await graph.post('555/events', { data: [old] })).toHaveProperty('error.code', 100);
    const plain = { ...event, user_data: { em: 'buyer@shop.example' } };
    expect(await graph.post('555/events', { data: [plain] })).toHaveProperty('error.code', 100);
    expect(simulator.state.events).toHaveLength(1);
  });
});
