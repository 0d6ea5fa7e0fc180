import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFrom } from '../../../src/catalog/import-from.js';
import { systemClock } from '../../../src/clock.js';
import { packageRoot } from '../../../src/config/package-root.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { sqliteDatabase } from '../../support/databases.js';
import { noShop } from '../support.js';
import { mappingFile, readAll } from './read-all.js';

const SHARED = path.resolve(import.meta.dirname, '../../../../shared/data/catalogs');
const missing = !existsSync(SHARED);
if (missing) process.stdout.write(`skipped: real catalogs are not at ${SHARED}\n`);

type Case = readonly [file: string, mapping: string | null, rows: number, products: number, variants: number];

// Numbers of the catalogs' own description; AdventureWorks has 209 products without a model and 119 models.
const CASES: readonly Case[] = [
  ['shopify/packt-import.csv', null, 21, 20, 21],
  ['shopify/packt-export.csv', null, 21, 20, 21],
  ['magento/configurable-products.csv.gz', null, 1994, 147, 1847],
  ['magento/simple-gear-bags.csv', null, 14, 14, 14],
  ['magento/simple-gear-fitness_equipment.csv', null, 9, 9, 9],
  ['magento/simple-gear-fitness_equipment_ball.csv', null, 9, 9, 9],
  ['magento/simple-gear-fitness_equipment_strap.csv', null, 3, 3, 3],
  ['magento/simple-gear-watches.csv', null, 9, 9, 9],
  ['magento/bundle-yoga.csv', null, 1, 1, 1],
  ['magento/grouped-yoga.csv', null, 1, 1, 1],
  ['magento/downloadable-training-video.csv', null, 6, 6, 6],
  ['commercetools/products-a.csv', 'commercetools', 102, 27, 102],
  ['commercetools/products-b.csv', 'commercetools', 119, 32, 119],
  ['commercetools/products-test.csv', 'commercetools', 18, 2, 18],
  ['commercetools/products-ci.csv', 'commercetools', 3, 3, 3],
  ['commercetools/inventory.csv.gz', 'commercetools-inventory', 26137, 26137, 26137],
  ['commercetools/inventory-stores.csv.gz', 'commercetools-inventory', 14538, 11623, 14538],
  ['google-retail/products.jsonl', 'google-retail', 316, 316, 1024],
  ['google-retail/products-some-invalid.jsonl', 'google-retail', 3, 3, 7],
  ['adventureworks/Product.csv', 'adventureworks', 504, 328, 504],
  ['django-oscar/books.computers-in-fiction.csv', 'django-oscar-books', 86, 86, 86],
  ['django-oscar/books.essential.csv', 'django-oscar-books', 82, 82, 82],
  ['django-oscar/books.hacking.csv', 'django-oscar-books', 33, 33, 33],
  ['django-oscar/books-small.csv', 'django-oscar-books-backslash', 10, 10, 10],
  ['django-oscar/books-small-semicolon.csv', 'django-oscar-books-backslash', 10, 10, 10],
  ['vendure/products.csv', 'vendure', 88, 54, 88],
];

