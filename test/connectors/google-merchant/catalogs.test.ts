import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { feedEncoder } from '../../../connectors/google-merchant/feed/feed-encoder.js';
import { canonicalListing, encodeListing } from '../../../connectors/google-merchant/listing-form.js';
import { offerIdProblem } from '../../../connectors/google-merchant/product-name.js';
import type { SourceSettings } from '../../../src/catalog/readers/reader.js';
import { adviseCategories } from '../../../src/categories/advise.js';
import { categoryIndex } from '../../../src/categories/category-index.js';
import { readTaxonomy } from '../../../src/categories/taxonomy.js';
import { blocks } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { readLookupTable } from '../../../src/mapping/lookups.js';
import type { MappingRow } from '../../../src/mapping/types.js';
import { typingErrors } from '../../support/published-typings.js';
import { readTabFeed, readXmlFeed } from './feed-readers.js';
import { defaultMapping, type Mapped, mapRow, ROOT, readRows, US } from './mapped-catalog.js';

const DATA = path.resolve(ROOT, '../shared/data');
const present = existsSync(path.join(DATA, 'catalogs'));
if (!present) process.stdout.write(`skipped: mapping of real catalogs, no ${DATA}\n`);

const GERMANY = { ...US, id: 'google-de', country: 'DE', currency: 'EUR' };
const BRITAIN = { ...US, id: 'google-gb', country: 'GB', currency: 'GBP' };
/** What an operator says of a shop whose files have relative addresses or none. */
const SHOP = {
  shopUrl: 'https://shop.example.com/',
  linkPath: '/p/',
  imageBase: 'https://shop.example.com/media/',
};
const USD = { currency: 'USD' };
const mapped = (name: string): Partial<SourceSettings> => ({
  mapping: path.join(ROOT, `mappings/sources/${name}.yaml`),
});
const LUMA = { ...SHOP, brand: 'Luma' };
/** All of the shop's clothes are for adults; the default mapping does not assume it. */
const ADULT = { ...SHOP, ageGroup: 'adult' };

/** What becomes of the variants of a catalog; they add up. */
interface Tally {
  readonly variants: number;
  readonly sendable: number;
  readonly blocked: number;
  readonly excluded: number;
  /** Reasons of what is blocked or excluded; a listing may have several. */
  readonly reasons: Readonly<Record<string, number>>;
}

interface Catalog {
  readonly file: string;
  readonly settings: Partial<SourceSettings>;
  readonly params?: JsonObject;
  readonly channel?: typeof US;
  readonly tally: readonly [variants: number, sendable: number, blocked: number, excluded: number];
  /** The only things that may block, as `code attribute`. */
  readonly blockedBy?: readonly string[];
}

