import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { amazon } from '../../../connectors/amazon/index.js';
import { amazonSimulator } from '../../../connectors/amazon/simulator/index.js';
import type { OpenChannel } from '../../../src/channel/connector.js';
import { type HttpClient, httpClient } from '../../../src/channel/http.js';
import type { ListingConnector } from '../../../src/channel/listing-connector.js';
import type { RunningSimulator } from '../../../src/channel/simulator.js';
import { type BucketSpec, type TokenBucket, tokenBucket } from '../../../src/channel/throttle.js';
import { packageRoot } from '../../../src/config/package-root.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { openMapping } from '../../../src/mapping/open-mapping.js';
import { openShare } from '../../../src/stock/available.js';
import type { ChannelDesk } from '../../../src/sync/channel-desk.js';
import { buildListingKit } from '../../../src/sync/listing-kit.js';
import { openDesk } from '../../../src/sync/open-desk.js';
import { syncChannel } from '../../../src/sync/sync-channel.js';
import { fillCatalog } from '../../support/catalog.js';
import type { HandClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';
import { type FeedJudge, feedJudge } from './feed-judge.js';

/** 25,000 with OMNIFEED_PROOF_LISTINGS=25000; five hundred by default, with the lane's threshold and document in proportion. */
const FEED = Number(process.env.OMNIFEED_PROOF_LISTINGS ?? 500);
const SINGLE = Math.round(FEED * 0.06);
/** Whole listings of this catalog take some 1.7 kB each, so that bytes cut a load of 25,000 into five documents. */
const DOCUMENTS = Math.ceil((FEED * 1_700) / 10_485_760);
/** Amazon's own time, as assumed here: an hour for 25,000 messages, one document after the other, three minutes for a single listing. */
const FEED_MS = (3_600_000 * FEED) / 25_000 / DOCUMENTS;
const LISTING_MS = 180_000;
const PER_SECOND = 5;
const MINUTE_MS = 60_000;

const scaled = {
  ...amazon,
  limits: {
    ...amazon.limits,
    bulk: { ...amazon.limits.bulk, above: SINGLE },
  },
} as ListingConnector;

/** House, connector and simulator share one clock: the machine's, put forward by hand. */
function sharedClock(): HandClock {
  return {
    now: () => new Date().toISOString(),
    monotonicMs: () => Date.now(),
    advance: (ms) => void vi.setSystemTime(Date.now() + Math.ceil(ms)),
  };
}

/** Time passes only while no call is under way: calls that start together arrive together. */
interface VirtualTime {
  readonly http: HttpClient;
  bucket(spec: BucketSpec): TokenBucket;
}

function virtualTime(clock: HandClock, http: HttpClient): VirtualTime {
  const underWay = new Set<Promise<unknown>>();
  let turn: Promise<void> = Promise.resolve();

  async function take(bucket: TokenBucket, signal: AbortSignal): Promise<void> {
    while (bucket.waitMs() > 0) {
      if (underWay.size > 0) await Promise.allSettled([...underWay]);
      else clock.advance(bucket.waitMs());
    }
    await bucket.take(signal);
    await new Promise(setImmediate); // the call it was taken for is under way
  }

  return {
    http: {
      send(request) {
        const call = http.send(request);
        const ended: Promise<unknown> = call.then(
          () => underWay.delete(ended),
          () => underWay.delete(ended),
        );
        underWay.add(ended);
        return call;
      },
    },
    bucket(spec) {
      const bucket = tokenBucket(spec, clock);
      return {
        ...bucket,
        take(signal) {
          turn = turn.then(() => take(bucket, signal));
          return turn;
        },
      };
    },
  };
}

function suitcases(count: number): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `P${n}`,
      title: `Cabin suitcase number ${n}`,
      description: 'A cabin suitcase with a light shell and four wheels.',
      brand: 'Acme',
      categories: ['Luggage'],
      status: 'active' as const,
      link: `https://shop.example/products/${n}`,
      images: [`https://shop.example/${n}.jpg`],
    },
    variants: [
      {
        sku: `CASE-${String(n).padStart(5, '0')}`,
        content: { mpn: `C-${n}`, options: { color: 'Blue' } },
        offer: { price: { minor: 10_000 + n, currency: 'USD' } },
        stock: [{ location: 'default', onHand: 5 }],
      },
    ],
  }));
}

