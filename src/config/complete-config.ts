import path from 'node:path';
import type { BuyerRules } from '../channel/buyer-rules.js';
import type { Connector } from '../channel/connector.js';
import type { ConnectorRegistry } from '../channel/registry.js';
import { type RetentionSettings, retentionOf } from '../channel/retention.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { Allocation } from '../domain/stock.js';
import { readUrl } from '../domain/web-address.js';
import type { LogLevel } from '../log/log.js';
import { backupsOf } from './backups-config.js';
import { checkoutOf } from './checkout-config.js';
import type {
  CatalogConfig,
  ChannelConfig,
  Config,
  OrdersConfig,
  ScheduleConfig,
  SourceConfig,
} from './config.js';
import { members } from './config-members.js';
import { inspectOf } from './inspect-config.js';
import { keyRingPlace } from './key-ring-place.js';
import { locationsOf } from './locations-config.js';
import { placesOf } from './places-config.js';
import { profitOf } from './profit-config.js';
import { isShippedName } from './shipped-name.js';

/** When a channel's healing document is written unless it says otherwise: at night, after it was read back. */
const DAILY = '20 4 * * *';

/** The checked content of a file completed: defaults filled in, paths absolute. */
export function completeConfig(file: string, found: JsonObject, connectors: ConnectorRegistry): Config {
  const folder = path.dirname(file);
  const http = groupOf(found.http);
  const database = databaseOf(textIn(found, 'database') ?? 'omnifeed-data/omnifeed.db', folder);
  const queue = textIn(found, 'queue') ?? 'embedded';
  const hooksSecret = textIn(groupOf(found.hooks), 'secret');
  const conversionsSecret = textIn(groupOf(found.conversions), 'secret');
  const locations = locationsOf(found.locations);
  const mail = mailOf(groupOf(found.mail));
  const channels = members(found.channels).map(([id, channel]) =>
    channelOf(id, channel, { folder, connector: connectors.get(String(channel.connector)) }),
  );
  return {
    file,
    folder,
    written: found,
    database,
    queue,
    keyFile: path.resolve(folder, textIn(found, 'keyFile') ?? 'omnifeed.key'),
    keyRing: keyRingOf(found, database, folder),
    backups: backupsOf(found.backups, { folder, database }),
    webhooks: { privateHosts: (groupOf(found.webhooks).privateHosts as readonly string[] | undefined) ?? [] },
    catalog: catalogOf(groupOf(found.catalog), folder),
    http: {
      host: textIn(http, 'host') ?? '127.0.0.1',
      port: Number(http.port ?? 8080),
      console: http.console !== false,
      publicUrl: textIn(http, 'publicUrl') ?? null,
      trustProxy: http.trustProxy === true,
    },
    checkout: checkoutOf(found.checkout),
    hooks: hooksSecret === undefined ? null : { secret: hooksSecret },
    conversions: conversionsSecret === undefined ? null : { secret: conversionsSecret },
    customerExport: hookOf(groupOf(found.customerExport)),
    log: { level: (textIn(groupOf(found.log), 'level') ?? 'info') as LogLevel },
    sources: members(found.sources).map(([id, source]) => sourceOf(id, source, folder)),
    channels,
    locations,
    mail,
    schedules: members(found.schedules).map(([id, schedule]) => scheduleOf(id, schedule)),
    secrets: [
      ...channels.flatMap((channel) =>
        secretsIn(channel.settings, connectors.get(channel.connector).settingsSchema),
      ),
      ...passwordsIn([database, queue, ...(mail === null ? [] : [mail.server])]),
      ...locations.flatMap(({ staff }) => staff.webhook?.secret ?? []),
      ...(conversionsSecret === undefined ? [] : [conversionsSecret]),
      ...(hooksSecret === undefined ? [] : [hooksSecret]),
      ...textsIn(groupOf(found.customerExport).secret ?? []),
    ],
  };
}

function hookOf({ url, secret }: JsonObject): { readonly url: string; readonly secret: string } | null {
  return url === undefined ? null : { url: String(url), secret: String(secret) };
}

function catalogOf(catalog: JsonObject, folder: string): CatalogConfig {
  const rates = textIn(catalog, 'rates');
  return {
    language: textIn(catalog, 'language') ?? null,
    rates: rates === undefined ? null : path.resolve(folder, rates),
  };
}

/** Apart from what the keys open, unless the operator says otherwise. */
function keyRingOf(found: JsonObject, database: string, folder: string): string | null {
  const named = textIn(found, 'keyRing');
  return named === undefined ? keyRingPlace(database) : databaseOf(named, folder);
}

