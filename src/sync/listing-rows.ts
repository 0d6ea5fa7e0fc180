import { stockOfProducts } from '../catalog/product-stock.js';
import type { CatalogRow } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { ListingKit, ListingRow } from './desired.js';

/** Catalog rows as a channel sees them, in their order. Asks for the stock of whole products only where the mapping reads it. */
export async function listingRows(
  queries: Queries,
  kit: ListingKit,
  rows: readonly CatalogRow[],
): Promise<ListingRow[]> {
  if (!kit.mapping.readsSiblings) return rows.map((row) => kit.rowOf(row));
  const stock = await stockOfProducts(
    queries,
    rows.map((row) => row.productId),
  );
  return rows.map((row) => kit.rowOf(row, stock.get(row.productId)));
}