describe(`${FEED} listings by a feed and ${SINGLE} by single calls at the documented rates`, () => {
  const clock = sharedClock();
  const stop = new AbortController();
  const figures: string[] = [];
  let simulator: RunningSimulator;
  let test: TestDatabase;
  let desk: ChannelDesk;
  let judge: FeedJudge;
  let time: VirtualTime;

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    simulator = await amazonSimulator.start({ port: 0, processingMs: LISTING_MS });
    await command('limits', { plan: 'documented' });
    await command('feeds', { processingMs: FEED_MS });
    test = await sqliteDatabase();
    time = virtualTime(clock, httpClient(stop.signal));
    judge = feedJudge(time.http);
    desk = await openHouse();
    await fillCatalog(desk.database, suitcases(FEED), clock);
  });
  afterAll(async () => {
    vi.useRealTimers();
    stop.abort();
    await simulator.stop();
    await test.dispose();
    process.stdout.write(`${figures.join('\n')}\n`);
  });

  async function command(name: string, body: object): Promise<void> {
    await fetch(`${simulator.url}/_sim/${name}`, { method: 'POST', body: JSON.stringify(body) });
  }

  async function openHouse(): Promise<ChannelDesk> {
    const channel = { id: 'amazon-test', connector: 'amazon', ...simulator.market };
    const settings = { ...simulator.settings, definitions: 'built-in' };
    const buckets = new Map<string, TokenBucket>();
    const open: OpenChannel = scaled.open(settings, {
      channel,
      http: judge,
      clock,
      log: silentLog,
      signal: stop.signal,
      bucket(name, spec) {
        const known = buckets.get(name) ?? time.bucket(spec);
        buckets.set(name, known);
        return known;
      },
    });
    const params = { dangerousGoods: 'not_applicable', countryOfOrigin: 'US' };
    const folder = packageRoot();
    const mapping = openMapping({
      packageRoot: folder,
      folder,
      channel: { ...channel, params },
      schema: undefined,
    });
    const share = openShare(channel.id);
    const kit = await buildListingKit({ connector: scaled, settings, channel, mapping, share });
    return openDesk({ database: test.database, kit, open, clock, random: () => 0, guard: {} });
  }

  // The whole load takes minutes of real time; the default ends within seconds.
  const timeout = FEED > 1_000 ? 3_600_000 : 30_000;
  it('takes little more than Amazon’s own time, breaks no usage plan and has no SKU in both lanes', {
    timeout,
  }, async () => {
    const began = clock.monotonicMs();
    await syncChannel(desk, { atOnce: true });
    // While the feeds are open, other listings change: too few for a load.
    await fillCatalog(desk.database, suitcases(FEED + SINGLE), clock);
    const failures: unknown[] = [];
    let sentMs = 0;
    for (let rounds = 0; ; rounds++) {
      expect(rounds).toBeLessThan(5_000);
      const report = await syncChannel(desk, { atOnce: true });
      if (report.submitted > 0) sentMs = clock.monotonicMs() - began;
      if (report.failed > 0) failures.push(...(await desk.database.all('SELECT code, message FROM problem')));
      if (report.counts.inFlight === 0 && report.submitted === 0 && report.failed === 0) {
        expect(report.counts).toMatchObject({ live: FEED + SINGLE, rejected: 0, blocked: 0 });
        break;
      }
      clock.advance(Math.max(1, report.againInMs ?? 0));
    }
    const tookMs = clock.monotonicMs() - began;
    const single = simulator.calls
      .filter(({ method, path }) => method === 'PUT' && path.startsWith('/listings/'))
      .map(({ path }) => path.split('/').at(-1));
    const messages = judge.documents.flatMap(
      (document) => (document as { messages: { sku: string }[] }).messages,
    );
    const inFeed = new Set(messages.map(({ sku }) => sku));
    expect(failures).toEqual([]);
    expect(judge.documents.length).toBeLessThanOrEqual(DOCUMENTS);
    expect(single.length + messages.length).toBe(FEED + SINGLE);
    // What is left over of the last document and no load any more goes by single calls too.
    expect(single.length).toBeLessThanOrEqual(SINGLE * 2);
    expect(single.filter((sku) => inFeed.has(sku ?? ''))).toEqual([]);
    expect(simulator.calls.filter(({ status }) => status >= 400)).toEqual([]);
    expect(judge.violations).toEqual([]);
    expect(simulator.held().size).toBe(FEED + SINGLE);

    const minutes = (ms: number): string => (ms / MINUTE_MS).toFixed(1);
    const optimumSent = (single.length / PER_SECOND) * 1_000;
    const amazons = FEED_MS * judge.documents.length;
    const optimum = Math.max(amazons, optimumSent) + LISTING_MS;
    figures.push(
      `${messages.length} listings by ${judge.documents.length} feeds, ${single.length} by single calls, on a virtual clock: ` +
        `last call sent after ${minutes(sentMs)} min (optimum at ${PER_SECOND}/s: ${minutes(optimumSent)}), ` +
        `last verdict after ${minutes(tookMs)} min (optimum, Amazon's own assumed ${minutes(amazons)} + ` +
        `${minutes(LISTING_MS)} min: ${minutes(optimum)}; all by single calls: ` +
        `${minutes(((FEED + SINGLE) / PER_SECOND) * 1_000 + LISTING_MS)})`,
    );
    // We use nine tenths of a rate, ask before single calls who ships, ask at a twentieth of the age, and read back.
    const searchesMs = (listings: number): number => (listings / 20 / PER_SECOND / 0.9) * 1_000;
    expect(sentMs).toBeLessThan((optimumSent / 0.9 + searchesMs(single.length)) * 1.1 + 5_000);
    expect(tookMs).toBeLessThan(optimum * 1.1 + searchesMs(FEED + SINGLE) * 2 + MINUTE_MS);
  });
});
