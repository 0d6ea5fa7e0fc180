import { memory } from '../../connectors/memory/index.js';
import { jobHandlers } from '../../jobs/index.js';
import type { App } from '../../src/app.js';
import { importSource } from '../../src/catalog/import.js';
import type { OpenChannel } from '../../src/channel/connector.js';
import type { ChannelConfig, Config } from '../../src/config/config.js';
import { packageRoot } from '../../src/config/package-root.js';
import { isShop } from '../../src/config/shops.js';
import { type Clock, instantOf } from '../../src/domain/instant.js';
import { openMapping } from '../../src/mapping/open-mapping.js';
import { openOrderDesk } from '../../src/orders/open-order-desk.js';
import type { JobHandlers, JobQueue } from '../../src/queue/job-queue.js';
import { runSchedules } from '../../src/queue/schedule.js';
import { sqlQueue } from '../../src/queue/sql-queue.js';
import { shareOf, strictPoolOf } from '../../src/stock/shares.js';
import type { ListingKit } from '../../src/sync/desired.js';
import { buildListingKit } from '../../src/sync/listing-kit.js';
import { openDesk } from '../../src/sync/open-desk.js';
import { silentLog } from '../support/silent-log.js';
import { testVault } from '../support/test-vault.js';
import { houseConfig } from './house-config.js';
import { ORDER_LAG_MS } from './market.js';
import { calling, LATEST_MS } from './node-calls.js';
import { nodeStore } from './node-store.js';
import { readFeed } from './supplier.js';
import { currentLife, Life, type VirtualTime } from './time.js';
import type { World } from './world.js';

/** Sound limits for the markets: a lost call is over after 30 s, and no verdict takes longer than 25 s after that. */
const LIMITS = {
  ...memory.limits,
  batch: { items: 5, bytes: 1_000_000 },
  patienceMs: 90_000,
  quietMs: LATEST_MS,
  settleAfterMs: 4_000,
  orderLagMs: ORDER_LAG_MS,
  observeEveryMs: null,
};

/** A lease shorter than a process may be paused. */
const POLICY = { leaseMs: 30_000, restMs: 120_000, graceMs: 1_000, pollMs: 10_000 };

const vault = testVault();
const kits = new Map<string, Promise<ListingKit>>();

/** One machine of the house. It runs a worker and a scheduler, dies and is started again with nothing in its memory. */
export class SimulatedNode {
  life: Life | null = null;
  readonly #config: Config;

  constructor(
    readonly name: string,
    readonly world: World,
  ) {
    this.#config = houseConfig(world.scale.strict);
  }

  /** Starts the process: real worker, real scheduler, real jobs. */
  start(): void {
    const { world } = this;
    const life = new Life(this.name, world.roll.below(2_000) - 1_000);
    this.life = life;
    world.note(`${this.name} starts`);
    currentLife.run(life, () => {
      this.#work(life).catch((error: unknown) => {
        world.note(`${this.name} ends by itself: ${String(error)}`);
        world.kill(life);
      });
    });
  }

  async #work(life: Life): Promise<void> {
    const app = this.#app(life);
    const { queue, database, clock, log, signal } = app;
    await queue.wake('sweep', '*');
    await Promise.all([
      queue.work(this.#handlers(app), { concurrency: 3, signal }),
      runSchedules(schedulesOf(this.#config), { queue, database, clock, log, signal }),
    ]);
  }

  #handlers(app: App): JobHandlers {
    const { 'search-words': _words, hooks: _hooks, ...handlers } = jobHandlers(app);
    return {
      ...handlers,
      'search-words': async () => undefined,
      hooks: async () => undefined,
      import: async (source) => {
        await importSource(app.database, {
          // The merchant's catalog is small, and guarded from its first product.
          source: { id: source, role: 'primary', guard: { fromKnown: 1 } },
          read: () => readFeed(this.world),
          actor: 'schedule',
          clock: app.clock,
        });
        for (const channel of this.#config.channels) await app.queue.wake('reconcile', channel.id);
      },
    };
  }

  /** The house as `buildApp` makes it, on the world’s database and markets instead of files and sockets. */
  #app(life: Life): App {
    const { world } = this;
    const config = this.#config;
    const clock = clockOf(world.time, life);
    const database = nodeStore(world.base, life, world);
    const random = (): number => world.roll.below(1_000) / 1_000;
    const signal = new AbortController().signal;
    const queue = losing(sqlQueue({ database, clock, log: silentLog, policy: POLICY }), world);
    const channel = (id: string): ChannelConfig => {
      const found = config.channels.find((each) => each.id === id);
      if (!found) throw new Error(`no channel ${id}`);
      return found;
    };
    const opened = new Map(
      config.channels.map(({ id }) => [id, openSimulated(id, { life, world })] as const),
    );
    const open = (id: string): OpenChannel => opened.get(id) as OpenChannel;
    const shared = { database, clock, random };
    const app: Partial<App> = {
      config,
      database,
      queue,
      clock,
      log: silentLog,
      signal,
      channel,
      isShop: (id) => isShop(config, id),
      open,
      async desk(id) {
        const own = channel(id);
        return openDesk({
          ...shared,
          kit: await kitOf(config, own),
          open: open(id),
          guard: own.guard,
          strict: strictPoolOf(config.channels, own) ?? undefined,
          adopt: 'ask',
        });
      },
      orderDesk: async (id) =>
        openOrderDesk({ ...shared, channel: channel(id), open, buyers: vault, sources: config.sources }),
      fulfilDesk: () => null,
      signalDesk: async () => null,
      buyers: async () => vault,
    };
    return lent(app, world);
  }
}

