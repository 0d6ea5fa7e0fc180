import { describe, expect, it } from 'vitest';
import type { AttributeValues, Demand } from '../../../connectors/google-merchant/attributes/demand.js';
import type { AttributeRow } from '../../../connectors/google-merchant/attributes/row.js';
import { ATTRIBUTE_BY_NAME, ATTRIBUTES } from '../../../connectors/google-merchant/attributes.js';
import { BRANCHES } from '../../../connectors/google-merchant/audit/categories.js';
import { googleMerchant } from '../../../connectors/google-merchant/index.js';
import { canonicalListing } from '../../../connectors/google-merchant/listing-form.js';
import { LISTING_SCHEMA } from '../../../connectors/google-merchant/listing-schema.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { LISTING } from './support.js';

const check = compileListingSchema(LISTING_SCHEMA);

/** What schema and pre-flight say before anything is sent. */
function complaints(listing: JsonObject, country: string): readonly Issue[] {
  const canonical = canonicalListing(listing);
  const channel = {
    ...{ id: 'google', connector: 'google-merchant', country, language: 'en', currency: 'USD', zone: 'UTC' },
  };
  // The operator says that shipping costs are not in the account; otherwise nobody misses them.
  const context = { channel, now: '2026-11-25T00:00:00.000Z', settings: { shippingCosts: 'listing' } };
  return [...check(canonical), ...(googleMerchant.audit?.(canonical, context) ?? [])];
}

/** Some value of the attribute where any will do. */
const ANY: Readonly<Record<string, JsonValue>> = {
  structured_title: { content: 'Shirt' },
  structured_description: { content: 'A shirt with a neck' },
  title: 'Shirt, 500 g',
  description: 'A shirt',
  mpn: 'X-1',
  gtin: '4006381333931',
  carrier_shipping: [{ country: 'US', flat_price: '4.00 USD' }],
  sale_price_effective_date: '2026-11-27T00:00:00Z/2026-12-01T00:00:00Z',
  unit_pricing_base_measure: '100 g',
  energy_efficiency_class: 'A',
  min_handling_time: 1,
  shipping_length: '10 cm',
  shipping_width: '10 cm',
  shipping_height: '10 cm',
};

function valuesFor(values: AttributeValues, pick = 0): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, words]) => [name, words[pick % words.length] ?? ANY[name] ?? '?']),
  );
}

/** A listing to which everything applies that a demand says, and which yet has not what it wants. */
function listingFor({ name }: AttributeRow, demand: Demand): JsonObject {
  const category = demand.categories?.[0] ?? firstId(demand);
  const { [name]: _wanted, ...others } = {
    // Goods sold by weight say so in the title.
    ...{ ...LISTING, title: 'Shirt, 500 g', condition: 'new' },
    ...(category === undefined ? {} : { google_product_category: category }),
  } as JsonObject;
  const away = Object.fromEntries(Object.keys(demand.unless ?? {}).map((other) => [other, undefined]));
  return JSON.parse(JSON.stringify({ ...others, ...away, ...valuesFor(demand.given ?? {}) })) as JsonObject;
}

function firstId({ branch, notBranch }: Demand): string | undefined {
  if (branch === undefined) return undefined;
  const left = notBranch === undefined ? new Set<string>() : BRANCHES[notBranch].ids;
  return [...BRANCHES[branch].ids].find((id) => !left.has(id));
}

/** About the attribute by itself or by name, or about another one that stands there without it. */
function speaksOf(issue: Issue, name: string): boolean {
  const words = name.replaceAll('_', '[ _]');
  if (issue.attribute === name || new RegExp(`\\b${words}\\b`, 'i').test(issue.message)) return true;
  return PARTS.some(
    (parts) => parts.includes(name) && parts.includes(issue.attribute ?? '') && isPart(issue.code),
  );
}

const isPart = (code: string): boolean => /_(alone|incomplete)$/.test(code);
const PARTS = [
  ['unit_pricing_measure', 'unit_pricing_base_measure'],
  ['min_energy_efficiency_class', 'max_energy_efficiency_class', 'energy_efficiency_class'],
  ['shipping_length', 'shipping_width', 'shipping_height'],
];

const DEMANDS = ATTRIBUTES.flatMap((row) =>
  row.demands.map((demand) => [`${row.name} ${JSON.stringify(demand).slice(0, 90)}`, row, demand] as const),
);

describe('what the table demands', () => {
  it('speaks of attributes that exist', () => {
    for (const [, , { given, unless }] of DEMANDS) {
      for (const name of Object.keys({ ...given, ...unless })) expect(ATTRIBUTE_BY_NAME.has(name)).toBe(true);
    }
    expect(DEMANDS.length).toBeGreaterThanOrEqual(40);
  });

  it.each(DEMANDS)('is missed before Google misses it: %s', (_what, row, demand) => {
    const found = complaints(listingFor(row, demand), demand.countries?.[0] ?? 'CA').filter((issue) =>
      speaksOf(issue, row.name),
    );
    expect(found).not.toEqual([]);
    if (demand.level === 'must') expect(found.map(({ severity }) => severity)).toContain('error');
  });

  it.each(DEMANDS.filter(([, , demand]) => demand.countries !== undefined))(
    'is not missed in another country: %s',
    (_what, row, demand) => {
      const found = complaints(listingFor(row, demand), 'ZA').filter((issue) => speaksOf(issue, row.name));
      const elsewhere = row.demands.some(({ countries }) => countries === undefined);
      if (!elsewhere) expect(found).toEqual([]);
    },
  );

  it.each(
    DEMANDS.flatMap(([what, row, demand]) =>
      Object.entries(demand.unless ?? {}).map(([other, words]) => [what, other, row, demand, words] as const),
    ),
  )('%s is not missed with %s', (_what, other, row, demand, words) => {
    const listing = { ...listingFor(row, demand), ...valuesFor({ [other]: words }) };
    const found = complaints(listing, demand.countries?.[0] ?? 'CA').filter(
      (issue) => issue.severity !== 'info' && speaksOf(issue, row.name),
    );
    expect(
      found.filter(({ attribute, code }) => attribute === row.name && /missing|unknown/.test(code)),
    ).toEqual([]);
  });
});
