import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { connectors } from '../connectors/index.js';
import type { BuyerVault } from './buyers/buyer-vault.js';
import { houseKeys } from './buyers/house-keys.js';
import { stateOwners } from './catalog/stock-owners.js';
import type { Log, OpenChannel } from './channel/connector.js';
import type { Sealer } from './channel/credentials.js';
import { httpClient } from './channel/http.js';
import { type ConnectorRegistry, registry } from './channel/registry.js';
import { systemClock } from './clock.js';
import type { ChannelConfig, Config, SourceConfig } from './config/config.js';
import type { ConfigMistake } from './config/config-error.js';
import { loadConfig } from './config/load-config.js';
import { isShop } from './config/shops.js';
import { connectDatabase } from './db/connect.js';
import type { Database } from './db/database.js';
import type { Clock } from './domain/instant.js';
import type { HookDesk } from './hooks/deliver.js';
import { type ImageShelf, imageShelf, type ShelfRules } from './inspect/image-shelf.js';
import { deskOfDraft, listingDesks } from './listing-desks.js';
import { type HouseLog, houseLog } from './log/log.js';
import { smtpPostman } from './mail/smtp-postman.js';
import { type Meters, noMeters } from './metrics/meters.js';
import { findConfigured, openChannels, tryToOpen } from './open-channels.js';
import { openOrderDesk } from './orders/open-order-desk.js';
import { openSignalDesk } from './orders/open-signal-desk.js';
import type { OrderDesk } from './orders/order-desk.js';
import type { SignalDesk } from './orders/signals.js';
import type { JobQueue } from './queue/job-queue.js';
import { openQueue } from './queue/open-queue.js';
import { tryPart } from './setup/house-config.js';
import { liveConfig } from './setup/live-config.js';
import { unmarkPractice } from './setup/practice-channels.js';
import { type PracticeGround, practiceGround } from './setup/practice-ground.js';
import { dropPart, type StoredPart } from './setup/stored-parts.js';
import type { PlaceShare } from './stock/place-units.js';
import { placeShareOf } from './stock/shares.js';
import type { FulfilDesk } from './stores/fulfil-desk.js';
import { openFulfilDesk } from './stores/open-fulfil-desk.js';
import type { StaffWays } from './stores/tell-staff.js';
import type { ChannelDesk } from './sync/channel-desk.js';
import { forgetOutlet } from './sync/outlet.js';
import type { MappingDesk } from './workbench/mapping-desk.js';

