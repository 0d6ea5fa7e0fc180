import { importSource } from '../../src/catalog/import.js';
import type { ProductStream } from '../../src/catalog/readers/reader.js';
import type { Database } from '../../src/db/database.js';
import type { Clock } from '../../src/domain/instant.js';
import type { SourceProduct } from '../../src/domain/product.js';

/** A stream of products as a reader would give it. */
export async function* productStream(products: readonly SourceProduct[]): ProductStream {
  if (products.length > 0) yield [...products];
  const variants = products.reduce((sum, product) => sum + product.variants.length, 0);
  return {
    rows: variants,
    products: products.length,
    variants,
    rejectedRows: 0,
    encoding: 'utf-8',
    encodingCertain: true,
    format: 'shopify-csv',
    complete: true,
  };
}

/** Puts products into the catalog through a real import; guards open. */
export async function fillCatalog(
  database: Database,
  products: readonly SourceProduct[],
  clock: Clock,
): Promise<void> {
  const order = {
    source: { id: 'shop', role: 'primary' as const, guard: { fromKnown: Number.MAX_SAFE_INTEGER } },
    actor: 'test',
    clock,
  };
  await importSource(database, { ...order, read: () => productStream(products) });
}

/** A small catalog: a shirt in sizes and a single lamp, everything a channel needs. */
export function smallCatalog(): SourceProduct[] {
  const shirt = (size: string, onHand: number): SourceProduct['variants'][number] => ({
    sku: `SHIRT-${size}`,
    content: {
      options: { color: 'Blue', size },
      images: ['https://shop.example/shirt.jpg'],
      mpn: `SH-${size}`,
    },
    offer: { price: { minor: 1999, currency: 'USD' } },
    stock: [{ location: 'default', onHand }],
  });
  return [
    {
      product: {
        id: 'shirt',
        title: 'Linen shirt',
        description: 'A light shirt of pure linen for warm days.',
        brand: 'Fernweh',
        type: 'Apparel > Shirts',
        categories: ['Apparel > Shirts'],
        status: 'active',
        link: 'https://shop.example/products/shirt',
        images: ['https://shop.example/shirt.jpg'],
        attributes: { gender: 'unisex', age_group: 'adult', material: 'Linen' },
      },
      variants: [shirt('S', 5), shirt('M', 3), shirt('L', 0)],
    },
    {
      product: {
        id: 'lamp',
        title: 'Camping lamp',
        description: 'A lamp that folds to the size of a cup.',
        brand: 'Fernweh',
        type: 'Electronics > Lamps',
        categories: ['Electronics > Lamps'],
        status: 'active',
        link: 'https://shop.example/products/lamp',
        images: ['https://shop.example/lamp.jpg'],
      },
      variants: [
        {
          sku: '00012345',
          content: { gtin: '4006381333931', images: ['https://shop.example/lamp.jpg'], mpn: 'LAMP-1' },
          offer: { price: { minor: 4950, currency: 'USD' } },
          stock: [{ location: 'default', onHand: 12 }],
        },
      ],
    },
  ];
}
