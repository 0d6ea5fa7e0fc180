import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../../connectors/meta/attributes.js';
import { audit } from '../../../connectors/meta/audit.js';
import { canonical } from '../../../connectors/meta/canonical.js';
import { listingSchema } from '../../../connectors/meta/listing-schema.js';
import { attributeReference } from '../../../connectors/meta/reference.js';
import { merged, unknownFields } from '../../../connectors/meta/simulator/item-rules.js';
import type { AuditContext } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING } from './support.js';

const context: AuditContext = {
  channel: { id: 'm', connector: 'meta', country: 'US', language: 'en', currency: 'USD', zone: 'UTC' },
  now: '2026-11-24T00:00:00.000Z',
};
const codes = (listing: JsonObject): readonly string[] =>
  audit(listing, context).map((issue) => `${issue.severity} ${issue.code}`);

describe('the attribute table of Meta', () => {
  it('makes a schema that takes a good listing and names what is wrong in a bad one', () => {
    const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(listingSchema);
    expect(valid({ ...LISTING, video: [{ url: 'https://cdn.example/v.mp4', tag: ['a'] }] })).toBe(true);
    expect(valid({ ...LISTING, availability: 'in_stock' })).toBe(false);
    expect(valid({ ...LISTING, colour: 'Blue' })).toBe(false);
    expect(valid({ ...LISTING, price: 'EUR 24.90' })).toBe(false);
    expect(valid({ ...LISTING, shipping: [{ shipping_country: 'US' }] })).toBe(false);
  });

  it('names only attributes that the simulated catalog knows', () => {
    expect(unknownFields(Object.fromEntries(ATTRIBUTES.map((row) => [row.name, 'x'])))).toEqual([]);
  });

  it('stands in the README', () => {
    const readme = readFileSync(
      path.resolve(import.meta.dirname, '../../../connectors/meta/README.md'),
      'utf8',
    );
    expect(readme).toContain(attributeReference());
  });
});

describe('the audit of Meta listings', () => {
  it.each<[string, JsonObject, string]>([
    ['no picture', { image_link: undefined }, 'error EMPTY_IMAGE_URL'],
    ['none of brand, GTIN and MPN', { brand: undefined }, 'error EMPTY_BRAND'],
    ['no brand but a number', { brand: undefined, mpn: 'X1' }, 'warning EMPTY_BRAND'],
    ['a wrong check digit', { gtin: '4006381333932' }, 'error GENERIC_INVALID_FIELD'],
    ['a GTIN for use inside a shop', { gtin: '2012345678900' }, 'error GENERIC_INVALID_FIELD'],
    ['a price of 0', { price: '0.00 EUR' }, 'error ITEM_PRICE_NOT_POSITIVE'],
    ['decimals the currency lacks', { price: '100.50 JPY' }, 'error PROPERTY_VALUE_FORMAT'],
    ['a sale that saves nothing', { sale_price: '24.90 EUR' }, 'error INVALID_SALE_PRICE'],
    ['a sale in another currency', { sale_price: '1.00 USD' }, 'error INVALID_SALE_PRICE'],
    [
      'a sale that ends before it starts',
      { sale_price_effective_date: '2026-12-01T00:00+01:00/2026-11-01T00:00+01:00' },
      'error PROPERTY_VALUE_FORMAT',
    ],
    [
      'a sale that is over',
      { sale_price_effective_date: '2026-01-01T00:00+01:00/2026-02-01T00:00+01:00' },
      'warning SALE_OVER',
    ],
    ['the start page as link', { link: 'https://shop.example/' }, 'error PRODUCT_URL_EQUALS_DOMAIN'],
    ['a link to Meta', { link: 'https://www.facebook.com/shop/1' }, 'error PRODUCT_URL_EQUALS_DOMAIN'],
    ['HTML', { description: '<b>Soft</b>' }, 'error PROPERTY_VALUE_CONTAINS_HTML_TAGS'],
    ['capitals', { title: 'MEN RUNNING SHOE' }, 'warning PROPERTY_VALUE_UPPERCASE'],
    ['advertising', { title: 'Shirt - free shipping' }, 'warning LOW_QUALITY_TITLE_AND_DESCRIPTION'],
    ['a placeholder brand', { brand: 'n/a' }, 'warning PLACEHOLDER_BRAND'],
    ['restricted goods', { title: 'Vape pen' }, 'warning POLICY_VIOLATION'],
    ['clothing without a size', { google_product_category: '1604' }, 'warning MISSING_SIZE'],
    [
      'in stock with nothing left',
      { quantity_to_sell_on_facebook: 0 },
      'warning INVENTORY_ZERO_AVAILABILITY_IN_STOCK',
    ],
  ])('complains about %s', (_, difference, code) => {
    expect(codes({ ...LISTING, ...difference })).toContain(code);
  });

  it('has no error for a good listing', () => {
    expect(codes(LISTING).filter((code) => code.startsWith('error'))).toEqual([]);
  });
});

describe('the spelling of Meta', () => {
  it('has blanks in availability, all decimals in prices, small letters in labels', () => {
    expect(
      canonical({
        availability: 'out_of_stock',
        price: '34 USD',
        sale_price: '500 JPY',
        internal_label: ['Eco'],
      }),
    ).toEqual({
      availability: 'out of stock',
      price: '34.00 USD',
      sale_price: '500 JPY',
      internal_label: ['eco'],
    });
  });

  it('drops control characters and broken surrogates, keeps emoji, and changes nothing the second time', () => {
    expect(canonical({ title: ' a\u0007b\ud800 🧘 ' })).toEqual({ title: 'ab 🧘' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const once = canonical({ title, video: [{ url: title }] });
        expect(canonical(once)).toEqual(once);
      }),
    );
  });

  it('clears by an empty value and keeps what is not named', () => {
    expect(merged({ color: 'Blue', size: 'M' }, { id: 'A', color: '', video: [] })).toEqual({ size: 'M' });
  });
});
