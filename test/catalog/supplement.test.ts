import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ImportInput, importSource } from '../../src/catalog/import.js';
import { importErrors } from '../../src/catalog/import-errors.js';
import { variantsBySku } from '../../src/catalog/store.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { primary, product, shop, variant } from './support.js';

const added = (sku: string, material: string): SourceProduct => ({
  product: { id: sku, status: 'active' },
  variants: [{ sku, content: { attributes: { material } }, offer: {} }],
});

onEachDatabase('a supplemental source', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await importSource(test.database, primary(shop(12)));
  });
  afterEach(() => test.dispose());

  const supplement = (products: readonly SourceProduct[], id = 'extra', priority = 0) =>
    importSource(
      test.database,
      primary(products, { source: { id, role: 'supplemental', priority } } as Partial<ImportInput>),
    );
  const row = async (sku: string) => (await variantsBySku(test.database, [sku]))[0]!;

  it('adds attributes by SKU and survives a later import of the primary source', async () => {
    expect(await supplement([added('p1-s', 'wool')])).toMatchObject({
      state: 'merged',
      created: 1,
      errors: 0,
    });
    expect((await row('p1-s')).variant.attributes).toEqual({ material: 'wool' });
    const before = (await row('p1-s')).seq;
    expect(await importSource(test.database, primary(shop(12)))).toMatchObject({ changed: 0, unchanged: 24 });
    expect(await row('p1-s')).toMatchObject({ seq: before, variant: { attributes: { material: 'wool' } } });
  });

  it('overrides a price, keeps the summary right, and gives the primary one back when it goes', async () => {
    const cheap = {
      product: { id: 'p1', status: 'active' as const },
      variants: [variant('p1-s', 500, { content: {} })],
    };
    await supplement([cheap, added('p2-s', 'wool')]);
    expect(await row('p1-s')).toMatchObject({
      variant: { price: { minor: 500 } },
      product: { title: 'Title of p1', summary: { priceFrom: { minor: 500 } } },
    });
    await importSource(test.database, primary(shop(12)));
    expect((await row('p1-s')).variant.price?.minor).toBe(500);
    expect(await supplement([added('p2-s', 'wool')])).toMatchObject({ ended: 1, unchanged: 1 });
    expect(await row('p1-s')).toMatchObject({
      variant: { price: { minor: 1_001 } },
      product: { summary: { priceFrom: { minor: 1_001 } } },
    });
    expect(await importSource(test.database, primary(shop(12)))).toMatchObject({ changed: 0 });
  });

  it('adds to a product by its id, and never changes whether it is sold', async () => {
    await supplement([product('p3', [variant('p3-s', 1_003)], { title: 'Better title', status: 'draft' })]);
    expect(await row('p3-m')).toMatchObject({ status: 'active', product: { title: 'Better title' } });
  });

  it('says nothing of a missing SKU where the row speaks of the product alone', async () => {
    const nameless = { content: {}, offer: {} };
    const result = await supplement([product('p3', [nameless], { title: 'Better title' })]);
    expect(result).toMatchObject({
      productsCreated: 1,
      created: 0,
      errors: 0,
      warnings: 0,
      skusGenerated: 0,
    });
  });

  it('lets the source of higher priority win, whoever came first', async () => {
    await supplement([added('p1-s', 'silk')], 'strong', 5);
    await supplement([added('p1-s', 'wool')], 'weak', 1);
    expect((await row('p1-s')).variant.attributes).toEqual({ material: 'silk' });
  });

  it('reports rows for SKUs nobody has, and creates nothing', async () => {
    const result = await supplement([added('nobody', 'wool'), added('p1-s', 'wool')]);
    expect(result).toMatchObject({ variants: 1, rejectedRows: 1, errors: 1 });
    expect(await importErrors(test.database, result.importId, { from: 0, limit: 9 })).toMatchObject([
      { key: 'nobody', code: 'sku_unknown' },
    ]);
    expect(await variantsBySku(test.database, ['nobody'])).toEqual([]);
  });

  it('does not overwrite a count that the primary source owns, but may count at a place of its own', async () => {
    const result = await supplement([
      {
        product: { id: 'p1-s', status: 'active' },
        variants: [
          {
            sku: 'p1-s',
            content: {},
            offer: {},
            stock: [
              { location: 'default', onHand: 99 },
              { location: 'store', onHand: 2 },
            ],
          },
        ],
      },
    ]);
    expect(result.warnings).toBe(1);
    expect((await row('p1-s')).stock.levels).toEqual([
      { location: 'default', onHand: 5 },
      { location: 'store', onHand: 2 },
    ]);
  });
});
