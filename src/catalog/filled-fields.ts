import type { Product, SourceVariant } from '../domain/product.js';

/** Fields of which a source that had them always should not lose all at once. */
export const WATCHED_FIELDS = ['title', 'description', 'images', 'brand', 'price', 'gtin', 'stock'] as const;

/** For how many variants each watched field was stated. */
export type Filled = Record<(typeof WATCHED_FIELDS)[number], number>;

/** No variant yet. */
export function filledFields(): Filled {
  return { title: 0, description: 0, images: 0, brand: 0, price: 0, gtin: 0, stock: 0 };
}

/** Counts one variant. */
export function noteFilled(filled: Filled, product: Product, variant: SourceVariant): void {
  if (product.title !== undefined) filled.title++;
  if (product.description !== undefined) filled.description++;
  if (product.images !== undefined || variant.content.images !== undefined) filled.images++;
  if (product.brand !== undefined) filled.brand++;
  if (variant.offer.price !== undefined) filled.price++;
  if (variant.content.gtin !== undefined) filled.gtin++;
  if (variant.stock !== undefined) filled.stock++;
}