const CATALOGS: readonly Catalog[] = [
  { file: 'shopify/packt-import.csv', settings: USD, tally: [21, 21, 0, 0] },
  { file: 'shopify/packt-export.csv', settings: USD, tally: [21, 21, 0, 0] },
  { file: 'magento/configurable-products.csv.gz', settings: USD, params: LUMA, tally: [1_847, 1_847, 0, 0] },
  {
    file: 'magento/simple-gear-bags.csv',
    settings: USD,
    params: LUMA,
    tally: [14, 0, 14, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'magento/simple-gear-fitness_equipment.csv',
    settings: USD,
    params: LUMA,
    tally: [9, 0, 9, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'magento/simple-gear-fitness_equipment_ball.csv',
    settings: USD,
    params: LUMA,
    tally: [9, 0, 9, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'magento/simple-gear-fitness_equipment_strap.csv',
    settings: USD,
    params: LUMA,
    tally: [3, 0, 3, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'magento/simple-gear-watches.csv',
    settings: USD,
    params: LUMA,
    tally: [9, 0, 9, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  { file: 'magento/bundle-yoga.csv', settings: USD, params: LUMA, tally: [1, 0, 0, 1] },
  { file: 'magento/grouped-yoga.csv', settings: USD, params: LUMA, tally: [1, 0, 0, 1] },
  { file: 'magento/downloadable-training-video.csv', settings: USD, params: LUMA, tally: [6, 0, 0, 6] },
  {
    file: 'commercetools/products-a.csv',
    settings: mapped('commercetools'),
    channel: GERMANY,
    params: ADULT,
    tally: [102, 102, 0, 0],
  },
  {
    file: 'commercetools/products-b.csv',
    settings: mapped('commercetools'),
    channel: GERMANY,
    params: ADULT,
    tally: [119, 119, 0, 0],
  },
  {
    file: 'commercetools/products-test.csv',
    settings: mapped('commercetools'),
    channel: GERMANY,
    params: ADULT,
    tally: [18, 18, 0, 0],
  },
  {
    file: 'commercetools/products-ci.csv',
    settings: mapped('commercetools'),
    channel: GERMANY,
    params: ADULT,
    tally: [3, 3, 0, 0],
  },
  {
    file: 'google-retail/products.jsonl',
    settings: mapped('google-retail'),
    tally: [1_024, 980, 44, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'google-retail/products-some-invalid.jsonl',
    settings: mapped('google-retail'),
    tally: [7, 7, 0, 0],
  },
  {
    file: 'adventureworks/Product.csv',
    settings: mapped('adventureworks'),
    tally: [504, 0, 192, 312],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'django-oscar/books.computers-in-fiction.csv',
    settings: mapped('django-oscar-books'),
    channel: BRITAIN,
    tally: [86, 0, 86, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'django-oscar/books.essential.csv',
    settings: mapped('django-oscar-books'),
    channel: BRITAIN,
    tally: [82, 0, 82, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'django-oscar/books.hacking.csv',
    settings: mapped('django-oscar-books'),
    channel: BRITAIN,
    tally: [33, 0, 33, 0],
    blockedBy: ['missing_attribute image_link'],
  },
  {
    file: 'django-oscar/books-small.csv',
    settings: mapped('django-oscar-books-backslash'),
    channel: BRITAIN,
    tally: [10, 0, 10, 0],
    blockedBy: ['missing_attribute image_link', 'missing_attribute price'],
  },
  {
    file: 'django-oscar/books-small-semicolon.csv',
    settings: mapped('django-oscar-books-backslash'),
    channel: BRITAIN,
    tally: [10, 0, 10, 0],
    blockedBy: ['missing_attribute image_link', 'missing_attribute price'],
  },
  {
    file: 'vendure/products.csv',
    settings: { ...USD, ...mapped('vendure') },
    params: ADULT,
    tally: [88, 64, 24, 0],
    blockedBy: ['apparel_incomplete google_product_category'],
  },
];

interface Outcome {
  readonly sku: string;
  readonly mapped: Mapped;
}

function outcomesOf(
  rows: readonly MappingRow[],
  { params = SHOP, channel = US }: Catalog,
): readonly Outcome[] {
  const compiled = defaultMapping(params, channel);
  return rows.map((row) => ({
    sku: row.variant.sku,
    mapped: withId(row.variant.sku, mapRow(compiled, row, channel)),
  }));
}

/** The SKU is the id at Google; one that cannot be is a reason like any other. */
function withId(sku: string, mapped: Mapped): Mapped {
  const problem = offerIdProblem(sku);
  if (problem === null || mapped.kind === 'excluded') return mapped;
  const issue = {
    severity: 'error',
    code: 'sku_not_possible',
    attribute: 'id',
    origin: 'ours',
    message: problem,
    advice: '',
  } as const;
  return { ...mapped, issues: [...mapped.issues, issue] };
}

function reasonsOf(mapped: Mapped): readonly string[] {
  if (mapped.kind === 'excluded') return [`excluded: ${mapped.reason}`];
  const errors = mapped.issues.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ code, attribute }) => `${code} ${attribute ?? ''}`))];
}

function tallyOf(outcomes: readonly Outcome[]): Tally {
  const reasons: Record<string, number> = {};
  let [sendable, blocked, excluded] = [0, 0, 0];
  for (const { mapped } of outcomes) {
    if (mapped.kind === 'excluded') excluded += 1;
    else if (blocks(mapped.issues)) blocked += 1;
    else sendable += 1;
    for (const reason of reasonsOf(mapped)) reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return { variants: outcomes.length, sendable, blocked, excluded, reasons };
}

function sendableOf(outcomes: readonly Outcome[]): ReadonlyMap<string, JsonObject> {
  return new Map(
    outcomes.flatMap(({ sku, mapped }) =>
      mapped.kind === 'listing' && !blocks(mapped.issues) ? [[sku, mapped.listing] as const] : [],
    ),
  );
}

/** With stock where the file tells none: a shop counts its goods somewhere else, and availability waits for it. */
const counted = (row: MappingRow): MappingRow =>
  row.stock.available === undefined && row.stock.tracked === undefined
    ? { ...row, stock: { available: 5 } }
    : row;

describe.skipIf(!present)('the default mapping on real catalogs', () => {
  it.each(CATALOGS.map((catalog) => [catalog.file, catalog] as const))(
    'tells of every variant of %s whether it is sent, and why not',
    async (file, catalog) => {
      const rows = await readRows(path.join(DATA, 'catalogs', file), catalog.settings);
      const told = tallyOf(outcomesOf(rows, catalog));
      const outcomes = outcomesOf(rows.map(counted), catalog);
      const tally = tallyOf(outcomes);
      const { variants, sendable, blocked, excluded, reasons } = tally;
      const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
      process.stdout.write(
        `${file}: ${variants} variants, ${told.sendable} sendable as the file is, ${sendable} with stock counted, ` +
          `${blocked} blocked, ${excluded} excluded${why.length === 0 ? '' : ` (${why.join(', ')})`}\n`,
      );
      expect(sendable + blocked + excluded).toBe(variants);
      const listings = sendableOf(outcomes);
      for (const [sku, listing] of listings) {
        expect(canonicalListing(listing), sku).toEqual(listing);
        expect(encodeListing(listing).fits, sku).toBe(true);
      }
      for (const [format, read] of [
        ['rss', readXmlFeed],
        ['tsv', readTabFeed],
      ] as const) {
        const encoder = feedEncoder(format, { title: 'Shop', link: null, updated: '' });
        const items = [...listings].map(([sku, listing]) => encoder.item(sku, listing));
        const found = read(encoder.head + items.join('') + encoder.tail);
        expect(found.size).toBe(listings.size);
        for (const [sku, item] of found)
          expect(oneLined(canonicalListing(item)), sku).toEqual(oneLined(listings.get(sku) ?? {}));
      }
      expect([variants, sendable, blocked, excluded]).toEqual(catalog.tally);
      const blocking = Object.keys(reasons).filter((reason) => !reason.startsWith('excluded'));
      expect(blocking.sort()).toEqual([...(catalog.blockedBy ?? [])].sort());
    },
  );
});

describe.skipIf(!present)('listings of real catalogs', () => {
  it('are inputs as the published typings have them', { timeout: 60_000 }, async () => {
    const cases = await Promise.all(
      CATALOGS.map(async (catalog) => {
        const rows = await readRows(path.join(DATA, 'catalogs', catalog.file), catalog.settings);
        const listings = sendableOf(outcomesOf(rows.slice(0, 20).map(counted), catalog));
        return [...listings].map(([offerId, listing]) => {
          const encoded = encodeListing(listing);
          if (!encoded.fits) throw new Error(offerId);
          const { productAttributes } = encoded;
          return {
            type: 'ProductInput',
            value: { offerId, contentLanguage: 'en', feedLabel: 'US', versionNumber: '1', productAttributes },
          };
        });
      }),
    );
    expect(cases.flat().length).toBeGreaterThan(100);
    expect(await typingErrors('products_v1', cases.flat())).toEqual([]);
  });
});

const TAXONOMY = path.join(DATA, 'taxonomies/google/taxonomy-with-ids.en-US.2019-07-10.txt');

describe.skipIf(!existsSync(TAXONOMY))('categories of real catalogs', () => {
  it('are known for more products with what is suggested than without', { timeout: 60_000 }, async () => {
    const taxonomy = readTaxonomy(readFileSync(TAXONOMY, 'utf8'));
    const csv = readFileSync(path.join(ROOT, 'mappings/lookups/google-category.csv'), 'utf8');
    const rows = readLookupTable('google-category', csv).table?.rows ?? new Map<string, readonly string[]>();
    const table = new Map([...rows].map(([key, row]) => [key, row[1] ?? '']));
    const index = categoryIndex(taxonomy, table);
    let [now, afterwards] = [0, 0];
    for (const { file, settings } of CATALOGS) {
      const products = new Map(
        (await readRows(path.join(DATA, 'catalogs', file), settings)).map(({ product }) => [
          product.id,
          product,
        ]),
      );
      const kinds = [...products.values()].map(({ categories, type, title }) => ({
        paths:
          categories !== undefined && categories.length > 0 ? categories : type === undefined ? [] : [type],
        products: 1,
        titles: title === undefined ? [] : [title],
      }));
      const { coverage } = adviseCategories(kinds, { index, table, minScore: 0.7 });
      process.stdout.write(
        `${file}: ${coverage.products} products, ${coverage.now} with a category by our table, ` +
          `${coverage.afterwards} with suggestions, ${coverage.withoutPath} have nothing to go by\n`,
      );
      expect(coverage.afterwards).toBeLessThanOrEqual(coverage.products - coverage.withoutPath);
      now += coverage.now;
      afterwards += coverage.afterwards;
    }
    expect(afterwards).toBeGreaterThan(now);
  });
});

/** A table has no line breaks in a cell. */
function oneLined(listing: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(listing).replace(/(\\[tnr]|[\u2028\u2029])+/g, ' ')) as JsonObject;
}
