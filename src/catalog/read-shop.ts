import type { Page } from '../channel/page.js';
import type { SourcePort } from '../channel/store-ports.js';
import { ChannelError } from '../domain/errors.js';
import { type Clock, type Instant, plusMs } from '../domain/instant.js';
import type { SourceProduct, SourceVariant, StockReading } from '../domain/product.js';
import type { ProductStream, ShopRead } from './readers/reader.js';

/** What no longer exists only a whole reading shows; so the shop is read whole this often. */
const WHOLE_EVERY_MS = 24 * 3_600_000;
/** Shops stamp a change when it begins and show it when it is through. */
const OVERLAP_MS = 10 * 60_000;

/** How a shop is read. */
export interface ShopReading {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Ask for what changed after it; null: for everything. */
  readonly since: Instant | null;
}

/** Counts by SKU. A shop that does not tell counts apart from its products has none. */
export type ShopCounts = ReadonlyMap<string, readonly StockReading[]> | null;

/**
 * The instant for which a reading of what changed shows every count: shops find changes through an index that lags, by less than the time
 * the next reading goes back. Pure.
 */
export function provenAsOf(askedAt: Instant): Instant {
  return plusMs(askedAt, -OVERLAP_MS);
}

/** From when on a shop is asked for changes; null: it is due to be read whole. Pure. */
export function sinceOf(last: ShopRead | null, now: Instant): Instant | null {
  if (last === null || plusMs(last.wholeAt, WHOLE_EVERY_MS) <= now) return null;
  return plusMs(last.askedAt, -OVERLAP_MS);
}

/**
 * All counts of a shop, page by page; each is as old as the shop says, or as the request that brought it. They are kept in memory until the
 * products they belong to pass by: about 200 bytes a count. Throws ChannelError; a page that failed is never an empty one.
 */
export async function readCounts(shop: SourcePort, reading: ShopReading): Promise<ShopCounts> {
  if (!shop.stock) return null;
  const counts = new Map<string, StockReading[]>();
  const since = reading.since ?? undefined;
  for await (const { items, askedAt } of pagesOf((cursor) => ask(shop.stock?.(cursor, since)), reading)) {
    for (const { sku, location, onHand, asOf } of items) {
      const known = counts.get(sku);
      const count = { location, onHand, asOf: asOf ?? askedAt };
      if (known) known.push(count);
      else counts.set(sku, [count]);
    }
  }
  return counts;
}

/** The products of a shop with their counts. Throws ChannelError for a page that failed: nothing of what came before counts then. */
export async function* readShop(
  shop: SourcePort,
  found: ShopReading & { readonly counts: ShopCounts; readonly read: ShopRead },
): ProductStream {
  const { counts, read } = found;
  const since = found.since ?? undefined;
  const products = new Set<string>();
  let variants = 0;
  for await (const { items, askedAt } of pagesOf((cursor) => shop.products(cursor, since), found)) {
    for (const { product, variants: own } of items) {
      products.add(product.id);
      variants += own.length;
    }
    yield items.map((item) => withCounts(item, counts, askedAt));
  }
  return {
    rows: variants,
    products: products.size,
    variants,
    rejectedRows: 0,
    encoding: 'utf-8',
    encodingCertain: true,
    format: 'shop',
    countedAt: read.askedAt,
    shop: read,
    complete: true,
  };
}

async function ask<Item>(page: Promise<Page<Item>> | undefined): Promise<Page<Item>> {
  return page ?? { items: [], next: null };
}

/** A shop that hands out a cursor again would be read for ever. */
async function* pagesOf<Item>(
  page: (cursor: string | null) => Promise<Page<Item>>,
  { clock, signal }: ShopReading,
): AsyncGenerator<{ readonly items: readonly Item[]; readonly askedAt: Instant }> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  do {
    signal.throwIfAborted();
    const askedAt = clock.now();
    const { items, next }: Page<Item> = await page(cursor);
    yield { items, askedAt };
    if (next !== null && seen.has(next)) throw inCircles();
    if (next !== null) seen.add(next);
    cursor = next;
  } while (cursor !== null);
}

function inCircles(): ChannelError {
  return new ChannelError('The shop named a page again that was read already', {
    code: 'pages_in_circles',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'Nothing was changed; the shop is read again by itself. Report it to the shop platform if it stays.',
  });
}

function withCounts(item: SourceProduct, counts: ShopCounts, askedAt: Instant): SourceProduct {
  return { ...item, variants: item.variants.map((variant) => counted(variant, counts, askedAt)) };
}

function counted(variant: SourceVariant, counts: ShopCounts, askedAt: Instant): SourceVariant {
  const { stock: own, ...rest } = variant;
  const stock = counts?.get(variant.sku ?? '') ?? own;
  if (stock === undefined) return rest;
  return { ...rest, stock: stock.map((count) => ({ ...count, asOf: count.asOf ?? askedAt })) };
}
