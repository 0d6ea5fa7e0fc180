import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { LISTING_SCHEMA } from '../../../connectors/google-merchant/listing-schema.js';
import { openSource } from '../../../src/catalog/readers/open-source.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import { blocks, type Issue } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { SourceProduct } from '../../../src/domain/product.js';
import { loadMapping } from '../../../src/mapping/load.js';
import { fileSources } from '../../../src/mapping/sources.js';
import type { CompiledMapping, MappingRow } from '../../../src/mapping/types.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const CATALOGS = path.resolve(ROOT, '../shared/data/catalogs');
const TODAY = '2026-11-24T05:00:00.000Z';
const channel = {
  id: 'google-us',
  connector: 'google-merchant',
  country: 'US',
  language: 'en',
  currency: 'USD',
  zone: 'America/New_York',
};
const check = compileListingSchema(LISTING_SCHEMA);

function mapping(params: JsonObject = {}, market = channel): CompiledMapping {
  const sources = fileSources({ packageRoot: ROOT, directory: path.join(ROOT, 'mappings') });
  const loaded = loadMapping({
    file: null,
    connector: 'google-merchant',
    channel: market,
    params,
    sources,
    schema: LISTING_SCHEMA,
    catalogLanguage: market.language,
  });
  if (loaded.mapping === null) throw new Error(JSON.stringify(loaded.diagnostics, null, 1));
  return loaded.mapping;
}

interface Result {
  readonly listing: JsonObject;
  readonly issues: readonly Issue[];
}

function list(compiled: CompiledMapping, row: MappingRow, market = channel): Result | null {
  const outcome = compiled.run(row, TODAY);
  if (outcome.kind !== 'listing') return null;
  const listing = googleMerchant.canonical?.(outcome.attributes) ?? {};
  const audited = googleMerchant.audit?.(listing, { channel: market, now: TODAY }) ?? [];
  return { listing, issues: [...check(listing), ...audited] };
}

function errorsOf(result: Result | null): readonly Issue[] {
  return (result?.issues ?? []).filter((issue) => issue.severity === 'error');
}

const SHIRT: MappingRow = {
  product: {
    id: 'MH01',
    title: 'Chaz Kangeroo Hoodie',
    description: '<p>Ideal for cold-weather training &bull; or work outdoors.</p>',
    status: 'active',
    link: 'https://shop.example.com/chaz',
    categories: ['Apparel > Hoodies'],
    images: ['https://shop.example.com/m/h/mh01-black.jpg', 'https://shop.example.com/m/h/mh01-noimage.jpg'],
    attributes: { gender: 'Men', material: ['Cotton', 'Fleece'] },
    summary: { variantCount: 3, optionValues: {} },
  },
  variant: {
    id: '1',
    sku: 'MH01-XS-Black',
    position: 1,
    price: { minor: 5200, currency: 'USD' },
    weight: { value: 0.5, unit: 'kg' },
    options: { color: 'Black', size: 'XS' },
  },
  stock: { available: 10 },
};

function shirt(more: {
  readonly product?: Partial<MappingRow['product']>;
  readonly variant?: Partial<MappingRow['variant']>;
  readonly stock?: MappingRow['stock'];
}): MappingRow {
  return {
    product: { ...SHIRT.product, ...more.product },
    variant: { ...SHIRT.variant, ...more.variant },
    stock: more.stock ?? SHIRT.stock,
  };
}

