import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import type { GoogleSettings } from '../../../connectors/google-merchant/settings.js';
import { setPrices } from '../../../src/catalog/set-prices.js';
import type { ChannelDesk } from '../../../src/sync/channel-desk.js';
import { type ChannelReport, syncChannel } from '../../../src/sync/sync-channel.js';
import { fillCatalog, smallCatalog } from '../../support/catalog.js';
import { type ChannelBench, channelBench, type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';
import { command, settingsOf, testHost } from './support.js';

const HOUR_MS = 3_600_000;

describe('rounds of a channel whose files Google fetches', () => {
  let clock: HandClock;
  let bench: ChannelBench;
  let desk: ChannelDesk;
  let web: Server;
  let folder: string;
  let fetched: number;

  beforeEach(async () => {
    clock = handClock();
    fetched = 0;
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    web = createServer((request, response) => {
      fetched += 1;
      readFile(path.join(folder, path.basename(request.url ?? ''))).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    bench = await channelBench(googleMerchant, await sqliteDatabase(), { clock, processingMs: 60_000 });
    await fillCatalog(bench.desk.database, smallCatalog(), clock);
  });
  afterEach(async () => {
    await bench.stop();
    web.closeAllConnections();
    web.close();
    await rm(folder, { recursive: true, force: true });
  });

  function deliver(settings: Partial<GoogleSettings>, file: string): void {
    const feedUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/${file}`;
    const files = { delivery: 'file', feedPath: path.join(folder, file), feedUrl } as const;
    const whole = settingsOf(bench.simulator, { ...files, ...settings });
    desk = { ...bench.desk, open: googleMerchant.open(whole, testHost(clock)) };
  }
  async function later(ms: number): Promise<void> {
    clock.advance(ms);
    await command(bench.simulator, 'advance', { ms });
  }
  const round = (): Promise<ChannelReport> => syncChannel(desk, { atOnce: true });
  /** Rounds five minutes apart until Google is through with the file. */
  async function judged(): Promise<ChannelReport> {
    for (let looks = 0; ; looks++) {
      await later(5 * 60_000);
      const report = await round();
      if (report.counts.inFlight === 0 || looks === 20) return report;
    }
  }
  const priceOf = (sku: string): unknown => bench.simulator.held().get(sku)?.price;

  it.each([
    ['rss, packed', { feedFormat: 'rss' }, 'p.xml.gz', 1],
    ['atom, plain', { feedFormat: 'atom', feedGzip: false }, 'p.xml', 1],
    ['tsv, plain', { feedFormat: 'tsv', feedGzip: false }, 'p.tsv', 1],
    ['tsv in two parts, packed', { feedFormat: 'tsv', feedParts: 2 }, 'p.tsv.gz', 2],
  ] as const)(
    'become what Google shows, and then there is nothing to do: %s',
    async (_what, settings, file, files) => {
      deliver(settings, file);
      expect(await round()).toMatchObject({ submitted: 4, failed: 0, counts: { live: 0, inFlight: 4 } });
      expect(await readdir(folder)).toHaveLength(files);
      expect((await judged()).counts).toMatchObject({ live: 4, inFlight: 0, rejected: 0 });
      expect([...bench.simulator.held().keys()].sort()).toEqual([
        '00012345',
        'SHIRT-L',
        'SHIRT-M',
        'SHIRT-S',
      ]);
      expect(fetched).toBe(files);
      await later(HOUR_MS);
      expect(await round()).toMatchObject({ submitted: 0, changed: 0, counts: { live: 4 } });
      expect(fetched).toBe(files);
    },
  );

  it('leave a change to the fetch Google makes by itself when its hour comes', async () => {
    deliver({ feedFormat: 'tsv', feedHour: hourIn(12) }, 'p.tsv.gz');
    await round();
    await judged();
    await setPrices(desk.database, [{ sku: 'SHIRT-M', price: { minor: 1899, currency: 'USD' } }], {
      ...{ actor: 'test', at: clock.now() },
    });
    await later(HOUR_MS);
    expect(await round()).toMatchObject({ submitted: 4, counts: { inFlight: 4 } });
    expect((await round()).counts).toMatchObject({ inFlight: 4 });
    expect({ fetched, price: priceOf('SHIRT-M') }).toEqual({ fetched: 1, price: '19.99 USD' });
    await later(12 * HOUR_MS);
    expect((await judged()).counts).toMatchObject({ live: 4, inFlight: 0 });
    expect({ fetched, price: priceOf('SHIRT-M') }).toEqual({ fetched: 2, price: '18.99 USD' });
  });
});

/** The hour of New York so many hours from now. */
function hourIn(hours: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: 'America/New_York',
    hourCycle: 'h23',
    hour: 'numeric',
  });
  return Number(format.format(Date.now() + hours * HOUR_MS));
}
