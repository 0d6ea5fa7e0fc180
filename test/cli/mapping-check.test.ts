import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleLines } from '../../src/cli/show-sample.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { CatalogSample } from '../../src/sync/sample-mapping.js';

const MAIN = path.join(packageRoot(), 'dist/src/main.js');

const CONFIG = `sources:
  shop: { path: ./shop.csv, currency: USD }
channels:
  feed:
    connector: feed-file
    country: US
    language: en
    currency: USD
    zone: UTC
    mapping: own.yaml
    settings: { format: google-tsv, path: ./feed.tsv }
`;

const ROWS = Array.from({ length: 30 }, (_, n) => `L-${n},Lamp ${n},9.99,${n % 3 === 0 ? '' : 'Fernweh'}`);

describe('mapping check', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    await writeFile(path.join(folder, 'omnifeed.yaml'), CONFIG);
    await writeFile(path.join(folder, 'shop.csv'), `sku,title,price,brand\n${ROWS.join('\n')}\n`);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const mapping = (attributes: string) =>
    writeFile(
      path.join(folder, 'own.yaml'),
      `connector: feed-file\nextends: default\nattributes:\n${attributes}`,
    );

  function omnifeed(...args: string[]): Promise<{ code: number; out: string }> {
    const { OMNIFEED_KEY: _own, ...environment } = process.env;
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { cwd: folder, env: environment }, (error, out) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out });
      });
    });
  }

  it('tries the mapping on the catalog when there is one', async () => {
    await mapping(
      '  title: product.brand + " " + product.title\n  size: when(product.brand != "Acme", "M")\n',
    );
    expect((await omnifeed('import')).code).toBe(0);
    const { code, out } = await omnifeed('mapping', 'check');
    expect(code).toBe(0);
    expect(out).toMatch(
      /own\.yaml:4:10 warning: product\.brand is missing for 33 % of 30 variants: then the whole text is\n.*\n *\| +\^{13}\n/,
    );
    expect(out).toMatch(/own\.yaml:5:14 warning: product\.brand is missing for 33 % .*: then this is true/);
    expect(out).not.toContain('this is true when a value is missing');
    expect(out).toMatch(/on all 30 active variants: 30 mapped, 0 excluded; \d+\.\d+ ms per variant/);
  }, 120_000);

  it('tells every mistake, and goes out with 2', async () => {
    await mapping('  title: product.titel\n  prize: product.title\n  size: clip(product.title\n');
    const { code, out } = await omnifeed('mapping', 'check');
    expect(code).toBe(2);
    expect(out.match(/own\.yaml:\d+:\d+ error/g)).toEqual([
      'own.yaml:4:18 error',
      'own.yaml:5:3 error',
      'own.yaml:6:27 error',
    ]);
  }, 120_000);
});

it('says so when a mapping is too slow to be used', () => {
  const sample: CatalogSample = {
    variants: 1_000,
    active: 25_000,
    listed: 990,
    excluded: [{ reason: 'no price', count: 8 }],
    tooExpensive: 2,
    notes: [],
    fields: [
      { path: 'product.brand', read: 1_000, missing: 999 },
      { path: 'variant.mpn', read: 1_000, missing: 3 },
    ],
    findings: [],
    cost: { measured: 500, averageMs: 4.2 },
  };
  expect(sampleLines(sample, '')).toEqual([
    'on the first 1,000 of 25,000 active variants: 990 mapped, 8 excluded, 2 too expensive; 4.200 ms per variant',
    'error: 2 ms per variant are allowed; the channel refuses this mapping',
    '  8 × excluded: no price',
    '  often missing: product.brand 99 %',
  ]);
});
