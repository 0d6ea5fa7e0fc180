import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addItem } from '../../../connectors/woocommerce/simulator/shop-state.js';
import type { Page } from '../../../src/channel/page.js';
import type { StockReading } from '../../../src/channel/store-ports.js';
import { instantOf } from '../../../src/domain/instant.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { openStage, type Stage } from './support.js';

describe('WooCommerce as a source', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.stop());

  async function products(since?: string, between: () => void = () => undefined): Promise<SourceProduct[]> {
    const source = stage.source();
    const found: SourceProduct[] = [];
    for (let cursor: string | null = null; ; ) {
      const page: Page<SourceProduct> = await source.products(cursor, since);
      found.push(...page.items);
      if (page.next === null) return found;
      cursor = page.next;
      between();
    }
  }
  async function stock(): Promise<readonly StockReading[]> {
    const found: StockReading[] = [];
    const source = stage.source();
    for (let cursor: string | null = null; ; ) {
      const page: Page<StockReading> | undefined = await source.stock?.(cursor);
      if (!page) throw new Error('no stock');
      found.push(...page.items);
      if (page.next === null) return found;
      cursor = page.next;
    }
  }
  const titles = (found: readonly SourceProduct[]) => found.map(({ product }) => product.title);

  it.each([true, false])(
    'reads products whole, their variations too (route for all variations: %s)',
    async (together) => {
      stage.shop.switches.variationsRoute = together;
      const hoodie = addItem(stage.shop, {
        name: 'Hoodie',
        description: '<p>Warm</p>',
        categories: ['Clothing', 'Sale'],
        tags: ['new'],
        brands: ['Luma'],
        images: ['https://cdn.example.com/hoodie.jpg'],
        attributes: [
          { name: 'Size', options: ['S', 'M'], variation: true },
          { name: 'Material', options: ['Cotton', 'Fleece'] },
        ],
        variations: [
          {
            sku: 'HOOD-S',
            price: '45.00',
            salePrice: '39.95',
            saleFrom: '2026-11-27T00:00:00',
            options: { Size: 'S' },
            gtin: '4006381333931',
            weight: '1.5',
            quantity: 4,
          },
          { sku: '', price: '', options: { Size: 'M' }, status: 'private', gtin: 'X1' },
        ],
      });
      const found = (await products()).find(({ product }) => product.id === String(hoodie.id));
      expect(found?.product).toMatchObject({
        title: 'Hoodie',
        description: '<p>Warm</p>',
        brand: 'Luma',
        status: 'active',
        categories: ['Clothing', 'Sale'],
        attributes: { material: ['Cotton', 'Fleece'] },
      });
      const usd = (minor: number) => ({ minor, currency: 'USD' });
      expect(found?.variants).toEqual([
        {
          sku: 'HOOD-S',
          content: expect.objectContaining({
            gtin: '4006381333931',
            options: { Size: 'S' },
            weight: { value: 1.5, unit: 'lb' },
            attributes: { woocommerce_id: String(hoodie.id + 1), requires_shipping: true },
          }),
          offer: {
            price: usd(4_500),
            salePrice: usd(3_995),
            saleFrom: '2026-11-27T00:00:00.000Z',
            policy: 'deny',
            tracked: true,
          },
        },
        {
          content: expect.objectContaining({ status: 'draft', merchantCode: 'X1' }),
          offer: expect.objectContaining({ tracked: false }),
        },
      ]);
    },
  );

  it('keeps what is hidden or not published from being offered, and leaves out what is sold elsewhere', async () => {
    addItem(stage.shop, { name: 'Hidden', visibility: 'hidden' });
    addItem(stage.shop, { name: 'Draft', status: 'draft' });
    addItem(stage.shop, { name: 'Affiliate', type: 'external' });
    addItem(stage.shop, { name: 'Bundle page', type: 'grouped' });
    const found = await products();
    expect(found.map(({ product }) => [product.title, product.status])).toEqual([
      ['Shirt', 'active'],
      ['Mug', 'active'],
      ['Hidden', 'draft'],
      ['Draft', 'draft'],
    ]);
  });

  it('misses no product and repeats none when products vanish and appear between its pages', async () => {
    for (let n = 0; n < 350; n++) addItem(stage.shop, { name: `P${n}` });
    const gone = new Set<string>();
    const found = await products(undefined, () => {
      for (const at of [1, 2, 60]) for (const item of stage.shop.items.splice(at, 1)) gone.add(item.name);
      addItem(stage.shop, { name: `late ${stage.shop.items.length}` });
    });
    const names = titles(found);
    expect(new Set(names).size).toBe(names.length);
    const there = stage.shop.items.filter(({ type }) => type !== 'variation').map(({ name }) => name);
    expect(there.filter((name) => !names.includes(name))).toEqual([]);
    expect(gone.size).toBeGreaterThan(3);
  });

  it('fails a read whose page breaks or is shorter than the shop’s own count, instead of ending it', async () => {
    for (let n = 0; n < 150; n++) addItem(stage.shop, { name: `P${n}` });
    stage.running.faults.add({ kind: 'fail', match: '/products' });
    await expect(products()).rejects.toMatchObject({ code: 'channel_failed' });
    stage.shop.switches.notice = true;
    await expect(products()).rejects.toMatchObject({ code: 'unreadable_answer' });
  });

  it('reads what changed since, in GMT whatever the shop’s own time is, also where only a variation did', async () => {
    stage.shop.advance(3_600_000);
    const since = instantOf(stage.shop.nowMs());
    stage.shop.advance(60_000);
    const mug = stage.shop.items.find(({ sku }) => sku === 'MUG');
    if (mug) mug.modifiedMs = stage.shop.nowMs();
    expect(titles(await products(since))).toEqual(['Mug']);
    stage.shirt.modifiedMs = stage.shop.nowMs();
    expect(titles(await products(since)).sort()).toEqual(['Mug', 'Shirt']);
    stage.shop.switches.variationsRoute = false;
    expect(titles(await products(since))).toEqual(['Mug']);
  });

  it('sweeps the stock though no stamp moves with it', async () => {
    expect(await stock()).toEqual([
      { sku: 'SHIRT-S', location: 'shop', onHand: 10 },
      { sku: 'MUG', location: 'shop', onHand: 10 },
    ]);
    stage.shirt.quantity = -3;
    expect(await stock()).toContainEqual({ sku: 'SHIRT-S', location: 'shop', onHand: -3 });
  });

  it('says of uncounted goods nothing while they are there, and zero when they are out; a missing number is unknown', async () => {
    addItem(stage.shop, { sku: 'FREE', manageStock: false });
    addItem(stage.shop, { sku: 'OUT', manageStock: false, stockStatus: 'outofstock' });
    addItem(stage.shop, { sku: 'NULL', manageStock: true, quantity: null });
    addItem(stage.shop, { sku: 'HALF', quantity: 2.5 });
    const found = await stock();
    expect(found.map(({ sku, onHand }) => [sku, onHand])).toEqual([
      ['SHIRT-S', 10],
      ['MUG', 10],
      ['OUT', 0],
      ['HALF', 2],
    ]);
  });

  it('never offers a unit twice that several variations share', async () => {
    addItem(stage.shop, {
      name: 'Poster',
      quantity: 8,
      variations: [
        { sku: 'A', manageStock: 'parent' },
        { sku: 'B', manageStock: 'parent' },
        { sku: 'C', manageStock: 'parent' },
        { sku: 'D', quantity: 5 },
      ],
    });
    const found = (await stock()).filter(({ sku }) => 'ABCD'.includes(sku));
    expect(found.map(({ sku, onHand }) => [sku, onHand])).toEqual([
      ['D', 5],
      ['A', 3],
      ['B', 3],
      ['C', 2],
    ]);
  });

  it('reads the variations of many products with few calls', async () => {
    for (let n = 0; n < 60; n++)
      addItem(stage.shop, { name: `V${n}`, variations: [{ sku: `V${n}-1` }, { sku: `V${n}-2` }] });
    await products();
    expect(stage.asked().filter((call) => call.includes('variations'))).toHaveLength(2);
  });
});