/** What jobs ask for and the simulation does not lend is a mistake of the simulation, and ends the run. */
function lent(app: Partial<App>, world: World): App {
  return new Proxy(app, {
    get(target, name, receiver) {
      if (!(name in target)) world.broken('simulation', `no app.${String(name)} is lent`);
      return Reflect.get(target, name, receiver);
    },
  }) as App;
}

function schedulesOf(config: Config) {
  const zone = 'UTC';
  const reads = config.channels
    .filter(({ id }) => id !== 'shop')
    .map(({ id }) => ({ id: `observe-${id}`, job: 'observe', key: id, cron: '*/5 * * * *', zone }));
  return [
    { id: 'sweep', job: 'sweep', key: '*', cron: '* * * * *', zone },
    { id: 'import-shop', job: 'import', key: 'shop', cron: '*/2 * * * *', zone },
    ...reads,
  ];
}

function clockOf(time: VirtualTime, life: Life): Clock {
  return {
    now: () => instantOf(time.nowMs + life.skewMs),
    monotonicMs: () => time.nowMs,
  };
}

/** Wakes that get lost, as with a queue that was flushed: the sweep must find what they were about. */
function losing(queue: JobQueue, { weather }: World): JobQueue {
  return {
    ...queue,
    async wake(job, key, options) {
      if (job !== 'sweep' && weather.strikes('wake-lost', job)) return;
      await queue.wake(job, key, options);
    },
  };
}

function openSimulated(id: string, on: { readonly life: Life; readonly world: World }): OpenChannel {
  const { world } = on;
  const check = async () => [];
  if (id === 'shop') return { check, sink: calling(world.shop.sink, { ...on, far: id }) };
  const market = world.markets.get(id);
  if (market === undefined) throw new Error(`no market ${id}`);
  return {
    check,
    listings: calling(market.listings, { ...on, far: id }),
    ...(market.kind.sells ? { orders: calling(market.port, { ...on, far: id }) } : {}),
  };
}

/** Kits hold no state: every process, and every run, may use the same. */
function kitOf(config: Config, channel: ChannelConfig): Promise<ListingKit> {
  const name = JSON.stringify([channel.id, channel.stock]);
  const known = kits.get(name);
  if (known !== undefined) return known;
  const mapping = openMapping({
    packageRoot: packageRoot(),
    folder: packageRoot(),
    channel: { ...channel, params: {} },
    schema: undefined,
  });
  const share = shareOf(config.channels, channel);
  const made = buildListingKit({
    connector: { ...memory, limits: LIMITS },
    settings: {},
    channel,
    mapping,
    share,
  });
  kits.set(name, made);
  return made;
}
