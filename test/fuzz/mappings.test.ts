import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSourceMapping } from '../../src/catalog/source-mapping-load.js';
import { packageRoot } from '../../src/config/package-root.js';
import { diagnosticText } from '../../src/mapping/diagnostics.js';
import { BAG, load, TODAY } from '../mapping/mapping-fixture.js';
import { fuzzed } from './fuzz-runs.js';
import { SPOILINGS, type Spoiling, spoiled } from './spoiled.js';

const shipped = (name: string): Buffer => readFileSync(path.join(packageRoot(), 'mappings', name));

const SMALL = Buffer.from(`connector: shop
language: { pattern: re2 }
params:
  brand: { type: text, default: Fernweh }
vars:
  short: clip(product.title, 20)
attributes:
  title: vars.short + " " + params.brand
  price: variant.price
  images: { $each: product.images, $as: i, $value: i }
rules:
  - name: Sale
    when: contains(product.title, "sale")
    set: { title: '"Sale"' }
`);

const KEPT: [Spoiling[]][] = [];

describe('whatever becomes of a mapping', () => {
  it.each([
    ['a small one', SMALL],
    ['the default of Google', shipped('google-merchant.yaml').subarray(0, 6_000)],
  ])('it loads and runs, or every fault is told with its place: %s', (_what, good) => {
    fc.assert(
      fc.property(SPOILINGS, (spoilings) => {
        const text = spoiled(good, spoilings).toString('utf8');
        const { mapping, diagnostics } = load(text);
        for (const found of diagnostics) expect(diagnosticText(found, text)).toMatch(/\d+:\d+ .{3,}/);
        if (mapping === null) expect(diagnostics.length).toBeGreaterThan(0);
        else expect(mapping.run(BAG, TODAY).kind).toMatch(/^(listing|excluded|blocked|too-expensive)$/);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      fuzzed(KEPT, 2),
    );
  });

  it('of a source, every fault is told with its place too', () => {
    const good = shipped('sources/generic.yaml');
    fc.assert(
      fc.property(SPOILINGS, (spoilings) => {
        const text = spoiled(good, spoilings).toString('utf8');
        const { mapping, diagnostics } = loadSourceMapping('generic.yaml', text);
        if (mapping === null) expect(diagnostics.length).toBeGreaterThan(0);
        for (const found of diagnostics) expect(diagnosticText(found, text)).toMatch(/\d+:\d+ .{3,}/);
      }),
      fuzzed(KEPT, 2),
    );
  });
});
