import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { attributeReference } from '../../../connectors/amazon/attribute-reference.js';
import { ATTRIBUTES } from '../../../connectors/amazon/attributes.js';
import { auditListing, RULES } from '../../../connectors/amazon/audit.js';
import { canonicalListing } from '../../../connectors/amazon/canonical.js';
import { AMAZON_KEYWORDS } from '../../../connectors/amazon/definitions/keywords.js';
import { amazonListingSchema } from '../../../connectors/amazon/listing-schema.js';
import { PRODUCT_TYPES } from '../../../connectors/amazon/product-types.js';
import type { AmazonSettings } from '../../../connectors/amazon/settings.js';
import { shapeListing } from '../../../connectors/amazon/shape.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { compileListingSchema, type ListingCheck } from '../../../src/mapping/validate.js';
import { CHANNEL, SHORT } from './support.js';

const SETTINGS: AmazonSettings = {
  sellerId: 'A1SELLER000',
  marketplaceId: 'ATVPDKIKX0DER',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
};
const STORE = { marketplace_id: 'ATVPDKIKX0DER' };
const WORDS = { ...STORE, language_tag: 'en_US' };

function shape(short: JsonObject, schema = amazonListingSchema(SETTINGS, 'LUGGAGE')): JsonObject {
  return canonicalListing(shapeListing(short, { settings: SETTINGS, channel: CHANNEL, schema }));
}

describe('the short form', () => {
  it('becomes instances with the selectors the schema knows', () => {
    expect(shape(SHORT)).toEqual({
      item_name: [{ value: 'Acme Cabin Suitcase 40 L, Blue', ...WORDS }],
      brand: [{ value: 'Acme', ...WORDS }],
      bullet_point: [
        { value: 'Light shell', ...WORDS },
        { value: 'Four wheels', ...WORDS },
      ],
      product_description: [{ value: 'A cabin suitcase.', ...WORDS }],
      condition_type: [{ value: 'new_new', ...STORE }],
      externally_assigned_product_identifier: [{ type: 'ean', value: '4006381333931', ...STORE }],
      color: [{ value: 'Blue', ...WORDS }],
      list_price: [{ value: 129.99, currency: 'USD', ...STORE }],
      purchasable_offer: [
        {
          currency: 'USD',
          audience: 'ALL',
          our_price: [{ schedule: [{ value_with_tax: 119.99 }] }],
          ...STORE,
        },
      ],
      fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 12 }],
      main_product_image_locator: [
        { media_location: 'https://img.example.com/acme/blue-main.jpg', ...STORE },
      ],
    });
  });

  it('keeps selectors written by hand', () => {
    const short = {
      item_name: [{ value: 'Maleta', language_tag: 'es_US' }],
      purchasable_offer: { audience: 'B2B' },
    };
    expect(shape(short)).toMatchObject({
      item_name: [{ value: 'Maleta', language_tag: 'es_US', ...STORE }],
      purchasable_offer: [{ audience: 'B2B', currency: 'USD' }],
    });
  });

  it('is the same when it is shaped already, and once more', () => {
    const once = shape(SHORT);
    expect(shape(once)).toEqual(once);
    expect(canonicalListing(once)).toEqual(once);
  });

  it('leaves what the schema does not know for the check to name', () => {
    const check = compileListingSchema(amazonListingSchema(SETTINGS, 'LUGGAGE'), AMAZON_KEYWORDS);
    const issues = check(shape({ ...SHORT, colour: 'Blue' }));
    expect(issues).toMatchObject([{ attribute: 'colour' }]);
  });

  it('writes the list price with tax where the store wants it so', () => {
    const settings = { ...SETTINGS, marketplaceId: 'A1PA6795UKMFR9' };
    const channel = { ...CHANNEL, country: 'DE', language: 'de', currency: 'EUR' };
    const schema = amazonListingSchema(settings, null);
    expect(shapeListing({ list_price: '9.90 EUR', color: 'Blau' }, { settings, channel, schema })).toEqual({
      list_price: [{ value_with_tax: 9.9, currency: 'EUR', marketplace_id: 'A1PA6795UKMFR9' }],
      color: [{ value: 'Blau', language_tag: 'de_DE', marketplace_id: 'A1PA6795UKMFR9' }],
    });
  });

  it('is spelled as Amazon spells it back: UTC, no blanks at the ends, no store in the stock', () => {
    const spelled = canonicalListing({
      item_name: [{ value: '  Cafe\u0301 ' }],
      purchasable_offer: [{ start_at: { value: '2026-11-27T00:00+01:00' }, end_at: null }],
      fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 1, ...STORE }],
    });
    expect(spelled).toEqual({
      item_name: [{ value: 'Caf\u00e9' }],
      purchasable_offer: [{ start_at: { value: '2026-11-26T23:00:00Z' } }],
      fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 1 }],
    });
  });
});

