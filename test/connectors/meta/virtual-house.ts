import { meta } from '../../../connectors/meta/index.js';
import { type RunningGraph, startGraph } from '../../../connectors/meta/simulator/index.js';
import { httpClient } from '../../../src/channel/http.js';
import type { ListingConnector } from '../../../src/channel/listing-connector.js';
import { type BucketSpec, type TokenBucket, tokenBucket } from '../../../src/channel/throttle.js';
import { packageRoot } from '../../../src/config/package-root.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { openMapping } from '../../../src/mapping/open-mapping.js';
import { openShare } from '../../../src/stock/available.js';
import type { ChannelDesk } from '../../../src/sync/channel-desk.js';
import { buildListingKit } from '../../../src/sync/listing-kit.js';
import { openDesk } from '../../../src/sync/open-desk.js';
import { type ChannelReport, syncChannel } from '../../../src/sync/sync-channel.js';
import { type HandClock, handClock } from '../../support/channel-bench.js';
import { sqliteDatabase } from '../../support/databases.js';
import { silentLog } from '../../support/silent-log.js';

/** A whole engine on a Meta channel whose hours pass in no time: house, connector and simulator share one clock moved by hand. */
export interface VirtualHouse {
  readonly simulator: RunningGraph;
  readonly clock: HandClock;
  readonly desk: ChannelDesk;
  /** Rounds, each after the wait the one before it asked for, until nothing is due, in flight or to be asked. */
  settle(): Promise<Settled>;
  stop(): Promise<void>;
}

/** What settling took. */
export interface Settled {
  readonly rounds: number;
  readonly submitted: number;
  readonly hours: number;
}

const MOST_ROUNDS = 500;

/** Sets it up with the connector's real limits: batch sizes, patience, first look and quiet time. */
export async function virtualHouse(
  processingMs: number,
  more: { readonly settings?: JsonObject; readonly params?: JsonObject } = {},
): Promise<VirtualHouse> {
  const clock = handClock();
  const simulator = await startGraph({ port: 0, processingMs }, () => clock.monotonicMs());
  const test = await sqliteDatabase();
  const stop = new AbortController();
  const channel = { id: 'meta-test', connector: 'meta', ...simulator.market };
  const settings = { ...simulator.settings, ...more.settings };
  const connector = meta as ListingConnector;
  const buckets = new Map<string, TokenBucket>();
  const open = connector.open(settings, {
    channel,
    http: httpClient(stop.signal),
    clock,
    log: silentLog,
    signal: stop.signal,
    bucket(name, spec) {
      const known = buckets.get(name) ?? handBucket(spec, clock);
      buckets.set(name, known);
      return known;
    },
  });
  const mapping = openMapping({
    packageRoot: packageRoot(),
    folder: packageRoot(),
    channel: { ...channel, params: more.params ?? {} },
    schema: undefined,
  });
  const kit = await buildListingKit({ connector, settings, channel, mapping, share: openShare(channel.id) });
  const desk = openDesk({ database: test.database, kit, open, clock, random: () => 0, guard: {} });
  return {
    simulator,
    clock,
    desk,
    settle: () => settle(desk, clock),
    async stop() {
      stop.abort();
      await simulator.stop();
      await test.dispose();
    },
  };
}

/** A bucket whose short rests move the clock, since nothing else does while somebody waits. */
function handBucket(spec: BucketSpec, clock: HandClock): TokenBucket {
  const bucket = tokenBucket(spec, clock);
  return {
    ...bucket,
    take(signal) {
      clock.advance(Math.ceil(bucket.restMs()));
      return bucket.take(signal);
    },
  };
}

async function settle(desk: ChannelDesk, clock: HandClock): Promise<Settled> {
  const from = clock.monotonicMs();
  let submitted = 0;
  for (let rounds = 1; rounds <= MOST_ROUNDS; rounds++) {
    const report: ChannelReport = await syncChannel(desk, { atOnce: true });
    submitted += report.submitted;
    const done = report.counts.inFlight === 0 && report.submitted === 0 && report.failed === 0;
    if (report.paused !== null) throw new Error(`the channel is paused: ${report.paused}`);
    if (report.againInMs === null || (done && report.againInMs > 3_600_000))
      return { rounds, submitted, hours: (clock.monotonicMs() - from) / 3_600_000 };
    clock.advance(Math.max(1, report.againInMs));
  }
  throw new Error(`not settled after ${MOST_ROUNDS} rounds`);
}

/** Products of one variant each, as a shop would have them. */
export function goods(count: number): SourceProduct[] {
  return Array.from({ length: count }, (_, n) => ({
    product: {
      id: `P${n}`,
      title: `Lamp number ${n} of brass`,
      description: 'A lamp of solid brass with a shade of linen.',
      brand: 'Fernweh',
      categories: ['Home > Lighting > Lamps'],
      status: 'active' as const,
      link: `https://shop.example/products/${n}`,
      images: [`https://shop.example/${n}.jpg`],
    },
    variants: [
      {
        sku: `LAMP-${n}`,
        content: { mpn: `L-${n}` },
        offer: { price: { minor: 1_000 + (n % 500), currency: 'USD' } },
        stock: [{ location: 'default', onHand: 5 }],
      },
    ],
  }));
}
