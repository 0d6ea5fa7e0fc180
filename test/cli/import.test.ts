import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../connectors/memory/store/memory-store.js';
import { run } from '../../src/cli/run.js';
import { packageRoot } from '../../src/config/package-root.js';

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

  async function omnifeed(...args: string[]): Promise<Ended> {
    return ended(args, new AbortController().signal);
  }
  async function ended(args: readonly string[], signal: AbortSignal): Promise<Ended> {
    const texts = { out: '', err: '' };
    const into = (name: keyof typeof texts) => ({
      write(text: string) {
        texts[name] += text;
      },
    });
    const config = ['-c', path.join(folder, 'omnifeed.yaml')];
    const place = { environment: process.env, signal, out: into('out'), err: into('err') };
    const code = await run([...args, ...config], place);
    return { code, ...texts };
  }
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
    const history = await omnifeed('history', 'H-M');
    expect(history.out).toMatch(/import:\S+ +product product +title +Hat +Sun hat/);
    expect(await omnifeed('history', 'h-m')).toMatchObject({
      code: 2,
      err: expect.stringContaining('letter by letter'),
    });
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
    await shop(
      ...Array.from({ length: 9 }, (_, index) => `,Nobody,Acme,Size,S,N-${index},20.00,3`),
      'hat,Hat,Acme,Size,S,H-S,20.00,many',
    );
    const kinds = (await omnifeed('import')).out.match(/line \d+/g);
    expect(kinds, 'a few of each kind, errors first').toEqual(['line 2', 'line 3', 'line 4', 'line 11']);
    expect((await omnifeed('complaints', 'shop', '--errors')).out.match(/line \d+/g)).toHaveLength(9);
    await shop('hat,Hat,Acme,Size,S,H-S,20.00,3', ',Nobody,Acme,Size,S,N-S,20.00,3');
    expect((await omnifeed('import', '--strict')).code).toBe(1);
    const later = await omnifeed('complaints', 'shop', '--json');
    expect(JSON.parse(later.out)).toMatchObject({
      source: 'shop',
      state: 'merged',
      complaints: [{ line: 3, column: 'Handle', code: 'handle_missing', severity: 'error' }],
    });
  });

  it.each(['', '# nothing yet\n'])('says what to do with an empty configuration (%j)', async (content) => {
    await file('omnifeed.yaml', content);
    const { code, err } = await omnifeed('import');
    expect(code).toBe(2);
    expect(err).toMatch(/omnifeed\.yaml:1:1 the file says nothing\n +Name a source/);
  });

  it('says what to do when no source is configured', async () => {
    await file('omnifeed.yaml', 'channels: {}\n');
    const { code, err } = await omnifeed('import');
    expect(code).toBe(2);
    expect(err).toMatch(/^error no_sources: [^\n]*\nAdd one under `sources`/);
  });

  it('listens for Ctrl-C before the program is loaded', async () => {
    const source = (name: string) => readFile(path.join(packageRoot(), 'src', name), 'utf8');
    const main = await source('main.ts');
    // What hears the signals comes first and brings nothing along.
    expect([...main.matchAll(/^import [^;]*from '(\.\/[^']*)'/gm)].map(([, from]) => from)).toEqual([
      './cli/stop-signals.js',
    ]);
    expect(await source('cli/stop-signals.ts')).not.toMatch(/^import /m);
    expect(main.indexOf('stopOnSignals(process')).toBeLessThan(main.indexOf("await import('./cli/run.js')"));
  });

  it('reads a shop that is a channel', async () => {
    const { products } = memoryStore('import-test');
    for (const [index, sku] of ['A', 'B'].entries())
      products.set(sku, {
        product: { id: sku, title: `Thing ${sku}`, status: 'active' },
        variants: [
          {
            sku,
            content: {},
            offer: { price: { minor: 500, currency: 'USD' } },
            stock: [{ location: 'main', onHand: index }],
          },
        ],
      });
    const facts = 'country: US, language: en, currency: USD, zone: America/New_York';
    await file(
      'omnifeed.yaml',
      `sources: { shop: { channel: mem } }\nchannels: { mem: { connector: memory, settings: { store: import-test }, ${facts} } }\n`,
    );
    const { out, code } = await omnifeed('import');
    expect(code).toBe(0);
    expect(out).toContain('shop: everything of the shop → 2 products, 2 variants');
  });

  it('says so when it is interrupted before it began', async () => {
    const { code, out } = await ended(
      ['import', '--json'],
      AbortSignal.abort(new Error('stopped by SIGINT')),
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'stopped' } });
  });

  it('says so and changes nothing when it is interrupted, with one JSON value', async () => {
    await file('omnifeed.yaml', 'sources: { shop: { path: shop.csv, currency: USD } }\n');
    await shop('hat,Hat,Acme,Size,S,H-S,20.00,3');
    await omnifeed('import');
    await shop(
      ...Array.from({ length: 5_000 }, (_, index) => `hat-${index},Hat,Acme,Size,S,H-${index},9.00,3`),
    );
    const stop = new AbortController();
    const running = ended(['import', '--json'], stop.signal);
    stop.abort(new Error('stopped by SIGINT'));
    const { code, out, err } = await running;
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject([{ source: 'shop', error: { code: 'stopped' } }]);
    expect(JSON.parse((await omnifeed('status', '--json')).out)).toMatchObject({
      catalog: { products: 1, variants: 1 },
    });
  });
});
