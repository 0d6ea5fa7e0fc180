import { describe, expect, it } from 'vitest';
import { diagnosticText } from '../../src/mapping/diagnostics.js';
import { MappingSample } from '../../src/mapping/sample.js';
import type { MappingRow } from '../../src/mapping/types.js';
import { BAG, faults, load, loaded, rowWith, TODAY } from './mapping-fixture.js';

const warnings = (text: string, offer?: readonly string[]) =>
  faults(text, offer === undefined ? {} : { offerAttributes: offer });

describe('warnings that need no data', () => {
  it('name content that reads stock, whatever its name, when the offer attributes are known', () => {
    const text = `connector: shop
attributes:
  availability: when(stock.available > 0, "in", "out")
  badge: when(stock.available < 3, "last ones")
rules:
  - name: low
    when: product.available < 5
    set: { title: '"Hurry"' }
`;
    expect(warnings(text, ['availability'])).toEqual([
      '4:3 warning: badge changes with every sale: the whole listing is sent again each time',
      '8:12 warning: title changes with every sale: the whole listing is sent again each time',
    ]);
  });

  it('name != and negated comparisons where a value may be missing, and no others', () => {
    const text = `connector: shop
params: { size: { type: text, default: "S" } }
vars: { margin: variant.cost }
attributes:
  a: product.brand != "Acme"
  b: variant.sku != "x" || product.status != "draft" || params.size != "M" || channel.country != "US"
  c: product.brand != null
  d: pairs(variant.options).exists(p, p.key != "color")
  e: '!(vars.margin < variant.price)'
  f: '!(size(product.tags) < 3)'
`;
    expect(warnings(text)).toEqual([
      '5:6 warning: this is true when a value is missing = write has(product.brand) && … if a missing value should not count',
      '9:7 warning: this is true when a value is missing = write >= if a missing value should not count',
    ]);
  });

  it('name conditions that read nothing, not those that only depend on the channel', () => {
    const text = `connector: shop
select: { all: 'true', none: 1 > 2 }
attributes: { x: '"x"' }
rules:
  - { name: a, when: false, set: { y: '"y"' } }
  - { name: b, when: 'true', set: { y: '"z"' } }
  - { name: c, when: channel.country == "CH", set: { y: '"ch"' } }
`;
    expect(warnings(text)).toEqual([
      '2:16 warning: this always holds',
      '2:30 warning: this never holds',
      '5:22 warning: this never holds = write off: true to keep a rule without applying it',
      '6:22 warning: this always holds = leave out when',
    ]);
  });
});

const SIZES = Array.from({ length: 40 }, (_, n): MappingRow => {
  const row = rowWith({
    product: { id: `P${n}`, ...(n % 4 === 0 ? {} : { brand: 'Luma' }) },
    variant: { sku: `S${n}`, options: { size: n % 2 === 0 ? 'XS' : '3', color: 'Blue' } },
  });
  return row;
});

function sampled(text: string, rows: readonly MappingRow[] = SIZES) {
  const sample = new MappingSample(loaded(text));
  for (const row of rows) sample.look(row, TODAY);
  const report = sample.report();
  return { ...report, said: report.findings.map((found) => diagnosticText(found, null)) };
}

