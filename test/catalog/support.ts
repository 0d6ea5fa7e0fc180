import type { ImportInput } from '../../src/catalog/import.js';
import type { ProductStream, ReadResult, RowError } from '../../src/catalog/readers/reader.js';
import type { Clock } from '../../src/domain/instant.js';
import { instantOf } from '../../src/domain/instant.js';
import type { Product, SourceProduct, SourceVariant } from '../../src/domain/product.js';

/** A clock that moves on a second with every look. */
export function steppingClock(): Clock {
  let now = Date.parse('2026-11-24T08:00:00Z');
  return {
    now() {
      now += 1_000;
      return instantOf(now);
    },
    monotonicMs: () => now,
  };
}

/** A product of the merchant with its variants. */
export function product(
  id: string,
  variants: readonly SourceVariant[],
  more: Partial<Product> = {},
): SourceProduct {
  return { product: { id, title: `Title of ${id}`, status: 'active', ...more }, variants };
}

/** A variant at a price in cents, with units at the location `default` unless they are unknown. */
export function variant(sku: string, minor: number, more: Partial<SourceVariant> = {}): SourceVariant {
  return {
    sku,
    content: { options: { size: sku } },
    offer: { price: { minor, currency: 'EUR' } },
    ...more,
  };
}

/** A source that yields these products in batches of two and then is complete. */
export async function* stream(products: readonly SourceProduct[]): ProductStream {
  for (let from = 0; from < products.length; from += 2) yield products.slice(from, from + 2);
  return complete(products);
}

/** What a reader says at the end of a file with these products. */
export function complete(products: readonly SourceProduct[]): ReadResult {
  const variants = products.reduce((sum, item) => sum + item.variants.length, 0);
  return {
    rows: variants,
    products: new Set(products.map((item) => item.product.id)).size,
    variants,
    rejectedRows: 0,
    encoding: 'utf-8',
    encodingCertain: true,
    format: 'shopify-csv',
    complete: true,
  };
}

/** An import of the primary source `shop`. */
export function primary(products: readonly SourceProduct[], more: Partial<ImportInput> = {}): ImportInput {
  return {
    source: { id: 'shop', role: 'primary' },
    read: (_report: (error: RowError) => void) => stream(products),
    actor: 'operator:test',
    clock: steppingClock(),
    ...more,
  };
}

/** A plain catalog: `products` products of two variants each, with five units. */
export function shop(products: number): SourceProduct[] {
  return Array.from({ length: products }, (_, index) =>
    product(`p${index}`, [
      variant(`p${index}-s`, 1_000 + index, { stock: [{ location: 'default', onHand: 5 }] }),
      variant(`p${index}-m`, 1_100 + index, { stock: [{ location: 'default', onHand: 5 }] }),
    ]),
  );
}

/** For imports from files: no channel is a shop. */
export function noShop(id: string): never {
  throw new Error(`the channel ${id} is not asked`);
}
