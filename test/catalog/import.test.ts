import { afterEach, beforeEach, expect, it } from 'vitest';
import { importSource } from '../../src/catalog/import.js';
import { importErrors } from '../../src/catalog/import-errors.js';
import type { RowError } from '../../src/catalog/readers/reader.js';
import { catalogPageByProduct, FIRST_PRODUCT } from '../../src/catalog/store.js';
import { currentSequence } from '../../src/db/sequence.js';
import { OperatorError } from '../../src/domain/errors.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { complete, primary, product, shop, stream, variant } from './support.js';

onEachDatabase('an import', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const rows = async () => (await catalogPageByProduct(test.database, FIRST_PRODUCT, 1_000)).rows;
  const bySku = async () => new Map((await rows()).map((row) => [row.sku, row]));
  const staged = async () =>
    (await test.database.staging.get<{ n: number }>(
      'SELECT (SELECT COUNT(*) FROM staged_variant) + (SELECT COUNT(*) FROM staged_product) AS n',
    ))!.n;
  const complaints = (importId: string) => importErrors(test.database, importId, { from: 0, limit: 1_000 });
  const latestImport = async () =>
    (await test.database.get<{ id: string; state: string }>(
      'SELECT id, state FROM import_run ORDER BY number DESC LIMIT 1',
    ))!;

  it('brings products, variants, stock and summaries into the catalog, and leaves no staging behind', async () => {
    const result = await importSource(test.database, primary(shop(12)));
    expect(result).toMatchObject({
      state: 'merged',
      products: 12,
      variants: 24,
      created: 24,
      ended: 0,
      errors: 0,
    });
    const row = (await bySku()).get('p3-m');
    expect(row?.variant).toMatchObject({
      sku: 'p3-m',
      position: 2,
      price: { minor: 1_103, currency: 'EUR' },
    });
    expect(row?.stock).toMatchObject({ levels: [{ location: 'default', onHand: 5 }], reserved: 0 });
    expect(row?.product.summary).toEqual({
      variantCount: 2,
      optionValues: { size: ['p3-s', 'p3-m'] },
      priceFrom: { minor: 1_003, currency: 'EUR' },
      priceTo: { minor: 1_103, currency: 'EUR' },
    });
    expect(await staged()).toBe(0);
  });

  it('writes nothing for rows that did not change', async () => {
    await importSource(test.database, primary(shop(12)));
    const before = (await rows()).map((row) => row.seq);
    const again = await importSource(test.database, primary(shop(12)));
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 24 });
    expect((await rows()).map((row) => row.seq)).toEqual(before);
  });

  it('writes the changed field with its old and new value, and moves only what it concerns', async () => {
    await importSource(test.database, primary(shop(12)));
    const before = await currentSequence(test.database);
    const next = shop(12).map((item) =>
      item.product.id === 'p5'
        ? {
            ...item,
            variants: [
              variant('p5-s', 900, { stock: [{ location: 'default', onHand: 5 }] }),
              item.variants[1]!,
            ],
          }
        : item,
    );
    const result = await importSource(test.database, primary(next));
    expect(result).toMatchObject({ changed: 1, unchanged: 23 });
    const moved = (await rows()).filter((row) => row.seq > before).map((row) => row.sku);
    expect(moved, 'the sibling moves too, because the lowest price of the product did').toEqual([
      'p5-s',
      'p5-m',
    ]);
    const history = await test.database.all(
      `SELECT sku, lane, field, old, new, actor FROM catalog_change WHERE seq > ?`,
      [before],
    );
    expect(history).toEqual([
      {
        sku: 'p5-s',
        lane: 'offer',
        field: 'price',
        old: '{"currency":"EUR","minor":1005}',
        new: '{"currency":"EUR","minor":900}',
        actor: `import:${result.importId}`,
      },
    ]);
  });

  it('keeps the first of two variants with one SKU and reports the other with its line', async () => {
    const result = await importSource(
      test.database,
      primary([
        product('a', [variant('same', 100, { line: 2 })]),
        product('b', [variant('own', 200, { line: 3 })]),
        product('c', [variant('same', 300, { line: 4 }), variant('c-1', 300, { line: 5 })]),
      ]),
    );
    expect(result).toMatchObject({ variants: 3, rejectedRows: 1, errors: 1 });
    expect((await bySku()).get('same')?.product.id).toBe('a');
    expect((await bySku()).get('c-1')?.product.summary?.variantCount).toBe(1);
    expect(await complaints(result.importId)).toMatchObject([
      { line: 4, key: 'same', code: 'sku_duplicate' },
    ]);
  });

  it('joins counts of one SKU at several locations, wherever their rows stand', async () => {
    const count = (sku: string, location: string, onHand: number) =>
      product(sku, [{ sku, content: {}, offer: {}, stock: [{ location, onHand }] }]);
    const pieces = [
      count('a', 'berlin', 1),
      count('b', 'berlin', 2),
      count('a', 'rome', 3),
      count('a', 'rome', 4),
      count('b', 'rome', 5),
      count('b', 'paris', 6),
    ];
    // The third batch has two rows of one SKU in it.
    const read = async function* () {
      for (const batch of [pieces.slice(0, 2), pieces.slice(2, 4), pieces.slice(4)]) yield batch;
      return complete(pieces);
    };
    const result = await importSource(test.database, primary([], { read }));
    expect(result).toMatchObject({ products: 2, variants: 2, rejectedRows: 1, errors: 1 });
    expect((await complaints(result.importId)).map(({ code, key }) => [code, key])).toEqual([
      ['sku_duplicate', 'a'],
    ]);
    const levels = new Map([...(await bySku())].map(([sku, one]) => [sku, one.stock.levels]));
    expect(levels.get('a')).toEqual([
      { location: 'berlin', onHand: 1 },
      { location: 'rome', onHand: 3 },
    ]);
    expect(levels.get('b')).toHaveLength(3);
  });

  it('joins the variants of a product whose rows do not stand together', async () => {
    const pieces = [
      product('a', [variant('a-1', 100)]),
      product('b', [variant('b-1', 100)]),
      product('c', [variant('c-1', 100)]),
      product('a', [variant('a-2', 300)], { title: 'Another title' }),
    ];
    // Batches of their own, as a large file has them.
    const read = async function* () {
      for (const piece of pieces) yield [piece];
      return complete(pieces);
    };
    const result = await importSource(test.database, primary([], { read }));
    expect(result).toMatchObject({ products: 3, variants: 4 });
    const second = (await bySku()).get('a-2');
    expect(second?.product).toMatchObject({ title: 'Title of a', summary: { variantCount: 2 } });
    expect(second?.variant.position).toBe(2);
  });

  it('changes nothing when the file breaks off', async () => {
    await importSource(test.database, primary(shop(12)));
    const before = await rows();
    const read = async function* () {
      yield [product('new', [variant('new-1', 1)])];
      throw new OperatorError('source_incomplete', 'The file ends in the middle.', 'Fetch it again.');
    };
    await expect(importSource(test.database, primary([], { read }))).rejects.toMatchObject({
      code: 'source_incomplete',
    });
    expect(await rows()).toEqual(before);
    expect(await staged()).toBe(0);
    expect(await latestImport()).toMatchObject({ state: 'failed' });
  });

  it('counts every warning and keeps the first ten thousand of a kind; errors are all kept', async () => {
    const read = (report: (error: RowError) => void) => {
      for (let line = 1; line <= 10_001; line++) {
        report({ line, code: 'common', reason: 'Common.', severity: 'warning' });
        report({ line, code: 'row_long', reason: 'Rejected.', severity: 'error' });
      }
      return stream([product('a', [variant('a-1', 100)])]);
    };
    const result = await importSource(test.database, primary([], { read }));
    expect(result).toMatchObject({ warnings: 10_001, errors: 10_001 });
    expect(result.complaintsByCode).toEqual({ common: 10_001, row_long: 10_001 });
    const kept = await test.database.all<{ code: string; n: number }>(
      'SELECT code, COUNT(*) AS n FROM import_error WHERE import_id = ? GROUP BY code ORDER BY code',
      [result.importId],
    );
    expect(kept).toEqual([
      { code: 'common', n: 10_000 },
      { code: 'row_long', n: 10_001 },
    ]);
  });

  it('compares with the last good import however many were held since', async () => {
    await importSource(test.database, primary(shop(20)));
    await test.database.run(
      `WITH RECURSIVE c(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM c WHERE i < 60)
       INSERT INTO import_run (id, number, source, state, started_at, facts)
       SELECT 'held' || i, i, 'shop', 'held', '2026-11-24T07:00:00.000Z', '{}' FROM c`,
    );
    const held = await importSource(test.database, primary(shop(15)));
    expect(held.heldBecause?.map((reason) => reason.code)).toContain('fewer_rows');
  });

  it('sweeps what a killed import left behind', async () => {
    await importSource(test.database, primary(shop(12)));
    await test.database.run(
      `INSERT INTO import_run (id, number, source, state, started_at, facts)
       VALUES ('killed', 2, 'shop', 'staging', '2026-11-24T07:00:00.000Z', '{}')`,
    );
    await test.database.run(
      `INSERT INTO staged_product (n, run, product_key, status, body, body_hash, variants)
       VALUES (2000000000, 2, 'half', 'active', '{}', 'x', 1)`,
    );
    await importSource(test.database, primary(shop(12)));
    expect(await staged()).toBe(0);
    expect(await test.database.get(`SELECT state FROM import_run WHERE id = 'killed'`)).toEqual({
      state: 'failed',
    });
  });

  it('ends a vanished variant within the limits, and brings it back later', async () => {
    await importSource(test.database, primary(shop(20)));
    const without = shop(20).map((item) =>
      item.product.id === 'p7' ? { ...item, variants: item.variants.slice(0, 1) } : item,
    );
    expect(await importSource(test.database, primary(without))).toMatchObject({ state: 'merged', ended: 1 });
    expect((await bySku()).get('p7-m')).toMatchObject({ status: 'ended' });
    expect((await bySku()).get('p7-s')?.product.summary?.variantCount).toBe(1);
    expect(await importSource(test.database, primary(shop(20)))).toMatchObject({ changed: 1 });
    expect((await bySku()).get('p7-m')).toMatchObject({ status: 'active' });
  });

  it('holds a file with a tenth of the rows until a person releases exactly it', async () => {
    await importSource(test.database, primary(shop(20)));
    const before = await rows();
    const held = await importSource(test.database, primary(shop(2)));
    expect(held.state).toBe('held');
    expect(held.heldBecause?.map((reason) => reason.code)).toEqual(['fewer_rows', 'many_vanished']);
    expect(await rows()).toEqual(before);
    const other = await importSource(test.database, primary(shop(3), { force: held.checksum! }));
    expect(other.state, 'the checksum of another file releases nothing').toBe('held');
    const released = await importSource(test.database, primary(shop(2), { force: held.checksum! }));
    expect(released).toMatchObject({ state: 'merged', ended: 36 });
  });

  it('holds the same cut file again, however often it is read', async () => {
    await importSource(test.database, primary(shop(20)));
    expect((await importSource(test.database, primary(shop(18)))).state).toBe('held');
    expect((await importSource(test.database, primary(shop(18)))).state).toBe('held');
  });

  it('holds a file that lost a column nearly all variants had', async () => {
    await importSource(test.database, primary(shop(20)));
    const priceless = shop(20).map((item) => ({
      ...item,
      variants: item.variants.map((one) => ({ ...one, offer: {} })),
    }));
    const held = await importSource(test.database, primary(priceless));
    expect(held.heldBecause?.map((reason) => reason.code)).toEqual(['field_vanished']);
  });

  it('holds an empty file', async () => {
    await importSource(test.database, primary(shop(2)));
    expect((await importSource(test.database, primary([]))).heldBecause?.[0]?.code).toBe('empty');
  });

  it('makes a quantity unknown again that the source does not state any more', async () => {
    await importSource(test.database, primary(shop(12)));
    const next = shop(12).map((item) =>
      item.product.id === 'p1' ? { ...item, variants: [variant('p1-s', 1_001), item.variants[1]!] } : item,
    );
    await importSource(test.database, primary(next));
    expect((await bySku()).get('p1-s')?.stock.levels).toEqual([]);
    expect(
      await test.database.all(`SELECT before, after FROM stock_movement WHERE sku = 'p1-s' ORDER BY id`),
    ).toEqual([
      { before: null, after: 5 },
      { before: 5, after: null },
    ]);
  });

  it('does not let another source take products and SKUs over', async () => {
    await importSource(test.database, primary([product('1001', [variant('a', 100)])]));
    const result = await importSource(
      test.database,
      primary([product('1001', [variant('x', 1)]), product('1002', [variant('a', 1), variant('b', 2)])], {
        source: { id: 'outlet', role: 'primary' },
      }),
    );
    expect(result).toMatchObject({ products: 1, variants: 1, created: 1, rejectedRows: 2, errors: 2 });
    expect((await complaints(result.importId)).map((error) => error.code)).toEqual([
      'product_of_other_source',
      'sku_of_other_source',
    ]);
    expect((await bySku()).get('a')).toMatchObject({
      product: { id: '1001' },
      variant: { price: { minor: 100 } },
    });
    expect((await bySku()).get('b')?.product.summary?.variantCount).toBe(1);
  });

  it('keeps identifiers as text and generates a stable SKU where there is none', async () => {
    const { sku: _, ...nameless } = variant('x', 100, { content: { options: { size: 'L' } } });
    const catalog = [product('00012345', [variant('1e5', 100), variant('00012345', 100), nameless])];
    const first = await importSource(test.database, primary(catalog));
    expect(first).toMatchObject({ skusGenerated: 1, warnings: 1 });
    const skus = (await rows()).map((row) => row.sku);
    expect(await complaints(first.importId)).toMatchObject([{ code: 'sku_generated', key: skus[2] }]);
    expect(skus.slice(0, 2)).toEqual(['1e5', '00012345']);
    await importSource(test.database, primary(catalog));
    expect((await rows()).map((row) => row.sku)).toEqual(skus);
    expect((await rows())[2]?.variant.skuGenerated).toBe(true);
  });
});
