import { createReadStream } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalogCounts } from '../../src/catalog/catalog-queries.js';
import { type ImportInput, importSource } from '../../src/catalog/import.js';
import { importErrors } from '../../src/catalog/import-errors.js';
import { openSource } from '../../src/catalog/readers/open-source.js';
import { catalogPageByProduct, FIRST_PRODUCT } from '../../src/catalog/store.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { steppingClock } from './support.js';

const file = path.resolve(import.meta.dirname, '../../examples/catalog.csv');

onEachDatabase('the example catalog', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const input: ImportInput = {
    source: { id: 'example', role: 'primary' },
    read: (report) =>
      openSource(
        createReadStream(file),
        { id: 'example', currency: 'USD' },
        { report, signal: new AbortController().signal },
      ),
    actor: 'operator:test',
    clock: steppingClock(),
  };

  it('imports with the numbers its README states, and the second time changes nothing', async () => {
    const result = await importSource(test.database, input);
    expect(result).toMatchObject({
      state: 'merged',
      rows: 200,
      products: 40,
      variants: 199,
      rejectedRows: 1,
    });
    const complaints = await importErrors(test.database, result.importId, { from: 0, limit: 100 });
    expect(complaints.map((error) => [error.code, error.severity]).sort()).toEqual([
      ['gtin_doubtful', 'warning'],
      ['price_zero', 'warning'],
      ['sku_duplicate', 'error'],
      ['sku_generated', 'warning'],
      ['sku_generated', 'warning'],
      ['sku_generated', 'warning'],
    ]);
    expect(await catalogCounts(test.database)).toEqual({
      products: 40,
      variants: 199,
      byStatus: { active: 196, draft: 3, archived: 0, ended: 0 },
    });
    const { rows } = await catalogPageByProduct(test.database, FIRST_PRODUCT, 1_000);
    expect(rows.filter((row) => row.variant.skuGenerated)).toHaveLength(3);
    expect(rows.filter((row) => row.stock.levels.length === 0).map((row) => row.sku)).toEqual(['LM-LN200']);
    expect(rows.filter((row) => row.product.images === undefined).map((row) => row.sku)).toEqual(['FW-MAP']);
    expect(rows.filter((row) => row.variant.merchantCode !== undefined).map((row) => row.sku)).toEqual([
      'VT-SP21',
    ]);
    expect(await importSource(test.database, input)).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 199,
    });
  });
});
