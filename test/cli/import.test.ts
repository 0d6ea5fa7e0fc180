import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

const MAIN = path.join(packageRoot(), 'dist/src/main.js');
const HEADER =
  'Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('omnifeed import', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const omnifeed = (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { cwd: folder }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  const file = (name: string, content: string): Promise<void> => writeFile(path.join(folder, name), content);
  const shop = (...rows: string[]): Promise<void> => file('shop.csv', `${[HEADER, ...rows].join('\n')}\n`);

  it('goes on after a source that fails, tells each, and ends with the gravest code', async () => {
    await file(
      'omnifeed.yaml',
      'sources: { gone: { path: gone.csv, currency: USD }, shop: { path: shop.csv, currency: USD } }\n',
    );
    await shop('hat,Hat,Acme,Size,S,H-S,20.00,3');
    const text = await omnifeed('import');
    expect(text).toMatchObject({ code: 2, err: '' });
    expect(text.out).toMatch(/gone: error source_missing: .*gone\.csv/);
    expect(text.out).toMatch(/shop: 1 rows of shopify-csv .* → 1 products, 1 variants/);
    const json = await omnifeed('import', '--json');
    expect(JSON.parse(json.out)).toMatchObject([
      { source: 'gone', error: { code: 'source_missing' } },
      { source: 'shop', state: 'merged', unchanged: 1 },
    ]);
    expect((await omnifeed('import', 'shop')).code).toBe(0);
  });

  it('counts a changed title as one changed product, and nothing as changed variants', async () => {
    await file('omnifeed.yaml', 'sources: { shop: { path: shop.csv, currency: USD } }\n');
    await shop('hat,Hat,Acme,Size,S,H-S,20.00,3', 'hat,,,,M,H-M,20.00,3', 'cap,Cap,Acme,Size,S,C-S,9.00,3');
    await omnifeed('import');
    await shop(
      'hat,Sun hat,Acme,Size,S,H-S,20.00,3',
      'hat,,,,M,H-M,20.00,3',
      'cap,Cap,Acme,Size,S,C-S,9.00,3',
    );
    const json = await omnifeed('import', '--json');
    expect(JSON.parse(json.out)).toMatchObject([
      { products: 2, productsCreated: 0, productsChanged: 1, productsEnded: 0, changed: 0, unchanged: 3 },
    ]);
  });

  it('shows a made SKU as made, with its line, and counts it', async () => {
    await file('omnifeed.yaml', 'sources: { shop: { path: shop.csv, currency: USD } }\n');
    await shop('hat,Hat,Acme,Size,S,,20.00,3', 'cap,Cap,Acme,Size,S,C-S,9.00,3');
    const text = await omnifeed('import');
    expect(text.code).toBe(0);
    expect(text.out).toContain('1 variants without SKU go by a made one');
    const made = /line 2 \((hat-[0-9a-f]{8})\): warning: No SKU/.exec(text.out)?.[1];
    expect(made).toBeDefined();
    const [again] = JSON.parse((await omnifeed('import', '--json')).out);
    expect(again).toMatchObject({ skusGenerated: 1, complaintsByCode: { sku_generated: 1 }, unchanged: 2 });
    expect(again.complaints[0].key).toBe(made);
  });

  it('ends with 0 when rows were rejected, says how many, and with 1 under --strict', async () => {
    await file('omnifeed.yaml', 'sources: { shop: { path: shop.csv, currency: USD } }\n');
    await shop('hat,Hat,Acme,Size,S,H-S,20.00,3', ',Nobody,Acme,Size,S,N-S,20.00,3');
    const text = await omnifeed('import');
    expect(text.code).toBe(0);
    expect(text.out).toContain('1 rows rejected');
    expect(text.out).toMatch(/line 3, Handle: error: /);
    expect((await omnifeed('import', '--strict')).code).toBe(1);
    const later = await omnifeed('complaints', 'shop', '--json');
    expect(JSON.parse(later.out)).toMatchObject({
      source: 'shop',
      state: 'merged',
      complaints: [{ line: 3, column: 'Handle', code: 'handle_missing', severity: 'error' }],
    });
  });

  it('says what to do when no source is configured', async () => {
    await file('omnifeed.yaml', 'channels: {}\n');
    const { code, err } = await omnifeed('import');
    expect(code).toBe(2);
    expect(err).toMatch(/^error no_sources: [^\n]*\nAdd one under `sources`/);
  });
});
