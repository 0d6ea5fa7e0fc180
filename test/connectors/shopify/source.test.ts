import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addProduct,
  type NewProduct,
  type ShopProduct,
} from '../../../connectors/shopify/simulator/shop-state.js';
import { importFrom } from '../../../src/catalog/import-from.js';
import type { SourcePort, StockReading } from '../../../src/channel/store-ports.js';
import type { Instant } from '../../../src/domain/instant.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { handClock } from '../../support/channel-bench.js';
import { sqliteDatabase, type TestDatabase } from '../../support/databases.js';
import { openStage, type Stage } from './support.js';

const HOUR = 3_600_000;
const HOODIE: NewProduct = {
  title: 'Hoodie',
  descriptionHtml: '<p>Warm.</p>',
  vendor: 'Fernweh',
  productType: 'Tops',
  tags: ['winter'],
  category: 'Apparel & Accessories > Clothing > Hoodies',
  collections: ['Winter', 'Sale'],
  images: ['https://cdn.example.com/a.jpg', 'https://cdn.example.com/b.jpg'],
  metafields: [
    { namespace: 'custom', key: 'fabric', type: 'single_line_text_field', value: 'Cotton' },
    { namespace: 'custom', key: 'made-of', type: 'list.single_line_text_field', value: '["Cotton","Wool"]' },
    { namespace: 'custom', key: 'care', type: 'json', value: '{"wash":30}' },
  ],
  variants: [
    {
      sku: '00012345',
      title: 'Blue / M',
      price: '45.00',
      compareAtPrice: '60.00',
      barcode: '4006381333931',
      options: [
        { name: 'Color', value: 'Blue' },
        { name: 'Size', value: 'M' },
      ],
      image: 'https://cdn.example.com/blue.jpg',
      stock: 7,
    },
    {
      sku: 'HOODIE-L',
      title: 'Blue / L',
      price: '45.00',
      barcode: '4006381333932',
      policy: 'CONTINUE',
      tracked: false,
    },
  ],
};

