import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOT_SENT } from '../../../connectors/meta/attributes/not-sent.js';
import { ATTRIBUTES, ITEM_ATTRIBUTES, OFFER_ATTRIBUTES } from '../../../connectors/meta/attributes.js';
import { canonical } from '../../../connectors/meta/canonical.js';
import { decodeItem, displayedMoney } from '../../../connectors/meta/decode.js';
import { overrideRecordsOf, recordOf } from '../../../connectors/meta/encode.js';
import { listingSchema } from '../../../connectors/meta/listing-schema.js';
import { merged, unknownFields } from '../../../connectors/meta/simulator/item-rules.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { change, LISTING } from './support.js';

const valid = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(listingSchema);

describe('the attribute table of Meta', () => {
  it('makes a schema that takes a good listing', () => {
    expect(valid({ ...LISTING, video: [{ url: 'https://cdn.example/v.mp4', tag: ['a'] }] })).toBe(true);
    expect(valid({ ...LISTING, link: 'https://shop.example/@maker/tee?v=m#top' })).toBe(true);
  });

  it.each<[string, JsonObject]>([
    ['an availability with an underscore', { availability: 'in_stock' }],
    ['an attribute nobody knows', { colour: 'Blue' }],
    ['a retired attribute', { commerce_tax_category: 'FB_APRL' }],
    ['the currency before the amount', { price: 'EUR 24.90' }],
    ['shipping without a price', { shipping: [{ shipping_country: 'US' }] }],
    ['shipping priced in words', { shipping: [{ ...RATE(), shipping_price_value: 'free' }] }],
    ['credentials in a link', { link: 'https://user:secret@shop.example/p' }],
    ['a number with decimals as a custom number', { custom_number_0: 1.5 }],
    ['a custom number beyond 32 bits', { custom_number_0: 4_294_967_296 }],
    [
      '21 further pictures',
      { additional_image_link: Array.from({ length: 21 }, () => 'https://cdn.example/1.jpg') },
    ],
    ['an override without a value', { overrides: [{ type: 'LANGUAGE', title: 'Hemd' }] }],
    ['an override of what has none', { overrides: [{ type: 'COUNTRY', value: 'DE', brand: 'Other' }] }],
  ])('makes a schema that refuses %s', (_, difference) => {
    expect(valid(canonicalButAvailability({ ...LISTING, ...difference }))).toBe(false);
  });

  it('names only attributes that the simulated catalog knows', () => {
    expect(unknownFields(Object.fromEntries(ITEM_ATTRIBUTES.map((row) => [row.name, 'x'])))).toEqual([]);
  });

  it('has every name once, and none that is retired', () => {
    const names = ATTRIBUTES.map((row) => row.name);
    expect(names.length).toBe(new Set(names).size);
    expect(NOT_SENT.filter(({ name }) => names.includes(name))).toEqual([]);
  });

  it('keeps the largest item its schema allows below the line length of a feed', () => {
    const largest = Object.fromEntries(
      ITEM_ATTRIBUTES.map((row) => [row.name, largestOf(listingSchema, row.name)]),
    );
    expect(valid(largest)).toBe(true);
    expect(JSON.stringify(largest).length * 4).toBeLessThan(5_242_880);
  });
});

function RATE(): JsonObject {
  return { shipping_country: 'US', shipping_price_value: '4.90', shipping_price_currency: 'USD' };
}

/** Spelled as the engine spells it, but for the attribute whose raw form is on trial. */
function canonicalButAvailability(listing: JsonObject): JsonObject {
  return { ...canonical(listing), availability: listing.availability };
}

/** The longest value of an attribute by the schema; patterns decide the form of those that have one. */
function largestOf(schema: JsonObject, name: string): unknown {
  return largest((schema.properties as Record<string, JsonObject>)[name] ?? {}, name);
}

const FORMS: Readonly<Record<string, string>> = {
  gtin: '00000000000000',
  sale_price_effective_date: '2026-11-27T00:00+01:00/2026-11-30T23:59+01:00',
  expiration_date: '2026-12-31',
  shipping_weight: '123456789.123456 kg',
  country: 'US',
  origin_country: 'US',
  shipping_country: 'US',
  currency: 'USD',
  shipping_price_currency: 'USD',
  value: '123456789012.1234',
  shipping_price_value: '123456789012.1234',
};

function largest(schema: JsonObject, name: string): unknown {
  if (Array.isArray(schema.enum))
    return [...(schema.enum as string[])].sort((a, b) => b.length - a.length)[0];
  if (schema.type === 'array')
    return Array.from({ length: schema.maxItems as number }, () => largest(schema.items as JsonObject, name));
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties as Record<string, JsonObject>).map(([member, about]) => [
        member,
        largest(about, member),
      ]),
    );
  if (schema.type === 'integer' || schema.type === 'number') return schema.maximum;
  if (FORMS[name] !== undefined) return FORMS[name];
  if (name.endsWith('price')) return '123456789012.1234 KWD';
  const address = typeof schema.pattern === 'string' && schema.pattern.startsWith('^https');
  return address
    ? 'https://a.example/'.padEnd(schema.maxLength as number, 'x')
    : 'x'.repeat(schema.maxLength as number);
}

