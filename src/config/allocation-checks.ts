import type { ConnectorRegistry } from '../channel/registry.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';
import { members } from './config-members.js';

const MEMBERS: Readonly<Record<string, { readonly needs: string[]; readonly takes: string[] }>> = {
  shared: { needs: [], takes: ['keeper', 'lastUnits', 'cap'] },
  percent: { needs: ['percent'], takes: ['percent', 'cap'] },
  reserve: { needs: ['units'], takes: ['units'] },
  strict: { needs: ['percent'], takes: ['percent'] },
};

/** What is wrong with how one channel shares in the stock: members its mode does not have, a keeper nobody knows. */
export function allocationMistakes(
  file: ConfigFile,
  channelAt: ConfigPath,
  channel: JsonObject,
): ConfigMistake[] {
  const at = [...channelAt, 'stock', 'allocation'];
  const allocation = allocationOf(channel);
  const { mode } = allocation;
  const rule = typeof mode === 'string' ? MEMBERS[mode] : undefined;
  if (!rule) return [];
  const surplus = Object.keys(allocation).filter((name) => name !== 'mode' && !rule.takes.includes(name));
  return [
    ...rule.needs
      .filter((name) => allocation[name] === undefined)
      .map((name) =>
        file.mistake([...at, name], { message: 'is missing', advice: `Mode ${mode} needs \`${name}:\`.` }),
      ),
    ...surplus.map((name) =>
      file.mistake([...at, name], {
        message: `has no meaning in mode ${mode}`,
        advice: 'Take it out.',
        at: 'name',
      }),
    ),
    ...keeperMistakes(file, at, allocation),
  ];
}

function keeperMistakes(file: ConfigFile, at: ConfigPath, allocation: JsonObject): ConfigMistake[] {
  const { keeper } = allocation;
  if (typeof keeper !== 'string') return [];
  const channels = members(file.content.channels).map(([id]) => id);
  if (channels.includes(keeper)) return [];
  const advice = `Use one of: ${channels.join(', ')}.`;
  return [file.mistake([...at, 'keeper'], { message: `there is no channel "${keeper}"`, advice })];
}

interface StrictChannel {
  readonly id: string;
  readonly at: ConfigPath;
  readonly percent: number;
  /** Null: all. */
  readonly locations: readonly string[] | null;
}

/** What is wrong with channels that share stock strictly, taken together. */
export function strictMistakes(file: ConfigFile, connectors: ConnectorRegistry): ConfigMistake[] {
  const strict = members(file.content.channels).flatMap(([id, channel]) => strictChannel(id, channel));
  return [
    ...strict.flatMap((channel) => countingMistakes(file, channel, connectors)),
    ...strict.flatMap((channel, at) => poolMistakes(file, channel, strict.slice(0, at))),
  ];
}

function strictChannel(id: string, channel: JsonObject): StrictChannel[] {
  const { mode, percent } = allocationOf(channel);
  if (mode !== 'strict' || typeof percent !== 'number') return [];
  const stock = isJsonObject(channel.stock) ? channel.stock : {};
  const locations = Array.isArray(stock.locations) ? stock.locations.map(String).sort() : null;
  return [{ id, at: ['channels', id, 'stock', 'allocation'], percent, locations }];
}

/** A channel that goes on showing what it sold cannot be trusted with units of its own. */
function countingMistakes(
  file: ConfigFile,
  { id, at }: StrictChannel,
  connectors: ConnectorRegistry,
): ConfigMistake[] {
  const channel = members(file.content.channels).find(([name]) => name === id)?.[1];
  const connector = channel?.connector;
  if (typeof connector !== 'string' || !connectors.has(connector)) return [];
  if (connectors.get(connector).countsDown === true) return [];
  const message = `${connectors.get(connector).title} does not take its own sales off the quantity it was sent`;
  return [
    file.mistake([...at, 'mode'], { message, advice: 'Mode strict is for marketplaces; use another mode.' }),
  ];
}

function poolMistakes(
  file: ConfigFile,
  channel: StrictChannel,
  before: readonly StrictChannel[],
): ConfigMistake[] {
  const common = before.filter((other) => overlaps(channel, other));
  const other = common.find(({ locations }) => String(locations) !== String(channel.locations));
  if (other)
    return [
      file.mistake([...channel.at, 'mode'], {
        message: `shares some locations with "${other.id}", but not all`,
        advice: 'Give strict channels the same `locations`, or none in common.',
      }),
    ];
  const percent = common.reduce((sum, each) => sum + each.percent, channel.percent);
  if (percent <= 100) return [];
  const message = `makes ${percent} percent together with ${common.map(({ id }) => id).join(', ')}`;
  return [
    file.mistake([...channel.at, 'percent'], {
      message,
      advice: 'Strict channels of the same locations have 100 percent together at most.',
    }),
  ];
}

function overlaps(a: StrictChannel, b: StrictChannel): boolean {
  if (a.locations === null || b.locations === null) return true;
  return a.locations.some((location) => b.locations?.includes(location));
}

function allocationOf(channel: JsonObject): JsonObject {
  const allocation = isJsonObject(channel.stock) ? channel.stock.allocation : undefined;
  return isJsonObject(allocation) ? allocation : {};
}
