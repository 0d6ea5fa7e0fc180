import { describe, expect, it } from 'vitest';
import { CATALOG_RULES, catalogAudit } from '../../../connectors/meta/audit/whole-catalog.js';
import { AUDIT_RULES, audit } from '../../../connectors/meta/audit.js';
import { settingsSchema } from '../../../connectors/meta/settings.js';
import type { AuditContext } from '../../../src/channel/audit-context.js';
import { catalogIssue } from '../../../src/channel/catalog-audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { LISTING } from './support.js';

const channel = { id: 'm', connector: 'meta', country: 'US', language: 'en', currency: 'EUR', zone: 'UTC' };
const NOW = '2026-11-24T00:00:00.000Z';

function issuesOf(difference: JsonObject, about: Partial<AuditContext> = {}): readonly string[] {
  const listing = JSON.parse(JSON.stringify({ ...LISTING, ...difference })) as JsonObject;
  return audit(listing, { channel, now: NOW, sku: 'A', ...about }).map(
    (issue) => `${issue.severity} ${issue.code} ${issue.attribute}`,
  );
}

const INDIA = { channel: { ...channel, country: 'IN' } };
const OWN_DOMAIN = { settings: { allowedDomains: ['shop.example'] } };
const APPAREL = { google_product_category: '1604' };
const window = (from: string, to: string): JsonObject => ({
  sale_price: '19.90 EUR',
  sale_price_effective_date: `${from}T00:00+01:00/${to}T00:00+01:00`,
});
const override = (entry: JsonObject): JsonObject => ({ overrides: [entry] });

