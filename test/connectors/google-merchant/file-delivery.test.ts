import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { googleSimulator } from '../../../connectors/google-merchant/simulator/index.js';
import type { FeedPort, FeedReport } from '../../../src/channel/feed-port.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { type Clock, instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { adminCall, command, failure, LISTING, settingsOf, testHost } from './support.js';

const SOURCES = '/datasources/v1/accounts/5551234567/dataSources';
const HOUR_MS = 3_600_000;
/** An hour of New York that is half a day away, so that the schedule comes only where a test waits for it. */
const FAR_HOUR =
  (Number(
    new Intl.DateTimeFormat('en-US', {
      timeZone: 'America/New_York',
      hourCycle: 'h23',
      hour: 'numeric',
    }).format(),
  ) +
    12) %
  24;

describe('delivery by files that Google fetches', () => {
  let simulator: RunningSimulator;
  let web: Server;
  let folder: string;
  let address: string;
  let asked: string[];
  let aheadMs: number;

  beforeEach(async () => {
    aheadMs = 0;
    asked = [];
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    web = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization ?? ''}`.trim());
      readFile(path.join(folder, path.basename(request.url ?? ''))).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    address = `http://127.0.0.1:${(web.address() as AddressInfo).port}/feeds`;
  });
  afterEach(async () => {
    await simulator.stop();
    web.closeAllConnections();
    web.close();
    await rm(folder, { recursive: true, force: true });
  });

  const clock: Clock = {
    now: () => instantOf(Date.now() + aheadMs),
    monotonicMs: () => performance.now() + aheadMs,
  };
  function open(more: Partial<GoogleSettings> = {}): FeedPort {
    const settings = settingsOf(simulator, {
      delivery: 'file',
      feedPath: path.join(folder, 'products.xml.gz'),
      feedUrl: `${address}/products.xml.gz`,
      feedHour: FAR_HOUR,
      ...more,
    });
    const { feed, listings } = googleMerchant.open(settings, testHost(clock));
    if (feed === undefined || listings !== undefined) throw new Error('files only');
    return feed;
  }
  async function publish(feed: FeedPort, skus: readonly string[], attributes = LISTING): Promise<string> {
    const committedAt = clock.now();
    const writer = await feed.begin(`k${skus.length}`);
    await writer.write(skus.map((sku) => ({ sku, attributes })));
    await writer.commit();
    return committedAt;
  }
  async function reportOf(feed: FeedPort, committedAt: string): Promise<FeedReport> {
    for (let tries = 0; ; tries++) {
      const told = await feed.report?.({ key: 'k', document: null, committedAt }, null);
      if (told === undefined) throw new Error('no report');
      if (told.state !== 'pending' || told.againInMs === HOUR_MS || tries === 200) return told;
    }
  }
  const later = async (ms: number): Promise<void> => {
    aheadMs += ms;
    await command(simulator, 'advance', { ms });
  };
  async function fileSources(): Promise<readonly JsonObject[]> {
    const { dataSources } = await adminCall(simulator, 'GET', `${SOURCES}?pageSize=100`, undefined, clock);
    return (dataSources as JsonObject[]).filter(({ displayName }) => String(displayName).includes(' file '));
  }

  it('tells when the file is handed over what only shows when all listings are seen beside each other', async () => {
    const writer = await open().begin('k');
    await writer.write([{ sku: 'A', attributes: { ...LISTING, gtin: '4006381333931' } }]);
    await writer.write([{ sku: 'B', attributes: { ...LISTING, gtin: '4006381333931' } }]);
    expect((await writer.commit()).issues).toMatchObject([
      { code: 'gtin_on_unlike_goods', severity: 'warning' },
    ]);
  });

  it.each(['rss', 'atom', 'tsv'] as const)(
    'writes %s, has Google fetch it, and Google holds what was computed',
    async (feedFormat) => {
      const feed = open({ feedFormat });
      const full = {
        ...LISTING,
        ...{ additional_image_link: ['https://cdn.example.com/2.jpg'], gtin: '4006381333931', adult: 'no' },
        shipping: [{ country: 'US', service: 'Standard', price: '4.90 USD' }],
        product_detail: [
          { section_name: 'Fabric', attribute_name: 'Weight', attribute_value: '180 g/m2 & <more>' },
        ],
      };
      const at = await publish(feed, ['A', 'B&C'], full);
      expect(await reportOf(feed, at)).toMatchObject({
        state: 'done',
        items: 2,
        verdicts: [],
        unnamed: 'taken',
      });
      expect(simulator.held()).toEqual(
        new Map([
          ['A', full],
          ['B&C', full],
        ]),
      );
    },
  );

  it('makes one fetched source per file with the schedule and the credentials, and only once', async () => {
    const feed = open({ feedParts: 2, feedHour: 5, feedUser: 'feeds', feedPassword: 's3cret' });
    const skus = Array.from({ length: 40 }, (_, place) => `S${place}`);
    const at = await publish(feed, skus);
    expect(await reportOf(feed, at)).toMatchObject({ state: 'done', items: 40 });
    expect((await readdir(folder)).sort()).toEqual(['products-2.xml.gz', 'products.xml.gz']);
    expect(asked.sort()).toEqual(
      ['/feeds/products-2.xml.gz', '/feeds/products.xml.gz'].map(
        (name) => `${name} Basic ${Buffer.from('feeds:s3cret').toString('base64')}`,
      ),
    );
    await publish(feed, skus);
    expect(await fileSources()).toMatchObject([
      {
        input: 'FILE',
        primaryProductDataSource: { contentLanguage: 'en', feedLabel: 'US', legacyLocal: false },
        fileInput: {
          fetchSettings: {
            frequency: 'FREQUENCY_DAILY',
            timeOfDay: { hours: 5 },
            timeZone: 'America/New_York',
            fetchUri: `${address}/products.xml.gz`,
          },
        },
      },
      { fileInput: { fetchSettings: { fetchUri: `${address}/products-2.xml.gz` } } },
    ]);
  });

  it('corrects a schedule that somebody changed before it writes', async () => {
    const feed = open();
    await publish(feed, ['A']);
    const [source = {}] = await fileSources();
    const path = `/datasources/v1/${String(source.name)}?updateMask=fileInput.fetchSettings`;
    const changed = { enabled: false, frequency: 'FREQUENCY_DAILY', fetchUri: 'https://other.example/x.xml' };
    await adminCall(simulator, 'PATCH', path, { fileInput: { fetchSettings: changed } });
    await publish(feed, ['A']);
    expect(await fileSources()).toMatchObject([
      { fileInput: { fetchSettings: { enabled: true, fetchUri: `${address}/products.xml.gz` } } },
    ]);
  });

  it('asks for a fetch at most once a day and waits for the schedule otherwise', async () => {
    const feed = open();
    await reportOf(feed, await publish(feed, ['A', 'B']));
    expect(asked).toHaveLength(1);
    await later(HOUR_MS);
    const second = await publish(feed, ['A']);
    expect(await reportOf(feed, second)).toMatchObject({ state: 'pending', againInMs: HOUR_MS });
    expect(asked).toHaveLength(1);
    await later(13 * HOUR_MS);
    expect(await reportOf(feed, second)).toMatchObject({ state: 'done', items: 1 });
    expect(asked).toHaveLength(2);
    expect([...simulator.held().keys()]).toEqual(['A']);
  });

  it('names every product Google disapproves, page by page, and says nothing of the others', async () => {
    const feed = open();
    simulator.refuse('B', 'counterfeit');
    const at = await publish(feed, ['A', 'B', 'C']);
    expect(await reportOf(feed, at)).toMatchObject({
      state: 'done',
      verdicts: [{ sku: 'B', outcome: 'rejected', issues: [{ code: 'counterfeit', severity: 'error' }] }],
      next: null,
    });
  });

  it('tells why Google could not take the file, and that what was live stays', async () => {
    const feed = open();
    await reportOf(feed, await publish(feed, ['A']));
    const at = await publish(open({ feedUrl: `${address}/elsewhere.xml` }), ['A', 'B']);
    await later(13 * HOUR_MS);
    expect(await reportOf(feed, at)).toMatchObject({
      state: 'failed',
      issues: [{ code: 'fetch_failed', severity: 'error', advice: expect.stringContaining('404') }],
    });
    expect([...simulator.held().keys()]).toEqual(['A']);
  });

  it('fails after thirty hours when nobody came for the file', async () => {
    const feed = open();
    await reportOf(feed, await publish(feed, ['A']));
    await later(HOUR_MS);
    const at = await publish(feed, ['B']);
    const [source = {}] = await fileSources();
    const path = `/datasources/v1/${String(source.name)}?updateMask=fileInput.fetchSettings`;
    const off = { enabled: false, frequency: 'FREQUENCY_DAILY', fetchUri: 'https://other.example/x.xml' };
    await adminCall(simulator, 'PATCH', path, { fileInput: { fetchSettings: off } }, clock);
    await later(31 * HOUR_MS);
    expect(await reportOf(feed, at)).toMatchObject({
      state: 'failed',
      issues: [{ code: 'file_not_fetched' }],
    });
  });

  it('writes nothing when the data sources cannot be verified, and keeps the files when only the fetch fails', async () => {
    const feed = open();
    await command(simulator, 'fail', { call: 'dataSources.list', status: 403, message: 'No', times: 1 });
    expect(await failure(feed.begin('k'))).toMatchObject({ kind: 'auth-lost', code: 'permission_missing' });
    expect(await readdir(folder)).toEqual([]);
    await command(simulator, 'fail', {
      call: 'dataSources.fetch',
      status: 503,
      message: 'Later',
      times: 1,
    });
    const at = await publish(feed, ['A']);
    expect(await readdir(folder)).toEqual(['products.xml.gz']);
    expect(await reportOf(feed, at)).toMatchObject({ state: 'pending', againInMs: HOUR_MS });
  });
});
