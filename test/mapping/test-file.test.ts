import { describe, expect, it } from 'vitest';
import { withAccepted, withRecorded } from '../../src/mapping/record-test.js';
import { runTests } from '../../src/mapping/run-tests.js';
import { readTestFile } from '../../src/mapping/test-file.js';
import { BAG, loaded, TODAY } from './mapping-fixture.js';

const MAPPING = loaded(`connector: shop
select:
  is not a sample: '!mentions(product.title, "sample")'
attributes:
  title: words([product.brand, product.title])
  price: variant.price
  weight: variant.weight
  gtin: gtin(variant.gtin)
  images: product.images
`);

const FILE = `mapping: shop.yaml
today: 2026-11-23
tests:
  - name: brand first   # the house rule
    given:
      product: { title: Watch, brand: Luma }
      variant: { sku: W-1, price: 45.00 USD, weight: 2.5 kg }
    expect: { title: Luma Watch, price: 45.00 USD, weight: 2.5 kg, gtin: null }
  - name: samples stay out
    given: { product: { title: Fabric sample } }
    expect: { excluded: is not a sample }
  - name: wrong code
    given: { like: brand first, variant: { gtin: "4006381333932" } }
    expect: { gtin: null, title: Luma Watch, notes: ["wrong check digit"] }
`;

const run = (text: string) => {
  const { file, diagnostics } = readTestFile('shop.test.yaml', text);
  return { diagnostics, results: runTests(file.tests, MAPPING, file.today ?? TODAY) };
};

describe('a test file', () => {
  it('gives goods as people write them and compares only what is expected', () => {
    const { diagnostics, results } = run(FILE);
    expect(diagnostics).toEqual([]);
    expect(results.map(({ name, line, differences }) => [name, line, differences])).toEqual([
      ['brand first', 4, []],
      ['samples stay out', 9, []],
      ['wrong code', 12, []],
    ]);
  });

  it('tells expected and got per attribute', () => {
    const text = FILE.replace('title: Luma Watch, price: 45.00 USD', 'title: Watch, price: 45.00 EUR')
      .replace('excluded: is not a sample', 'title: Fabric sample')
      .replace('wrong check digit', 'no such note');
    expect(run(text).results.map(({ differences }) => differences)).toEqual([
      [
        { name: 'title', expected: 'Watch', got: 'Luma Watch' },
        { name: 'price', expected: '45.00 EUR', got: '45.00 USD' },
      ],
      [{ name: 'excluded', got: 'is not a sample' }],
      [expect.objectContaining({ name: 'notes', expected: 'no such note' })],
    ]);
  });

  it.each([
    ['price: 45.00 USD', 'price: 45', /variant\.price must be an amount: 45\.00 USD/],
    ['weight: 2.5 kg', 'weight: 2.5', /variant\.weight must be a measure/],
    ['sku: W-1', 'sku: 1', /variant\.sku must be text: put it in quotes/],
    ['brand: Luma', 'brnd: Luma', /product has no "brnd": did you mean brand\?/],
    ['like: brand first', 'like: nothing', /there is no test "nothing" above/],
    ['name: wrong code', 'name: brand first', /there are two tests "brand first"/],
    ['today: 2026-11-23', 'today: 2026-02-30', /today must be a day/],
    ['today: 2026-11-23', 'tody: 2026-11-23', /there is no section "tody"/],
  ])('says at its place what is wrong with "%s" written as "%s"', (right, wrong, message) => {
    const { diagnostics } = run(FILE.replace(right, wrong));
    expect(diagnostics[0]?.message).toMatch(message);
    expect(diagnostics[0]?.line).toBeGreaterThan(1);
  });

  it('takes a live variant in as a case that passes, and leaves the rest letter by letter', () => {
    const outcome = MAPPING.run(BAG, TODAY);
    const text = withRecorded(FILE, { name: 'the bag', row: BAG, outcome }, 'shop.yaml');
    expect(text.startsWith(FILE)).toBe(true);
    const { diagnostics, results } = run(text);
    expect(diagnostics).toEqual([]);
    expect(results.at(-1)).toMatchObject({ name: 'the bag', differences: [] });
    const first = withRecorded(null, { name: 'the bag', row: BAG, outcome }, 'shop.yaml');
    expect(run(first).results).toMatchObject([{ name: 'the bag', differences: [] }]);
  });

  it('accepts a new value in its place, and nothing else moves', () => {
    const wrong = FILE.replace('title: Luma Watch, price', 'title: Old, price');
    const accepted = withAccepted(
      wrong,
      { test: 'brand first', name: 'title' },
      { mapping: MAPPING, today: TODAY },
    );
    expect(accepted).toBe(wrong.replace('title: Old', 'title: "Luma Watch"'));
    expect(
      withAccepted(FILE, { test: 'brand first', name: 'images' }, { mapping: MAPPING, today: TODAY }),
    ).toBeNull();
  });
});
