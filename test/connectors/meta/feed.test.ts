import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedClient } from '../../../connectors/meta/feed/feed-client.js';
import type { FeedSettings } from '../../../connectors/meta/feed/feed-settings.js';
import { openGraph } from '../../../connectors/meta/graph.js';
import { meta } from '../../../connectors/meta/index.js';
import type { MetaSettings } from '../../../connectors/meta/settings.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import type { Connector, OpenChannel } from '../../../src/channel/connector.js';
import type { FeedReport, WrittenFeed } from '../../../src/channel/feed-port.js';
import { registry } from '../../../src/channel/registry.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, failure, LISTING, pendingOf, testHost } from './support.js';

/** Everything a file can hold, with signs that tempt every format. */
const FULL: JsonObject = {
  ...LISTING,
  title: 'Tee "Ünï", 5 < 6 & more\twide',
  sale_price: '19.90 EUR',
  sale_price_effective_date: '2026-11-27T00:00+01:00/2026-11-30T23:59+01:00',
  additional_image_link: ['https://cdn.example/2.jpg', 'https://cdn.example/3.jpg'],
  video: [{ url: 'https://cdn.example/v.mp4', tag: ['a', 'b'] }],
  gtin: '4006381333931',
  quantity_to_sell_on_facebook: 3,
  item_group_id: 'G',
  additional_variant_attribute: [
    { variant_label: 'Scent', variant_value: 'Fruity' },
    { variant_label: 'Flavor', variant_value: 'Apple' },
  ],
  shipping: [
    {
      shipping_country: 'US',
      shipping_region: 'CA',
      shipping_service: 'Ground',
      shipping_price_value: '9.99',
      shipping_price_currency: 'EUR',
    },
    {
      shipping_country: 'PH',
      shipping_service: 'Air',
      shipping_price_value: '300',
      shipping_price_currency: 'EUR',
    },
  ],
  unit_price: { value: '2.49', currency: 'EUR', unit: 'kg' },
  status: 'active',
  internal_label: ['eco', "mother's day"],
  custom_number_0: 7,
  applink: { ios_url: 'shop://p/1', android_package: 'example.shop' },
  importer_address: { street1: 'Main 1', city: 'Pune', country: 'IN' },
};

