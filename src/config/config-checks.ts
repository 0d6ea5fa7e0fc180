import { existsSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Cron } from 'croner';
import type { ConnectorRegistry } from '../channel/registry.js';
import { longestBuyerDays } from '../channel/retention.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { suggest } from '../mapping/suggest.js';
import { allocationMistakes, strictMistakes } from './allocation-checks.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';
import { members } from './config-members.js';
import { CONFIG_SCHEMA } from './config-schema.js';
import { locationMistakes } from './locations-config.js';
import { packageRoot } from './package-root.js';
import { placesMistakes } from './places-config.js';
import { profitMistakes } from './profit-config.js';
import { schemaMistakes } from './schema-mistakes.js';
import { isShippedName } from './shipped-name.js';
import { tellShopMistakes } from './tell-shop-checks.js';

/** What the checks may look at besides the file. */
export interface CheckContext {
  readonly folder: string;
  readonly connectors: ConnectorRegistry;
}

// The schemas are ours and each connector's: that they are schemas is tested (test/config/schemas.test.ts), not worked out at every start.
const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: false,
  meta: false,
  validateSchema: false,
});
addFormats.default(ajv);
ajv.addFormat('file-path', true); // settings that name a file; see `load-config.ts`
const validateShape = ajv.compile(CONFIG_SCHEMA);

/** Everything that is wrong with a configuration, in the order of the file. */
export function configMistakes(file: ConfigFile, context: CheckContext): ConfigMistake[] {
  const mistakes = validateShape(file.content) ? [] : schemaMistakes(file, validateShape.errors ?? []);
  for (const [id, channel] of members(file.content.channels))
    mistakes.push(...channelMistakes(file, ['channels', id], channel, context));
  for (const [id, source] of members(file.content.sources))
    mistakes.push(...sourceMistakes(file, ['sources', id], source, context));
  for (const [id, schedule] of members(file.content.schedules))
    mistakes.push(...scheduleMistakes(file, ['schedules', id], schedule));
  for (const [id, location] of members(file.content.locations))
    mistakes.push(...zoneMistakes(file, ['locations', id], location));
  mistakes.push(...locationMistakes(file), ...checkoutMistakes(file));
  mistakes.push(...strictMistakes(file, context.connectors));
  return mistakes.sort((a, b) => a.line - b.line || a.column - b.column);
}

type Check = (file: ConfigFile, at: ConfigPath, part: JsonObject, context: CheckContext) => ConfigMistake[];

const channelMistakes: Check = (file, at, channel, context) => [
  ...connectorMistakes(file, at, channel, context),
  ...zoneMistakes(file, at, channel),
  ...fileMistakes(file, at, channel, context),
  ...allocationMistakes(file, at, channel),
  ...tellShopMistakes(file, at, channel, context.connectors),
  ...storefrontMistakes(file, at, channel),
  ...retentionMistakes(file, at, channel, context),
  ...cronMistakes(file, [...at, 'heal'], channel.heal),
  ...placesMistakes(file, [...at, 'places'], channel.places),
  ...profitMistakes(file, at, channel, context.folder),
];

function connectorMistakes(...[file, at, channel, { connectors }]: Parameters<Check>): ConfigMistake[] {
  const { connector: id } = channel;
  if (typeof id !== 'string') return [];
  if (!connectors.has(id)) {
    const ids = connectors.all().map((connector) => connector.id);
    const meant = suggest(id, ids);
    const advice = meant === null ? `Use one of: ${ids.join(', ')}.` : `Did you mean \`${meant}\`?`;
    return [file.mistake([...at, 'connector'], { message: `there is no connector "${id}"`, advice })];
  }
  // Connectors may name any dialect; what they use is common to all.
  const { $schema: _dialect, ...schema } = connectors.get(id).settingsSchema;
  const validate = ajv.compile(schema);
  const settings = channel.settings ?? {};
  if (!isJsonObject(settings) || validate(settings)) return [];
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const whereToFind = (name: string): string | null => {
    const setting = properties[name];
    return isJsonObject(setting) && typeof setting.description === 'string' ? setting.description : null;
  };
  return schemaMistakes(file, validate.errors ?? [], [...at, 'settings'], whereToFind);
}

/** A template without a place for the products would send every buyer to an empty cart. */
function checkoutMistakes(file: ConfigFile): ConfigMistake[] {
  const { checkout } = file.content;
  if (!isJsonObject(checkout) || checkout.cart !== 'template') return [];
  const { address } = checkout;
  if (typeof address !== 'string' || address.includes('{items}')) return [];
  const advice = 'Write {items} where the products go, and {coupon} where the coupon goes.';
  return [file.mistake(['checkout', 'address'], { message: 'has no place for the products', advice })];
}

function zoneMistakes(file: ConfigFile, at: ConfigPath, part: JsonObject): ConfigMistake[] {
  const { zone } = part;
  if (typeof zone !== 'string' || isZone(zone)) return [];
  const message = `"${zone}" is no time zone`;
  return [file.mistake([...at, 'zone'], { message, advice: 'Write an IANA name such as Europe/Berlin.' })];
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    // The only way to ask the runtime for a zone is to use it; it throws for names it does not know.
    return false;
  }
}

function fileMistakes(...[file, at, part, { folder }]: Parameters<Check>): ConfigMistake[] {
  return ['mapping', 'promotions'].flatMap((name) => {
    const named = part[name];
    if (typeof named !== 'string' || existsSync(path.resolve(folder, named))) return [];
    if (at[0] === 'sources' && isShippedName(named) && existsSync(shippedPath(named))) return [];
    const what = name === 'mapping' ? 'the mapping' : 'the promotions file';
    const message = `${what} ${named} does not exist`;
    return [file.mistake([...at, name], { message, advice: `Paths start at ${folder}.` })];
  });
}