describe('the default mapping of Google Merchant Center', () => {
  it('turns apparel without brand and GTIN into a valid listing', () => {
    const result = list(mapping(), SHIRT);
    expect(errorsOf(result)).toEqual([]);
    expect(result?.listing).toEqual({
      title: 'Chaz Kangeroo Hoodie Black XS',
      description: 'Ideal for cold-weather training • or work outdoors.',
      link: 'https://shop.example.com/chaz',
      image_link: 'https://shop.example.com/m/h/mh01-black.jpg',
      price: '52.00 USD',
      availability: 'in_stock',
      identifier_exists: 'no',
      condition: 'new',
      google_product_category: '166',
      product_type: ['Apparel > Hoodies'],
      item_group_id: 'MH01',
      variant_option: [
        { name: 'color', value: 'Black' },
        { name: 'size', value: 'XS' },
      ],
      color: 'Black',
      size: 'XS',
      gender: 'male',
      material: 'Cotton/Fleece',
      shipping_weight: '1.1023 lb',
    });
  });

  it('says nothing about availability nobody knows, so that the listing waits', () => {
    const result = list(mapping(), shirt({ stock: {} }));
    expect(result?.listing.availability).toBeUndefined();
    expect(errorsOf(result)).toMatchObject([{ code: 'missing_attribute', attribute: 'availability' }]);
    expect(list(mapping(), shirt({ stock: { available: 0 } }))?.listing.availability).toBe('out_of_stock');
    expect(list(mapping(), shirt({ stock: { tracked: false } }))?.listing.availability).toBe('in_stock');
  });

  it('offers goods ahead only with a date of delivery', () => {
    const waiting = { available: 0, policy: 'backorder' } as const;
    expect(list(mapping(), shirt({ stock: waiting }))?.listing.availability).toBe('out_of_stock');
    const dated = list(mapping(), shirt({ stock: { ...waiting, restockAt: '2026-12-20T00:00:00.000Z' } }));
    expect(dated?.listing).toMatchObject({
      availability: 'backorder',
      availability_date: '2026-12-20T00:00:00Z',
    });
    expect(blocks(dated?.issues ?? [])).toBe(false);
  });

  it('never sends a doubtful GTIN, and does not deny identifiers it sends', () => {
    const doubtful = list(mapping(), shirt({ variant: { gtin: '4006381333932' } }));
    expect(doubtful?.listing).toMatchObject({ identifier_exists: 'no' });
    expect(doubtful?.listing.gtin).toBeUndefined();
    const good = list(mapping(), shirt({ variant: { gtin: '4006381333931' } }));
    expect(good?.listing).toMatchObject({ gtin: '4006381333931' });
    expect(good?.listing.identifier_exists).toBeUndefined();
    const named = list(mapping({ brand: 'Luma' }), shirt({ variant: { mpn: 'MH01' } }));
    expect(named?.listing).toMatchObject({
      brand: 'Luma',
      mpn: 'MH01',
      title: 'Luma Chaz Kangeroo Hoodie Black XS',
    });
    expect(named?.listing.identifier_exists).toBeUndefined();
  });

  it('reads a compare-at price as the price and the lower one as the sale', () => {
    const compared = list(
      mapping(),
      shirt({ variant: { compareAtPrice: { minor: 8500, currency: 'USD' } } }),
    );
    expect(compared?.listing).toMatchObject({ price: '85.00 USD', sale_price: '52.00 USD' });
    const sale = list(
      mapping(),
      shirt({
        variant: {
          salePrice: { minor: 4000, currency: 'USD' },
          saleFrom: '2026-11-27T05:00:00.000Z',
          saleTo: '2026-12-01T05:00:00.000Z',
        },
      }),
    );
    expect(sale?.listing).toMatchObject({
      price: '52.00 USD',
      sale_price: '40.00 USD',
      sale_price_effective_date: '2026-11-27T05:00:00Z/2026-12-01T05:00:00Z',
    });
  });

  it('takes the price of the market and refuses another currency', () => {
    const germany = { ...channel, id: 'google-de', country: 'DE', currency: 'EUR' };
    const priced = shirt({ variant: { prices: [{ minor: 15000, currency: 'EUR', country: 'DE' }] } });
    expect(list(mapping({}, germany), priced, germany)?.listing.price).toBe('150.00 EUR');
    expect(list(mapping({}, germany), SHIRT, germany)?.issues).toContainEqual(
      expect.objectContaining({ code: 'currency_of_another_market', severity: 'error' }),
    );
  });

  it('gives shipping rates of the market only', () => {
    const rates = [
      { country: 'US', service: 'Standard', fee: '4.90 USD' },
      { country: 'DE', service: 'Paket', fee: '3.90 EUR' },
    ];
    expect(list(mapping({ rates }), SHIRT)?.listing.shipping).toEqual([
      { country: 'US', service: 'Standard', price: '4.90 USD' },
    ]);
  });
});

