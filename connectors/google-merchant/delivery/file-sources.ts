import type { Host } from '../../../src/channel/connector.js';
import { canonicalJson, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';
import { newDataSource } from '../data-source.js';
import { createDataSource, listDataSources, patchDataSource } from '../data-source-calls.js';
import { partName } from '../feed/feed-parts.js';
import { type GoogleSettings, type MarketKey, marketKey } from '../settings.js';

/** Hour of the daily fetch unless the settings say otherwise. */
const FETCH_HOUR = 3;

/** The name of the data source of one file, by which it is known again. */
export function fileDisplayName(market: MarketKey, part: number): string {
  return `Omnifeed ${market.contentLanguage}/${market.feedLabel} file ${part + 1} (managed, do not edit)`;
}

/** How Google is to fetch one file (datasources v1, fetchSettings, verified 2026-11-24). */
export function fetchSettings(settings: GoogleSettings, zone: string, part: number): JsonObject {
  const { feedUser, feedPassword } = settings;
  return {
    enabled: true,
    frequency: 'FREQUENCY_DAILY',
    timeOfDay: { hours: settings.feedHour ?? FETCH_HOUR },
    timeZone: zone,
    fetchUri: partAddress(settings.feedUrl ?? '', part),
    ...(feedUser === undefined ? {} : { username: feedUser }),
    ...(feedPassword === undefined ? {} : { password: feedPassword }),
  };
}

/** The file data sources of this market that are ours, by part; those of parts the settings do not have are left out. */
export async function ourFileSources(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<ReadonlyMap<number, JsonObject>> {
  const market = marketKey(settings, host.channel);
  const sources = await listDataSources(client);
  const found = new Map<number, JsonObject>();
  for (let part = 0; part < (settings.feedParts ?? 1); part++) {
    const ours = sources.find(
      (source) => source.displayName === fileDisplayName(market, part) && source.input === 'FILE',
    );
    if (ours !== undefined) found.set(part, ours);
  }
  return found;
}

/** Creates what is missing and corrects what was changed; returns the full names by part. */
export async function ensureFileSources(
  client: MerchantClient,
  settings: GoogleSettings,
  host: Host,
): Promise<readonly string[]> {
  const market = marketKey(settings, host.channel);
  const known = await ourFileSources(client, settings, host);
  const names: string[] = [];
  for (let part = 0; part < (settings.feedParts ?? 1); part++) {
    const wanted = fetchSettings(settings, host.channel.zone, part);
    const source = known.get(part);
    if (source === undefined) {
      const made = await createDataSource(client, {
        ...newDataSource(market, settings, host.channel.country),
        displayName: fileDisplayName(market, part),
        fileInput: { fetchSettings: wanted },
      });
      names.push(String(made.name));
      continue;
    }
    if (!sameFetch(source, wanted)) {
      const body = { fileInput: { fetchSettings: wanted } };
      await patchDataSource(client, String(source.name), { mask: 'fileInput', body });
    }
    names.push(String(source.name));
  }
  return names;
}

/** Google does not tell passwords back, and may add members of its own. */
export function sameFetch(source: JsonObject, wanted: JsonObject): boolean {
  const file = isJsonObject(source.fileInput) ? source.fileInput : {};
  const told = isJsonObject(file.fetchSettings) ? file.fetchSettings : {};
  return Object.entries(wanted).every(
    ([name, value]) =>
      name === 'password' || value === undefined || canonicalJson(told[name]) === canonicalJson(value),
  );
}

function partAddress(url: string, part: number): string {
  const cut = url.lastIndexOf('/') + 1;
  return `${url.slice(0, cut)}${partName(url.slice(cut), part)}`;
}