describe('the listing schema', () => {
  const checks = new Map<string, ListingCheck>();
  const issuesOf = (changes: JsonObject, kind = 'LUGGAGE'): string[] => {
    const schema = amazonListingSchema(SETTINGS, kind);
    const check = checks.get(kind) ?? compileListingSchema(schema, AMAZON_KEYWORDS);
    checks.set(kind, check);
    return check(shape({ ...SHORT, ...changes }, schema)).map(({ attribute }) => attribute ?? '');
  };

  it.each(PRODUCT_TYPES.map(({ name }) => name))('takes a whole listing of %s', (kind) => {
    expect(issuesOf({ size: 'M' }, kind)).toEqual([]);
  });

  it('asks apparel for colour and size, and a type we do not carry for what all have in common', () => {
    expect(issuesOf({ color: null }, 'SHIRT').sort()).toEqual(['color', 'size']);
    expect(issuesOf({ color: null }, 'AIR_FRYER')).toEqual([]);
    expect(issuesOf({ brand: null }, 'AIR_FRYER')).toEqual(['brand']);
  });

  it('asks for one way to tell which product it is', () => {
    expect(issuesOf({ externally_assigned_product_identifier: null })).toHaveLength(1);
    expect(
      issuesOf({
        externally_assigned_product_identifier: null,
        supplier_declared_has_product_identifier_exemption: true,
      }),
    ).toEqual([]);
  });

  it('takes an offer on an existing ASIN without product facts', () => {
    const facts = [
      'item_name',
      'brand',
      'bullet_point',
      'product_description',
      'main_product_image_locator',
      'color',
    ];
    const none = Object.fromEntries(facts.map((name) => [name, null]));
    expect(issuesOf({ ...none, merchant_suggested_asin: 'B000000001' })).toEqual([]);
  });

  it('counts characters, bytes and entries', () => {
    expect(issuesOf({ item_name: 'x'.repeat(201) })).toEqual(['item_name']);
    expect(issuesOf({ generic_keyword: 'é'.repeat(130) })).toEqual(['generic_keyword']);
    expect(issuesOf({ bullet_point: Array.from({ length: 11 }, (_, n) => `b${n}`) })).toEqual([
      'bullet_point',
    ]);
  });

  it('stands in the README', () => {
    const readme = path.resolve(import.meta.dirname, '../../../connectors/amazon/README.md');
    expect(readFileSync(readme, 'utf8')).toContain(attributeReference());
  });

  it('has every attribute once', () => {
    expect(new Set(ATTRIBUTES.map(({ name }) => name)).size).toBe(ATTRIBUTES.length);
  });
});

