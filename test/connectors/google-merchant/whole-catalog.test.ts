import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CATALOG_RULES, catalogAudit } from '../../../connectors/google-merchant/audit/whole-catalog.js';
import { auditReference } from '../../../src/channel/audit-rule.js';
import { catalogIssue } from '../../../src/channel/catalog-audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING } from './support.js';

type Listed = readonly [sku: string, attributes: JsonObject];

/** Findings about listings that are unlike each other except for what is given. */
function found(listings: readonly Listed[], most?: number): readonly string[] {
  const audit = catalogAudit(most);
  for (const [sku, given] of listings)
    audit.add(sku, {
      ...LISTING,
      ...{ title: `Title ${sku}`, description: `About ${sku}`, image_link: `https://cdn.example/${sku}.jpg` },
      ...given,
    });
  return audit.findings().map(({ rule, count, examples }) => `${rule.code} ${count}: ${examples.join(' ')}`);
}
const many = (count: number, given: (n: number) => JsonObject): readonly Listed[] =>
  Array.from({ length: count }, (_, n) => [`S${n}`, given(n)] as const);
const GTIN = { gtin: '4006381333931' };

describe('what Google would say of listings beside each other', () => {
  it.each<[string, readonly Listed[], readonly string[]]>([
    [
      'one GTIN in two groups',
      [
        ['A', GTIN],
        ['B', GTIN],
      ],
      ['gtin_on_unlike_goods 1: A B'],
    ],
    [
      'one GTIN on two brands of a group',
      [
        ['A', { ...GTIN, item_group_id: 'G' }],
        ['B', { ...GTIN, item_group_id: 'G', brand: 'Southwind' }],
      ],
      ['gtin_on_unlike_goods 1: A B'],
    ],
    [
      '31 products with one picture',
      many(31, () => ({ image_link: 'https://cdn.example/none.jpg' })),
      ['picture_on_many 1: S0 S1'],
    ],
    ['31 products with one title', many(31, () => ({ title: 'Shirt' })), ['title_on_many 1: S0 S1']],
    [
      '51 products with one description',
      many(51, () => ({ description: 'Soft' })),
      ['description_on_many 1: S0 S1'],
    ],
    [
      'ids that differ in capitals',
      [
        ['ab-1', {}],
        ['AB-1', {}],
      ],
      ['id_hardly_differs 1: ab-1 AB-1'],
    ],
    [
      'nothing in stock',
      many(21, () => ({ availability: 'out_of_stock' })),
      ['all_out_of_stock 1: 21 items'],
    ],
    [
      '30 of each, and one in stock',
      many(30, (n) => ({
        title: 'Shirt',
        description: 'Soft',
        image_link: 'https://cdn.example/1.jpg',
        availability: n === 7 ? 'in_stock' : 'out_of_stock',
      })),
      [],
    ],
    [
      'variants of one product',
      many(60, () => ({
        ...GTIN,
        item_group_id: 'G',
        title: 'Shirt',
        description: 'Soft',
        image_link: 'https://cdn.example/1.jpg',
      })),
      [],
    ],
  ])('%s', (_, listings, expected) => {
    expect(found(listings)).toEqual(expected);
  });

  it('remembers no more than it may and says so', () => {
    const audit = catalogAudit(2);
    for (const sku of ['A', 'B']) audit.add(sku, { title: sku });
    expect(audit.complete()).toBe(true);
    audit.add('C', { title: 'C' });
    expect(audit.complete()).toBe(false);
  });

  it('stands in the README, rule by rule', () => {
    const readme = new URL('../../../connectors/google-merchant/README.md', import.meta.url);
    expect(readFileSync(readme, 'utf8')).toContain(auditReference(Object.values(CATALOG_RULES)));
  });

  it('warns and never stops a listing', () => {
    const audit = catalogAudit();
    for (const sku of ['A', 'B']) audit.add(sku, GTIN);
    expect(audit.findings().map(catalogIssue)).toMatchObject([{ severity: 'warning', origin: 'ours' }]);
  });
});
