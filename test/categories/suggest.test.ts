import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { adviseCategories, type KindOfGoods } from '../../src/categories/advise.js';
import { type CategoryIndex, categoryIndex } from '../../src/categories/category-index.js';
import { compareEditions, unknownIds } from '../../src/categories/editions.js';
import { resolvePaths } from '../../src/categories/lookup-table.js';
import { suggestCategories } from '../../src/categories/suggest.js';
import { extendTable } from '../../src/categories/table-text.js';
import { readTaxonomy } from '../../src/categories/taxonomy.js';
import { wordsOf } from '../../src/categories/words.js';
import { readLookupTable } from '../../src/mapping/lookups.js';

const SMALL = readTaxonomy(`# Google_Product_Taxonomy_Version: 2019-07-10
166 - Apparel & Accessories
1604 - Apparel & Accessories > Clothing
2271 - Apparel & Accessories > Clothing > Dresses
212 - Apparel & Accessories > Clothing > Shirts & Tops
3032 - Apparel & Accessories > Handbags, Wallets & Cases > Handbags
536 - Home & Garden
630 - Home & Garden > Kitchen & Dining
2169 - Home & Garden > Kitchen & Dining > Tableware > Drinkware > Mugs
5181 - Luggage & Bags
499 - Sporting Goods > Athletics > Football
`);
const TABLE = new Map([
  ['tees', '212'],
  ['gear', '99999999'],
]);
const index = categoryIndex(SMALL, TABLE);

const best = (own: string, titles: readonly string[] = [], using: CategoryIndex = index) =>
  suggestCategories({ path: own, titles }, using)[0];

