import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../src/catalog/readers/open-source.js';
import { explainListing } from '../../src/mapping/explain.js';
import { loadMapping } from '../../src/mapping/load.js';
import { fileSources } from '../../src/mapping/sources.js';
import type { MappingRow } from '../../src/mapping/types.js';
import { CHANNEL, TODAY } from './mapping-fixture.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CATALOGS = path.resolve(ROOT, '../shared/data/catalogs');
const isHere = existsSync(CATALOGS);
if (!isHere) process.stdout.write('default mappings over real catalogs: skipped, ../shared is not there\n');

const SOURCES: readonly (readonly [file: string, mapping: string | null, atLeast: number])[] = [
  ['magento/configurable-products.csv.gz', null, 1_800],
  ['shopify/packt-export.csv', null, 20],
  ['vendure/products.csv', 'vendure.yaml', 80],
  ['google-retail/products.jsonl', 'google-retail.yaml', 1_000],
];

async function rowsOf(file: string, mapping: string | null): Promise<MappingRow[]> {
  const rows: MappingRow[] = [];
  const settings = {
    id: 'shop',
    currency: 'USD',
    baseUrl: 'https://shop.example/',
    ...(mapping === null ? {} : { mapping: path.join(ROOT, 'mappings/sources', mapping) }),
  };
  const context = { report: () => {}, signal: new AbortController().signal };
  for await (const batch of openSource(path.join(CATALOGS, file), settings, context)) {
    for (const { product, variants } of batch) {
      variants.forEach(({ sku = '', content, offer, stock }, index) => {
        const available = stock?.[0]?.onHand;
        const variant = { id: `${product.id}/${index}`, sku, position: index + 1, ...content, ...offer };
        rows.push({ product, variant, stock: available === undefined ? {} : { available } });
      });
    }
  }
  return rows;
}

describe.skipIf(!isHere)('default mappings over real catalogs', () => {
  for (const [file, source, atLeast] of SOURCES) {
    for (const connector of ['google-merchant', 'meta', 'amazon', 'feed-file']) {
      it(`${connector} lists ${file} without an exception, and explains what it lists`, async () => {
        const rows = await rowsOf(file, source);
        expect(rows.length).toBeGreaterThan(atLeast);
        const { mapping } = loadMapping({
          file: null,
          connector,
          channel: { ...CHANNEL, connector },
          sources: fileSources({ packageRoot: ROOT, directory: ROOT }),
        });
        if (mapping === null) throw new Error(`the mapping of ${connector} does not load`);
        const outcomes = rows.map((row) => mapping.run(row, TODAY));
        expect(outcomes.filter(({ kind }) => kind === 'too-expensive')).toEqual([]);
        expect(outcomes.some(({ kind }) => kind === 'listing')).toBe(true);
        rows.forEach((row, index) => {
          const outcome = outcomes[index];
          if (index % 9 !== 0 || outcome?.kind !== 'listing') return;
          const { attributes } = explainListing(mapping, row, TODAY);
          const explained = attributes
            .filter(({ value }) => value !== null)
            .map(({ name, value }) => [name, value]);
          expect(Object.fromEntries(explained), row.variant.sku).toEqual(outcome.attributes);
        });
      });
    }
  }
});
