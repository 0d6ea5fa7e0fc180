import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { graphCaller } from './graph-caller.js';
import { LISTING } from './support.js';

const HEAD = 'id,title,description,availability,condition,price,link,image_link,brand';
const row = (id: string, price = '24.90 EUR'): string =>
  `${id},Tee,Soft,in stock,new,${price},https://shop.example/${id},https://cdn.example/${id}.jpg,Example`;

describe('feeds of the simulated Graph', () => {
  let nowMs: number;
  let simulator: RunningGraph;
  let graph: ReturnType<typeof graphCaller>;
  beforeEach(async () => {
    nowMs = Date.now();
    simulator = await startGraph({ port: 0, processingMs: 60_000 }, () => nowMs);
    graph = graphCaller(simulator);
  });
  afterEach(() => simulator.stop());

  async function feed(more: JsonObject = {}): Promise<string> {
    return String((await graph.post('/product_feeds', { name: 'shop', ...more })).id);
  }
  async function upload(feedId: string, text: string | Uint8Array, updateOnly = false): Promise<JsonObject> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(Buffer.from(text))]), 'feed.csv');
    if (updateOnly) form.set('update_only', 'true');
    const { id } = await graph.send(`${feedId}/uploads`, form);
    nowMs += 60_000;
    const fields =
      'end_time,num_detected_items,num_persisted_items,num_deleted_items,num_invalid_items,error_count';
    return graph.get(`${String(id)}?fields=${fields}`);
  }
  const ids = (): readonly string[] => [...simulator.held().keys()].sort();

  it('are made with a name, told with what they were made with, changed and deleted with their items', async () => {
    expect(await graph.post('/product_feeds', {})).toHaveProperty('error.code', 100);
    expect(await graph.post('/product_feeds', { name: 'x', delimiter: 'SPACE' })).toHaveProperty(
      'error.code',
      100,
    );
    const schedule = { interval: 'DAILY', hour: 3, url: 'https://feeds.example/a.csv', password: 'secret' };
    const id = await feed({ schedule, default_currency: 'EUR' });
    const told = await graph.get(`${id}?fields=name,schedule,deletion_enabled`);
    expect(told).toMatchObject({ name: 'shop', deletion_enabled: true, schedule: { interval: 'DAILY' } });
    expect(JSON.stringify(told)).not.toContain('secret');
    await graph.post(id, { deletion_enabled: false });
    expect(await graph.get(`${id}?fields=deletion_enabled`)).toMatchObject({ deletion_enabled: false });
    await upload(id, `${HEAD}\n${row('A')}\n`);
    expect(ids()).toEqual(['A']);
    await graph.remove(id);
    expect(ids()).toEqual([]);
    expect(await graph.get(id)).toHaveProperty('error.error_subcode', 33);
  });

  it('end a session only after a while, and count what was found, kept, deleted and refused', async () => {
    const id = await feed();
    const form = new FormData();
    form.set('file', new Blob([`${HEAD}\n${row('A')}\n${row('B', 'free')}\n`]), 'feed.csv');
    const session = String((await graph.send(`${id}/uploads`, form)).id);
    expect(await graph.get(`${session}?fields=end_time,num_persisted_items`)).toEqual({ id: session });
    nowMs += 60_000;
    expect(
      await graph.get(`${session}?fields=num_detected_items,num_persisted_items,num_invalid_items`),
    ).toEqual({
      id: session,
      num_detected_items: 2,
      num_persisted_items: 1,
      num_invalid_items: 1,
    });
    expect(await graph.get(`${session}/errors?error_priority=HIGH`)).toMatchObject({
      data: [
        {
          severity: 'fatal',
          total_count: 1,
          samples: { data: [{ row_number: 3, retailer_id: 'B' }] },
        },
      ],
    });
  });

  it('write the report of all errors later, as a file', async () => {
    const id = await feed();
    const broken = Array.from({ length: 30 }, (_, n) => row(`S${n}`, 'free')).join('\n');
    const session = String((await upload(id, `${HEAD}\n${broken}\n`)).id);
    await graph.post(`${session}/error_report`, {});
    expect(await graph.get(`${session}?fields=error_report`)).toMatchObject({
      error_report: { report_status: 'WRITE_IN_PROGRESS' },
    });
    nowMs += 60_000;
    const { error_report: report } = (await graph.get(`${session}?fields=error_report`)) as unknown as {
      error_report: { report_status: string; file_handle: string };
    };
    expect(report.report_status).toBe('WRITE_FINISHED');
    const text = await (await graph.raw(report.file_handle)).text();
    expect(text.split('\n').filter((line) => line.includes('fatal'))).toHaveLength(30);
  });

  it('delete on a replace only what belongs to the feed, and nothing on an update', async () => {
    const [mine, other] = [await feed(), await feed({ name: 'other' })];
    await graph.post('/items_batch', {
      item_type: 'PRODUCT_ITEM',
      requests: [
        { method: 'CREATE', data: { id: 'BATCH', ...LISTING } },
        { method: 'CREATE', data: { id: 'LATER-LISTED', ...LISTING } },
      ],
    });
    nowMs += 60_000;
    await upload(other, `${HEAD}\n${row('OTHER')}\n`);
    await upload(mine, `${HEAD}\n${row('A')}\n${row('B')}\n${row('LATER-LISTED')}\n${row('OTHER')}\n`);
    expect(ids()).toEqual(['A', 'B', 'BATCH', 'LATER-LISTED', 'OTHER']);
    await upload(mine, `${HEAD}\n${row('C')}\n`, true);
    expect(ids()).toEqual(['A', 'B', 'BATCH', 'C', 'LATER-LISTED', 'OTHER']);
    expect(await upload(mine, `${HEAD}\n${row('C')}\n`)).toMatchObject({ num_deleted_items: 3 });
    expect(ids()).toEqual(['BATCH', 'C', 'OTHER']);
    expect(await graph.get('/products?fields=retailer_id,product_feed')).toMatchObject({
      data: [
        { retailer_id: 'BATCH' },
        { retailer_id: 'OTHER', product_feed: { id: other } },
        { retailer_id: 'C', product_feed: { id: mine } },
      ],
    });
  });

  it('ignore every instance of an id that is there twice, and refuse files that are none', async () => {
    const id = await feed();
    expect(await upload(id, `${HEAD}\n${row('A')}\n${row('A')}\n${row('B')}\n`)).toMatchObject({
      num_detected_items: 3,
      num_persisted_items: 1,
      num_invalid_items: 2,
    });
    expect(ids()).toEqual(['B']);
    for (const text of ['title\nTee\n', '<rss><channel><item>', `${HEAD}\n${'x'.repeat(5_242_881)}`])
      expect(await upload(id, text)).toMatchObject({ error_count: 1, num_deleted_items: 0 });
    expect(ids()).toEqual(['B']);
  });

  it('read nested columns, JSON cells and lists of a zipped table as a batch would have them', async () => {
    const cells: Readonly<Record<string, string>> = {
      'image[0].url': 'https://cdn.example/1.jpg',
      'image[0].tag[0]': 'front',
      'image[1].url': 'https://cdn.example/2.jpg',
      internal_label: "['Summer','new, cheap']",
      shipping: 'US:CA:Ground:9.99 USD,PH::Air:300 PHP',
      additional_variant_attribute: 'Scent:Fruity,Flavor:Apple',
      quantity_to_sell_on_facebook: '3',
      unit_price: '{"value":"1.00","currency":"EUR","unit":"l"}',
      additional_image_link: 'https://cdn.example/3.jpg,https://cdn.example/4.jpg',
    };
    const quoted = Object.values(cells).map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const text = `${HEAD},${Object.keys(cells).join(',')}\n${row('A')},${quoted.join(',')}\n`;
    expect(await upload(await feed(), gzipSync(text))).toMatchObject({ error_count: 0 });
    expect(simulator.held().get('A')).toMatchObject({
      image: [{ url: 'https://cdn.example/1.jpg', tag: ['front'] }, { url: 'https://cdn.example/2.jpg' }],
      internal_label: ['summer', 'new, cheap'],
      shipping: [
        {
          shipping_country: 'US',
          shipping_region: 'CA',
          shipping_service: 'Ground',
          shipping_price_value: '9.99',
          shipping_price_currency: 'USD',
        },
        {
          shipping_country: 'PH',
          shipping_service: 'Air',
          shipping_price_value: '300',
          shipping_price_currency: 'PHP',
        },
      ],
      additional_variant_attribute: [
        { variant_label: 'Scent', variant_value: 'Fruity' },
        { variant_label: 'Flavor', variant_value: 'Apple' },
      ],
      quantity_to_sell_on_facebook: 3,
      unit_price: { value: '1.00', currency: 'EUR', unit: 'l' },
      additional_image_link: ['https://cdn.example/3.jpg', 'https://cdn.example/4.jpg'],
    });
  });

  it('read RSS with and without the prefix of Google', async () => {
    const xml = `<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Shop</title>
      <item><g:id>A</g:id><g:title>Tee &amp; more</g:title><g:description><![CDATA[Soft <3]]></g:description><g:availability>in stock</g:availability>
      <g:condition>new</g:condition><g:price>24.90 EUR</g:price><g:link>https://shop.example/a</g:link><g:image_link>https://cdn.example/a.jpg</g:image_link>
      <g:brand>Example</g:brand><internal_label>one</internal_label><internal_label>two</internal_label>
      <g:shipping><g:country>US</g:country><g:price>4.90 USD</g:price></g:shipping>
      <additional_variant_attribute><label>Scent</label><value>Fruity</value></additional_variant_attribute>
      <video><url>https://cdn.example/v.mp4</url><tag>demo</tag></video></item></channel></rss>`;
    expect(await upload(await feed(), xml)).toMatchObject({ error_count: 0, num_persisted_items: 1 });
    expect(simulator.held().get('A')).toMatchObject({
      title: 'Tee & more',
      description: 'Soft <3',
      internal_label: ['one', 'two'],
      shipping: [{ shipping_country: 'US', shipping_price_value: '4.90', shipping_price_currency: 'USD' }],
      additional_variant_attribute: [{ variant_label: 'Scent', variant_value: 'Fruity' }],
      video: [{ url: 'https://cdn.example/v.mp4', tag: ['demo'] }],
    });
  });

  it('add overrides, supplements and stock of stores to items that are there, and never create one', async () => {
    const primary = await feed();
    await upload(primary, `${HEAD}\n${row('A')}\n`);
    const german = await feed({ name: 'de', override_type: 'LANGUAGE', override_value: 'de_XX' });
    const text = 'id,override,title,price\nA,de_XX,Hemd,\nB,de_XX,Hose,\n';
    expect(await upload(german, text)).toMatchObject({ num_persisted_items: 1, num_invalid_items: 1 });
    expect(simulator.held().get('A')?.overrides).toEqual([
      { type: 'LANGUAGE', value: 'de_XX', title: 'Hemd' },
    ]);
    expect(await upload(german, 'id,override,price\nA,de_XX,3.00 EUR\n')).toMatchObject({ error_count: 1 });
    const extra = { name: 'labels', ingestion_source_type: 'SUPPLEMENTARY_FEED' };
    expect(await graph.post('/product_feeds', extra)).toHaveProperty('error.code', 100);
    const supplement = await feed({ ...extra, primary_feed_ids: [primary] });
    expect(await graph.post('/product_feeds', { ...extra, primary_feed_ids: [primary] })).toHaveProperty(
      'error.code',
      100,
    );
    await upload(supplement, 'id,color\nA,Blue\nB,Red\n');
    expect(simulator.held().get('A')).toMatchObject({ color: 'Blue', title: 'Tee' });
    const local = await feed({ name: 'stores', feed_type: 'LOCAL_INVENTORY' });
    expect(await upload(local, 'store_code,id,availability\nS1,A,in stock\n,A,in stock\n')).toMatchObject({
      num_persisted_items: 1,
      num_invalid_items: 1,
    });
    expect(ids()).toEqual(['A']);
  });

  it('fetch a file with name and password, by order or when the hour of the schedule comes', async () => {
    const logins: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      logins.push(request.headers.authorization);
      response.end(`${HEAD}\n${row(request.url === '/a.csv' ? 'A' : 'B')}\n`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const login = { username: 'meta', password: 'pass' };
    const id = await feed({ schedule: { interval: 'DAILY', url: `${url}/a.csv`, ...login } });
    const { session } = await graph.command('fetch-feed', { feed: id });
    const ended = async (upload: unknown): Promise<boolean> => {
      nowMs += 60_000;
      return (await graph.get(String(upload))).end_time !== undefined;
    };
    await expect.poll(() => ended(session)).toBe(true);
    expect(ids()).toEqual(['A']);
    const upload = await graph.post(`${id}/uploads`, { url: `${url}/b.csv`, ...login });
    await expect.poll(() => ended(upload.id)).toBe(true);
    expect(ids()).toEqual(['B']);
    const basic = `Basic ${Buffer.from('meta:pass').toString('base64')}`;
    expect(logins).toEqual([basic, basic]);
    server.close();
  });

  it('show themselves as data sources by the way they take part', async () => {
    const primary = await feed();
    await feed({ name: 's', ingestion_source_type: 'SUPPLEMENTARY_FEED', primary_feed_ids: [primary] });
    expect(await graph.get('/data_sources?ingestion_source_type=PRIMARY')).toMatchObject({
      data: [{ id: primary }],
    });
  });

  it('keep product sets with their filter until they are deleted', async () => {
    const filter = { internal_label: { is_any: ['sale'] } };
    expect(await graph.post('/product_sets', { filter })).toHaveProperty('error.code', 100);
    const { id } = await graph.post('/product_sets', { name: 'Sale', filter });
    await graph.post(String(id), { name: 'Black Friday' });
    expect(await graph.get('/product_sets?fields=name,filter')).toEqual({
      data: [{ id, name: 'Black Friday', filter: JSON.stringify(filter) }],
    });
    await graph.remove(String(id));
    expect(await graph.get('/product_sets')).toEqual({ data: [] });
  });
});