describe('the daily file of a Meta channel', () => {
  let folder: string;
  let graph: RunningGraph;
  let nowMs: number;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'meta-feed-'));
    nowMs = Date.parse('2026-11-24T06:00:00Z');
    graph = await startGraph({ port: 0, processingMs: 0 }, () => nowMs);
  });
  afterEach(async () => {
    await graph.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function open(feed: Partial<FeedSettings> = {}, more: Partial<MetaSettings> = {}): OpenChannel {
    const settings = { ...(graph.settings as MetaSettings), ...more };
    const host = { ...testHost(), clock: { now: () => instantOf(nowMs), monotonicMs: () => nowMs } };
    return meta.open({ ...settings, feed: { path: path.join(folder, 'items.csv.gz'), ...feed } }, host);
  }
  async function deliver(
    channel: OpenChannel,
    listings: Readonly<Record<string, JsonObject>>,
  ): Promise<WrittenFeed> {
    const writer = await channel.feed?.begin('k1');
    if (!writer) throw new Error('no feed');
    await writer.write(Object.entries(listings).map(([sku, attributes]) => ({ sku, attributes })));
    return writer.commit();
  }
  /** Asks for the report until it is done, as the engine does: verdicts of all pages, what is said of the whole on the last. */
  async function report(channel: OpenChannel, written: WrittenFeed): Promise<FeedReport> {
    const committed = { key: 'k1', document: written.document ?? null, committedAt: instantOf(nowMs) };
    const verdicts: FeedReport['verdicts'][number][] = [];
    for (let cursor: string | null = null, calls = 0; calls < 20; calls++) {
      const answer: FeedReport | undefined = await channel.feed?.report?.(committed, cursor);
      if (!answer) throw new Error('no report');
      if (answer.state === 'pending') continue;
      verdicts.push(...answer.verdicts);
      if (answer.next === null) return { ...answer, verdicts };
      cursor = answer.next;
    }
    throw new Error('the report never came');
  }
  const round = async (
    channel: OpenChannel,
    listings: Readonly<Record<string, JsonObject>>,
  ): Promise<FeedReport> => report(channel, await deliver(channel, listings));

  it.each([['csv'], ['tsv'], ['xml']] as const)('brings everything across as %s', async (format) => {
    const told = await round(open({ format, path: path.join(folder, `items.${format}`) }), {
      A: FULL,
      '00012345': LISTING,
    });
    expect(told).toMatchObject({ state: 'done', items: 2, verdicts: [], unnamed: 'taken' });
    const held = graph.held();
    // A table holds one line per item, so tabs become blanks; text between tags keeps them.
    const title = format === 'xml' ? FULL.title : 'Tee "Ünï", 5 < 6 & more wide';
    expect(held.get('A')).toEqual({ ...FULL, title });
    expect(held.get('00012345')).toEqual(LISTING);
  });

  it('writes what Meta documents for nested values, gzipped, and keeps the file before', async () => {
    const channel = open();
    await deliver(channel, { A: FULL });
    await deliver(channel, { A: LISTING });
    expect((await readdir(folder)).sort()).toEqual([
      'items.csv.gz',
      'items.csv.gz.marks',
      'items.csv.gz.previous',
    ]);
    const before = gunzipSync(await readFile(path.join(folder, 'items.csv.gz.previous'))).toString();
    const [header = '', line = ''] = before.split('\n');
    expect(header).toMatch(/^id,title,.*,applink\.ios_url,/);
    expect(line).toContain('"US:CA:Ground:9.99 EUR,PH::Air:300 EUR"');
    expect(line).toContain('"Scent:Fruity,Flavor:Apple"');
    expect(line).toContain('"https://cdn.example/2.jpg,https://cdn.example/3.jpg"');
  });

  it('creates its feed once, and never takes one of another kind or one of two', async () => {
    const channel = open();
    await round(channel, { A: LISTING });
    await round(channel, { A: LISTING });
    expect([...graph.state.feeds.values()].map((feed) => feed.settings.name)).toEqual(['Omnifeed meta-us']);
    expect(
      await failure(deliver(open({ supplements: ['1'], columns: ['internal_label'] }), { A: LISTING })),
    ).toMatchObject({ code: 'feed_not_ours' });
    const [first] = graph.state.feeds.values();
    if (first) graph.state.feeds.set('77', { ...first, id: '77' });
    expect(await failure(deliver(channel, { A: LISTING }))).toMatchObject({
      code: 'feed_not_ours',
      owner: 'operator',
    });
  });

  it('deletes what it no longer lists and owns, and neither items of others nor items of a batch it never listed', async () => {
    const channel = open({ alarmShare: 0.9 });
    await round(channel, { A: LISTING, B: LISTING });
    graph.tamper('HAND', LISTING);
    const batch = [change('BATCH')];
    await channel.listings?.settle?.(pendingOf(batch, await channel.listings.submit(batch, 'k')));
    await round(channel, { A: LISTING });
    expect([...graph.held().keys()].sort()).toEqual(['A', 'BATCH', 'HAND']);
  });

  it('takes over items made by batch, so that it may delete them a day later', async () => {
    const channel = open({ alarmShare: 0.9 });
    const batch = [change('BATCH')];
    await channel.listings?.settle?.(pendingOf(batch, await channel.listings.submit(batch, 'k')));
    await round(channel, { A: LISTING, BATCH: LISTING });
    await round(channel, { A: LISTING });
    expect([...graph.held().keys()]).toEqual(['A']);
  });

  it('heals what was changed and taken away behind our back', async () => {
    const channel = open();
    await round(channel, { A: LISTING, B: LISTING });
    graph.tamper('A', { ...LISTING, title: 'Changed by hand' });
    graph.tamper('B', null);
    await round(channel, { A: LISTING, B: LISTING });
    expect(graph.held()).toEqual(
      new Map([
        ['A', LISTING],
        ['B', LISTING],
      ]),
    );
  });

  it('shows items of its own feed as ours and items of another feed as foreign', async () => {
    const channel = open();
    await round(channel, { A: LISTING });
    const other = open({ name: 'Platform feed', path: path.join(folder, 'other.csv.gz') });
    await round(other, { P: LISTING });
    const seen = (await channel.listings?.observe?.(null))?.items ?? [];
    expect(Object.fromEntries(seen.map((item) => [item.sku, item.foreign]))).toEqual({ A: false, P: true });
  });

  it('names every item Meta refused, also beyond the samples, and keeps warnings with items that live', async () => {
    const { title: _, ...untitled } = LISTING;
    const bad = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`BAD${n}`, untitled]));
    const { brand: __, ...nameless } = LISTING;
    const unbranded = { ...nameless, mpn: 'X1' };
    const told = await round(open(), { ...bad, A: LISTING, W: unbranded });
    const outcomes = told.verdicts.map((verdict) => `${verdict.outcome} ${verdict.sku}`);
    expect(outcomes.filter((text) => text.startsWith('rejected BAD'))).toHaveLength(40);
    expect(outcomes).toContain('live W');
    expect(outcomes).not.toContain('live A');
    expect(told.unnamed).toBe('taken');
    expect(told.verdicts[0]?.issues?.[0]).toMatchObject({ severity: 'error', origin: 'channel' });
  });

  it('waits while a session is under way, and does not order the report twice', async () => {
    await graph.stop();
    graph = await startGraph({ port: 0, processingMs: 60_000 }, () => nowMs);
    const channel = open();
    const { title: _, ...untitled } = LISTING;
    const written = await deliver(channel, { A: LISTING, B: untitled });
    const committed = { key: 'k1', document: written.document ?? null, committedAt: instantOf(nowMs) };
    expect(await channel.feed?.report?.(committed, null)).toMatchObject({
      state: 'pending',
      againInMs: 2_000,
    });
    nowMs += 61_000;
    expect(await channel.feed?.report?.(committed, null)).toMatchObject({ state: 'pending' });
    expect(await channel.feed?.report?.(committed, null)).toMatchObject({ state: 'pending' });
    nowMs += 61_000;
    expect(await channel.feed?.report?.(committed, null)).toMatchObject({
      state: 'done',
      verdicts: [{ sku: 'B' }],
    });
    expect(graph.calls.filter((call) => call.path.endsWith('/error_report'))).toHaveLength(1);
  });

  it('never takes an unreadable report for a clean one: the samples are told and the rest stays open', async () => {
    const { title: _, ...untitled } = LISTING;
    const channel = open();
    const bad = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`BAD${n}`, untitled]));
    const written = await deliver(channel, { ...bad, A: LISTING });
    nowMs += 3 * 3_600_000;
    const committed = {
      key: 'k1',
      document: written.document ?? null,
      committedAt: instantOf(nowMs - 3 * 3_600_000),
    };
    const told = await channel.feed?.report?.(committed, null);
    expect(told).toMatchObject({ state: 'done', unnamed: 'unknown' });
    expect(told?.verdicts.length).toBeLessThan(12);
  });

  it('says when a file took many items away, and what only shows beside each other', async () => {
    const channel = open();
    await round(channel, Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`S${n}`, LISTING])));
    const grouped = { ...LISTING, item_group_id: 'G' };
    const overrides = [{ type: 'LANGUAGE', value: 'de_XX', title: 'Hemd' }];
    const written = await deliver(channel, { S0: { ...grouped, overrides }, S1: grouped });
    expect(written.issues?.map((issue) => issue.code)).toEqual(['VARIANT_ATTRIBUTE_ISSUE']);
    const told = await report(channel, written);
    expect(told.issues.map((issue) => issue.code)).toEqual(['feed_deleted_many']);
  });

  it('writes a file per language and country, each to a feed of its own', async () => {
    const overrides = [
      { type: 'LANGUAGE', value: 'de_XX', title: 'Hemd, "blau"' },
      { type: 'COUNTRY', value: 'CH', price: '29.90 CHF' },
    ];
    const told = await round(open(), { A: { ...LISTING, overrides }, B: LISTING });
    expect(told).toMatchObject({ state: 'done', items: 2, verdicts: [] });
    expect(graph.held().get('A')?.overrides).toEqual([
      { type: 'COUNTRY', value: 'CH', price: '29.90 CHF' },
      { type: 'LANGUAGE', value: 'de_XX', title: 'Hemd, "blau"' },
    ]);
    expect((await readdir(folder)).sort()).toEqual([
      'items.CH.csv.gz',
      'items.csv.gz',
      'items.csv.gz.marks',
      'items.de_XX.csv.gz',
    ]);
    expect([...graph.state.feeds.values()].map((feed) => feed.settings.override_type)).toEqual([
      undefined,
      'LANGUAGE',
      'COUNTRY',
    ]);
  });

  it('adds chosen columns to the items of another feed and neither creates nor deletes', async () => {
    const platform = open({ name: 'Platform feed', path: path.join(folder, 'platform.csv.gz') });
    await round(platform, { A: LISTING, B: LISTING });
    const [primary] = graph.state.feeds.keys();
    const supplement = open({ supplements: [primary ?? ''], columns: ['internal_label'] });
    expect(supplement.listings).toBeUndefined();
    const told = await round(supplement, {
      A: { ...LISTING, title: 'Not sent', internal_label: ['eco'] },
      NEW: LISTING,
    });
    expect(graph.held()).toEqual(
      new Map([
        ['A', { ...LISTING, internal_label: ['eco'] }],
        ['B', LISTING],
      ]),
    );
    expect(told.verdicts).toMatchObject([{ sku: 'NEW', outcome: 'rejected' }]);
  });

  describe('that Meta fetches', () => {
    let web: Server;
    let address: string;
    beforeEach(async () => {
      web = createServer((request, response) => {
        const right =
          request.headers.authorization === `Basic ${Buffer.from('meta:secret').toString('base64')}`;
        if (!right) return void response.writeHead(401).end();
        readFile(path.join(folder, path.basename(request.url ?? ''))).then(
          (bytes) => response.end(bytes),
          () => response.writeHead(404).end(),
        );
      });
      await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
      address = `http://127.0.0.1:${(web.address() as AddressInfo).port}/items.csv.gz`;
    });
    afterEach(() => new Promise((resolve) => web.close(resolve)));
    /** The simulator fetches beside its answers. */
    const fetched = async (): Promise<void> => {
      while ([...graph.state.sessions.values()].some((session) => session.document === null))
        await new Promise((resolve) => setImmediate(resolve));
    };

    it('is fetched with name and password as soon as it is written', async () => {
      const channel = open({ url: address, username: 'meta', password: 'secret' });
      const written = await deliver(channel, { A: LISTING });
      await fetched();
      expect(await report(channel, written)).toMatchObject({ state: 'done', items: 1 });
      expect(graph.held()).toEqual(new Map([['A', LISTING]]));
    });

    it('fails as a whole when it cannot be fetched, and what was live stays', async () => {
      const channel = open({ url: address, username: 'meta', password: 'secret' });
      const first = await deliver(channel, { A: LISTING });
      await fetched();
      await report(channel, first);
      const shut = open({ url: address, username: 'meta', password: 'wrong' });
      const written = await deliver(shut, { A: LISTING });
      await fetched();
      expect(await report(shut, written)).toMatchObject({ state: 'failed', items: 0 });
      expect(graph.held().size).toBe(1);
    });

    it('comes by schedule: the feed says when and where, and the session after the file is the one reported', async () => {
      const login = { username: 'meta', password: 'secret' };
      const channel = open({ url: address, ...login, schedule: { hour: 3, minute: 10 } });
      const written = await deliver(channel, { A: LISTING });
      const [feed] = graph.state.feeds.values();
      expect(feed?.settings.schedule).toEqual({
        interval: 'DAILY',
        hour: 3,
        minute: 10,
        timezone: 'UTC',
        url: address,
        ...login,
      });
      expect(graph.state.sessions.size).toBe(0);
      const committed = { key: 'k1', document: written.document ?? null, committedAt: instantOf(nowMs) };
      expect(await channel.feed?.report?.(committed, null)).toMatchObject({ state: 'pending' });
      nowMs += 1_000;
      await fetch(`${graph.url}/_sim/fetch-feed`, {
        method: 'POST',
        body: JSON.stringify({ feed: feed?.id }),
      });
      await fetched();
      expect(await channel.feed?.report?.(committed, null)).toMatchObject({ state: 'done', items: 1 });
      await deliver(open({ url: address, ...login, schedule: { hour: 4, minute: 0 } }), { A: LISTING });
      expect([...graph.state.feeds.values()][0]?.settings.schedule).toMatchObject({ hour: 4 });
    });
  });

  it('is written from the folder of the configuration on', async () => {
    const file = path.join(folder, 'omnifeed.yaml');
    const market = 'country: US, language: en, currency: USD, zone: UTC';
    const settings = '{ catalogId: "1", accessToken: secret-token, feed: { path: feeds/meta.csv.gz } }';
    await writeFile(file, `channels:\n  meta-us: { connector: meta, ${market}, settings: ${settings} }\n`);
    const config = await loadConfig(file, registry([meta as Connector]), {});
    expect(config.channels[0]?.settings.feed).toEqual({ path: path.join(folder, 'feeds/meta.csv.gz') });
  });

  it.each([['product_feeds'], ['uploads'], ['rules']])(
    'fails as a whole when the call to %s fails, and a repetition heals it',
    async (edge) => {
      const channel = open();
      await round(channel, { A: LISTING });
      graph.faults.add({ kind: 'drop-after', match: `/${edge}` });
      expect(await failure(deliver(channel, { A: LISTING, B: LISTING }))).toMatchObject({
        kind: 'ambiguous',
      });
      expect(await round(channel, { A: LISTING, B: LISTING })).toMatchObject({ state: 'done', items: 2 });
      expect(graph.state.feeds.size).toBe(1);
      expect([...graph.held().keys()].sort()).toEqual(['A', 'B']);
    },
  );

  it.each([['error_report'], ['report_files'], ['errors']])(
    'throws when the call to %s fails instead of calling a file clean',
    async (edge) => {
      const { title: _, ...untitled } = LISTING;
      const channel = open();
      const written = await deliver(channel, edge === 'errors' ? {} : { A: LISTING, B: untitled });
      graph.faults.add({ kind: 'fail', match: `/${edge}` });
      expect(await failure(report(channel, written))).toMatchObject({ kind: 'ambiguous' });
    },
  );

  it.each([
    ['https://files.example/report.csv'],
    ['http://www.facebook.com/report.csv'],
    ['http://169.254.169.254/latest'],
    ['https://facebook.com.files.example/report.csv'],
    ['no address'],
  ])('does not fetch a report from %s', async (address) => {
    const settings = graph.settings as MetaSettings;
    const client = feedClient(settings, openGraph(settings, testHost()), testHost());
    expect(await failure(client.errorReport(address))).toMatchObject({ code: 'unexpected_answer' });
  });
});
