import { createHash } from 'node:crypto';
import { type CatalogRow, variantsBySku } from '../catalog/store.js';
import type { Queries } from '../db/database.js';
import type { Product } from '../domain/product.js';
import { imageOf } from './variant-face.js';

/** Where the house shows the first picture of a variant; null: it has none. Pages never ask a merchant's host. */
export function variantPicture(row: Pick<CatalogRow, 'product' | 'variant' | 'sku'>): string | null {
  return addressOf('variant', row.sku, imageOf(row));
}

/** Where the house shows the first picture of a product; null: it has none. */
export function productPicture({ id, images }: Pick<Product, 'id' | 'images'>): string | null {
  return addressOf('product', id, images?.[0] ?? null);
}

/** Another picture has another address, so that a browser may keep each. */
function addressOf(kind: 'variant' | 'product', key: string, image: string | null): string | null {
  if (image === null) return null;
  const mark = createHash('sha256').update(image).digest('hex').slice(0, 12);
  return `/api/v1/images/${encodeURIComponent(`${kind}:${key}`)}?v=${mark}`;
}

/**
 * Where a picture really is: `id` is `variant:SKU` or `product:id`, `place` counts its pictures from 0. Only addresses of the catalog are ever asked.
 * Null: there is none.
 */
export async function pictureSource(queries: Queries, id: string, place: number): Promise<string | null> {
  const [, kind, key = ''] = /^(variant|product):(.+)$/s.exec(id) ?? [];
  if (kind === 'variant') {
    const [row] = await variantsBySku(queries, [key]);
    const own = row?.variant.images ?? [];
    return (own.length > 0 ? own : (row?.product.images ?? []))[place] ?? null;
  }
  if (kind !== 'product') return null;
  const row = await queries.get<{ body: string }>('SELECT body FROM product WHERE product_key = ?', [key]);
  return row === undefined ? null : ((JSON.parse(row.body) as Partial<Product>).images?.[place] ?? null);
}