describe('words of names', () => {
  it.each([
    ["Men's T-Shirts & Tops", ['men', 'shirt', 'top']],
    ['Dresses, Batteries and Watches', ['dress', 'battery', 'watch']],
    ['Glass Canvas Analysis', ['glass', 'canva', 'analysis']],
    ['Décor für Gärten', ['decor', 'garten']],
  ])('of "%s" are compared as %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });
});

describe('a suggestion', () => {
  it('is certain of the very name in its very place', () => {
    for (const category of SMALL.categories) {
      expect(best(category.path)).toEqual({ category, score: 1 });
    }
  });

  it('finds a name in another tree, in singular or plural', () => {
    expect(best('Women > Dress')?.category.id).toBe('2271');
    expect(best('Kitchen > Mugs')?.category.id).toBe('2169');
  });

  it('knows the names that the lookup table gives to categories', () => {
    expect(best('Women > Tees')?.category.id).toBe('212');
    expect(best('Women > Tees', [], categoryIndex(SMALL))).toBeUndefined();
  });

  it('goes by titles where the path says nothing, and is less certain of it', () => {
    const found = best('New arrivals', ['White mug', 'Black mug', 'Mug with a cat']);
    expect(found?.category.id).toBe('2169');
    expect(found?.score).toBeLessThan(0.7);
  });

  it('does not go by a word of a single title', () => {
    expect(best('New arrivals', ['White mug', 'Blue lamp', 'Green lamp', 'Grey lamp'])).toBeUndefined();
  });

  it('is none where no word is known', () => {
    expect(suggestCategories({ path: 'Xyz', titles: ['Qqq'] }, index)).toEqual([]);
    expect(suggestCategories({ path: '', titles: [] }, index)).toEqual([]);
  });
});

const KINDS: readonly KindOfGoods[] = [
  { paths: ['Women > Dresses', 'Sale'], products: 5, titles: ['Red dress'] },
  { paths: ['women >dresses'], products: 2, titles: [] },
  { paths: ['Tees'], products: 4, titles: [] },
  { paths: ['Gear'], products: 3, titles: [] },
  { paths: [], products: 1, titles: ['Lamp'] },
];
const advice = adviseCategories(KINDS, { index, table: TABLE, minScore: 0.7 });

describe('advice on a catalog', () => {
  it('looks at each path once, those of most products first', () => {
    expect(advice.paths.map(({ path: own, products }) => [own, products])).toEqual([
      ['Women > Dresses', 7],
      ['Sale', 5],
      ['Tees', 4],
      ['Gear', 3],
    ]);
  });

  it('takes what is certain and leaves alone what the table says', () => {
    const [dresses, sale, tees] = advice.paths;
    expect(dresses).toMatchObject({ now: null, taken: { category: { id: '2271' } } });
    expect(sale).toMatchObject({ taken: null });
    expect(tees).toMatchObject({ now: { key: 'tees', id: '212' }, nowKnown: true, taken: null });
  });

  it('does not call an id that the edition does not have a category', () => {
    expect(advice.paths.find(({ path: own }) => own === 'Gear')).toMatchObject({
      now: { id: '99999999' },
      nowKnown: false,
    });
    expect(unknownIds(TABLE, SMALL)).toEqual([{ key: 'gear', id: '99999999' }]);
  });

  it('counts products, not paths', () => {
    expect(advice.coverage).toEqual({ products: 15, withoutPath: 1, now: 4, afterwards: 11 });
  });
});

describe('the table that is written', () => {
  const text = 'key,value,name\ntees,212,"Shirts, my way"\n# mine\n';
  const written = extendTable(text, ['key', 'value', 'name'], { paths: advice.paths, edition: '2019-07-10' });

  it('keeps every letter that was there, and is what the advice counted on', () => {
    expect(written.text.startsWith(text)).toBe(true);
    expect(written).toMatchObject({ added: 1 });
    const { table, problems } = readLookupTable('t', written.text);
    expect(problems).toEqual([]);
    expect([...(table?.rows ?? [])].map(([key, row]) => [key, row[1]])).toEqual([
      ['tees', '212'],
      ['women > dresses', '2271'],
    ]);
  });

  it('keeps what is uncertain behind a sign that a person takes away', () => {
    const kind = { paths: ['Hand bags'], products: 1, titles: [] };
    const { paths } = adviseCategories([kind], { index, table: new Map(), minScore: 0.99 });
    const { text: open, proposed } = extendTable(null, null, { paths, edition: null });
    expect(proposed).toBe(1);
    const freed = readLookupTable('t', open.replace(/^# (?=hand)/m, ''));
    expect(freed.table?.rows.get('hand bags')?.[1]).toBe('5181');
    expect(readLookupTable('t', open).table?.rows.size).toBe(0);
  });

  it('adds nothing the second time', () => {
    const { table } = readLookupTable('t', written.text);
    const ids = new Map([...(table?.rows ?? [])].map(([key, row]) => [key, row[1] ?? '']));
    const again = adviseCategories(KINDS, { index: categoryIndex(SMALL, ids), table: ids, minScore: 0.7 });
    expect(
      extendTable(written.text, table?.columns ?? null, { paths: again.paths, edition: null }).added,
    ).toBe(0);
  });

  it('quotes a key that would be taken for a comment', () => {
    const kind = { paths: ['#mugs'], products: 1, titles: [] };
    const { paths } = adviseCategories([kind], { index, table: new Map(), minScore: 0 });
    const { table } = readLookupTable('t', extendTable(null, null, { paths, edition: null }).text);
    expect(table?.rows.get('#mugs')?.[1]).toBe('2169');
  });
});

describe('a new edition', () => {
  it('is told by ids: what is gone, what has another name or place, what is new', () => {
    const next = readTaxonomy(`# Google_Product_Taxonomy_Version: 2021-09-21
166 - Apparel & Accessories
1604 - Apparel & Accessories > Clothing
2271 - Apparel & Accessories > Clothing > Dresses
212 - Apparel & Accessories > Clothing > Shirts & Tops
3032 - Luggage & Bags > Handbags
536 - Home & Garden
630 - Home & Garden > Kitchen & Dining
5181 - Luggage & Bags
499 - Sporting Goods > Athletics > American Football
8001 - Apparel & Accessories > Clothing > Kimonos
`);
    expect(compareEditions(SMALL, next)).toEqual({
      gone: [SMALL.byId.get('2169')],
      added: [next.byId.get('8001')],
      renamed: [
        {
          id: '3032',
          before: 'Apparel & Accessories > Handbags, Wallets & Cases > Handbags',
          after: 'Luggage & Bags > Handbags',
        },
        {
          id: '499',
          before: 'Sporting Goods > Athletics > Football',
          after: 'Sporting Goods > Athletics > American Football',
        },
      ],
    });
    expect(compareEditions(SMALL, SMALL)).toEqual({ gone: [], added: [], renamed: [] });
  });
});

describe('an entry of a table', () => {
  it('is found as a mapping finds it: the longest piece of any path', () => {
    const table = new Map([
      ['gear', '1'],
      ['gear > bags', '2'],
    ]);
    expect(resolvePaths(['Gear > Bags > Duffle', 'Gear'], table)).toEqual({ key: 'gear > bags', id: '2' });
    expect(resolvePaths(['gear >  tents'], table)).toEqual({ key: 'gear', id: '1' });
    expect(resolvePaths(['Bags'], table)).toBeNull();
  });
});

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');
const FILE = path.join(DATA, 'taxonomies/google/taxonomy-with-ids.en-US.2019-07-10.txt');
const present = existsSync(FILE);
if (!present) process.stdout.write(`skipped: suggestions on the whole taxonomy, no ${FILE}\n`);

describe.skipIf(!present)('the whole taxonomy of Google', () => {
  const whole = present ? readTaxonomy(readFileSync(FILE, 'utf8')) : SMALL;
  const csv = readFileSync(
    path.resolve(import.meta.dirname, '../../mappings/lookups/google-category.csv'),
    'utf8',
  );
  const shipped = new Map(
    [...(readLookupTable('google-category', csv).table?.rows ?? [])].map(([key, row]) => [key, row[1] ?? '']),
  );
  const bare = categoryIndex(whole);

  it('has every id of the table we ship', () => {
    expect(whole.categories).toHaveLength(5_582);
    expect(unknownIds(shipped, whole)).toEqual([]);
  });

  it('finds each of its own paths first', () => {
    for (const category of whole.categories.filter((_, place) => place % 29 === 0)) {
      expect(best(category.path, [], bare)?.category.id).toBe(category.id);
    }
  });

  it.each<[string, readonly string[], string]>([
    ['Gear > Bags', ['Joust Duffle Bag', 'Wayfarer Messenger Bag'], '5181'],
    ['Gear > Watches', ['Aim Analog Watch'], '201'],
    ['Men > Tops > Hoodies & Sweatshirts', ['Chaz Kangeroo Hoodie'], '212'],
    ['Electronics > Computers > Laptops', [], '328'],
    ['Snowboards', ['The Complete Snowboard'], '1164'],
    ['', ['Coffee mug white', 'Coffee mug black'], '2169'],
  ])('and our own names give "%s" its category', (own, titles, id) => {
    expect(best(own, titles, categoryIndex(whole, shipped))?.category.id).toBe(id);
  });

  it('knows more of a large retailer’s categories than our table does', () => {
    interface Node {
      readonly path: readonly { readonly name: string }[];
    }
    const file = path.join(DATA, 'catalogs/bestbuy/categories.json.gz');
    const nodes = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as readonly Node[];
    const kinds = nodes
      .filter((_, place) => place % 4 === 0)
      .map(({ path: levels }) => ({
        paths: [
          levels
            .map(({ name }) => name)
            .filter((name) => name !== 'Best Buy')
            .join(' > '),
        ],
        products: 1,
        titles: [],
      }));
    const { coverage } = adviseCategories(kinds, {
      index: categoryIndex(whole, shipped),
      table: shipped,
      minScore: 0.7,
    });
    process.stdout.write(
      `a retailer's ${coverage.products} categories: ${coverage.now} in our table, ${coverage.afterwards} with suggestions\n`,
    );
    expect(coverage.afterwards).toBeGreaterThan(coverage.now + 100);
  });
});