describe('reading a Shopify shop', () => {
  let stage: Stage;
  let test: TestDatabase;
  let clock: ReturnType<typeof handClock>;
  let hoodie: ShopProduct;
  beforeEach(async () => {
    clock = handClock();
    [stage, test] = await Promise.all([openStage(), sqliteDatabase()]);
    hoodie = addProduct(stage.shop, HOODIE);
  });
  afterEach(async () => {
    await stage.stop();
    await test.dispose();
  });

  const sourceOf = (settings: Parameters<Stage['open']>[0] = {}): SourcePort => {
    const { source } = stage.open(settings);
    if (!source) throw new Error('no source');
    return source;
  };
  async function allProducts(source: SourcePort, since?: Instant): Promise<readonly SourceProduct[]> {
    const found: SourceProduct[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly SourceProduct[]; next: string | null } = await source.products(
        cursor,
        since,
      );
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return found;
  }
  async function allStock(source: SourcePort, since?: Instant): Promise<readonly StockReading[]> {
    const found: StockReading[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: readonly StockReading[]; next: string | null } = (await source.stock?.(
        cursor,
        since,
      )) ?? {
        items: [],
        next: null,
      };
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return found;
  }
  const load = (settings: Parameters<Stage['open']>[0] = {}, more: { whole?: boolean } = {}) =>
    importFrom(
      {
        database: test.database,
        clock,
        signal: new AbortController().signal,
        open: () => stage.open(settings),
      },
      { source: { id: 'shop', role: 'primary', guard: {}, channel: 'shop' }, actor: 'test', ...more },
    );
  const offers = () =>
    test.database.all<{ sku: string; status: string }>('SELECT sku, status FROM variant ORDER BY sku');
  const levels = () =>
    test.database.all<{ sku: string; on_hand: number }>('SELECT sku, on_hand FROM stock_level ORDER BY sku');

  it.each(['bulk', 'pages'] as const)(
    'tells a product with all that hangs on it, read by %s',
    async (fullRead) => {
      const read = (await allProducts(sourceOf({ fullRead }))).find(({ product }) => product.id === 'hoodie');
      expect(read).toMatchObject({
        product: {
          title: 'Hoodie',
          description: '<p>Warm.</p>',
          brand: 'Fernweh',
          type: 'Tops',
          status: 'active',
          tags: ['winter'],
          categories: ['Apparel & Accessories > Clothing > Hoodies', 'Winter', 'Sale'],
          images: ['https://cdn.example.com/a.jpg', 'https://cdn.example.com/b.jpg'],
          attributes: { fabric: 'Cotton', made_of: ['Cotton', 'Wool'] },
        },
        variants: [
          {
            sku: '00012345',
            content: {
              gtin: '4006381333931',
              options: { Color: 'Blue', Size: 'M' },
              images: ['https://cdn.example.com/blue.jpg'],
              weight: { value: 0.25, unit: 'kg' },
              attributes: { shopify_variant_id: hoodie.variants[0]?.id.split('/').at(-1) },
            },
            offer: {
              price: { minor: 4_500, currency: 'USD' },
              compareAtPrice: { minor: 6_000, currency: 'USD' },
              policy: 'deny',
              tracked: true,
            },
          },
          {
            sku: 'HOODIE-L',
            content: { merchantCode: '4006381333932' },
            offer: { policy: 'backorder', tracked: false },
          },
        ],
      });
      expect(read?.product.attributes).not.toHaveProperty('care');
    },
  );

  it('imports the whole shop through the engine: products, prices, units', async () => {
    expect(await load()).toMatchObject({ state: 'merged', products: 3, variants: 4 });
    expect(await offers()).toEqual(
      ['00012345', 'HOODIE-L', 'MUG', 'SHIRT-S'].map((sku) => ({ sku, status: 'active' })),
    );
    expect(await levels()).toEqual([
      { sku: '00012345', on_hand: 7 },
      { sku: 'MUG', on_hand: 10 },
      { sku: 'SHIRT-S', on_hand: 10 },
    ]);
  });

  it('takes units by location as of the request, and leaves closed and unchosen locations out', async () => {
    const [warehouse] = stage.shop.locations;
    if (!warehouse) throw new Error('no location');
    const number = warehouse.id.split('/').at(-1);
    const readings = await allStock(sourceOf());
    expect(readings.find(({ sku }) => sku === '00012345')).toEqual({
      sku: '00012345',
      location: number,
      onHand: 7,
    });
    expect(await allStock(sourceOf({ locations: ['1'] }))).toEqual([]);
    warehouse.active = false;
    expect(await allStock(sourceOf())).toEqual([]);
  });

  it('asks for what changed since: products by their stamp, units by the level’s own, which an order moves', async () => {
    await load();
    stage.shop.advance(2 * HOUR);
    clock.advance(2 * HOUR);
    const since = clock.now();
    expect(await allProducts(sourceOf(), since)).toEqual([]);
    const level = hoodie.variants[0]?.levels[0];
    Object.assign(level ?? {}, { available: 3, updatedMs: stage.shop.nowMs() + 1_000 });
    expect(await allProducts(sourceOf(), since)).toEqual([]);
    expect(await allStock(sourceOf(), since)).toMatchObject([{ sku: '00012345', onHand: 3 }]);
    Object.assign(hoodie, { title: 'Hoodie II', updatedMs: stage.shop.nowMs() + 1_000 });
    expect((await allProducts(sourceOf(), since)).map(({ product }) => product.title)).toEqual(['Hoodie II']);
    expect(await load()).toMatchObject({ state: 'merged' });
    expect(await levels()).toContainEqual({ sku: '00012345', on_hand: 3 });
    expect((await offers()).map(({ status }) => status)).toEqual(['active', 'active', 'active', 'active']);
  });

  it('sees a deleted product with the next whole reading, within a day', async () => {
    await load();
    stage.shop.products.splice(1, 1);
    stage.shop.advance(25 * HOUR);
    clock.advance(25 * HOUR);
    await load();
    expect(await offers()).toContainEqual({ sku: 'MUG', status: 'ended' });
  });

  it.each([
    ['its file is cut', 'cut'],
    ['it failed with a part of its data', 'fails'],
  ] as const)('changes nothing when a bulk operation does not end well: %s', async (_name, bulk) => {
    await load();
    Object.assign(hoodie, { title: 'Changed' });
    stage.shop.products.splice(0, 1);
    stage.shop.switches.bulk = bulk;
    await expect(load({}, { whole: true })).rejects.toMatchObject({ code: 'bulk_incomplete' });
    expect((await offers()).map(({ status }) => status)).toEqual(['active', 'active', 'active', 'active']);
    stage.shop.switches.bulk = 'whole';
    expect(await load({}, { whole: true })).toMatchObject({ state: 'merged' });
  });

  it('changes nothing when a page in the middle fails', async () => {
    for (let place = 0; place < 45; place++)
      addProduct(stage.shop, { title: `P ${place}`, variants: [{ sku: `P-${place}` }] });
    await load({ fullRead: 'pages' });
    const before = await offers();
    stage.shop.products.splice(0, 3);
    stage.running.faults.add({ kind: 'late', match: '#ReadProducts', ms: 1 });
    stage.running.faults.add({ kind: 'fail', match: '#ReadProducts' });
    await expect(load({ fullRead: 'pages' }, { whole: true })).rejects.toMatchObject({ kind: 'ambiguous' });
    expect(await offers()).toEqual(before);
  });

  it('reads what hangs on a product past the first page of each list, without reading anything twice', async () => {
    const variants = Array.from({ length: 160 }, (_, place) => ({ sku: `V-${place}` }));
    addProduct(stage.shop, { title: 'Wide', images: ['https://cdn.example.com/w.jpg'], variants });
    const wide = (await allProducts(sourceOf({ fullRead: 'pages' }))).find(
      ({ product }) => product.id === 'wide',
    );
    expect(wide?.variants.map(({ sku }) => sku)).toEqual(variants.map(({ sku }) => sku));
    expect(wide?.product.images).toHaveLength(1);
  });

  it('waits for a bulk operation, and reads a file larger than a part whole', async () => {
    const text = 'x'.repeat(60_000);
    for (let place = 0; place < 200; place++)
      addProduct(stage.shop, {
        title: `Big ${place}`,
        descriptionHtml: text,
        variants: [{ sku: `B-${place}` }],
      });
    const field = (place: number) => ({
      ...{ namespace: 'custom', key: `long_${place}`, type: 'multi_line_text_field' },
      value: text,
    });
    // One product larger than a part: what hangs on it must not be cut off.
    addProduct(stage.shop, {
      title: 'Huge',
      metafields: Array.from({ length: 100 }, (_, place) => field(place)),
      variants: [{ sku: 'HUGE' }],
    });
    const read = await allProducts(sourceOf());
    expect(new Set(read.map(({ product }) => product.id)).size).toBe(204);
    const huge = read.find(({ product }) => product.id === 'huge');
    expect(Object.keys(huge?.product.attributes ?? {})).toHaveLength(101);
    expect(huge?.variants.map(({ sku }) => sku)).toEqual(['HUGE']);
    const parts = stage.running.calls.filter(({ path }) => path.startsWith('/bulk-results/'));
    expect(parts.length).toBeGreaterThan(2);
  });

  it('keeps drafts and unlisted goods from being offered, unless the merchant says so', async () => {
    hoodie.status = 'UNLISTED';
    const status = async (settings: Parameters<Stage['open']>[0]) =>
      (await allProducts(sourceOf(settings))).find(({ product }) => product.id === 'hoodie')?.product.status;
    expect(await status({})).toBe('draft');
    expect(await status({ sellUnlisted: true })).toBe('active');
    hoodie.status = 'ARCHIVED';
    expect(await status({ sellUnlisted: true })).toBe('archived');
  });

  it('waits while the bulk operation runs, page by empty page with another cursor each time', async () => {
    await stage.stop();
    stage = await openStage({ processingMs: 700 });
    const source = sourceOf();
    const cursors: string[] = [];
    let cursor: string | null = null;
    let products = 0;
    do {
      const page: { items: readonly SourceProduct[]; next: string | null } = await source.products(cursor);
      products += page.items.length;
      cursor = page.next;
      if (cursor !== null) cursors.push(cursor);
    } while (cursor !== null);
    expect(products).toBe(2);
    expect(new Set(cursors).size).toBe(cursors.length);
    expect(cursors.length).toBeGreaterThan(2);
  });
});
