import type { CatalogRow } from '../catalog/store.js';

/** What people call a variant: its own title, or the product's with its options behind. */
export function titleOf({ product, variant, sku }: Pick<CatalogRow, 'product' | 'variant' | 'sku'>): string {
  if (variant.title !== undefined) return variant.title;
  const options = Object.values(variant.options ?? {});
  return [product.title ?? sku, ...options].join(', ');
}

/** The first picture of a variant, or of its product; null: it has none. */
export function imageOf({ product, variant }: Pick<CatalogRow, 'product' | 'variant'>): string | null {
  return variant.images?.[0] ?? product.images?.[0] ?? null;
}
