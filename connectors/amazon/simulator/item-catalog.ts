import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { ACCOUNT } from './account.js';
import { invalid, success } from './replies.js';
import type { Shelf } from './shelf.js';

/** An item of Amazon's catalog, whoever sells it. */
export interface CatalogItem {
  readonly asin: string;
  readonly title: string;
  readonly brand: string;
  /** EAN, UPC and GTIN codes as they are printed. */
  readonly codes: readonly string[];
  readonly kind: 'BASE_PRODUCT' | 'VARIATION_PARENT';
}

/** Why the seller may not list an item. */
export interface Restriction {
  readonly reasonCode: string;
  readonly message: string;
  /** Where approval is asked for. */
  readonly link: string | null;
}

/** Items others have described, and what the seller may not sell of them. */
export interface ItemCatalog {
  readonly items: Map<string, CatalogItem>;
  readonly restrictions: Map<string, Restriction>;
}

/** A catalog without items. */
export function itemCatalog(): ItemCatalog {
  return { items: new Map(), restrictions: new Map() };
}

/** Whether an ASIN exists: described by others, or made by one of the seller's own listings. */
export function isItem(catalog: ItemCatalog, shelf: Shelf, asin: string): boolean {
  return catalog.items.has(asin) || shelf.all().some((listing) => listing.asin === asin);
}

const DATA_SETS = [
  'attributes',
  'classifications',
  'dimensions',
  'identifiers',
  'images',
  'productTypes',
  'relationships',
  'salesRanks',
  'summaries',
];
/** Lengths of the codes of each type (model catalogItems_2022-04-01 and the GS1 rules; verified 2026-11). */
const LENGTHS: Readonly<Record<string, readonly number[]>> = {
  EAN: [8, 13],
  UPC: [12],
  GTIN: [8, 12, 13, 14],
};

/** `searchCatalogItems` by identifiers; words are not searched here. */
export function searchCatalog({ items }: ItemCatalog, { query }: SimulatorRequest): SimulatorReply {
  if (query.get('marketplaceIds') !== ACCOUNT.marketplaceId)
    return invalid('marketplaceIds must name exactly one store.');
  const asked = query.get('identifiers')?.split(',') ?? [];
  const type = query.get('identifiersType') ?? '';
  if (asked.length === 0 || asked.length > 20) return invalid('1 to 20 identifiers are needed.');
  if (!Object.hasOwn(LENGTHS, type)) return invalid('identifiersType is unknown here.');
  const included = (query.get('includedData') ?? 'summaries').split(',');
  if (!included.every((name) => DATA_SETS.includes(name))) return invalid('includedData is unknown.');
  const size = Number(query.get('pageSize') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 20) return invalid('pageSize must be from 1 to 20.');
  const offset = Number(query.get('pageToken')?.replace('page-', '') ?? 0);
  const wanted = new Set(asked.filter((code) => LENGTHS[type]?.includes(code.length)).map(padded));
  const found = [...items.values()].filter(({ codes }) => codes.some((code) => wanted.has(padded(code))));
  const more = offset + size < found.length;
  return success({
    numberOfResults: found.length,
    ...(more ? { pagination: { nextToken: `page-${offset + size}` } } : {}),
    items: found.slice(offset, offset + size).map((item) => itemJson(item, included)),
  });
}

function padded(code: string): string {
  return code.padStart(14, '0');
}

function itemJson({ asin, title, brand, codes, kind }: CatalogItem, included: readonly string[]): JsonObject {
  const { marketplaceId } = ACCOUNT;
  const identifiers = codes.map((identifier) => ({
    identifierType: identifier.length === 12 ? 'UPC' : identifier.length === 14 ? 'GTIN' : 'EAN',
    identifier,
  }));
  return {
    asin,
    ...(included.includes('identifiers') ? { identifiers: [{ marketplaceId, identifiers }] } : {}),
    ...(included.includes('summaries')
      ? { summaries: [{ marketplaceId, itemName: title, brand, itemClassification: kind }] }
      : {}),
  };
}

/** `getListingsRestrictions`: an empty list means that the item may be listed. */
export function getRestrictions(
  catalog: ItemCatalog,
  shelf: Shelf,
  { query }: SimulatorRequest,
): SimulatorReply {
  const asin = query.get('asin');
  if (asin === null || !/^[A-Z0-9]{10}$/.test(asin)) return invalid('asin is not an ASIN.');
  if (query.get('sellerId') !== ACCOUNT.sellerId) return invalid('sellerId is not the authorized one.');
  if (query.get('marketplaceIds') !== ACCOUNT.marketplaceId) return invalid('marketplaceIds is unknown.');
  const restriction = isItem(catalog, shelf, asin)
    ? catalog.restrictions.get(asin)
    : { reasonCode: 'ASIN_NOT_FOUND', message: 'The ASIN does not exist in this store.', link: null };
  const condition = query.get('conditionType');
  return success({
    restrictions:
      restriction === undefined
        ? []
        : [
            {
              marketplaceId: ACCOUNT.marketplaceId,
              ...(condition === null ? {} : { conditionType: condition }),
              reasons: [reasonJson(restriction)],
            },
          ],
  });
}

function reasonJson({ reasonCode, message, link }: Restriction): JsonObject {
  const links =
    link === null ? [] : [{ resource: link, verb: 'GET', title: 'Ask for approval', type: 'text/html' }];
  return { reasonCode, message, links };
}

/** `POST /_sim/item` and `/_sim/restrict`. */
export function catalogCommands(
  catalog: ItemCatalog,
): Readonly<Record<string, (body: JsonObject) => JsonObject>> {
  return {
    item: ({ asin, title, brand, codes, parent }) => {
      catalog.items.set(String(asin), {
        asin: String(asin),
        title: String(title ?? asin),
        brand: String(brand ?? 'Brand'),
        codes: isJsonArray(codes) ? codes.map(String) : [],
        kind: parent === true ? 'VARIATION_PARENT' : 'BASE_PRODUCT',
      });
      return { item: String(asin) };
    },
    restrict: ({ asin, reason }) => {
      if (isJsonObject(reason)) {
        const { reasonCode, message, link } = reason;
        catalog.restrictions.set(String(asin), {
          reasonCode: String(reasonCode),
          message: String(message ?? reasonCode),
          link: typeof link === 'string' ? link : null,
        });
      } else catalog.restrictions.delete(String(asin));
      return { restricted: String(asin) };
    },
  };
}
