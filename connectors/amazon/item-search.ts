import type { ChannelItem, ItemPort } from '../../src/channel/item-port.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { ListingWork } from './listing-work.js';

/** Most codes one search may name (model catalogItems_2022-04-01; verified 2026-11). */
const CODES = 20;

/** Amazon's words for codes, by their length (model catalogItems_2022-04-01; verified 2026-11). */
const TYPES: Readonly<Record<number, 'EAN' | 'UPC' | 'GTIN'>> = {
  8: 'EAN',
  12: 'UPC',
  13: 'EAN',
  14: 'GTIN',
};

/** Amazon's catalog by GTIN. A family's parent is no item: nobody can offer it. */
export function itemPort(work: ListingWork): ItemPort {
  return {
    attribute: 'merchant_suggested_asin',
    async find(codes) {
      const found = new Map<string, ChannelItem[]>();
      for (const [type, group] of groupsOf(codes))
        for (const item of await search(work, type, group))
          for (const code of group)
            if (item.codes.includes(padded(code))) found.set(code, [...(found.get(code) ?? []), item.item]);
      return found;
    },
  };
}

function groupsOf(
  codes: readonly string[],
): readonly (readonly ['EAN' | 'UPC' | 'GTIN', readonly string[]])[] {
  const groups: (readonly ['EAN' | 'UPC' | 'GTIN', readonly string[]])[] = [];
  for (const type of ['EAN', 'UPC', 'GTIN'] as const) {
    const own = [...new Set(codes)].filter((code) => /^\d+$/.test(code) && TYPES[code.length] === type);
    for (let at = 0; at < own.length; at += CODES) groups.push([type, own.slice(at, at + CODES)]);
  }
  return groups;
}

interface Found {
  readonly item: ChannelItem;
  /** Its codes, fourteen digits each. */
  readonly codes: readonly string[];
}

async function search(
  { client, settings }: ListingWork,
  identifiersType: 'EAN' | 'UPC' | 'GTIN',
  identifiers: readonly string[],
): Promise<readonly Found[]> {
  const query = {
    identifiersType,
    identifiers,
    includedData: ['identifiers', 'summaries'] as const,
    pageSize: CODES,
  };
  const found: Found[] = [];
  for (let pageToken: string | undefined; ; ) {
    const { body } = await client.call('searchCatalogItems', { query: { ...query, pageToken } });
    const items: unknown = body.items;
    if (!Array.isArray(items)) throw unreadable();
    found.push(...(items as readonly JsonObject[]).flatMap((item) => foundIn(item, settings.marketplaceId)));
    pageToken = body.pagination?.nextToken;
    if (pageToken === undefined) return found;
  }
}

function foundIn(item: JsonObject, marketplaceId: string): readonly Found[] {
  if (!isJsonObject(item) || typeof item.asin !== 'string') return [];
  const summary = ofStore(item.summaries, marketplaceId);
  if (summary?.itemClassification === 'VARIATION_PARENT') return [];
  const identifiers = ofStore(item.identifiers, marketplaceId)?.identifiers;
  const codes = (isJsonArray(identifiers) ? identifiers.filter(isJsonObject) : []).flatMap(
    ({ identifier }) => (typeof identifier === 'string' ? [padded(identifier)] : []),
  );
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return [{ item: { id: item.asin, title: text(summary?.itemName), brand: text(summary?.brand) }, codes }];
}

function ofStore(entries: unknown, marketplaceId: string): JsonObject | undefined {
  const all = Array.isArray(entries) ? (entries as readonly JsonObject[]) : [];
  return all.find((entry) => isJsonObject(entry) && entry.marketplaceId === marketplaceId);
}

function padded(code: string): string {
  return code.padStart(14, '0');
}

function unreadable(): ChannelError {
  return new ChannelError('searchCatalogItems answered without items', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not complete. Ask again.',
  });
}
