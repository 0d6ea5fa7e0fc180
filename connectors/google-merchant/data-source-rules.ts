import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MarketKey } from './settings.js';

/** Why a data source cannot take this market's products through the API; null: it can. */
export function unfitFor(source: JsonObject, market: MarketKey): string | null {
  const primary = source.primaryProductDataSource;
  if (!isJsonObject(primary)) return 'it is not a primary source of products';
  if (source.input !== 'API') return 'it is filled from a file or by hand, not through the API';
  if (primary.legacyLocal === true) return 'it only takes products of stores';
  const { contentLanguage, feedLabel } = primary;
  // A source without language and label takes every combination.
  if (contentLanguage === undefined && feedLabel === undefined) return null;
  if (contentLanguage === market.contentLanguage && feedLabel === market.feedLabel) return null;
  return `it takes ${String(contentLanguage)}/${String(feedLabel)}, the channel sends ${market.contentLanguage}/${market.feedLabel}`;
}

/** The name by which our own source of a market is known again. */
export function ourDisplayName(market: MarketKey): string {
  return `Omnifeed ${market.contentLanguage}/${market.feedLabel} (managed, do not edit)`;
}

/** Destinations a source enables. */
export function enabledDestinations(source: JsonObject): readonly string[] {
  const primary = source.primaryProductDataSource;
  const list = isJsonObject(primary) ? primary.destinations : undefined;
  if (!isJsonArray(list)) return [];
  return list
    .filter(isJsonObject)
    .filter((entry) => entry.state === 'ENABLED')
    .map((entry) => String(entry.destination));
}