/** What is wrong, a listing that is wrong, one that is right, the complaint. */
const CASES: readonly [
  string,
  JsonObject,
  JsonObject,
  string,
  Partial<AuditContext>?,
  Partial<AuditContext>?,
][] = [
  [
    'an id over 100 characters',
    {},
    {},
    'error INVALID_CONTENT_ID id',
    { sku: 'x'.repeat(101) },
    { sku: 'x'.repeat(100) },
  ],
  [
    'an item that is its own group',
    { item_group_id: 'A' },
    { item_group_id: 'G' },
    'error RETAILER_ID_USED_BY_GROUP item_group_id',
  ],
  ['a comma in an id', {}, {}, 'warning ID_BREAKS_CHECKOUT id', { sku: 'A,B' }, { sku: 'A-B' }],
  [
    'none of brand, GTIN and MPN',
    { brand: undefined },
    { brand: undefined, mpn: 'X1' },
    'error EMPTY_BRAND brand',
  ],
  ['no brand but a number', { brand: undefined, mpn: 'X1' }, { mpn: 'X1' }, 'warning EMPTY_BRAND brand'],
  ['a placeholder brand', { brand: 'n/a' }, { brand: 'Nada' }, 'warning PLACEHOLDER_BRAND brand'],
  ['no number at all', {}, { mpn: 'X1' }, 'warning UNIQUE_PRODUCT_IDENTIFIER_MISSING gtin'],
  [
    'a wrong check digit',
    { gtin: '4006381333932' },
    { gtin: '4006381333931' },
    'error GENERIC_INVALID_FIELD gtin',
  ],
  ['a GTIN for use inside a shop', { gtin: '2012345678900' }, {}, 'error GENERIC_INVALID_FIELD gtin'],
  [
    'a category of one level',
    { google_product_category: 'Furniture' },
    { google_product_category: 'Furniture > Chairs' },
    'warning ILLEGAL_PRODUCT_CATEGORY google_product_category',
  ],
  ['clothing without a size', APPAREL, { ...APPAREL, size: 'M' }, 'warning MISSING_SIZE size'],
  ['clothing without a color', APPAREL, { ...APPAREL, color: 'Blue' }, 'warning MISSING_COLOR color'],
  ['clothing without a gender', APPAREL, { ...APPAREL, gender: 'female' }, 'warning MISSING_GENDER gender'],
  [
    'clothing without an age group',
    APPAREL,
    { ...APPAREL, age_group: 'adult' },
    'warning MISSING_AGE_GROUP age_group',
  ],
  [
    'stars without a count',
    { user_rating: 4.5 },
    { user_rating: 4.5, rating_count: 3 },
    'warning RATING_INCOMPLETE rating_count',
  ],
  ['a count without stars', { rating_count: 3 }, {}, 'warning RATING_INCOMPLETE user_rating'],
  [
    'India without an origin',
    {},
    { origin_country: 'IN' },
    'error MISSING_INDIA_COMPLIANCE_FIELDS origin_country',
    INDIA,
    INDIA,
  ],
  [
    'India without the maker',
    {},
    { manufacturer_info: 'Example Mills' },
    'warning MISSING_INDIA_COMPLIANCE_FIELDS manufacturer_info',
    INDIA,
    INDIA,
  ],
  [
    'imports into India without an importer',
    { origin_country: 'DE' },
    { origin_country: 'IN' },
    'error MISSING_INDIA_COMPLIANCE_FIELDS importer_name',
    INDIA,
    INDIA,
  ],
  [
    'decimals the currency lacks',
    { price: '100.50 JPY' },
    { price: '100 JPY' },
    'error PROPERTY_VALUE_FORMAT price',
  ],
  ['a price of 0', { price: '0.00 EUR' }, { price: '0.01 EUR' }, 'error ITEM_PRICE_NOT_POSITIVE price'],
  [
    'a price in the currency of another market',
    { price: '20.00 USD' },
    {},
    'warning PRODUCT_DOMINANT_CURRENCY_MISMATCH price',
  ],
  [
    'a sale that saves nothing',
    { sale_price: '24.90 EUR' },
    { sale_price: '24.89 EUR' },
    'error INVALID_SALE_PRICE sale_price',
  ],
  [
    'a sale in another currency',
    { sale_price: '1.00 USD' },
    { sale_price: '1.00 EUR' },
    'error INVALID_SALE_PRICE sale_price',
  ],
  ['a free sale', { sale_price: '0.00 EUR' }, {}, 'error INVALID_SALE_PRICE sale_price'],
  [
    'a sale that ends before it starts',
    window('2026-12-02', '2026-12-01'),
    window('2026-12-01', '2026-12-02'),
    'error PROPERTY_VALUE_FORMAT sale_price_effective_date',
  ],
  [
    'a sale on a day that is none',
    window('2026-02-30', '2026-12-01'),
    {},
    'error PROPERTY_VALUE_FORMAT sale_price_effective_date',
  ],
  [
    'a sale that is over',
    window('2026-01-01', '2026-02-01'),
    window('2026-01-01', '2026-12-01'),
    'warning SALE_OVER sale_price_effective_date',
  ],
  [
    'a sale without an end',
    { sale_price: '19.90 EUR' },
    window('2026-01-01', '2026-12-01'),
    'info SALE_WITHOUT_END sale_price_effective_date',
  ],
  [
    'a window without a sale',
    { ...window('2026-01-01', '2026-12-01'), sale_price: undefined },
    {},
    'warning SALE_WINDOW_WITHOUT_SALE sale_price_effective_date',
  ],
  [
    'in stock with nothing left',
    { quantity_to_sell_on_facebook: 0 },
    { quantity_to_sell_on_facebook: 1 },
    'warning INVENTORY_ZERO_AVAILABILITY_IN_STOCK quantity_to_sell_on_facebook',
  ],
  [
    'a unit price in another currency',
    { unit_price: { value: '1', currency: 'USD', unit: 'kg' } },
    { unit_price: { value: '1', currency: 'EUR', unit: 'kg' } },
    'error PROPERTY_UNIT_PRICE_CURRENCY_MISMATCH_ITEM_PRICE_CURRENCY unit_price',
  ],
  [
    'an item that expired',
    { expiration_date: '2026-11-23' },
    { expiration_date: '2026-11-24' },
    'warning PRODUCT_EXPIRED expiration_date',
  ],
  [
    'a price for a language',
    override({ type: 'LANGUAGE', value: 'de_XX', price: '1.00 EUR' }),
    override({ type: 'COUNTRY', value: 'DE', price: '1.00 EUR' }),
    'error OVERRIDE_NOT_ALLOWED overrides',
  ],
  [
    'a country where a language belongs',
    override({ type: 'LANGUAGE', value: 'DE' }),
    override({ type: 'LANGUAGE', value: 'de_XX' }),
    'error OVERRIDE_TWICE overrides',
  ],
  [
    'a language twice',
    {
      overrides: [
        { type: 'LANGUAGE', value: 'de_XX' },
        { type: 'LANGUAGE', value: 'de_XX' },
      ],
    },
    {},
    'error OVERRIDE_TWICE overrides',
  ],
  [
    'a sale of a country above its price',
    override({ type: 'COUNTRY', value: 'DE', sale_price: '30.00 EUR' }),
    override({ type: 'COUNTRY', value: 'DE', price: '31.00 EUR', sale_price: '30.00 EUR' }),
    'error INVALID_SALE_PRICE overrides',
  ],
  [
    'no picture',
    { image_link: undefined },
    { image_link: undefined, image: [{ url: 'https://cdn.example/1.jpg' }] },
    'error EMPTY_IMAGE_URL image_link',
  ],
  [
    'the start page as link',
    { link: 'https://shop.example/' },
    { link: 'https://shop.example/?p=1' },
    'error PRODUCT_URL_EQUALS_DOMAIN link',
  ],
  [
    'a link to Meta',
    { link: 'https://www.facebook.com/shop/1' },
    { link: 'https://notfacebook.com/shop/1' },
    'error LINK_TO_META link',
  ],
  [
    'a page on another domain than the shop’s',
    { link: 'https://notshop.example/p/1' },
    { link: 'https://www.SHOP.example/p/1' },
    'error LINK_OUTSIDE_DOMAINS link',
    OWN_DOMAIN,
    OWN_DOMAIN,
  ],
  [
    'a page for phones on another domain',
    { mobile_link: 'https://shop.example.evil.example/p/1' },
    { mobile_link: 'https://m.shop.example/p/1' },
    'error LINK_OUTSIDE_DOMAINS link',
    OWN_DOMAIN,
    OWN_DOMAIN,
  ],
  [
    'the page of one country on another domain',
    override({ type: 'COUNTRY', value: 'GB', link: 'https://shop-uk.example/p/1' }),
    override({ type: 'COUNTRY', value: 'GB', link: 'https://shop.example/gb/p/1' }),
    'error LINK_OUTSIDE_DOMAINS link',
    OWN_DOMAIN,
    OWN_DOMAIN,
  ],
  [
    'another domain only where domains are set',
    { link: 'https://notshop.example/p/1' },
    { link: 'https://notshop.example/p/1' },
    'error LINK_OUTSIDE_DOMAINS link',
    OWN_DOMAIN,
  ],
  [
    'a link to this machine',
    { link: 'http://localhost:3000/p' },
    { link: 'https://shop.example:3000/p' },
    'error ADDRESS_NOT_PUBLIC link',
  ],
  [
    'a picture in a private network',
    { image_link: 'https://172.20.0.3/1.jpg' },
    { image_link: 'https://172.15.0.3/1.jpg' },
    'error ADDRESS_NOT_PUBLIC link',
  ],
  ['a picture over http', { image_link: 'http://cdn.example/1.jpg' }, {}, 'info IMAGE_NOT_SECURE image_link'],
  [
    'a time in the address of a picture',
    { image_link: 'https://cdn.example/1.jpg?v=1764000000' },
    { image_link: 'https://cdn.example/1.jpg?v=a1b2c3' },
    'warning IMAGE_CACHE_BUSTER image_link',
  ],
  [
    'pictures that do not fit a cell',
    {
      additional_image_link: Array.from(
        { length: 20 },
        (_, n) => `https://cdn.example/${'x'.repeat(90)}${n}.jpg`,
      ),
    },
    { additional_image_link: ['https://cdn.example/2.jpg'] },
    'warning ADDITIONAL_IMAGES_CUT additional_image_link',
  ],
  [
    'an Android page without its app',
    { applink: { android_url: 'shop://p/1' } },
    { applink: { android_url: 'shop://p/1', android_package: 'example.shop' } },
    'warning APP_PACKAGE_MISSING applink',
  ],
  [
    'the same shipping twice',
    { shipping: [RATE('US'), RATE('US')] },
    { shipping: [RATE('US'), RATE('CA')] },
    'warning SHIPPING_TWICE shipping',
  ],
  ['a long title', { title: 'Shirt '.repeat(12) }, { title: 'x'.repeat(65) }, 'info TITLE_LONG title'],
  [
    'a title in capitals',
    { title: 'MEN RUNNING SHOE' },
    { title: 'USB HDMI 4K'.slice(0, 4) },
    'warning PROPERTY_VALUE_UPPERCASE title',
  ],
  [
    'a description in capitals',
    { description: 'SOFT AND WARM' },
    { description: 'חולצה רכה' },
    'warning PROPERTY_VALUE_UPPERCASE description',
  ],
  [
    'a description that says nothing new',
    { description: String(LISTING.title).toUpperCase() },
    {},
    'warning DUPLICATE_TITLE_AND_DESCRIPTION description',
  ],
  [
    'advertising',
    { title: 'Shirt - free shipping' },
    { title: 'Shirt' },
    'warning LOW_QUALITY_TITLE_AND_DESCRIPTION title',
  ],
  [
    'a row of emoji',
    { title: 'Shirt 🔥🔥🔥' },
    { title: 'Shirt 🔥' },
    'warning LOW_QUALITY_TITLE_AND_DESCRIPTION title',
  ],
  [
    'HTML',
    { description: '<b>Soft</b>' },
    { description: 'Size < 5 & warm' },
    'error PROPERTY_VALUE_CONTAINS_HTML_TAGS description',
  ],
  [
    'an entity',
    { description: 'Soft &amp; warm' },
    {},
    'error PROPERTY_VALUE_CONTAINS_HTML_TAGS description',
  ],
  [
    'a web address in the text',
    { description: 'See www.shop.example' },
    { description: 'Made of 100 % wool, 4.5 oz' },
    'warning PROPERTY_VALUE_DESCRIPTION_CONTAINS_OFF_PLATFORM_LINK description',
  ],
  [
    'a telephone number in the text',
    { description: 'Call +44 20 7946 0000' },
    { description: 'Holds +30 to 60 °C' },
    'warning PROPERTY_VALUE_DESCRIPTION_CONTAINS_OFF_PLATFORM_LINK description',
  ],
  ['restricted goods', { title: 'Vape pen' }, { title: 'Wine glass' }, 'warning POLICY_VIOLATION title'],
  [
    'a claim of a cure',
    { description: 'A miracle cure' },
    { description: 'A miracle of comfort' },
    'warning POLICY_CLAIM description',
  ],
];

