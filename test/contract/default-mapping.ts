import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListingConnector } from '../../src/channel/listing-connector.js';
import { packageRoot } from '../../src/config/package-root.js';
import { readMapping } from '../../src/mapping/open-mapping.js';
import type { MappingRow } from '../../src/mapping/types.js';
import type { Desired, ListingKit } from '../../src/sync/desired.js';
import { workOutSeen } from '../../src/sync/work-out.js';
import { CATALOGS, rowsOfCatalog, sourceMapping } from '../support/catalog-rows.js';
import { type ChannelBench, channelBench } from '../support/channel-bench.js';
import { sqliteDatabase } from '../support/databases.js';

const clock = { now: () => '2026-11-24T05:00:00.000Z', monotonicMs: () => 0 };
const SHOP = {
  brand: 'Luma',
  shopUrl: 'https://shop.example.com/',
  linkPath: '/p/',
  imageBase: 'https://shop.example.com/media/',
};
const usd = (minor: number) => ({ minor, currency: 'USD' });

const HOODIE: MappingRow = {
  product: {
    id: 'MH01',
    title: 'Chaz Kangeroo Hoodie',
    description:
      '<p>Ideal for cold-weather training.</p><p>&bull; Two-tone gray.<br/>&bull; Machine wash.</p>',
    status: 'active',
    link: 'https://shop.example.com/chaz',
    categories: ['Default Category > Men > Tops > Hoodies & Sweatshirts', 'Default Category'],
    images: ['https://shop.example.com/m/h/mh01-black.jpg'],
    attributes: { material: ['Cotton', 'Fleece'] },
    summary: { variantCount: 3, optionValues: {} },
  },
  variant: {
    id: '1',
    sku: 'MH01-XS-Black',
    position: 1,
    price: usd(5200),
    weight: { value: 0.5, unit: 'kg' },
    options: { color: 'Black', size: 'XS' },
  },
  stock: { available: 10 },
};

function hoodie(more: {
  readonly product?: Partial<MappingRow['product']>;
  readonly variant?: Partial<MappingRow['variant']>;
  readonly stock?: MappingRow['stock'];
}): MappingRow {
  return {
    product: { ...HOODIE.product, ...more.product },
    variant: { ...HOODIE.variant, ...more.variant },
    stock: more.stock ?? HOODIE.stock,
  };
}

/** Real catalogs: all variants, and of how many the catalog tells enough for every channel. The third says nothing of gender and age. */
const REAL = [
  ['magento/configurable-products.csv.gz', {}, 1_847, 1_847],
  ['shopify/packt-export.csv', {}, 21, 21],
  ['vendure/products.csv', sourceMapping('vendure'), 88, 64],
] as const;

const shared = existsSync(CATALOGS);
if (!shared) process.stdout.write(`skipped: default mappings on real catalogs, no ${CATALOGS}\n`);

