import { afterEach, beforeEach, expect, it } from 'vitest';
import { catalogCounts } from '../../src/catalog/catalog-queries.js';
import { importSource } from '../../src/catalog/import.js';
import { overrideFor } from '../../src/catalog/override-rows.js';
import { clearOverride, listOverrides, setOverride } from '../../src/catalog/overrides.js';
import { setPrices } from '../../src/catalog/set-prices.js';
import { setStock } from '../../src/catalog/set-stock.js';
import {
  afterSequence,
  type CatalogRow,
  catalogPage,
  catalogPageByProduct,
  FIRST_PRODUCT,
  variantsBySku,
} from '../../src/catalog/store.js';
import { variantHistory } from '../../src/catalog/variant-history.js';
import type { Database } from '../../src/db/database.js';
import { currentSequence } from '../../src/db/sequence.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { primary, shop } from './support.js';

const by = { actor: 'operator:anna', at: '2026-11-24T12:00:00.000Z' };
const origin = { owner: 'shop', cause: 'operator:anna', at: by.at };

/** SKUs written after a sequence number, read in pages of seven. */
async function writtenAfter(database: Database, seq: number): Promise<string[]> {
  const skus: string[] = [];
  let cursor: ReturnType<typeof afterSequence> | null = afterSequence(seq);
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof catalogPage>> = await catalogPage(database, cursor, 7);
    skus.push(...page.rows.map((row) => row.sku));
    cursor = page.next;
  }
  return skus;
}

