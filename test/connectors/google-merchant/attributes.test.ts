import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttributeRow, SOURCES } from '../../../connectors/google-merchant/attributes/row.js';
import { ATTRIBUTES, OFFER_ROWS } from '../../../connectors/google-merchant/attributes.js';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import {
  canonicalListing,
  decodeListing,
  encodeListing,
  OFFER_MASK,
} from '../../../connectors/google-merchant/listing-form.js';
import { LISTING_SCHEMA } from '../../../connectors/google-merchant/listing-schema.js';
import { attributeReference } from '../../../connectors/google-merchant/reference.js';
import { MESSAGES } from '../../../connectors/google-merchant/simulator/discovery.js';
import { checkInput } from '../../../connectors/google-merchant/simulator/input-check.js';
import { readListing, writeListing } from '../../../connectors/google-merchant/simulator/listing-text.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { samplesOf } from './listing-samples.js';
import { LISTING } from './support.js';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const valid = ajv.compile(LISTING_SCHEMA);

describe('the attribute table of Google', () => {
  it('knows every typed field of the API and no other, at every depth', () => {
    const compare = (rows: readonly AttributeRow[], message: string): void => {
      const typed = rows.filter((row) => !row.custom);
      const fields = MESSAGES.get(message) ?? new Map<string, string>();
      expect(typed.map((row) => row.field).sort(), message).toEqual([...fields.keys()].sort());
      for (const row of typed) {
        const type = fields.get(row.field) ?? '';
        expect(type.endsWith('[]'), `${message}.${row.field} repeats`).toBe(row.list !== null);
        if (row.type.kind === 'group') compare(row.type.members, type.replace('[]', ''));
        if (row.type.kind === 'choice') {
          expect(Object.values(row.type.values).sort(), row.field).toEqual(
            type.replace('[]', '').split('|').sort(),
          );
        }
      }
    };
    compare(ATTRIBUTES, 'ProductAttributes');
    expect(ATTRIBUTES.filter((row) => !row.custom)).toHaveLength(145);
  });

  it('names each attribute once and every source with a date', () => {
    expect(new Set(ATTRIBUTES.map((row) => row.name)).size).toBe(ATTRIBUTES.length);
    for (const row of ATTRIBUTES) expect(SOURCES[row.source].verified).toMatch(/^2026-11-\d\d$/);
  });

  it.each(ATTRIBUTES.map((row) => [row.name, row] as const))(
    'carries %s to Google and back without loss',
    (name, row) => {
      fc.assert(
        fc.property(samplesOf(row), (value) => {
          const listing = { ...LISTING, [name]: value };
          expect(canonicalListing(listing)).toEqual(listing);
          expect(valid(listing), JSON.stringify(valid.errors)).toBe(true);
          const encoded = encodeListing(listing);
          if (!encoded.fits) throw new Error(JSON.stringify(encoded.issues));
          const { productAttributes, customAttributes } = encoded;
          const input: JsonObject = {
            ...{ offerId: 'A', contentLanguage: 'en', feedLabel: 'US', versionNumber: '1' },
            productAttributes,
            customAttributes,
          };
          const arrived = JSON.parse(JSON.stringify(input)) as { productAttributes: JsonObject };
          checkInput(arrived, false);
          expect(readListing(arrived)).toEqual(listing);
          expect(decodeListing(arrived)).toEqual(listing);
          expect(decodeListing(writeListing(listing))).toEqual(listing);
        }),
        { numRuns: 15 },
      );
    },
  );

  it('offers price, sale price, availability and quantity alone', () => {
    expect(googleMerchant.offerAttributes).toEqual(OFFER_ROWS.map((row) => row.name));
    for (const name of [
      'price',
      'sale_price',
      'sale_price_effective_date',
      'availability',
      'sell_on_google_quantity',
    ]) {
      expect(googleMerchant.offerAttributes).toContain(name);
    }
    expect(OFFER_MASK.split(',')).toContain('productAttributes.salePrice');
  });
});

