import { attributeCensus } from './catalog/attribute-census.js';
import type { OpenChannel } from './channel/connector.js';
import { type ListingConnector, lists } from './channel/listing-connector.js';
import type { ConnectorRegistry } from './channel/registry.js';
import type { ChannelConfig, Config } from './config/config.js';
import { packageRoot } from './config/package-root.js';
import type { Database } from './db/database.js';
import { OperatorError } from './domain/errors.js';
import type { Clock } from './domain/instant.js';
import { KeptMappings } from './mapping/kept-mappings.js';
import { openMapping } from './mapping/open-mapping.js';
import type { CompiledMapping } from './mapping/types.js';
import { shareOf, strictPoolOf } from './stock/shares.js';
import type { ChannelDesk } from './sync/channel-desk.js';
import { definitionsOf } from './sync/definitions.js';
import type { KindSchema, ListingKit } from './sync/desired.js';
import { GUARD_LIMITS } from './sync/guard.js';
import { buildListingKit } from './sync/listing-kit.js';
import { openDesk } from './sync/open-desk.js';
import { type MappingDesk, publishedPlace } from './workbench/mapping-desk.js';
import { mappingHome } from './workbench/mapping-home.js';

/** What desks for listings are made of. */
export interface ListingDeskParts {
  /** The configuration in use. */
  config(): Config;
  readonly known: ConnectorRegistry;
  readonly database: Database;
  readonly clock: Clock;
  readonly settleAfterMs: number | undefined;
  channel(id: string): ChannelConfig;
  open(id: string): OpenChannel;
  /** Whether a channel is practised on. */
  practised(id: string): boolean;
  random(): number;
}

/** Sets up work on listings and on mappings. */
export interface ListingDesks {
  desk(id: string): Promise<ChannelDesk>;
  mappingDesk(id: string): Promise<MappingDesk>;
}

/** A desk for a channel that is tried with a configuration that is not in use. */
export function deskOfDraft(
  parts: ListingDeskParts,
  tried: { readonly config: Config; readonly channel: ChannelConfig; readonly open: OpenChannel },
): Promise<ChannelDesk> {
  const { config, channel, open } = tried;
  const isTried = (id: string): boolean => id === channel.id;
  return listingDesks({
    ...parts,
    config: () => config,
    channel: (id) => (isTried(id) ? channel : parts.channel(id)),
    open: (id) => (isTried(id) ? open : parts.open(id)),
  }).desk(channel.id);
}

/** Desks for the house's channels; compiled schemas of listings are kept between them. */
export function listingDesks(parts: ListingDeskParts): ListingDesks {
  const compiled = compiledSchemas();
  const kept = new KeptMappings();
  const kitOf = async (id: string, mapping: CompiledMapping): Promise<ListingKit> => {
    const { database, clock } = parts;
    const channel = parts.channel(id);
    const { settings } = channel;
    const { definitions: port } = parts.open(id);
    const definitions = port && (await definitionsOf({ database, channel: id, port, clock }));
    const share = shareOf(parts.config().channels, channel);
    const schemas = compiled(id, definitions?.revision ?? 0);
    const connector = listingConnector(parts, channel);
    return buildListingKit({ connector, settings, channel, mapping, share, definitions, compiled: schemas });
  };
  return {
    async desk(id) {
      const { place } = await mappingDeskOf(parts, id, { kitOf, kept });
      const channel = parts.channel(id);
      const strict = strictPoolOf(parts.config().channels, channel) ?? undefined;
      if (strict) assertStrict(channel, parts.open(id));
      return openDesk({
        database: parts.database,
        kit: await kitOf(id, openMapping(place)),
        open: parts.open(id),
        clock: parts.clock,
        random: () => parts.random(),
        guard: channel.guard,
        strict,
        adopt: channel.adopt,
        settleAfterMs: parts.settleAfterMs,
      });
    },
    mappingDesk: (id) => mappingDeskOf(parts, id, { kitOf, kept }),
  };
}

async function mappingDeskOf(
  parts: ListingDeskParts,
  id: string,
  {
    kitOf,
    kept,
  }: {
    readonly kept: KeptMappings;
    kitOf(id: string, mapping: CompiledMapping): Promise<ListingKit>;
  },
): Promise<MappingDesk> {
  const { database, clock } = parts;
  const config = parts.config();
  const channel = parts.channel(id);
  const connector = listingConnector(parts, channel);
  const home = mappingHome(config.folder, channel);
  const place = await publishedPlace(database, home, {
    packageRoot: packageRoot(),
    folder: config.folder,
    settings: config.catalog,
    channel,
    schema: await plainSchema(connector, channel),
  });
  return {
    database,
    clock,
    home,
    connector,
    place,
    kept,
    guard: { ...GUARD_LIMITS, ...connector.limits.guard, ...channel.guard },
    census: () => attributeCensus(database),
    kit: (mapping) => kitOf(id, mapping),
  };
}

function listingConnector(parts: ListingDeskParts, channel: ChannelConfig): ListingConnector {
  const connector = parts.known.get(channel.connector);
  if (!lists(connector)) throw listsNothing(channel, connector.title);
  return parts.practised(channel.id) ? quick(connector) : connector;
}

/** Whoever practises looks at what happens: changes are not gathered for as long as a real channel asks for, and verdicts come soon. */
const PRACTICE = { coalesceMs: 3_000, settleAfterMs: 3_000 } as const;

function quick(connector: ListingConnector): ListingConnector {
  const { coalesceMs, settleAfterMs } = connector.limits;
  const limits = {
    ...connector.limits,
    coalesceMs: Math.min(coalesceMs, PRACTICE.coalesceMs),
    settleAfterMs: Math.min(settleAfterMs, PRACTICE.settleAfterMs),
  };
  return { ...connector, limits };
}

/** What moves only after the channel said so needs a channel that says so, and that tells what it sold. */
function assertStrict({ id }: ChannelConfig, { orders, listings }: OpenChannel): void {
  if (orders && listings) return;
  throw new OperatorError(
    'strict_needs_orders',
    `Channel "${id}" cannot share stock strictly: it ${orders ? 'takes no single changes' : 'tells no orders'}`,
    'Give it another `stock.allocation` mode.',
  );
}

/** What is told when listings of a shop are asked for. */
export function listsNothing({ id }: ChannelConfig, title: string): OperatorError {
  return new OperatorError(
    'lists_nothing',
    `Channel "${id}" is a shop (${title}): it is read and takes orders, and is told no listings`,
    'Name a channel that has listings.',
  );
}

/** Names and written-out values of a mapping are checked against the schema only where the mapping writes the channel's own form. */
async function plainSchema(connector: ListingConnector, channel: ChannelConfig) {
  return connector.shape ? undefined : connector.listingSchema(channel.settings, null);
}

/** Compiled listing schemas by channel, for as long as the channel's definitions stay the same. */
function compiledSchemas(): (channel: string, revision: number) => Map<string | null, KindSchema> {
  const kept = new Map<
    string,
    { readonly revision: number; readonly schemas: Map<string | null, KindSchema> }
  >();
  return (channel, revision) => {
    const known = kept.get(channel);
    if (known?.revision === revision) return known.schemas;
    const schemas = new Map<string | null, KindSchema>();
    kept.set(channel, { revision, schemas });
    return schemas;
  };
}
