import type { Connector, OpenChannel } from '../../src/channel/connector.js';
import { httpClient } from '../../src/channel/http.js';
import { lists } from '../../src/channel/listing-connector.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { tokenBucket } from '../../src/channel/throttle.js';
import { systemClock } from '../../src/clock.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import type { Clock } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import { openMapping } from '../../src/mapping/open-mapping.js';
import { openShare } from '../../src/stock/available.js';
import type { ChannelDesk } from '../../src/sync/channel-desk.js';
import { buildListingKit } from '../../src/sync/listing-kit.js';
import { openDesk } from '../../src/sync/open-desk.js';
import { judged } from '../judge/judged.js';
import type { TestDatabase } from './databases.js';
import { silentLog } from './silent-log.js';

/** A channel of a connector opened against its running simulator, on a fresh database. */
export interface ChannelBench {
  readonly simulator: RunningSimulator;
  readonly desk: ChannelDesk;
  readonly test: TestDatabase;
  /** A new desk, as a restarted process would have it; with other parameters of the mapping, as after a change of the configuration. */
  again(params?: JsonObject): Promise<ChannelDesk>;
  stop(): Promise<void>;
}

/** How the bench is set up. */
export interface BenchOptions {
  readonly processingMs?: number;
  readonly settings?: JsonObject;
  readonly params?: JsonObject;
  readonly clock?: Clock;
}

/** A clock that stands still until it is told to go on. */
export interface HandClock extends Clock {
  advance(ms: number): void;
}

/** A clock moved by hand, beginning now. */
export function handClock(): HandClock {
  let ms = Date.now();
  return {
    now: () => new Date(ms).toISOString(),
    monotonicMs: () => ms,
    advance(by) {
      ms += by;
    },
  };
}

/** Starts the simulator of a connector and opens a channel on it. Jitter is off, so that retries come at once. */
export async function channelBench(
  connector: Connector,
  test: TestDatabase,
  options: BenchOptions = {},
): Promise<ChannelBench> {
  if (!lists(connector)) throw new Error(`${connector.id} has no listings`);
  const module = await connector.simulator?.();
  if (!module) throw new Error(`${connector.id} has no simulator`);
  const started = await module.start({ port: 0, processingMs: options.processingMs ?? 30 });
  const simulator = connector.id === 'amazon' ? await judged(started) : started;
  const stop = new AbortController();
  const channel: ChannelFacts = { id: `${connector.id}-test`, connector: connector.id, ...simulator.market };
  const settings = { ...simulator.settings, ...options.settings };
  const again = async (params = options.params): Promise<ChannelDesk> => {
    const open = openOn(connector, { settings, channel, signal: stop.signal });
    const mapping = openMapping({
      packageRoot: packageRoot(),
      folder: packageRoot(),
      channel: { ...channel, params: params ?? {} },
      schema: undefined,
    });
    const kit = await buildListingKit({
      connector,
      settings,
      channel,
      mapping,
      share: openShare(channel.id),
    });
    return openDesk({
      database: test.database,
      kit,
      open,
      clock: options.clock ?? systemClock,
      random: () => 0,
      guard: {},
      settleAfterMs: 60,
    });
  };
  return {
    simulator,
    test,
    desk: await again(),
    again,
    async stop() {
      stop.abort();
      await simulator.stop();
      await test.dispose();
    },
  };
}

function openOn(
  connector: Connector,
  on: { settings: JsonObject; channel: ChannelFacts; signal: AbortSignal },
): OpenChannel {
  const buckets = new Map<string, ReturnType<typeof tokenBucket>>();
  return connector.open(on.settings, {
    channel: on.channel,
    http: httpClient(on.signal),
    clock: systemClock,
    log: silentLog,
    signal: on.signal,
    bucket(name, spec) {
      const known = buckets.get(name) ?? tokenBucket(spec, systemClock);
      buckets.set(name, known);
      return known;
    },
  });
}