function databaseOf(address: string, folder: string): string {
  if (/^[a-z]+:\/\//.test(address) || address === ':memory:') return address;
  return path.resolve(folder, address.replace(/^sqlite:/, ''));
}

function sourceOf(id: string, source: JsonObject, folder: string): SourceConfig {
  const { path: file, mapping, role, guard, ...rest } = source;
  return {
    ...(rest as Omit<SourceConfig, 'id' | 'role' | 'guard'>),
    id,
    role: role === 'supplemental' ? 'supplemental' : 'primary',
    guard: groupOf(guard) as SourceConfig['guard'],
    ...(typeof file === 'string' ? { path: path.resolve(folder, file) } : {}),
    ...(typeof mapping === 'string'
      ? { mapping: isShippedName(mapping) ? mapping : path.resolve(folder, mapping) }
      : {}),
  };
}

function channelOf(
  id: string,
  channel: JsonObject,
  place: { readonly folder: string; readonly connector: Connector },
): ChannelConfig {
  const { folder, connector } = place;
  const stock = groupOf(channel.stock);
  const mapping = textIn(channel, 'mapping');
  return {
    id,
    connector: String(channel.connector),
    country: String(channel.country),
    language: String(channel.language),
    currency: String(channel.currency),
    zone: String(channel.zone),
    ...(mapping === undefined ? {} : { mapping: path.resolve(folder, mapping) }),
    params: groupOf(channel.params),
    settings: withAbsolutePaths(groupOf(channel.settings), { folder, schema: connector.settingsSchema }),
    stock: {
      allocation: (stock.allocation ?? { mode: 'shared' }) as unknown as Allocation,
      safetyStock: Number(stock.safetyStock ?? 0),
      ...(Array.isArray(stock.locations) ? { locations: stock.locations.map(String) } : {}),
    },
    tellShop: Object.entries(groupOf(stock.tellShop)).map(([location, inShop]) => ({
      location,
      inShop: String(inShop),
    })),
    signals: signalsOf(channel.signals),
    promotions: fileIn(channel, 'promotions', folder),
    places: placesOf(groupOf(channel.places)),
    guard: groupOf(channel.guard) as ChannelConfig['guard'],
    heal: channel.heal === false ? null : (textIn(channel, 'heal') ?? DAILY),
    adopt: channel.adopt === 'matching' ? 'matching' : 'ask',
    inspect: inspectOf(groupOf(channel.inspect)),
    orders: ordersOf(groupOf(channel.orders), connector.buyerRules),
    profit: profitOf(channel, folder),
  };
}

/** Settings whose schema says `format: file-path`, at any depth, name files from the folder of the configuration on. */
function withAbsolutePaths(
  settings: JsonObject,
  place: { readonly folder: string; readonly schema: JsonObject },
): JsonObject {
  const about = groupOf(place.schema.properties);
  const entries = Object.entries(settings).map(([name, value]): [string, JsonObject[string]] => {
    const schema = groupOf(about[name]);
    if (typeof value === 'string' && schema.format === 'file-path')
      return [name, path.resolve(place.folder, value)];
    return [name, isJsonObject(value) ? withAbsolutePaths(value, { folder: place.folder, schema }) : value];
  });
  return Object.fromEntries(entries);
}

function ordersOf(orders: JsonObject, rules: BuyerRules | undefined): OrdersConfig {
  const placeIn = textIn(orders, 'placeIn');
  const rest = { split: orders.split === true, retention: retentionOf(orders as RetentionSettings, rules) };
  if (placeIn === undefined) return { policy: 'none', ...rest };
  return { policy: (textIn(orders, 'policy') ?? 'matched') as OrdersConfig['policy'], ...rest, placeIn };
}

function scheduleOf(id: string, schedule: JsonObject): ScheduleConfig {
  return {
    id,
    job: String(schedule.job),
    key: textIn(schedule, 'key') ?? '*',
    cron: String(schedule.cron),
    zone: textIn(schedule, 'zone') ?? 'UTC',
  };
}

/** Values of settings whose schema says `writeOnly`, at any depth. */
function secretsIn(settings: JsonObject, schema: JsonObject): string[] {
  return Object.entries(groupOf(schema.properties)).flatMap(([name, property]) => {
    const value = settings[name];
    const about = groupOf(property);
    if (about.writeOnly === true) return value === undefined ? [] : textsIn(value);
    return isJsonObject(value) ? secretsIn(value, about) : [];
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function passwordsIn(addresses: readonly string[]): string[] {
  return addresses.flatMap((address) => {
    if (readUrl(address) === null) return [];
    const { password } = new URL(address);
    return password === '' ? [] : [decodeURIComponent(password)];
  });
}

function groupOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function signalsOf(signals: unknown): ChannelConfig['signals'] {
  if (!isJsonObject(signals)) return null;
  return {
    from: Array.isArray(signals.from) ? signals.from.map(String) : null,
    originCountry: textIn(signals, 'originCountry') ?? null,
    originPostalCode: textIn(signals, 'originPostalCode') ?? null,
  };
}

function mailOf(mail: JsonObject): Config['mail'] {
  const server = textIn(mail, 'server');
  return server === undefined ? null : { server, from: String(mail.from) };
}

function fileIn(group: JsonObject, name: string, folder: string): string | null {
  const file = textIn(group, name);
  return file === undefined ? null : path.resolve(folder, file);
}

function textIn(group: JsonObject, name: string): string | undefined {
  const value = group[name];
  return typeof value === 'string' ? value : undefined;
}
