import { describe, expect, it } from 'vitest';
import { AUDIT_RULES, auditListing } from '../../../connectors/google-merchant/audit.js';
import type { AuditContext } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING, testHost } from './support.js';

const context: AuditContext = { channel: testHost().channel, now: '2026-11-24T00:00:00.000Z' };

function codes(change: JsonObject): readonly string[] {
  const listing = JSON.parse(JSON.stringify({ ...LISTING, ...change })) as JsonObject;
  return auditListing(listing, context).map((issue) => `${issue.severity} ${issue.code}`);
}

const shipping = (rate: JsonObject): JsonObject => ({
  shipping: [{ country: 'US', price: '1.00 USD', ...rate }],
});

const CASES: readonly [string, JsonObject, string][] = [
  ['a price of zero', { price: '0.00 USD' }, 'error price_not_above_zero'],
  ['euros in the US', { price: '5.00 EUR' }, 'error currency_of_another_market'],
  ['a sale above the price', { sale_price: '24.99 USD' }, 'error sale_price_not_below_price'],
  ['a sale in another currency', { sale_price: '1.00 EUR' }, 'error sale_price_not_below_price'],
  ['a free sale', { sale_price: '0.00 USD' }, 'error sale_price_not_below_price'],
  [
    'a sale window without sale',
    { sale_price_effective_date: '2026-11-27T00:00:00Z/2026-12-01T00:00:00Z' },
    'warning sale_window_without_sale_price',
  ],
  [
    'a reversed window',
    { sale_price: '1.00 USD', sale_price_effective_date: '2026-12-01T00:00:00Z/2026-11-27T00:00:00Z' },
    'error sale_window_reversed',
  ],
  ['a preorder without date', { availability: 'preorder' }, 'error availability_date_missing'],
  [
    'a date in two years',
    { availability: 'preorder', availability_date: '2028-12-01T00:00:00Z' },
    'error availability_date_too_far',
  ],
  ['an expired listing', { expiration_date: '2026-11-23T00:00:00Z' }, 'error expired'],
  ['limited availability', { availability: 'limited_availability' }, 'warning availability_local_only'],
  ['only a shortest handling time', { min_handling_time: 1 }, 'error min_handling_without_max'],
  ['half a shipping speed', shipping({ max_transit_time: 3 }), 'error shipping_speed_incomplete'],
  ['two kinds of area', shipping({ region: 'CA', postal_code: '94043' }), 'error shipping_area_ambiguous'],
  ['a wrong check digit', { gtin: '4006381333932' }, 'error gtin_invalid'],
  ['a GTIN for use inside a shop', { gtin: '2012345678900' }, 'error gtin_invalid'],
  ['no identifiers', { mpn: undefined }, 'warning identifiers_missing'],
  ['denied identifiers', { identifier_exists: 'no' }, 'warning identifiers_denied'],
  ['no brand', { brand: undefined }, 'warning brand_missing'],
  ['a placeholder brand', { brand: 'N/A' }, 'warning brand_placeholder'],
  ['a variant like any other', { item_group_id: 'G' }, 'warning variant_without_difference'],
  ['apparel without size', { google_product_category: '166', color: 'Red' }, 'warning apparel_incomplete'],
  [
    'a destination in both lists',
    { included_destination: ['Display_ads'], excluded_destination: ['Display_ads'] },
    'error destinations_contradict',
  ],
  ['a link to this machine', { link: 'http://localhost:3000/p' }, 'error address_not_public'],
  ['a picture in a private network', { image_link: 'https://10.0.0.3/1.jpg' }, 'error address_not_public'],
  ['a host that resolves nowhere', { link: 'https://staging.internal/p' }, 'error address_not_public'],
  [
    'variants by fragment',
    { item_group_id: 'G', color: 'Red', link: 'https://shop.example.com/p#red' },
    'warning link_by_fragment',
  ],
  ['advertising', { title: 'Shirt - free shipping' }, 'warning title_promotional'],
  ['capitals', { title: 'ORGANIC COTTON SHIRT' }, 'warning title_shouting'],
  ['a placeholder title', { title: 'test' }, 'error title_placeholder'],
  ['HTML', { description: '<b>Soft</b> shirt of organic cotton, mid weight' }, 'warning markup_in_text'],
  ['a short description', { description: 'Soft' }, 'info description_short'],
  ['a single highlight', { product_highlight: ['Soft'] }, 'warning single_highlight'],
  [
    'too many custom attributes',
    { custom_attribute: Array.from({ length: 11 }, () => ({ name: 'a', value: 'x'.repeat(10_000) })) },
    'error custom_attributes_too_large',
  ],
  ['a box longer than Google takes', { shipping_length: '500 cm' }, 'error value_does_not_fit'],
];

describe('the audit of Google listings', () => {
  it('has nothing to say about a good listing', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ gtin: '4006381333931', mpn: undefined, google_product_category: '783' })).toEqual([]);
    expect(codes({ brand: undefined, mpn: undefined, identifier_exists: 'no' })).toEqual([]);
  });

  it.each(CASES)('finds %s', (_what, change, code) => {
    expect(codes(change)).toContain(code);
  });

  it('tests every rule, and every rule is dated', () => {
    const tested = new Set(CASES.map(([, , code]) => code.split(' ')[1]));
    expect(AUDIT_RULES.filter((rule) => !tested.has(rule.code)).map((rule) => rule.code)).toEqual([]);
    for (const rule of AUDIT_RULES) expect(rule.verified).toMatch(/^2026-\d\d-\d\d$/);
  });
});
