import type { StockKeeperPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import type { ShopLevel, ShopLevelReceipt } from '../../src/domain/shop-stock.js';
import { idempotencyKey } from './idempotency-key.js';
import { countIn, listIn, nextOf, nodesIn, objectIn, objectOrNull, textIn } from './json-path.js';
import type { ShopifyWork } from './shopify-work.js';
import { LEVELS_BY_SKU, SET_STOCK } from './stock-documents.js';
import { issueOf, type UserError, userErrors } from './user-errors.js';

/** Rows of one `inventorySetQuantities` are at most 250 (Admin API 2026-10, verified 2026-11); fewer, because each is read before. */
const MOST = 100;
/** SKUs in one search, and pages read of it. */
const PER_SEARCH = 20;
const PER_PAGE = 50;
const MOST_PAGES = 10;

/** What the shop shows for a SKU at a location. */
interface Shown {
  readonly item: string;
  readonly tracked: boolean;
  /** Null: the item is not stocked at the location. */
  readonly available: number | null;
}

/** A level that differs, over the figure that was read. */
interface Write {
  readonly level: ShopLevel;
  readonly item: string;
  readonly from: number;
}

/**
 * Writes the stock of locations we count: `available`, absolute, each row over the figure that was read just before, so that what is sold in between
 * is noticed by the shop itself. A call is all or nothing: when one row is refused the others are sent again without it.
 */
export function stockKeeper(work: ShopifyWork): StockKeeperPort {
  return {
    most: MOST,
    async set(levels, key) {
      const receipts: ShopLevelReceipt[] = [];
      const writes: Write[] = [];
      for (const location of new Set(levels.map((level) => level.location))) {
        const here = levels.filter((level) => level.location === location);
        const shown = await shownAt(
          work,
          location,
          here.map(({ sku }) => sku),
        );
        for (const level of here) {
          const found = lookedAt(level, shown.get(level.sku) ?? []);
          if ('outcome' in found) receipts.push(found);
          else writes.push(found);
        }
      }
      return writes.length === 0 ? receipts : [...receipts, ...(await write(work, writes, key))];
    },
  };
}

/** Shopify's SKUs are optional and not unique, its search is by words: rows are compared exactly. */
async function shownAt(
  { client }: ShopifyWork,
  location: string,
  skus: readonly string[],
): Promise<ReadonlyMap<string, readonly Shown[]>> {
  const shown = new Map<string, Shown[]>(skus.map((sku) => [sku, []]));
  for (let start = 0; start < skus.length; start += PER_SEARCH) {
    const query = skus
      .slice(start, start + PER_SEARCH)
      .map((sku) => `sku:"${sku.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
      .join(' OR ');
    let after: string | null = null;
    for (let page = 1; ; page++) {
      const asked = { query, location: globalId(location), first: PER_PAGE, after };
      const data = await client.call(LEVELS_BY_SKU, asked);
      for (const variant of nodesIn(data, 'productVariants')) {
        if (typeof variant.sku !== 'string') continue;
        const item = objectIn(variant, 'inventoryItem');
        const level = objectOrNull(item, 'inventoryLevel');
        const available = level && listIn(level, 'quantities').find(({ name }) => name === 'available');
        shown.get(variant.sku)?.push({
          item: textIn(item, 'id'),
          tracked: item.tracked !== false,
          available: available ? countIn(available, 'quantity') : null,
        });
      }
      after = nextOf(data, 'productVariants');
      if (after === null) break;
      if (page >= MOST_PAGES) throw searchUnbounded(query);
    }
  }
  return shown;
}

function lookedAt(level: ShopLevel, shown: readonly Shown[]): Write | ShopLevelReceipt {
  const { sku, location } = level;
  const [one] = shown;
  const refused = (code: string, message: string, advice: string): ShopLevelReceipt => ({
    sku,
    location,
    outcome: 'rejected',
    issues: [{ severity: 'error', code, origin: 'channel', message, advice }],
  });
  if (one === undefined)
    return refused(
      'sku_unknown',
      `No variant of the shop has the SKU ${sku}`,
      'Give the variant this SKU in Shopify; its stock is written by itself then.',
    );
  if (shown.length > 1)
    return refused(
      'sku_ambiguous',
      `${shown.length} variants of the shop have the SKU ${sku}`,
      'Leave the SKU on one variant only in Shopify; its stock is written by itself then.',
    );
  if (!one.tracked)
    return refused(
      'not_tracked',
      `The shop does not track the stock of ${sku}`,
      'Switch on “Track quantity” for it in Shopify.',
    );
  if (one.available === null)
    return refused(
      'not_stocked_there',
      `The shop does not stock ${sku} at its location ${location}`,
      'Choose the location under “Inventory” of the product in Shopify.',
    );
  if (one.available === level.units) return { sku, location, outcome: 'accepted' };
  if (level.ours.length > 0 && !level.ours.includes(one.available))
    return { sku, location, outcome: 'changed', found: one.available };
  return { level, item: one.item, from: one.available };
}

async function write(
  { client }: ShopifyWork,
  writes: readonly Write[],
  key: string,
): Promise<readonly ShopLevelReceipt[]> {
  const input = {
    name: 'available',
    reason: 'correction',
    referenceDocumentUri: `gid://omnifeed/StockRun/${idempotencyKey(key)}`,
    quantities: writes.map(({ level, item, from }) => ({
      inventoryItemId: item,
      locationId: globalId(level.location),
      quantity: level.units,
      changeFromQuantity: from,
    })),
  };
  const data = await client.call(SET_STOCK, { input, key: idempotencyKey(key) });
  const errors = userErrors(objectIn(data, 'inventorySetQuantities'));
  return writes.map(({ level: { sku, location } }, row): ShopLevelReceipt => {
    const to = { sku, location };
    if (errors.length === 0) return { ...to, outcome: 'accepted' };
    const own = errors.filter((error) => rowOf(error) === row || (rowOf(error) === null && final(error)));
    const issues: readonly Issue[] = own.filter(final).map((error) => issueOf(error, adviceFor(error)));
    // Stale, refused with another row, or a key in use: read again, then written.
    return issues.length === 0 ? { ...to, outcome: 'retry' } : { ...to, outcome: 'rejected', issues };
  });
}

/** Codes that pass by themselves (Admin API 2026-10, `InventorySetQuantitiesUserErrorCode`, verified 2026-11). */
function final({ code }: UserError): boolean {
  return code !== 'CHANGE_FROM_QUANTITY_STALE' && !(code ?? '').startsWith('IDEMPOTENCY_');
}

/** The row an error is about, out of `input.quantities.3.quantity`; null: the call as a whole. */
function rowOf({ field }: UserError): number | null {
  const row = /(?:^|\.)quantities\.(\d+)(?:\.|$)/.exec(field)?.[1];
  return row === undefined ? null : Number(row);
}

const ADVICE: Readonly<Record<string, string>> = {
  INVALID_LOCATION: 'Write the id of an active location of the shop into `stock.tellShop`.',
  NON_MUTABLE_INVENTORY_ITEM:
    'Shopify works this stock out itself (a bundle). Take the SKU out of the source.',
};

function adviceFor({ code }: UserError): string {
  return ADVICE[code ?? ''] ?? 'Look at the stock of the variant in Shopify, or report it with the log.';
}

function globalId(location: string): string {
  return `gid://shopify/Location/${location}`;
}

function searchUnbounded(query: string): ChannelError {
  return new ChannelError(`Shopify’s search for ${query} shows too many variants`, {
    code: 'search_unreliable',
    kind: 'not-sent',
    owner: 'channel',
    advice: 'The filter seems to be ignored. Stock is written again by itself.',
  });
}