describe('the spelling of a listing', () => {
  it.each<[string, JsonValue, JsonValue]>([
    ['price', '34 usd', '34.00 USD'],
    ['price', '1200.00 JPY', '1200 JPY'],
    ['price', '1.255 KWD', '1.255 KWD'],
    ['price', '9007199254740.99 USD', '9007199254740.99 USD'],
    ['price', '1,99 USD', '1,99 USD'],
    ['identifier_exists', false, 'no'],
    ['identifier_exists', 'TRUE', 'yes'],
    ['availability', 'In Stock', 'in_stock'],
    ['size_system', 'us', 'US'],
    ['excluded_destination', 'shopping ads', ['Shopping_ads']],
    ['product_type', 'A > B', ['A > B']],
    ['gtin', ['4006381333931'], '4006381333931'],
    ['gtin', '0-306-40615-2', '9780306406157'],
    [
      'sale_price_effective_date',
      '2026-11-27T00:00+01:00/2026-12-01T00:00+01:00',
      '2026-11-26T23:00:00Z/2026-11-30T23:00:00Z',
    ],
    ['availability_date', '2026-11-27', '2026-11-27'],
    ['shipping_weight', '2.50 pounds', '2.5 lb'],
    ['shipping_weight', '100 kg', '100 kg'],
    ['multipack', '6', 6],
    ['custom_attribute', [{ name: 'care_label', value: 'a_b' }], [{ name: 'care label', value: 'a_b' }]],
    ['no_such_attribute', 'x', 'x'],
  ])('writes %s %j as %j', (name, given, spelled) => {
    const once = canonicalListing({ [name]: given });
    expect(once).toEqual({ [name]: spelled });
    expect(canonicalListing(once)).toEqual(once);
  });

  it('counts money in whole micros', () => {
    const micros = (price: string): JsonValue | undefined => {
      const encoded = encodeListing({ price });
      return encoded.fits ? (encoded.productAttributes.price as JsonObject).amountMicros : undefined;
    };
    expect(micros('34.00 USD')).toBe('34000000');
    expect(micros('0.29 USD')).toBe('290000');
    expect(micros('1200 JPY')).toBe('1200000000');
    expect(micros('1.255 KWD')).toBe('1255000');
    expect(micros('4503599627370.49 USD')).toBe('4503599627370490000');
    expect(
      decodeListing({ productAttributes: { price: { amountMicros: '1234567', currencyCode: 'USD' } } }),
    ).toEqual({
      price: '1.234567 USD',
    });
  });

  it('does not stumble over values Google adds one day', () => {
    const told = decodeListing({
      productAttributes: {
        availability: 'ON_THE_MOON',
        title: 'T',
        price: { amountMicros: 'x' },
        someNewField: { a: 1 },
        includedDestinations: ['HOLOGRAM_ADS'],
        saleWindow: null,
        gtins: [],
      },
      customAttributes: [{ name: 'own thing', value: 'x' }, 'odd'],
    });
    expect(told).toEqual({
      availability: 'on_the_moon',
      title: 'T',
      included_destination: ['hologram_ads'],
      custom_attribute: [{ name: 'own thing', value: 'x' }],
    });
  });
});

describe('the schema of a Google listing', () => {
  it.each<[string, JsonObject]>([
    ['an attribute Google does not have', { colour: 'Red' }],
    ['a numeric price', { price: 34 }],
    ['a price with a comma', { price: '1,99 USD' }],
    ['a price without currency', { price: '1.99' }],
    ['a negative price', { price: '-1.99 USD' }],
    ['a long title', { title: 'x'.repeat(151) }],
    ['an empty title', { title: '' }],
    ['an unknown availability', { availability: 'soon' }],
    ['a relative link', { link: '/p/1' }],
    ['a link with blanks', { link: 'https://shop.example.com/a b' }],
    ['a short GTIN', { gtin: '1234' }],
    ['too many pictures', { additional_image_link: Array(11).fill('https://cdn.example.com/1.jpg') }],
    ['a date without time', { availability_date: '2026-12-24' }],
    ['a weight in stones', { shipping_weight: '2 st' }],
    ['a member a shipping rate does not have', { shipping: [{ country: 'US', cost: '1.00 USD' }] }],
    [
      'a carrier who sets the price beside a fixed one',
      { carrier_shipping: [{ flat_price: '4.00 USD', carrier_price: 'ups_ground' }] },
    ],
    [
      'an adjustment of a price no carrier sets',
      { carrier_shipping: [{ carrier_price_percentage_adjustment: 5 }] },
    ],
    [
      'two values of an attribute of our own',
      { custom_attribute: [{ name: 'a', value: 'b', group_value: [{ name: 'c' }] }] },
    ],
    ['a detail without value', { product_detail: [{ attribute_name: 'Weight' }] }],
    ['no price', { price: undefined }],
    ['neither title nor structured title', { title: undefined }],
  ])('refuses %s', (_what, change) => {
    expect(valid(JSON.parse(JSON.stringify({ ...LISTING, ...change })))).toBe(false);
  });

  it('takes a declared generated title instead of a title', () => {
    const { title: _, ...rest } = LISTING;
    const declared = { digital_source_type: 'trained_algorithmic_media', content: 'Shirt' };
    expect(valid({ ...rest, structured_title: declared })).toBe(true);
  });
});

describe('the attribute reference', () => {
  it('stands in the README', () => {
    const readme = path.resolve(import.meta.dirname, '../../../connectors/google-merchant/README.md');
    expect(readFileSync(readme, 'utf8')).toContain(attributeReference());
  });
});
