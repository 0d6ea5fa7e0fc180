import type { ConnectorRegistry } from '../channel/registry.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';
import { members } from './config-members.js';

/**
 * What is wrong with the stock that is written into a shop. Only a location with a stated owner is, and never one a shop counts: two that count the
 * same units would each undo the other. The shop itself must count nothing, and be told something when it does not.
 */
export function tellShopMistakes(
  file: ConfigFile,
  channelAt: ConfigPath,
  channel: JsonObject,
  connectors: ConnectorRegistry,
): ConfigMistake[] {
  const told = isJsonObject(channel.stock) ? channel.stock.tellShop : undefined;
  const able = isToldStock(channel, connectors);
  const at = [...channelAt, 'stock', 'tellShop'];
  if (!isJsonObject(told)) {
    if (!able) return [];
    const message = 'is missing, though the settings say that this shop is told its stock';
    const advice = 'Name our locations with the shop’s own id of each, `berlin: "70551"`.';
    return [file.mistake(at, { message, advice })];
  }
  if (!able) {
    const message = 'has no meaning: this channel counts its own stock, or cannot be told any';
    const advice = 'Where the connector can (shopify), set `stockOwner: omnifeed`; else take it out.';
    return [file.mistake(at, { message, advice, at: 'name' })];
  }
  const ids = Object.values(told).map(String);
  return Object.entries(told).flatMap(([location, inShop], index) => [
    ...ownerMistakes(file, [...at, location], location),
    ...(ids.indexOf(String(inShop)) === index
      ? []
      : [
          file.mistake([...at, location], {
            message: `is the shop’s ${String(inShop)} as another location is`,
            advice: 'One location of ours is one of the shop.',
          }),
        ]),
  ]);
}

function isToldStock({ connector, settings }: JsonObject, connectors: ConnectorRegistry): boolean {
  if (typeof connector !== 'string' || !connectors.has(connector)) return false;
  return connectors.get(connector).isToldStock?.(isJsonObject(settings) ? settings : {}) === true;
}

function ownerMistakes(file: ConfigFile, at: ConfigPath, location: string): ConfigMistake[] {
  const known = members(file.content.locations).find(([id]) => id === location);
  const owner = known?.[1].countedBy;
  if (typeof owner !== 'string')
    return [
      file.mistake(at, {
        message: `nobody is named as who counts at "${location}"`,
        advice: `Add \`locations.${location}.countedBy\` with the source, or other name, that states the counts.`,
      }),
    ];
  const source = members(file.content.sources).find(([id]) => id === owner)?.[1];
  if (typeof source?.channel !== 'string') return [];
  const message = `the shop ${source.channel} counts at "${location}" (source ${owner})`;
  const advice =
    'What a shop counts is never written into a shop. Take it out, or let another source count there.';
  return [file.mistake(at, { message, advice })];
}