describe('a look at real rows', () => {
  it('tells with shares where a missing value does what is easily overlooked', () => {
    const { said } = sampled(`connector: shop
attributes:
  a: product.brand + " " + product.title
  b: when(has(product.brand), product.brand + "!")
  c: product.brand != "Acme"
  d: '!(variant.salePrice < variant.price)'
  e: variant.sku != "x" && product.title != "y"
`);
    expect(said).toEqual([
      `shop.yaml:3:6 warning: product.brand is missing for 25 % of 40 variants: then the whole text is
       = words([…]) leaves out what is missing; default(x, "…") puts something in its place`,
      `shop.yaml:5:6 warning: product.brand is missing for 25 % of 40 variants: then this is true
       = write has(product.brand) && … if a missing value should not count`,
      `shop.yaml:6:7 warning: variant.salePrice is missing for 100 % of 40 variants: then this is true
       = write >= if a missing value should not count`,
    ]);
  });

  it('says nothing of a sum whose parts are missing now and then', () => {
    const rare = SIZES.map((row, n) => (n === 0 ? rowWith({ product: { status: 'active' } }) : row)).map(
      (row) => ({
        ...row,
        product: { ...row.product, ...(row === SIZES[4] ? {} : { brand: 'Luma' }) },
      }),
    );
    expect(rare.filter((row) => row.product.brand === undefined)).toHaveLength(1);
    expect(sampled('connector: shop\nattributes: { a: product.brand + product.title }\n', rare).said).toEqual(
      [],
    );
    expect(sampled('connector: shop\nattributes: { a: product.brand != "Acme" }\n', rare).said).toEqual([
      expect.stringContaining('product.brand is missing for 2 % of 40 variants: then this is true'),
    ]);
  });

  it('tells which conditions never or always held, each among the rows that reached it', () => {
    const { said } = sampled(`connector: shop
attributes: { x: product.id }
rules:
  - name: never
    when: variant.price > price("9999.00 USD")
    set: { y: '"y"' }
  - name: sometimes
    when: has(product.brand)
    set: { y: '"z"' }
  - name: tiers
    cases:
      - { when: has(product.brand), set: { z: '"a"' } }
      - { when: variant.price > price("1.00 USD"), set: { z: '"b"' } }
  - { name: off on purpose, when: false, set: { y: '"n"' } }
`);
    expect(said).toEqual(['shop.yaml:5:11 warning: this never held for the 40 variants it was asked for']);
    const all = SIZES.concat(SIZES).filter((row) => row.product.brand === undefined);
    expect(sampled('connector: shop\nselect: { branded: has(product.brand) }\n', all).said).toEqual([
      'shop.yaml:2:20 warning: this never held for the 20 variants it was asked for\n       = nothing is listed',
    ]);
  });

  it('counts what came of the rows, what was noted, and the fields they lack, once per variant', () => {
    const report = sampled(`connector: shop
select: { branded: has(product.brand) }
vars: { pictures: 'product.images.map(i, url(i + " is none"))' }
attributes:
  n: number(variant.options.size)
  m: vars.pictures
  o: vars.pictures
`);
    expect(report).toMatchObject({ variants: 40, listed: 30, tooExpensive: 0 });
    expect(report.excluded).toEqual([{ reason: 'branded', count: 10 }]);
    expect(report.notes.find(({ attribute }) => attribute === 'n')).toMatchObject({ count: 10 });
    expect(report.fields[0]).toEqual({ path: 'product.brand', read: 40, missing: 10 });
    expect(report.fields.map(({ path }) => path)).not.toContain('vars.pictures');
  });

  it('counts a trouble once per variant however often it is met', () => {
    const row = rowWith({ variant: { options: { a: 'x', b: 'y', c: 'z' } } });
    const text =
      'connector: shop\nattributes: { x: "pairs(variant.options).map(p, number(text(p.value)))" }\n';
    expect(loaded(text).run(row, TODAY).notes).toHaveLength(3);
    expect(sampled(text, [row, row]).notes).toMatchObject([{ count: 2 }]);
  });

  it('needs no more time for vars that use each other twice', () => {
    const vars = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `v${n}`,
        n === 0 ? 'number(variant.options.color)' : `vars.v${n - 1} + vars.v${n - 1}`,
      ]),
    );
    const text = JSON.stringify({ connector: 'shop', vars, attributes: { x: 'vars.v39' } });
    expect(load(text).diagnostics).toEqual([]);
    expect(sampled(text, [BAG]).notes).toMatchObject([{ attribute: 'x', count: 1 }]);
  });
});