function RATE(country: string): JsonObject {
  return { shipping_country: country, shipping_price_value: '4.90', shipping_price_currency: 'EUR' };
}

describe('the preflight of Meta listings', () => {
  it.each(CASES)('complains about %s', (_what, wrong, _right, complaint, wrongly) => {
    expect(issuesOf(wrong, wrongly)).toContain(complaint);
  });

  it.each(CASES)('leaves the neighbour of %s alone', (_what, _wrong, right, complaint, _wrongly, rightly) => {
    expect(issuesOf(right, rightly)).not.toContain(complaint);
  });

  it.each([
    ['shop.example', true],
    ['xn--mller-kva.example', true],
    ['Shop.example', false],
    ['https://shop.example', false],
    ['example', false],
  ])('takes %s for a domain of the shop: %s', (domain, taken) => {
    const settings = { catalogId: '1', accessToken: 't', allowedDomains: [domain] };
    expect(compileListingSchema(settingsSchema)(settings).length === 0).toBe(taken);
  });

  it('has no error for a good listing', () => {
    expect(issuesOf({ mpn: 'X1' })).toEqual([]);
  });

  it('tests every rule; every rule is dated and advises', () => {
    const tested = new Set(CASES.map(([, , , complaint]) => complaint));
    const untested = AUDIT_RULES.map((rule) => `${rule.severity} ${rule.code} ${rule.attribute}`).filter(
      (rule) => !tested.has(rule),
    );
    expect(untested).toEqual([]);
    for (const rule of [...AUDIT_RULES, ...Object.values(CATALOG_RULES)]) {
      expect(rule.verified).toMatch(/^2026-\d\d-\d\d$/);
      expect(rule.advice).not.toBe('');
    }
  });
});

