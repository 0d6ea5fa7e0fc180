import type { Page } from '../../../src/channel/page.js';
import type { SourcePort, StockReading } from '../../../src/channel/store-ports.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { epochMs, type Instant, instantOf } from '../../../src/domain/instant.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { type Client, objectOf, objectsOf } from '../client.js';
import { CHANGED_VARIANTS, products, STOCK } from '../documents.js';
import type { VendureSettings } from '../settings.js';
import { sourceProduct } from './read-product.js';
import { stockReadings } from './stock.js';

/** Products a page, with all their variants; the shop allows 1,000 (3.7). */
const PRODUCTS = 50;
const VARIANTS = 200;

/** The shop as a source: products in the order of their ids, page by page; stock by sweep, because its changes move no stamp. */
export function vendureSource(client: Client, settings: VendureSettings): SourcePort {
  const document = products(selectionOf(settings));
  const page = async (options: JsonObject) => {
    const data = await client({ operation: 'products', document, variables: { options } });
    const found = objectOf(data.products);
    const facts = { settings, globalSettings: objectOf(data.globalSettings) };
    const items = objectsOf(found.items);
    return {
      read: items.length,
      total: Number(found.totalItems),
      items: items.map((item) => sourceProduct(item, facts)),
    };
  };
  return {
    async products(cursor, since) {
      const at = placeOf(cursor);
      if (at.what === 'variants') return changedVariants(client, { at, since: since ?? EVER, page });
      const filter = since === undefined ? {} : { filter: { updatedAt: { after: wholeSecond(since) } } };
      const found = await page({ skip: at.skip, take: PRODUCTS, sort: { id: 'ASC' }, ...filter });
      const next = nextPlace(at, found);
      // A variant that changed does not move its product's stamp.
      return { items: found.items, next: next ?? (since === undefined ? null : FIRST_VARIANTS) };
    },
    stock: (cursor) => stock(client, cursor),
  };
}

/** On SQLite Vendure's `after` counts whole seconds and takes the second itself in (3.7.3, tried); so do we everywhere. */
function wholeSecond(instant: Instant): Instant {
  return instantOf(Math.floor(epochMs(instant) / 1_000) * 1_000);
}

const EVER = '1970-01-01T00:00:00.000Z';
const FIRST_VARIANTS = 'variants:0:-';

/** Products that did not change themselves and have variants that did. */
async function changedVariants(
  client: Client,
  found: {
    readonly at: Place;
    readonly since: Instant;
    readonly page: (options: JsonObject) => Promise<{ readonly items: readonly SourceProduct[] }>;
  },
): Promise<Page<SourceProduct>> {
  const { at, since, page } = found;
  const options = {
    skip: at.skip,
    take: VARIANTS,
    sort: { productId: 'ASC' },
    filter: { updatedAt: { after: wholeSecond(since) } },
  };
  const data = await client({
    operation: 'productVariants',
    document: CHANGED_VARIANTS,
    variables: { options },
  });
  const list = objectOf(data.productVariants);
  const rows = objectsOf(list.items);
  const changed = rows
    .map(({ product }) => objectOf(product))
    .filter(({ updatedAt }) => String(updatedAt) < wholeSecond(since));
  const ids = [...new Set(changed.map(({ id }) => String(id)))].filter((id) => id !== at.last);
  const items: SourceProduct[] = [];
  for (let from = 0; from < ids.length; from += PRODUCTS) {
    const some = ids.slice(from, from + PRODUCTS);
    items.push(...(await page({ take: PRODUCTS, filter: { id: { in: some } } })).items);
  }
  const next = nextPlace(at, { read: rows.length, total: Number(list.totalItems) });
  const last = String(objectOf(rows.at(-1)?.product).id ?? at.last ?? '');
  return { items, next: next === null ? null : `${next}:${last}` };
}

async function stock(client: Client, cursor: string | null): Promise<Page<StockReading>> {
  const at = placeOf(cursor);
  const options = { skip: at.skip, take: VARIANTS, sort: { id: 'ASC' } };
  const data = await client({ operation: 'productVariants', document: STOCK, variables: { options } });
  const list = objectOf(data.productVariants);
  const rows = objectsOf(list.items);
  const settings = objectOf(data.globalSettings);
  return {
    items: rows.flatMap((variant) => stockReadings(variant, settings)),
    next: nextPlace(at, { read: rows.length, total: Number(list.totalItems) }),
  };
}

/** Where a reading stands: what is read, how many were, how many there were at the first page, the last product seen. */
interface Place {
  readonly what: 'all' | 'variants';
  readonly skip: number;
  readonly total: number | null;
  readonly last: string | null;
}

function placeOf(cursor: string | null): Place {
  if (cursor === null) return { what: 'all', skip: 0, total: null, last: null };
  const [what, skip, total, last] = cursor.split(':');
  return {
    what: what === 'variants' ? 'variants' : 'all',
    skip: Number(skip),
    total: total === undefined || total === '-' ? null : Number(total),
    last: last ?? null,
  };
}

/**
 * The next place; null: that was the last. Pages are counted off, so that something deleted while we read would push another thing out of
 * sight: then, and when a page is shorter than it must be, the reading counts for nothing.
 */
function nextPlace(at: Place, found: { readonly read: number; readonly total: number }): string | null {
  const skip = at.skip + found.read;
  const moved = at.total !== null && at.total !== found.total;
  if (moved || !Number.isSafeInteger(found.total) || (found.read === 0 && skip < found.total))
    throw unsteady();
  return skip < found.total ? `${at.what}:${skip}:${found.total}` : null;
}

function unsteady(): ChannelError {
  return new ChannelError('The number of products changed while they were read', {
    code: 'changed_while_reading',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Nothing was changed; the shop is read again by itself.',
  });
}

/** Custom fields are part of the schema only where the merchant made them. */
function selectionOf({ variantFields }: VendureSettings): string {
  const names = [variantFields?.gtin, variantFields?.mpn].filter((name) => name !== undefined);
  return names.length === 0 ? '' : `customFields { ${names.join(' ')} }`;
}
