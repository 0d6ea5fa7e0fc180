import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DemoSummary } from '../../src/demo/run-demo.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CATALOGS = path.join(ROOT, '../shared/data/catalogs');
const DEMO_MS = 60_000;

/** Runs the built program as its user would; standard output must be one JSON object and nothing else. */
function demo(...options: string[]): { code: number | null; summary: DemoSummary } {
  const run = spawnSync(
    process.execPath,
    [path.join(ROOT, 'dist/src/main.js'), 'demo', '--json', ...options],
    { encoding: 'utf8', timeout: 2 * DEMO_MS },
  );
  expect(run.stderr).toBe('');
  return { code: run.status, summary: JSON.parse(run.stdout) as DemoSummary };
}

/** What holds for every catalog. */
function expectToAddUp(summary: DemoSummary): void {
  expect(summary.conservation).toBe('ok');
  expect(summary.channels.map(({ id }) => id)).toEqual(['google-us', 'meta-us', 'amazon-us']);
  for (const { listed, blocked, excluded, live, rejected, submitted } of summary.channels) {
    expect(listed + blocked + excluded).toBe(summary.catalog.variants);
    expect(live + rejected).toBe(listed);
    expect(submitted).toBeGreaterThanOrEqual(live);
  }
  const { pulled, linked, waiting, shipped, trackingPushed } = summary.orders;
  expect(linked + waiting).toBe(pulled);
  expect(trackingPushed).toBe(shipped);
}

describe('omnifeed demo', () => {
  it('does the whole job on its own catalog, and every number adds up', { timeout: 2 * DEMO_MS }, () => {
    const started = performance.now();
    const { code, summary } = demo();
    expect(performance.now() - started).toBeLessThan(DEMO_MS);
    expect(code).toBe(0);
    expectToAddUp(summary);
    expect(summary.catalog.variants).toBeGreaterThan(150);
    expect(summary.catalog.rejectedRows).toBeGreaterThan(0);
    for (const channel of summary.channels) {
      expect(channel.live).toBeGreaterThan(150);
      expect(channel.blocked).toBeGreaterThan(0);
    }
    expect(summary.second.changed).toBeGreaterThan(0);
    expect(summary.second.submitted).toBe(3 * summary.second.changed);
    expect(summary.orders).toMatchObject({ pulled: 7, linked: 5, waiting: 2, shipped: 5, trackingPushed: 5 });
  });
});

/** A source mapping that comes with the package. */
function mapping(name: string): string {
  return path.join(ROOT, `mappings/sources/${name}.yaml`);
}

/** File, options, variants as stated where the file comes from, and how many of them Google takes: shoes and clothes without gender or age group wait. */
const REAL = [
  ['shopify/packt-export.csv', [], 21, 21],
  ['vendure/products.csv', ['--source-mapping', mapping('vendure')], 88, 64],
  [
    'commercetools/products-a.csv',
    [
      '--source-mapping',
      mapping('commercetools'),
      '--stock',
      path.join(CATALOGS, 'commercetools/inventory.csv.gz'),
    ],
    102,
    26,
  ],
  ...(process.env.CI ? [['magento/configurable-products.csv.gz', [], 1_847, 1_847] as const] : []),
] as const;

const shared = existsSync(CATALOGS);
if (!shared) process.stderr.write('skipped: the demo on real catalogs, because ../shared is not there\n');
else if (!process.env.CI)
  process.stderr.write('skipped: the demo on 1,847 variants takes a minute; CI=true runs it\n');

describe.skipIf(!shared)('omnifeed demo on a catalog of one’s own', () => {
  it.each(REAL)(
    'lists all of %s that each channel takes, and adds up',
    { timeout: 3 * DEMO_MS },
    (file, options, variants, google) => {
      const { code, summary } = demo('--catalog', path.join(CATALOGS, file), ...options);
      expectToAddUp(summary);
      expect(code).toBe(0);
      expect(summary.catalog).toMatchObject({ variants, rejectedRows: 0 });
      expect(summary.channels.map(({ live }) => live)).toEqual([google, variants, variants]);
      expect(summary.orders).toMatchObject({ linked: 5, shipped: 5, trackingPushed: 5 });
    },
  );

  it('lists nothing whose stock nobody knows, and says so in numbers', { timeout: 2 * DEMO_MS }, () => {
    const file = path.join(CATALOGS, 'commercetools/products-a.csv');
    const { summary } = demo('--catalog', file, '--source-mapping', mapping('commercetools'));
    expectToAddUp(summary);
    expect(summary.channels.map(({ blocked }) => blocked)).toEqual([102, 102, 102]);
  });
});
