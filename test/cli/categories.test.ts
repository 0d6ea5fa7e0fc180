import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

const MAIN = path.join(packageRoot(), 'dist/src/main.js');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const CONFIG = `database: omnifeed.db
sources:
  shop: { path: catalog.tsv }
channels:
  feed:
    connector: feed-file
    country: US
    language: en
    currency: USD
    zone: America/New_York
    params: { shopUrl: "https://shop.example" }
    settings: { path: out/google.xml, format: google-rss }
`;
const COLUMNS = 'id\ttitle\tdescription\tlink\timage_link\tprice\tavailability\tbrand\tproduct_type';
const ITEMS = [
  ['A', 'Tea mug', 'Kitchen > Mugs'],
  ['B', 'Kimono', 'Oddities'],
  ['C', 'Shirt', 'Tees'],
].map(([id, title, type]) =>
  [
    id,
    title,
    'Something good',
    `/p/${id}`,
    `https://cdn.example/${id}.jpg`,
    '9.00 USD',
    'in_stock',
    'Acme',
    type,
  ].join('\t'),
);
const EDITION = (day: string, ...lines: string[]): string =>
  `# Google_Product_Taxonomy_Version: ${day}\n${lines.join('\n')}\n`;
const MUGS = '2169 - Home & Garden > Kitchen & Dining > Tableware > Drinkware > Mugs';
const SHIRTS = '212 - Apparel & Accessories > Clothing > Shirts & Tops';

describe('omnifeed categories', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-categories-'));
    await writeFile(path.join(folder, 'omnifeed.yaml'), CONFIG);
    await writeFile(path.join(folder, 'catalog.tsv'), `${COLUMNS}\n${ITEMS.join('\n')}\n`);
    await writeFile(path.join(folder, 'new.txt'), EDITION('2021-09-21', MUGS, SHIRTS));
    await writeFile(path.join(folder, 'old.txt'), EDITION('2019-07-10', `${MUGS} & Cups`, '499 - Football'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function omnifeed(...args: string[]): Promise<Ended> {
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { cwd: folder }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }

  it('writes a table that the mapping then uses', { timeout: 90_000 }, async () => {
    await omnifeed('import');
    const table = path.join(folder, 'lookups/google-category.csv');
    const first = await omnifeed(
      'categories',
      'feed',
      '--taxonomy',
      'new.txt',
      '--write',
      table,
      '--min-score',
      '0.6',
    );
    expect(first).toMatchObject({ code: 1, err: '' });
    expect(first.out).toContain('Products with a category: 1 of 3 now, 2 with what is taken');
    expect(first.out).toMatch(/Kitchen > Mugs\s+1\s+taken\s+0\.\d+ 2169/);
    expect(await readFile(table, 'utf8')).toMatch(/^kitchen > mugs,2169,/m);
    await omnifeed('sync');
    const feed = await readFile(path.join(folder, 'out/google.xml'), 'utf8');
    const categories = [...feed.matchAll(/<g:google_product_category>(\d+)</g)].map(([, id]) => id);
    expect(categories).toEqual(['2169', '212']);
    const again = await omnifeed('categories', 'feed', '--taxonomy', 'new.txt', '--write', table, '--json');
    expect(JSON.parse(again.out)).toMatchObject({
      coverage: { products: 3, withoutPath: 0, now: 2, afterwards: 2 },
      written: { added: 0 },
    });
  });

  it('tells what a new edition changes', async () => {
    const told = await omnifeed('categories', 'feed', '--taxonomy', 'new.txt', '--previous', 'old.txt');
    expect(told.out).toContain('1 gone, 1 renamed or moved, 1 added');
    expect(told.out).toContain('gone     499 Football');
    expect(told.out).toContain('Ids of google-category that this edition does not have:');
  });

  it('refuses what is no taxonomy and no score, and says what to give', async () => {
    const refused = async (...options: string[]): Promise<string> => {
      const { code, err } = await omnifeed('categories', 'feed', ...options);
      expect(code).toBe(2);
      return err;
    };
    expect(await refused('--taxonomy', 'nowhere.txt')).toContain('error taxonomy_not_found:');
    expect(await refused('--taxonomy', 'catalog.tsv')).toContain('error taxonomy_without_ids:');
    expect(await refused('--taxonomy', 'new.txt', '--min-score', 'high')).toContain(
      'error score_not_possible:',
    );
  });
});
