import { describe, expect, it } from 'vitest';
import { blocks, type Issue } from '../../../src/domain/issue.js';
import type { MappingRow } from '../../../src/mapping/types.js';
import { US as channel, type Mapped, defaultMapping as mapping, mapRow } from './mapped-catalog.js';

type Listed = Extract<Mapped, { kind: 'listing' }>;

function list(...[compiled, row, market]: Parameters<typeof mapRow>): Listed | null {
  const mapped = mapRow(compiled, row, market);
  return mapped.kind === 'listing' ? mapped : null;
}

function errorsOf(result: Listed | null): readonly Issue[] {
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