/** A running house: everything the doors (jobs, command line, API) work with. */
export interface App {
  /** The configuration in use. Ask each time: what is set up in the console is added while the house runs. */
  readonly config: Config;
  readonly connectors: ConnectorRegistry;
  readonly database: Database;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** What the process counts for Prometheus. */
  readonly meters: Meters;
  /** Aborted when the house closes. */
  readonly signal: AbortSignal;
  /** Aborted when another configuration is in use. */
  configChanged(): AbortSignal;
  /** Takes up what was set up since, here or by another process. */
  reload(): Promise<void>;
  /** Forgets a channel that was connected in the console: it is in no configuration any more. */
  disconnect(id: string): Promise<void>;
  /** What is wrong with a part that is set up, and what it would be in use. */
  tryPart(part: StoredPart): Promise<TriedPart>;
  /** The configured channel. Throws `unknown_channel`. */
  channel(id: string): ChannelConfig;
  /** Whether the channel is the merchant's own shop, which is told no listings. */
  isShop(id: string): boolean;
  /** The configured source. Throws `unknown_source`. */
  source(id: string): SourceConfig;
  /** The channel's ports; opened once. */
  open(id: string): OpenChannel;
  /** Sets up listing work on a channel. Throws `mapping_has_errors` with every mistake when its mapping does not load, and `lists_nothing` for a shop. */
  desk(id: string): Promise<ChannelDesk>;
  /** Sets up work on a channel's mapping, whether what is published loads or not. Throws `lists_nothing` for a shop. */
  mappingDesk(id: string): Promise<MappingDesk>;
  /** Sets up order work on a channel; null when the channel sells nothing. */
  orderDesk(id: string): Promise<OrderDesk | null>;
  /** Where channels are practised on. */
  readonly practice: PracticeGround;
  /** What the staff of locations is told through. */
  readonly staff: StaffWays;
  /** Sets up the work of locations on orders of a channel; null when the channel sells nothing. */
  fulfilDesk(id: string): FulfilDesk | null;
  /** How a channel shares in what lies at some locations that are a place of it. */
  placeShare(id: string, locations: readonly string[]): PlaceShare;
  /** Sets up the reporting of parcels to a channel; null when nobody asked for it. */
  signalDesk(id: string): Promise<SignalDesk | null>;
  /** Seals buyer data with the data key. Throws OperatorError when there is no key. */
  sealer(): Promise<Sealer>;
  /** The house’s key itself, for backups. Throws like `sealer`. */
  key(): Promise<Buffer>;
  /** Pictures of the catalog, fetched from merchants' hosts and kept. */
  readonly images: ImageShelf;
  /** Sets up the telling of webhooks. */
  hookDesk(): HookDesk;
  /** Keeps buyers. Throws like `sealer`. */
  buyers(): Promise<BuyerVault>;
  close(): Promise<void>;
}

/** A channel that need not be in use. */
export interface TriedChannel {
  readonly config: ChannelConfig;
  readonly open: OpenChannel;
  /** Throws like `App.desk`. */
  desk(): Promise<ChannelDesk>;
}

/** A part of the configuration, tried without being in use. */
export interface TriedPart {
  readonly mistakes: readonly ConfigMistake[];
  /** The channel with its ports; null: it is no channel, or has mistakes. */
  readonly channel: TriedChannel | null;
  /** The source; null: it is none, or has mistakes. */
  readonly source: SourceConfig | null;
}

/** What may be brought instead of the real thing. */
export interface AppOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly meters?: Meters;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Looks for verdicts after this long instead of each connector's own time; for simulated channels, which are quick. */
  readonly settleAfterMs?: number;
  /** How pictures are found, where the usual rules cannot be met. */
  readonly images?: Pick<ShelfRules, 'find' | 'ports'>;
  /** Every channel is one to practise on: nobody waits for it as for a real one. */
  readonly practice?: boolean;
  /** Where jitter comes from. */
  random?(): number;
}

/** The connectors this build knows. */
export function knownConnectors(): ConnectorRegistry {
  return registry(connectors);
}

/** Reads a configuration file and builds the house. */
export async function openApp(file: string, options: AppOptions = {}): Promise<App> {
  return buildApp(await loadConfig(file, knownConnectors(), options.environment ?? process.env), options);
}