describe('the spelling of Meta', () => {
  it.each<[string, JsonObject, JsonObject]>([
    ['availability has blanks', { availability: 'out_of_stock' }, { availability: 'out of stock' }],
    ['an age group has them too', { age_group: 'all_ages' }, { age_group: 'all ages' }],
    ['prices have all decimals', { price: '34 USD' }, { price: '34.00 USD' }],
    ['yen have none', { sale_price: '500 JPY' }, { sale_price: '500 JPY' }],
    ['labels are in small letters', { internal_label: ['Eco'] }, { internal_label: ['eco'] }],
    ['one value of a list becomes a list', { internal_label: 'eco' }, { internal_label: ['eco'] }],
    ['a GTIN has no hyphens', { gtin: '4006381-333931' }, { gtin: '4006381333931' }],
    ['numbers in text become numbers', { custom_number_0: '12' }, { custom_number_0: 12 }],
    ['weights have a known unit', { shipping_weight: '2kg' }, { shipping_weight: '2 kg' }],
    [
      'windows are to the minute and have an offset',
      { sale_price_effective_date: '2026-11-27T00:00:00Z/2026-11-30T23:59:59.999+0100' },
      { sale_price_effective_date: '2026-11-27T00:00+00:00/2026-11-30T23:59+01:00' },
    ],
    [
      'what stands in an override follows the same rules',
      { overrides: [{ type: 'country', value: 'DE', availability: 'in_stock', price: '30 EUR' }] },
      { overrides: [{ type: 'COUNTRY', value: 'DE', availability: 'in stock', price: '30.00 EUR' }] },
    ],
    [
      'what cannot be read stays for the schema to refuse',
      { price: 'cheap', colour: 1 },
      { price: 'cheap', colour: 1 },
    ],
  ])('%s', (_, given, spelled) => {
    expect(canonical(given)).toEqual(spelled);
    expect(canonical(canonical(given))).toEqual(spelled);
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
});

describe('the records sent to Meta', () => {
  it('clear what a listing no longer has, and only that', () => {
    const { data } = recordOf(change('A', LISTING)) as { data: JsonObject };
    expect(data).toMatchObject({ id: 'A', ...LISTING, sale_price: '', internal_label: [], color: '' });
    expect(Object.keys(data)).not.toContain('image');
    expect(merged({ ...LISTING, color: 'Blue', sale_price: '1.00 EUR' }, data)).toEqual(LISTING);
  });

  it('hold of an offer the id and the offer attributes alone', () => {
    const { data } = recordOf(change('A', LISTING, 'offer')) as { data: JsonObject };
    expect(Object.keys(data).sort()).toEqual(['id', ...OFFER_ATTRIBUTES].sort());
  });

  it('never carry overrides in the item itself, but one record per language or country', () => {
    const listing = {
      ...LISTING,
      overrides: [
        { type: 'LANGUAGE', value: 'de_XX', title: 'Hemd aus Bio-Baumwolle' },
        { type: 'COUNTRY', value: 'CH', price: '29.90 CHF' },
      ],
    };
    expect((recordOf(change('A', listing)) as { data: JsonObject }).data.overrides).toBeUndefined();
    const [german, swiss] = overrideRecordsOf(change('A', listing)) as readonly { data: JsonObject }[];
    expect(german).toMatchObject({
      method: 'UPDATE',
      localization: { type: 'LANGUAGE', value: 'de_XX' },
      data: { id: 'A', title: 'Hemd aus Bio-Baumwolle' },
    });
    expect(german?.data).not.toHaveProperty('sale_price');
    expect(swiss).toMatchObject({
      localization: { type: 'COUNTRY', value: 'CH' },
      data: { id: 'A', price: '29.90 CHF', sale_price: '' },
    });
    expect(overrideRecordsOf(change('A', listing, 'offer'))).toEqual([]);
    expect(overrideRecordsOf(change('A', listing, 'remove'))).toEqual([]);
  });
});

describe('what Meta tells of an item', () => {
  it('is read under the names of the read side, in our spelling', () => {
    expect(
      decodeItem({
        name: 'Shirt',
        url: 'https://shop.example/p',
        image_url: 'https://cdn.example/1.jpg',
        availability: 'in stock',
        brand: '',
        quantity_to_sell_on_facebook: 3,
        price: '$1,024.90',
        currency: 'USD',
        unheard_of: { a: 1 },
      }),
    ).toEqual({
      title: 'Shirt',
      link: 'https://shop.example/p',
      image_link: 'https://cdn.example/1.jpg',
      availability: 'in stock',
      quantity_to_sell_on_facebook: 3,
      price: '1024.90 USD',
    });
  });

  it.each([
    ['$24.90', 'USD', 2_490],
    ['24,90 €', 'EUR', 2_490],
    ['1.234,50 €', 'EUR', 123_450],
    ['$1,234', 'USD', 123_400],
    ['CHF 1’234.50', 'CHF', 123_450],
    ['¥12,500', 'JPY', 12_500],
    ['24.90 USD', 'USD', 2_490],
    ['KD 1.250', 'KWD', null],
    ['$24.9', 'USD', null],
    ['24.90 EUR', 'USD', null],
    ['free', 'USD', null],
    ['-$5.00', 'USD', null],
  ])('takes the display price %s in %s for %s', (text, currency, minor) => {
    expect(displayedMoney(text, currency)?.minor ?? null).toBe(minor);
  });

  it('gives no price where the currency is not told', () => {
    expect(decodeItem({ price: '$24.90' })).toEqual({});
  });
});
