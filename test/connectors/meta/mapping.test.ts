import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { feedFileConnector } from '../../../connectors/feed-file/index.js';
import { memory } from '../../../connectors/memory/index.js';
import { meta } from '../../../connectors/meta/index.js';
import type { ListingConnector } from '../../../src/channel/listing-connector.js';
import { blocks } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { CATALOGS, type DefaultMapping, defaultMapping, rowOf, rowsOf } from './mapped.js';

const SHOP = {
  shopUrl: 'https://shop.example/',
  linkPath: '/products/',
  imageBase: 'https://shop.example/media/',
};
const CHANNELS: readonly (readonly [string, ListingConnector, JsonObject, JsonObject])[] = [
  ['memory', memory as ListingConnector, {}, {}],
  ['meta', meta as ListingConnector, {}, SHOP],
  ['feed-file google-rss', feedFileConnector as ListingConnector, { format: 'google-rss' }, SHOP],
  ['feed-file meta-csv', feedFileConnector as ListingConnector, { format: 'meta-csv' }, SHOP],
];
const usd = (minor: number) => ({ minor, currency: 'USD' });

describe.each(CHANNELS)('the default mapping of %s', (_, connector, settings, params) => {
  it('loads without a complaint against its own schema', async () => {
    expect((await defaultMapping(connector, settings, params)).diagnostics).toEqual([]);
  });
});

describe('the default mapping of Meta', () => {
  let mapping: DefaultMapping;
  beforeAll(async () => {
    mapping = await defaultMapping(meta as ListingConnector, {}, SHOP);
  });
  const product = { description: '<p>Soft &amp; warm</p>', images: ['/a.jpg', '/b.jpg'] };

  it('turns apparel without brand and GTIN into a sound listing', () => {
    const row = rowOf(
      {
        ...product,
        title: 'Hoodie',
        categories: ['Men > Tops'],
        summary: { variantCount: 2, optionValues: {} },
      },
      { price: usd(5_200), options: { color: 'Black', size: 'Size XS' } },
      { available: 3 },
    );
    const { attributes, issues } = mapping.run(row);
    expect(attributes).toMatchObject({
      title: 'Hoodie Black XS',
      description: 'Soft & warm',
      availability: 'in stock',
      price: '52.00 USD',
      link: 'https://shop.example/products/P1',
      image_link: 'https://shop.example/a.jpg',
      additional_image_link: ['https://shop.example/b.jpg'],
      mpn: 'SKU-1',
      size: 'XS',
      gender: 'male',
      item_group_id: 'P1',
    });
    expect(attributes.brand).toBeUndefined();
    expect(blocks(issues)).toBe(false);
  });

  it.each([
    ['unknown stock', {}, undefined],
    ['nothing left', { available: 0 }, 'out of stock'],
    [
      'nothing left but orders welcome',
      { available: 0, policy: 'backorder' as const },
      'available for order',
    ],
    ['not counted', { tracked: false }, 'in stock'],
  ])('says of %s what is known', (_, stock, availability) => {
    expect(mapping.run(rowOf(product, { price: usd(100) }, stock)).attributes.availability).toBe(
      availability,
    );
  });

  it('blocks a listing whose availability nobody knows', () => {
    expect(mapping.run(rowOf(product, { price: usd(100) })).issues).toContainEqual(
      expect.objectContaining({ severity: 'error', attribute: 'availability' }),
    );
  });

  it('sends neither a doubtful GTIN nor a sale that saves nothing', () => {
    const { attributes } = mapping.run(
      rowOf(product, { gtin: '4006381333932', price: usd(500), salePrice: usd(500) }, { available: 1 }),
    );
    expect(attributes.gtin).toBeUndefined();
    expect(attributes.sale_price).toBeUndefined();
  });

  it('shows a compare-at price as the price and the price as a sale', () => {
    const row = rowOf(product, { price: usd(6_999), compareAtPrice: usd(8_500) }, { available: 1 });
    expect(mapping.run(row).attributes).toMatchObject({ price: '85.00 USD', sale_price: '69.99 USD' });
  });

  it('takes the price of the market from a price list', () => {
    const prices = [
      { ...usd(900), country: 'US' },
      { minor: 800, currency: 'EUR' },
    ];
    expect(mapping.run(rowOf(product, { prices }, { available: 1 })).attributes.price).toBe('9.00 USD');
  });

  it('tells variants apart by whatever option they have, without the signs a file splits at', () => {
    const row = rowOf(
      { ...product, summary: { variantCount: 3, optionValues: {} } },
      {
        price: usd(500),
        options: { 'screen size': '13 inch', RAM: '8, or 16: GB', Material: 'Aluminium', color: 'Grey' },
      },
      { available: 1 },
    );
    const { attributes, issues } = mapping.run(row);
    expect(attributes).toMatchObject({
      color: 'Grey',
      additional_variant_attribute: [
        { variant_label: 'screen size', variant_value: '13 inch' },
        { variant_label: 'RAM', variant_value: '8 or 16 GB' },
      ],
    });
    expect(blocks(issues)).toBe(false);
    const alone = rowOf(
      { ...product, summary: { variantCount: 1, optionValues: {} } },
      { price: usd(500), options: { RAM: '8' } },
      { available: 1 },
    );
    expect(mapping.run(alone).attributes.additional_variant_attribute).toBeUndefined();
  });

  it('excludes a draft', () => {
    expect(mapping.run(rowOf({ ...product, status: 'draft' }, { price: usd(1) })).excluded).toBe('is sold');
  });

  it.each([
    ['no price', {}],
    ['a price of zero', { price: usd(0) }],
  ])('lists nothing with %s and does not exclude it: what is live stays live', (_, variant) => {
    const mapped = mapping.run(rowOf(product, variant));
    expect(mapped.excluded).toBeUndefined();
    expect(mapped.attributes.price).toBeUndefined();
  });
});

const shared = existsSync(CATALOGS);
if (!shared) process.stdout.write('skipped: real catalogs, because ../shared is not there\n');
const mappings = path.resolve(import.meta.dirname, '../../../mappings/sources');

/** Variants and listings without an error per channel; books have no pictures, Google's store has unknown stock and missing pictures. */
const REAL = [
  ['magento/configurable-products.csv.gz', {}, 1_847, 1_847],
  ['shopify/packt-export.csv', {}, 21, 21],
  ['vendure/products.csv', { mapping: `${mappings}/vendure.yaml` }, 88, 88],
  ['django-oscar/books.essential.csv', { mapping: `${mappings}/django-oscar-books.yaml` }, 82, 0],
] as const;

describe.skipIf(!shared)('real catalogs through the default mappings', () => {
  const strict = CHANNELS.filter(([name]) => name !== 'memory');
  describe.each(strict)('for %s', (_, connector, settings, params) => {
    it.each(REAL)('makes sound listings of %s', async (file, source, variants, sound) => {
      const mapping = await defaultMapping(connector, settings, params);
      let [seen, good] = [0, 0];
      for await (const row of rowsOf(file, source)) {
        seen += 1;
        const mapped = mapping.run(row);
        if (mapped.excluded === undefined && !blocks(mapped.issues)) good += 1;
      }
      expect([seen, good]).toEqual([variants, sound]);
    });
  });
});