/** Builds the house from a checked configuration: plain functions, no container. */
export async function buildApp(file: Config, options: AppOptions = {}): Promise<App> {
  const clock = options.clock ?? systemClock;
  const meters = options.meters ?? noMeters;
  const own = quietable(file);
  const log = options.log ?? own;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // every call under way listens to it
  const known = knownConnectors();
  const database = await connectDatabase(file.database);
  await stateOwners(
    database,
    file.locations.flatMap(({ id, countedBy }) =>
      countedBy === null ? [] : [{ location: id, owner: countedBy }],
    ),
  );
  const queue = await openQueue(file.queue, { database, clock, log });
  const environment = options.environment ?? process.env;
  const keys = houseKeys(file, { environment, database, clock });
  const random = options.random ?? Math.random;
  const setup = { config: file, connectors: known, database, sealer: () => keys.sealer() };
  const live = await liveConfig({ ...setup, clock, hide: (secret) => own.hide(secret) });
  const channels = openChannels({ ...setup, live, known, clock, log, meters, signal: stop.signal });

  const practice = practiceGround(known);
  const deskParts = {
    config: live.current,
    known,
    database,
    clock,
    settleAfterMs: options.settleAfterMs,
    channel: channels.config,
    open: channels.open,
    practised: (id: string) => options.practice === true || practice.has(id),
    random,
  };
  const desks = listingDesks(deskParts);

  const app: App = {
    get config() {
      return live.current();
    },
    configChanged: live.changed,
    reload: live.reload,
    async disconnect(id) {
      await database.transaction(async (tx) => {
        await dropPart(tx, 'channels', id);
        await unmarkPractice(tx, id);
        await forgetOutlet(tx, id);
      });
      await live.reload();
      await app.practice.close(id);
    },
    async tryPart(part) {
      const { config, mistakes } = await tryPart(part, { ...setup, current: live.current() });
      if (mistakes.length > 0) return { mistakes, channel: null, source: null };
      const channel = part.kind === 'channels' ? config.channels.find(({ id }) => id === part.id) : undefined;
      const source = part.kind === 'sources' ? config.sources.find(({ id }) => id === part.id) : undefined;
      const opened = channel ? tryToOpen(channel, channels.made) : { open: null, mistakes };
      const { open } = opened;
      return {
        mistakes: opened.mistakes,
        channel:
          channel && open !== null
            ? { config: channel, open, desk: () => deskOfDraft(deskParts, { config, channel, open }) }
            : null,
        source: source ?? null,
      };
    },
    connectors: known,
    database,
    queue,
    clock,
    log,
    meters,
    signal: stop.signal,
    channel: channels.config,
    isShop: (id) => isShop(live.current(), id),
    source: (id) => findConfigured(live.current().sources, id, 'source'),
    open: channels.open,
    desk: desks.desk,
    mappingDesk: desks.mappingDesk,
    sealer: () => keys.sealer(),
    key: () => keys.key(),
    images: imageShelf({
      folder: path.join(file.folder, 'omnifeed-data/images'),
      signal: stop.signal,
      now: () => clock.monotonicMs(),
      ...options.images,
    }),
    hookDesk: () => ({
      database,
      clock,
      sealer: () => keys.sealer(),
      rules: { privateHosts: file.webhooks.privateHosts },
      random,
    }),
    buyers: () => keys.buyers(),
    async orderDesk(id) {
      return openOrderDesk({
        database,
        channel: channels.config(id),
        open: channels.open,
        sources: live.current().sources,
        buyers: await keys.buyers(),
        clock,
        random,
      });
    },
    practice,
    staff: {
      http: httpClient(stop.signal),
      postman: file.mail === null ? null : smtpPostman(file.mail),
    },
    fulfilDesk(id) {
      const { locations, sources: all } = live.current();
      const sources = all.map((source) => source.id);
      const [channel, open] = [channels.config(id), channels.open(id)];
      const { placeIn } = channel.orders;
      const storefront = placeIn === undefined ? null : channels.open(placeIn);
      return openFulfilDesk({ database, channel, open, storefront, locations, sources, clock, random });
    },
    placeShare: (id, locations) => placeShareOf(live.current().channels, channels.config(id), locations),
    async signalDesk(id) {
      return openSignalDesk({
        database,
        channel: channels.config(id),
        sellers: live
          .current()
          .channels.filter(({ id: seller }) => channels.open(seller).orders)
          .map(({ id: seller }) => seller),
        open: channels.open,
        buyers: () => keys.buyers(),
        clock,
        random,
      });
    },
    async close() {
      await queue.close();
      await app.practice.stop();
      stop.abort(new Error('the house is closing'));
      await keys.close();
      await database.close();
    },
  };
  return app;
}

function quietable(config: Config): HouseLog {
  const log = houseLog({ level: config.log.level });
  for (const secret of config.secrets) log.hide(secret);
  return log;
}