describe.skipIf(missing)('real catalogs', () => {
  it.each(CASES)(
    '%s (mapping %s) has %i rows, %i products and %i variants',
    async (...[file, mapping, rows, products, variants]) => {
      const { result } = await readAll(
        { path: path.join(SHARED, file) },
        mapping === null ? {} : { mapping },
      );
      expect(result).toMatchObject({
        rows,
        products,
        variants,
        rejectedRows: 0,
        encodingCertain: true,
        complete: true,
      });
    },
  );

  it('finds one catalog before and after Shopify wrote it equal except for pictures and one description', async () => {
    const before = byId((await readAll({ path: path.join(SHARED, 'shopify/packt-import.csv') })).products);
    const after = byId((await readAll({ path: path.join(SHARED, 'shopify/packt-export.csv') })).products);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    const changed: string[] = [];
    for (const [id, product] of before) {
      const other = after.get(id);
      for (const name of ['title', 'description', 'brand', 'type', 'status', 'attributes'] as const) {
        if (JSON.stringify(product.product[name]) !== JSON.stringify(other?.product[name]))
          changed.push(`${id}.${name}`);
      }
      expect([...(product.product.tags ?? [])].sort()).toEqual([...(other?.product.tags ?? [])].sort());
      expect(variantsOf(other)).toEqual(variantsOf(product));
    }
    expect(changed.map((name) => name.split('.')[1])).toEqual(['description']);
  });

  it('reads the variants of a Magento configurable in its own order with options, pictures and lists', async () => {
    const { products } = await readAll(
      { path: path.join(SHARED, 'magento/configurable-products.csv.gz') },
      { baseUrl: 'https://shop.example/media' },
    );
    const hoodie = byId(products).get('MH01');
    expect(hoodie?.product.categories).toEqual([
      'Men > Tops > Hoodies & Sweatshirts',
      'Collections > Eco Friendly',
    ]);
    expect(hoodie?.product.attributes).toMatchObject({
      climate: ['All-weather', 'Cool', 'Indoor', 'Spring', 'Windy'],
      eco_collection: true,
    });
    expect(hoodie?.variants.map((one) => one.sku).slice(0, 3)).toEqual([
      'MH01-XS-Black',
      'MH01-XS-Gray',
      'MH01-XS-Orange',
    ]);
    expect(hoodie?.variants[0]).toMatchObject({
      content: {
        options: { size: 'XS', color: 'Black' },
        images: ['https://shop.example/media/m/h/mh01-black_main.jpg'],
      },
      offer: { price: { minor: 5200, currency: 'USD' } },
      stock: [{ location: 'default', onHand: 100 }],
    });
  });

  it('takes every code of the books as a GTIN', async () => {
    for (const file of ['computers-in-fiction', 'essential', 'hacking']) {
      const reading = await readAll(
        { path: path.join(SHARED, `django-oscar/books.${file}.csv`) },
        { mapping: 'django-oscar-books' },
      );
      expect(reading.variants.filter((one) => one.content.gtin === undefined)).toEqual([]);
    }
  });

  it('reads up to 17 prices in a cell, and the one for everybody as the price', async () => {
    const { variants } = await readAll(
      { path: path.join(SHARED, 'commercetools/products-a.csv') },
      { mapping: 'commercetools', currency: 'EUR' },
    );
    expect(variants[0]?.offer.prices).toHaveLength(17);
    expect(variants[0]?.offer.price).toEqual({ minor: 18750, currency: 'EUR' });
    expect(variants[0]?.offer.prices?.[7]).toEqual({
      minor: 15450,
      currency: 'EUR',
      country: 'DE',
      store: 'sunrise-store-berlin',
    });
  });

  it('keeps three colours that share one SKU and reports two of them', async () => {
    const reading = await readAll(
      { path: path.join(SHARED, 'vendure/products.csv') },
      { mapping: 'vendure' },
    );
    const chair = byId(reading.products).get('modern-cafe-chair');
    expect(chair?.variants.map((one) => one.content.options?.color)).toEqual(['mustard', 'mint', 'pearl']);
    expect(new Set(chair?.variants.map((one) => one.sku)).size).toBe(3);
    expect(reading.errors.map((error) => error.code)).toEqual(['sku_shared', 'sku_shared']);
  });

  it.each([
    ['vendure/products.csv', 'vendure', 88],
    ['commercetools/products-a.csv', 'commercetools', 102],
    ['google-retail/products.jsonl', 'google-retail', 1024],
  ])('recognises %s by its columns and shows the mapping %s', async (file, mapping, variants) => {
    const { result } = await readAll({ path: path.join(SHARED, file) });
    expect(result).toMatchObject({ mapping, variants });
  });

  it('reads the descriptions of AdventureWorks in UTF-16 and six languages', async () => {
    const mapping = mappingFile(`source: descriptions
file: { delimiter: "\\t", quote: "", columns: [id, text, guid, changed] }
product:
  id: row.id
  description: row.text
variant:
  sku: row.id
`);
    try {
      const reading = await readAll(
        { path: path.join(SHARED, 'adventureworks/ProductDescription.csv') },
        { mapping: mapping.path },
      );
      expect(reading.result).toMatchObject({
        rows: 762,
        products: 762,
        rejectedRows: 0,
        encoding: 'utf-16le',
        encodingCertain: true,
      });
      const all = reading.products.map((one) => one.product.description).join('');
      for (const script of [
        /\p{Script=Arabic}/u,
        /\p{Script=Hebrew}/u,
        /\p{Script=Thai}/u,
        /\p{Script=Han}/u,
      ])
        expect(all).toMatch(script);
    } finally {
      mapping.remove();
    }
  });

  it('imports every count of stock in five stores, wherever the rows of one SKU stand', async () => {
    const test = await sqliteDatabase();
    try {
      const file = path.join(SHARED, 'commercetools/inventory-stores.csv.gz');
      const mapping = path.join(packageRoot(), 'mappings/sources/commercetools-inventory.yaml');
      const place = {
        database: test.database,
        clock: systemClock,
        signal: new AbortController().signal,
        open: noShop,
      };
      const source = { id: 'stores', role: 'primary', guard: {}, path: file, mapping } as const;
      const result = await importFrom(place, { source, actor: 'test' });
      expect(result).toMatchObject({ rows: 14_538, variants: 11_623, rejectedRows: 0, errors: 0 });
      expect(
        await test.database.get('SELECT COUNT(*) AS n, COUNT(DISTINCT location) AS stores FROM stock_level'),
      ).toEqual({ n: 14_538, stores: 5 });
    } finally {
      await test.dispose();
    }
  });

  it('reports the 200 prices of zero in AdventureWorks, each with line and reason', async () => {
    const reading = await readAll(
      { path: path.join(SHARED, 'adventureworks/Product.csv') },
      { mapping: 'adventureworks' },
    );
    expect(reading.errors.filter((error) => error.code === 'price_zero')).toHaveLength(200);
    expect(reading.errors.every((error) => error.line > 0 && error.reason !== '')).toBe(true);
  });
});

function byId(products: readonly SourceProduct[]): Map<string, SourceProduct> {
  return new Map(products.map((one) => [one.product.id, one]));
}

function variantsOf(product: SourceProduct | undefined) {
  return product?.variants.map(({ sku, content, offer, stock }) => ({
    sku,
    options: content.options,
    weight: content.weight,
    offer,
    stock,
  }));
}
