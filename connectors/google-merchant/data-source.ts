import type { ChannelFacts } from '../../src/domain/channel-facts.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import { type GoogleSettings, type MarketKey, marketKey } from './settings.js';

/** The API data source our products live in. */
export interface DataSource {
  /** Its full name; found or, when there is none of ours, created. One look-up at a time, kept afterwards. */
  name(): Promise<string>;
  /** Its full name if it exists already; never creates one. */
  known(): Promise<string | null>;
  /** The name was wrong: look it up again next time. */
  forget(): void;
  /** True when the operator named it. */
  readonly configured: boolean;
}

const DEFAULT_DESTINATIONS = ['SHOPPING_ADS', 'FREE_LISTINGS'];

/**
 * Finds the data source that carries our display name, is written through the API, is not local and has this market's
 * language and label; creates it otherwise. Sources of others are never taken over: writing to them would move their
 * products. Creating is not idempotent at Google, so the list is always read first (datasources v1, verified 2026-11-23).
 */
export function dataSource(
  client: MerchantClient,
  settings: GoogleSettings,
  channel: ChannelFacts,
): DataSource {
  const market = marketKey(settings, channel);
  const displayName = `Omnifeed ${market.contentLanguage}/${market.feedLabel} (managed, do not edit)`;
  const fixed = settings.dataSource === undefined ? null : client.dataSourceName(settings.dataSource);
  let found: Promise<string> | null = null;

  async function findOrCreate(): Promise<string> {
    const existing = await findOurs(client, displayName, market);
    if (existing !== null) return existing;
    const created = await client.createDataSource({
      displayName,
      primaryProductDataSource: {
        ...market,
        countries: [channel.country],
        legacyLocal: false,
        // Without destinations an account with local inventory was given a local-only source (2026-09).
        destinations: (settings.destinations ?? DEFAULT_DESTINATIONS).map((destination) => ({
          destination,
          state: 'ENABLED',
        })),
      },
    });
    return String(created.name);
  }

  return {
    configured: fixed !== null,
    name() {
      if (fixed !== null) return Promise.resolve(fixed);
      found ??= findOrCreate().catch((error: unknown) => {
        found = null;
        throw error;
      });
      return found;
    },
    async known() {
      return fixed ?? (found === null ? findOurs(client, displayName, market) : found);
    },
    forget() {
      found = null;
    },
  };
}

async function findOurs(
  client: MerchantClient,
  displayName: string,
  market: MarketKey,
): Promise<string | null> {
  const names: string[] = [];
  let pageToken: string | null = null;
  do {
    const page: JsonObject = await client.listDataSources(pageToken);
    const sources = isJsonArray(page.dataSources) ? page.dataSources.filter(isJsonObject) : [];
    names.push(
      ...sources.filter((source) => isOurs(source, displayName, market)).map((source) => String(source.name)),
    );
    pageToken =
      typeof page.nextPageToken === 'string' && page.nextPageToken !== '' ? page.nextPageToken : null;
  } while (pageToken !== null);
  // Two creators at once may have made two: everybody takes the same one.
  return names.sort()[0] ?? null;
}

function isOurs(source: JsonObject, displayName: string, market: MarketKey): boolean {
  const primary = source.primaryProductDataSource;
  return (
    source.displayName === displayName &&
    source.input === 'API' &&
    isJsonObject(primary) &&
    primary.legacyLocal !== true &&
    primary.contentLanguage === market.contentLanguage &&
    primary.feedLabel === market.feedLabel
  );
}