/** What every default mapping must do, through the checks the engine makes, in no channel's words. */
export function describeDefaultMapping(connector: ListingConnector): void {
  describe(`${connector.id}: default mapping`, () => {
    let bench: ChannelBench;
    let kit: ListingKit;
    beforeAll(async () => {
      bench = await channelBench(connector, await sqliteDatabase(), { params: SHOP });
      kit = bench.desk.kit;
    });
    afterAll(() => bench.stop());

    const list = (row: MappingRow) => workOutSeen({ kit, clock }, { ...row, unlistable: null });

    const errorsOf = (desired: Desired) =>
      desired.state === 'excluded' ? [] : desired.issues.filter(({ severity }) => severity === 'error');
    const sent = (desired: Desired) =>
      desired.state === 'excluded' ? '' : JSON.stringify(desired.attributes);

    it('loads without a complaint', async () => {
      const schema = connector.shape ? undefined : await connector.listingSchema(kit.settings, null);
      const { diagnostics } = readMapping({
        packageRoot: packageRoot(),
        folder: packageRoot(),
        channel: { ...kit.channel, params: {} },
        schema,
        offerAttributes: connector.offerAttributes,
      });
      expect(diagnostics.filter(({ code }) => code !== 'negated_comparison')).toEqual([]);
    });

    it('lists apparel without a GTIN, and the same for the same row', async () => {
      const desired = await list(HOODIE);
      expect(errorsOf(desired)).toEqual([]);
      expect(desired.state).toBe('listed');
      expect(sent(desired)).toContain('Kangeroo Hoodie');
      expect(await list(JSON.parse(JSON.stringify(HOODIE)) as MappingRow)).toEqual(desired);
    });

    it.each([
      ['no price', { price: undefined }],
      ['a price of zero', { price: usd(0) }],
      ['a price below zero', { price: usd(-5) }],
    ])('blocks a listing with %s instead of taking it off: what is live stays live', async (_, variant) => {
      const { price: _price, ...free } = HOODIE.variant;
      const row = { ...HOODIE, variant: variant.price ? { ...free, price: variant.price } : free };
      const desired = await list(row);
      expect(desired.state).toBe('blocked');
      expect(errorsOf(desired).length).toBeGreaterThan(0);
    });

    it('blocks a listing without a title', async () => {
      const { title: _title, ...product } = HOODIE.product;
      expect((await list({ ...HOODIE, product })).state).toBe('blocked');
    });

    it.each([{ product: { status: 'draft' } }, { variant: { status: 'archived' } }] as const)(
      'keeps out what is not sold: %o',
      async (more) => {
        expect(await list(hoodie(more))).toMatchObject({ state: 'excluded', reason: 'is sold' });
      },
    );

    it('never calls goods available that nobody counted, nor those that are gone', async () => {
      const [counted, unknown, gone, free] = await Promise.all(
        [{ available: 10 }, {}, { available: 0 }, { tracked: false }].map((stock) => list(hoodie({ stock }))),
      );
      if (!counted || !unknown || !gone || !free) throw new Error('no listing');
      const claims = /in_?\s?stock"|"quantity[^"]*":\s*10|is_inventory_available/;
      expect(sent(counted)).toMatch(claims);
      expect(sent(unknown)).not.toMatch(claims);
      expect(sent(gone)).not.toMatch(claims);
      expect(sent(free)).toMatch(claims);
    });

    it('never sends a code with a wrong check digit as a GTIN', async () => {
      expect(sent(await list(hoodie({ variant: { gtin: '4006381333931' } })))).toContain('4006381333931');
      const desired = await list(hoodie({ variant: { gtin: '4006381333932' } }));
      expect(desired.state).toBe('listed');
      expect(sent(desired)).not.toContain('4006381333932');
    });

    it('takes a sale price only when it is below the price', async () => {
      const sale = (minor: number) =>
        list(
          hoodie({
            variant: {
              salePrice: usd(minor),
              saleFrom: '2026-11-27T05:00:00.000Z',
              saleTo: '2026-12-01T05:00:00.000Z',
            },
          }),
        );
      expect(sent(await sale(4321))).toMatch(/43\.21/);
      expect(sent(await sale(9876))).not.toMatch(/98\.76/);
      expect(sent(await sale(0))).toBe(sent(await list(HOODIE)));
    });

    it('takes the price of its market from a price list', async () => {
      const prices = [
        { minor: 12_345, currency: 'EUR', country: 'DE' },
        { ...usd(6_789), country: 'US' },
      ];
      const desired = await list(hoodie({ variant: { prices } }));
      expect(sent(desired)).toMatch(/67\.89/);
      expect(sent(desired)).not.toMatch(/52(\.00)?\b|123\.45/);
    });

    it.skipIf(!shared).each(REAL)(
      'makes sound listings of %s, and says of the others what is missing',
      async (...of) => {
        const [file, source, variants, sound] = of;
        const rows = await rowsOfCatalog(file, source);
        let listed = 0;
        for (const [place, row] of rows.entries()) {
          const desired = await list(row);
          if (desired.state === 'listed') listed++;
          else expect(errorsOf(desired)[0]?.advice, row.variant.sku).toMatch(/\w/);
          // The simulator lives in this process: an idle connection must be able to close meanwhile.
          if (place % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        expect(rows).toHaveLength(variants);
        expect(listed).toBeGreaterThanOrEqual(sound);
      },
    );
  });
}