onEachDatabase('the catalog', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await importSource(test.database, primary(shop(12)));
  });
  afterEach(() => test.dispose());

  const row = async (sku: string) => (await variantsBySku(test.database, [sku]))[0]!;

  it('is walked page by page without losing or repeating a variant', async () => {
    expect((await writtenAfter(test.database, 0)).length).toBe(24);
    expect(new Set(await writtenAfter(test.database, 0)).size).toBe(24);
    const rows: CatalogRow[] = [];
    for (let cursor: typeof FIRST_PRODUCT | null = FIRST_PRODUCT; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
        test.database,
        cursor,
        5,
      );
      rows.push(...page.rows);
      cursor = page.next;
    }
    expect(rows.map((one) => one.sku)).toEqual(
      shop(12).flatMap((item) => item.variants.map((one) => one.sku)),
    );
  });

  it('gives the variants of one product the same product object', async () => {
    const { rows } = await catalogPageByProduct(test.database, FIRST_PRODUCT, 4);
    expect(rows[0]?.product).toBe(rows[1]?.product);
    expect(rows[1]?.product).not.toBe(rows[2]?.product);
  });

  it('takes prices with history and sequence, and names SKUs it does not have', async () => {
    const before = await currentSequence(test.database);
    const outcome = await setPrices(
      test.database,
      [
        { sku: 'p2-m', price: { minor: 1_050, currency: 'EUR' } },
        { sku: 'p3-m', price: { minor: 1_103, currency: 'EUR' } },
        { sku: 'nobody', price: null },
      ],
      by,
    );
    expect(outcome).toMatchObject({ changed: 1, unchanged: 1, unknown: ['nobody'] });
    expect(await writtenAfter(test.database, before)).toEqual(['p2-s', 'p2-m']);
    expect((await row('p2-s')).product.summary?.priceTo?.minor).toBe(1_050);
    expect((await variantHistory(test.database, 'p2-m', 1))?.[0]).toEqual({
      at: by.at,
      actor: by.actor,
      lane: 'offer',
      field: 'price',
      old: { minor: 1_102, currency: 'EUR' },
      new: { minor: 1_050, currency: 'EUR' },
      ofProduct: false,
    });
  });

  it('takes counts, keeps them of one owner, and moves only what changed', async () => {
    const before = await currentSequence(test.database);
    const readings = [
      { sku: 'p1-s', location: 'default', onHand: 0 },
      { sku: 'p1-m', location: 'default', onHand: 5 },
      { sku: 'nobody', location: 'default', onHand: 5 },
    ];
    expect(await setStock(test.database, readings, origin)).toMatchObject({
      changed: 1,
      unchanged: 1,
      unknown: ['nobody'],
      foreign: [],
    });
    expect(await writtenAfter(test.database, before)).toEqual(['p1-s']);
    const foreign = await setStock(test.database, [{ sku: 'p1-s', location: 'default', onHand: 9 }], {
      ...origin,
      owner: 'warehouse',
    });
    expect(foreign.foreign).toMatchObject([{ sku: 'p1-s', owner: 'shop' }]);
    expect((await row('p1-s')).stock.levels).toEqual([{ location: 'default', onHand: 0 }]);
  });

  it('keeps overrides per channel and product or variant, the nearer one winning', async () => {
    const before = await currentSequence(test.database);
    await setOverride(
      test.database,
      { channel: '*', scope: 'product', key: 'p4', attributes: { title: 'For all', color: 'red' } },
      by,
    );
    await setOverride(
      test.database,
      {
        channel: 'google-us',
        scope: 'variant',
        key: 'p4-s',
        attributes: { title: 'Here' },
        exclude: 'seasonal',
      },
      by,
    );
    expect((await writtenAfter(test.database, before)).sort()).toEqual(['p4-m', 'p4-s']);
    const { overrides } = await row('p4-s');
    expect(overrideFor(overrides, 'google-us')).toEqual({
      attributes: { title: 'Here', color: 'red' },
      exclude: 'seasonal',
    });
    expect(overrideFor(overrides, 'meta')).toEqual({ attributes: { title: 'For all', color: 'red' } });
    expect(await listOverrides(test.database, 'google-us')).toHaveLength(1);
    expect(await clearOverride(test.database, { channel: '*', scope: 'product', key: 'p4' }, by)).toBe(true);
    expect(overrideFor((await row('p4-m')).overrides, 'meta')).toBeUndefined();
    expect(
      (await variantHistory(test.database, 'p4-m', 99))?.filter((entry) => entry.lane === 'override'),
    ).toHaveLength(4);
  });

  it('tells the history of a variant, of its product and of its counts together, newest first', async () => {
    const [first] = shop(1);
    const retitled = { ...first!, product: { ...first!.product, title: 'Better title' } };
    await importSource(
      test.database,
      primary([retitled, ...shop(12).slice(1)], {
        clock: { now: () => '2026-11-24T10:00:00.000Z', monotonicMs: () => 0 },
      }),
    );
    await setStock(test.database, [{ sku: 'p0-m', location: 'default', onHand: 2 }], {
      ...origin,
      at: '2026-11-24T12:00:00.000Z',
    });
    const entries = await variantHistory(test.database, 'p0-m', 99);
    expect(entries?.map((entry) => [entry.lane, entry.field, entry.old, entry.new, entry.ofProduct])).toEqual(
      [
        ['stock', 'default', 5, 2, false],
        ['product', 'title', 'Title of p0', 'Better title', true],
        ['status', 'created', null, 'active', false],
        ['stock', 'default', null, 5, false],
      ],
    );
    expect(entries?.[1]?.actor).toMatch(/^import:/);
    expect(await variantHistory(test.database, 'P0-M', 99), 'capitals count').toBeNull();
    expect(await variantHistory(test.database, 'p0-m', 1)).toHaveLength(1);
  });

  it('refuses an override for goods it does not have', async () => {
    await expect(
      setOverride(test.database, { channel: '*', scope: 'variant', key: 'nobody', exclude: 'x' }, by),
    ).rejects.toMatchObject({ code: 'sku_unknown', owner: 'operator' });
  });

  it('counts by status', async () => {
    expect(await catalogCounts(test.database)).toEqual({
      products: 12,
      variants: 24,
      byStatus: { active: 24, draft: 0, archived: 0, ended: 0 },
    });
  });
});