describe('the audit', () => {
  const NOW = '2026-11-24T00:00:00.000Z';
  const codesOf = (changes: JsonObject): readonly string[] =>
    auditListing(shape({ ...SHORT, ...changes }), { channel: CHANNEL, now: NOW }).map(({ code }) => code);
  const sale = (price: number, from: string, to: string): JsonObject => ({
    purchasable_offer: {
      our_price: 100,
      discounted_price: { schedule: { value_with_tax: price, start_at: from, end_at: to } },
    },
  });

  const discounts = (audience: string, levels: readonly (readonly [number, number])[]): JsonObject => ({
    purchasable_offer: {
      audience,
      our_price: 100,
      quantity_discount_plan: {
        schedule: {
          discount_type: 'fixed',
          levels: levels.map(([lower_bound, value]) => ({ lower_bound, value })),
        },
      },
    },
  });

  it('has nothing to say about a good listing, and a date and source for every rule', () => {
    expect(codesOf({})).toEqual([]);
    for (const rule of RULES)
      expect([rule.source, rule.verified]).toEqual([
        expect.any(String),
        expect.stringMatching(/^\d{4}-\d\d$/),
      ]);
  });

  it.each<[string, JsonObject]>([
    ['gtin_wrong', { externally_assigned_product_identifier: { type: 'ean', value: '4006381333932' } }],
    ['exemption_with_gtin', { supplier_declared_has_product_identifier_exemption: true }],
    ['sale_not_below_price', sale(100, '2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z')],
    ['sale_not_below_price', sale(50, '2026-11-28T00:00:00Z', '2026-11-27T00:00:00Z')],
    [
      'stock_contradicts',
      {
        fulfillment_availability: {
          fulfillment_channel_code: 'DEFAULT',
          quantity: 1,
          is_inventory_available: true,
        },
      },
    ],
    [
      'stock_contradicts',
      { fulfillment_availability: { fulfillment_channel_code: 'AMAZON_NA', quantity: 1 } },
    ],
    ['price_outside_limits', { purchasable_offer: { our_price: 10, minimum_seller_allowed_price: 10.01 } }],
    ['price_outside_limits', { purchasable_offer: { our_price: 10, maximum_seller_allowed_price: 9.99 } }],
    ['quantity_discounts', discounts('ALL', [[5, 90]])],
    [
      'quantity_discounts',
      discounts('B2B', [
        [5, 90],
        [5, 80],
      ]),
    ],
    ['quantity_discounts', discounts('B2B', [[5, 100]])],
    ['business_price_higher', { purchasable_offer: [{ our_price: 10 }, { audience: 'B2B', our_price: 11 }] }],
    ['picture_not_public', { main_product_image_locator: 'http://192.168.1.4/a.jpg' }],
    ['picture_not_public', { other_product_image_locator_1: 'https://shop:secret@example.com/a.jpg' }],
    ['picture_twice', { other_product_image_locator_1: SHORT.main_product_image_locator }],
    ['offer_picture_of_new_goods', { main_offer_image_locator: 'https://img.example.com/used.jpg' }],
    ['theme_needs_attribute', { parent: { sku: 'P' }, variation_theme: ['size', 'color'] }],
    ['wrong_currency', { purchasable_offer: { currency: 'EUR', our_price: 5 } }],
    ['title_signs', { item_name: 'Buy now!' }],
    ['markup_in_text', { product_description: '<p>Good</p>' }],
  ])('finds %s', (code, changes) => {
    expect(codesOf(changes)).toEqual([code]);
  });
});

const DEFINITION = path.resolve(
  import.meta.dirname,
  '../../../../shared/specs/amazon/product-types/synthetic/LUGGAGE.synthetic.schema.json',
);
const present = existsSync(DEFINITION);
if (!present) process.stdout.write(`skipped: shape on a whole product type definition, no ${DEFINITION}\n`);

describe.skipIf(!present)('shape on a whole product type definition', () => {
  it('turns the short form into what the definition takes', () => {
    const schema = JSON.parse(readFileSync(DEFINITION, 'utf8')) as JsonObject;
    const short = { ...SHORT, country_of_origin: 'PL', supplier_declared_dg_hz_regulation: 'not_applicable' };
    const shaped = shape(short, schema);
    expect(compileListingSchema(schema, AMAZON_KEYWORDS)(shaped)).toEqual([]);
    expect(shaped).toEqual({
      ...shape(SHORT),
      country_of_origin: [{ value: 'PL', ...STORE }],
      supplier_declared_dg_hz_regulation: [{ value: 'not_applicable', ...STORE }],
    });
  });
});
