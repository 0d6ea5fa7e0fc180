import { catalogCounts } from '../catalog/catalog-queries.js';
import { catalogPageByProduct, FIRST_PRODUCT, type ProductCursor } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import { MappingSample, type SampleReport } from '../mapping/sample.js';
import { startOfDay } from './calendar-day.js';
import type { ListingKit, ListingRow } from './desired.js';
import { listingRows } from './listing-rows.js';
import { type MappingCost, measureMapping } from './measure-mapping.js';

/** What a channel's mapping does with the first variants of the catalog. */
export interface CatalogSample extends SampleReport {
  /** Variants of the catalog that are not ended, drafts or archived. */
  readonly active: number;
  readonly cost: MappingCost | null;
}

const PAGE = 1_000;

/**
 * Runs a mapping over the first active variants of the catalog and tells what it made of them; writes nothing. Null when the catalog
 * has none.
 */
export async function sampleMapping(
  queries: Queries,
  kit: ListingKit,
  look: { readonly clock: Clock; readonly variants: number; readonly signal?: AbortSignal },
): Promise<CatalogSample | null> {
  const sample = new MappingSample(kit.mapping);
  const today = startOfDay(look.clock.now(), kit.channel.zone);
  let left = look.variants;
  let first: readonly ListingRow[] = [];
  for await (const page of activeRows(queries, kit)) {
    look.signal?.throwIfAborted();
    const rows = page.slice(0, left);
    for (const row of rows) sample.look(row, today, row.override);
    if (first.length === 0) first = rows;
    left -= rows.length;
    if (left <= 0) break;
  }
  if (first.length === 0) return null;
  const { byStatus } = await catalogCounts(queries);
  return {
    ...sample.report(),
    active: byStatus.active,
    cost: await measureMapping(kit, first, look.clock),
  };
}

async function* activeRows(queries: Queries, kit: ListingKit): AsyncGenerator<readonly ListingRow[]> {
  for (let cursor: ProductCursor | null = FIRST_PRODUCT; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      queries,
      cursor,
      PAGE,
    );
    const rows = await listingRows(queries, kit, page.rows);
    yield rows.filter((row) => row.unlistable === null);
    cursor = page.next;
  }
}