describe('the preflight of a whole catalog', () => {
  function found(listings: readonly (readonly [string, JsonObject])[], most?: number): readonly string[] {
    const catalog = catalogAudit(most);
    for (const [sku, difference] of listings)
      catalog.add(sku, {
        ...LISTING,
        description: sku,
        image_link: `https://cdn.example/${sku}.jpg`,
        ...difference,
      });
    return catalog.findings().map((finding) => `${finding.rule.code} ${finding.count}`);
  }
  const many = (difference: (n: number) => JsonObject): readonly (readonly [string, JsonObject])[] =>
    Array.from({ length: 21 }, (_, n) => [`S${n}`, difference(n)] as const);
  const shipping = [RATE('US')];

  it.each<[string, readonly (readonly [string, JsonObject])[], string]>([
    ['one text on 21 products', many(() => ({ description: 'Soft' })), 'QUALITY_DUPLICATED_DESCRIPTION 1'],
    [
      'one picture on 21 products',
      many(() => ({ image_link: 'https://cdn.example/none.jpg' })),
      'DUPLICATE_IMAGES 1',
    ],
    [
      'two currencies',
      [
        ['A', {}],
        ['B', { price: '5.00 USD' }],
      ],
      'PRODUCT_DOMINANT_CURRENCY_MISMATCH 2',
    ],
    [
      'a price a thousand times too low',
      many((n) => ({ price: n === 4 ? '0.02 EUR' : `${20 + n}.00 EUR` })),
      'PRICE_FAR_BELOW_OTHERS 1',
    ],
    [
      'a group named like an item',
      [
        ['A', {}],
        ['B', { item_group_id: 'A' }],
      ],
      'RETAILER_ID_USED_BY_GROUP 1',
    ],
    [
      'variants that do not differ',
      [
        ['A', { item_group_id: 'G' }],
        ['B', { item_group_id: 'G' }],
      ],
      'VARIANT_ATTRIBUTE_ISSUE 1',
    ],
    [
      'shipping that differs in a group',
      [
        ['A', { item_group_id: 'G', size: 'S', shipping }],
        ['B', { item_group_id: 'G', size: 'M' }],
      ],
      'GROUP_SHIPPING_MISMATCH 1',
    ],
    [
      'five attributes that differ',
      [
        ['A', { item_group_id: 'G' }],
        [
          'B',
          { item_group_id: 'G', size: 'S', color: 'Blue', material: 'Wool', pattern: 'Dots', gender: 'male' },
        ],
      ],
      'TOO_MANY_VARYING_ATTRIBUTES 1',
    ],
  ])('finds %s', (_, listings, finding) => {
    expect(found(listings)).toEqual([finding]);
  });

  it('has nothing to say about variants that share text, picture and shipping and differ in size', () => {
    expect(
      found(
        many((n) => ({
          item_group_id: 'G',
          size: `${n}`,
          description: 'Soft',
          image_link: 'https://cdn.example/1.jpg',
          shipping,
        })),
      ),
    ).toEqual([]);
  });

  it('says when it could not remember everything', () => {
    const catalog = catalogAudit(2);
    for (const sku of ['A', 'B']) catalog.add(sku, LISTING);
    expect(catalog.complete()).toBe(true);
    catalog.add('C', { ...LISTING, description: 'Third' });
    expect(catalog.complete()).toBe(false);
  });

  it('reports as warnings with examples, whatever the weight of the rule', () => {
    const [finding] = [{ rule: CATALOG_RULES.shipping, count: 2, examples: ['G1', 'G2'] }];
    expect(catalogIssue(finding)).toMatchObject({
      severity: 'warning',
      code: 'GROUP_SHIPPING_MISMATCH',
      message: expect.stringContaining('G1, G2') as string,
    });
  });
});
