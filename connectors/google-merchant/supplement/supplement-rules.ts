import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { MarketKey } from '../settings.js';

/** Why a data source cannot take supplements through the API; null: it can (datasources v1, verified 2026-11-23). */
export function unfitSupplement(source: JsonObject): string | null {
  const supplemental = source.supplementalProductDataSource;
  if (!isJsonObject(supplemental)) return 'it is not a supplemental source of products';
  if (source.input !== 'API') return 'it is filled from a file or by hand, not through the API';
  const { contentLanguage, feedLabel } = supplemental;
  if (contentLanguage === undefined && feedLabel === undefined) return null;
  // An API source for supplements leaves both open; one that does not was made by other rules.
  return `it is bound to ${String(contentLanguage)}/${String(feedLabel)}`;
}

/** The name by which our own source of supplements is known again. */
export function supplementDisplayName(market: MarketKey, name: string): string {
  return `Omnifeed ${market.contentLanguage}/${market.feedLabel} ${name} (managed, do not edit)`;
}

/**
 * The rule of a primary source with the supplement linked; null: it is linked already. A primary source takes a supplement only
 * when its default rule names it, and the rule is replaced whole: what a person put there stays and keeps its rank, ours comes
 * right before the primary source itself (datasources v1, verified 2026-11-23).
 */
export function linkedRule(primary: JsonObject, supplement: string): readonly JsonObject[] | null {
  const before = takenFrom(primary);
  const link = { supplementalDataSourceName: supplement };
  if (before.some((entry) => entry.supplementalDataSourceName === supplement)) return null;
  if (before.length === 0) return [link, { self: true }];
  const self = before.findIndex((entry) => entry.self === true);
  return self < 0 ? [...before, link] : [...before.slice(0, self), link, ...before.slice(self)];
}

function takenFrom(source: JsonObject): readonly JsonObject[] {
  const primary = source.primaryProductDataSource;
  const rule = isJsonObject(primary) ? primary.defaultRule : undefined;
  const list = isJsonObject(rule) ? rule.takeFromDataSources : undefined;
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}