function storefrontMistakes(file: ConfigFile, at: ConfigPath, channel: JsonObject): ConfigMistake[] {
  const { orders } = channel;
  if (!isJsonObject(orders)) return [];
  const { placeIn, policy } = orders;
  const unknown =
    typeof placeIn === 'string' ? noSuchChannel(file, [...at, 'orders', 'placeIn'], placeIn) : [];
  if (unknown.length > 0) return unknown;
  if (placeIn === at.at(-1))
    return [
      file.mistake([...at, 'orders', 'placeIn'], {
        message: 'orders cannot be placed in the channel they come from',
        advice: 'Name the channel of your shop.',
      }),
    ];
  if (placeIn === undefined && (policy === 'all' || policy === 'matched'))
    return [
      file.mistake([...at, 'orders', 'policy'], {
        message: `policy ${policy} needs a storefront`,
        advice: 'Add `placeIn:` with the channel of your shop, or set `policy: none`.',
      }),
    ];
  return [];
}

/** Nothing of buyers is kept longer than their channel allows, whatever is written. */
const retentionMistakes: Check = (file, at, channel, { connectors }) => {
  const { orders, connector: id } = channel;
  if (!isJsonObject(orders) || typeof id !== 'string' || !connectors.has(id)) return [];
  const { buyerRules, title } = connectors.get(id);
  const limits = [
    ['keepBuyersDays', longestBuyerDays(buyerRules), 'days'],
    ['keepMonths', buyerRules?.orderMonths ?? null, 'months'],
  ] as const;
  return limits.flatMap(([name, limit, unit]) => {
    const value = orders[name];
    if (limit === null || typeof value !== 'number' || value <= limit) return [];
    const message = `is longer than ${title} allows (${limit} ${unit}${name === 'keepBuyersDays' ? ', after a week for backups of the keys' : ''})`;
    return [
      file.mistake([...at, 'orders', name], { message, advice: `Write ${limit} or less, or leave it out.` }),
    ];
  });
};

/** The file of a source mapping that comes with Omnifeed. */
function shippedPath(name: string): string {
  return path.join(packageRoot(), 'mappings', 'sources', `${name}.yaml`);
}

const sourceMistakes: Check = (file, at, source, context) => {
  const mistakes = fileMistakes(file, at, source, context);
  const ways = ['path', 'url', 'channel'].filter((name) => source[name] !== undefined);
  if (ways.length !== 1) {
    const message = ways.length === 0 ? 'says not where the data is' : `has both ${ways.join(' and ')}`;
    const advice = 'Give exactly one of `path:`, `url:` and `channel:`.';
    mistakes.push(file.mistake(at, { message, advice, at: 'name' }));
  }
  mistakes.push(...shopMistakes(file, at, source));
  const { format, mapping, columns } = source;
  if (mapping !== undefined && columns !== undefined) {
    const words = { message: 'says twice what the columns mean', advice: 'Keep `mapping:` or `columns:`.' };
    mistakes.push(file.mistake([...at, 'columns'], { ...words, at: 'name' }));
  }
  if (typeof format === 'string' && format.startsWith('mapped-') && (mapping ?? columns) === undefined) {
    const words = {
      message: `format ${format} needs a mapping`,
      advice: 'Add `mapping:` with a source mapping.',
    };
    mistakes.push(file.mistake([...at, 'format'], words));
  }
  return mistakes;
};

/** What a shop says needs no telling how to read it. */
const OF_FILES = [
  'format',
  'mapping',
  'columns',
  'encoding',
  'delimiter',
  'quote',
  'decimalMark',
  'currency',
  'location',
  'baseUrl',
  'limits',
];

function shopMistakes(file: ConfigFile, at: ConfigPath, source: JsonObject): ConfigMistake[] {
  const { channel } = source;
  if (typeof channel !== 'string') return [];
  const ofFiles = OF_FILES.filter((name) => source[name] !== undefined).map((name) =>
    file.mistake([...at, name], {
      message: 'is about files and has no meaning with `channel:`',
      advice: 'Take it out.',
      at: 'name',
    }),
  );
  return [...noSuchChannel(file, [...at, 'channel'], channel), ...ofFiles];
}

function noSuchChannel(file: ConfigFile, at: ConfigPath, named: string): ConfigMistake[] {
  const channels = Object.keys((file.content.channels as JsonObject | undefined) ?? {});
  if (channels.includes(named)) return [];
  const meant = suggest(named, channels);
  const others = channels.length === 0 ? 'Add it under `channels`.' : `Use one of: ${channels.join(', ')}.`;
  const advice = meant === null ? others : `Did you mean \`${meant}\`?`;
  return [file.mistake(at, { message: `there is no channel "${named}"`, advice })];
}

function scheduleMistakes(file: ConfigFile, at: ConfigPath, schedule: JsonObject): ConfigMistake[] {
  return [...zoneMistakes(file, at, schedule), ...cronMistakes(file, [...at, 'cron'], schedule.cron)];
}

function cronMistakes(file: ConfigFile, at: ConfigPath, cron: JsonValue | undefined): ConfigMistake[] {
  if (typeof cron !== 'string') return [];
  try {
    new Cron(cron, { paused: true }).stop();
    return [];
  } catch (error) {
    const message = `"${cron}" is no schedule: ${error instanceof Error ? error.message : String(error)}`;
    const advice = 'Write minute, hour, day, month and weekday, such as "0 3 * * *" for 03:00 every day.';
    return [file.mistake(at, { message, advice })];
  }
}