const present = existsSync(CATALOGS);
if (!present) process.stdout.write(`skipped: mapping of real catalogs, no ${CATALOGS}\n`);

describe.skipIf(!present)('the default mapping on real catalogs', () => {
  async function read(file: string, settings: SourceSettings): Promise<readonly MappingRow[]> {
    const rows: MappingRow[] = [];
    const context = { report: () => undefined, signal: new AbortController().signal };
    for await (const batch of openSource(path.join(CATALOGS, file), settings, context)) {
      rows.push(...batch.flatMap(rowsOf));
    }
    return rows;
  }

  function rowsOf({ product, variants }: SourceProduct): readonly MappingRow[] {
    const whole = { ...product, summary: { variantCount: variants.length, optionValues: {} } };
    return variants.map((variant, place) => ({
      product: whole,
      variant: {
        ...variant.content,
        ...variant.offer,
        id: `${product.id}/${place}`,
        sku: variant.sku ?? `${product.id}-${place}`,
        position: place + 1,
      },
      stock: {
        ...(variant.stock === undefined
          ? {}
          : { available: variant.stock.reduce((sum, { onHand }) => sum + onHand, 0) }),
        ...(variant.offer.tracked === undefined ? {} : { tracked: variant.offer.tracked }),
      },
    }));
  }

  const shop = {
    shopUrl: 'https://shop.example.com/',
    linkPath: '/p/',
    imageBase: 'https://shop.example.com/media/',
  };
  const mapped = (name: string): Partial<SourceSettings> => ({
    mapping: path.join(ROOT, `mappings/sources/${name}.yaml`),
  });

  /** Listed rows, and the errors of the others. */
  function tallyOf(
    rows: readonly MappingRow[],
    params: JsonObject,
  ): { listed: number; errors: readonly string[] } {
    const compiled = mapping(params);
    const results = rows.map((row) => list(compiled, row)).filter((result) => result !== null);
    const listed = results.filter((result) => !blocks(result.issues)).length;
    const errors = results.flatMap((result) =>
      errorsOf(result).map((issue) => `${issue.code} ${issue.attribute}`),
    );
    return { listed, errors: [...new Set(errors)].sort() };
  }

  it.each<[string, Partial<SourceSettings>, JsonObject, number]>([
    ['magento/configurable-products.csv.gz', { currency: 'USD' }, { ...shop, brand: 'Luma' }, 1_847],
    ['shopify/packt-export.csv', { currency: 'USD' }, shop, 21],
  ])('makes a valid listing of every variant of %s', async (file, settings, params, variants) => {
    const rows = await read(file, { id: 'shop', ...settings });
    expect(tallyOf(rows, params)).toEqual({ listed: variants, errors: [] });
  });

  it('stops shoes without gender and age group where the market wants them, and lists the rest', async () => {
    const rows = await read('vendure/products.csv', { id: 'shop', currency: 'USD', ...mapped('vendure') });
    const errors = ['apparel_incomplete google_product_category'];
    expect(tallyOf(rows, shop)).toEqual({ listed: 64, errors });
    expect(rows).toHaveLength(88);
  });

  it('waits for stock where a catalog tells none, and needs nothing else', async () => {
    const rows = await read('commercetools/products-a.csv', { id: 'shop', ...mapped('commercetools') });
    const grown = { ...shop, ageGroup: 'adult' };
    expect(tallyOf(rows, grown)).toEqual({ listed: 0, errors: ['missing_attribute availability'] });
    const counted = rows.map((row) => ({ ...row, stock: { available: 5 } }));
    expect(tallyOf(counted, grown)).toEqual({ listed: 102, errors: [] });
  });

  it('does not take a picture that says "no image" for one', async () => {
    const rows = await read('google-retail/products.jsonl', { id: 'shop', ...mapped('google-retail') });
    const { listed, errors } = tallyOf(rows, shop);
    expect(listed).toBeGreaterThan(500);
    expect(errors).toEqual(['missing_attribute availability', 'missing_attribute image_link']);
  });
});
