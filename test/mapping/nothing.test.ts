import { describe, expect, it } from 'vitest';
import { BAG, evaluate, rowWith } from './mapping-fixture.js';

/** What an expression gives when something it needs is missing: the language's table, row by row. */
const CASES: readonly (readonly [expression: string, value: unknown, notes?: readonly string[]])[] = [
  ['product.brand', null],
  ['variant.options.size', null],
  ['variant.options["no such"]', null],
  ['product.images[9]', null],
  ['product.images[-1]', 'https://shop.example/no.jpg'],
  ['product.translations.fr.title', null],
  ['product.media[0].url', null],
  ['product.brand == null', true],
  ['null == product.brand', true],
  ['product.brand != null', false],
  ['product.title != null', true],
  ['variant.salePrice == null', true],
  ['product.brand == variant.mpn', true],
  ['product.brand == "x"', false],
  ['product.brand != "x"', true],
  ['variant.salePrice < variant.price', false],
  ['variant.salePrice >= variant.price', false],
  ['!(variant.salePrice < variant.price)', true],
  ['stock.leadDays < 5', false],
  ['stock.leadDays + 1', null],
  ['stock.leadDays * 2', null],
  ['stock.leadDays % 2', null],
  ['product.brand + " x"', null],
  ['variant.salePrice + variant.price', null],
  ['variant.salePrice * 2', null],
  ['product.tags + ["a"]', ['a']],
  ['["a"] + product.tags', ['a']],
  ['product.tags + product.tags', null],
  ['!stock.tracked', true],
  ['stock.tracked && true', false],
  ['stock.tracked || true', true],
  ['stock.tracked || false', false],
  ['stock.tracked ? "a" : "b"', 'b'],
  ['product.brand in ["a", "b"]', false],
  ['"a" in product.tags', false],
  ['"size" in variant.options', false],
  ['"color" in variant.options', true],
  ['product.tags.exists(t, t == "a")', false],
  ['product.tags.all(t, t == "a")', true],
  ['product.tags.exists_one(t, t == "a")', false],
  ['product.tags.map(t, t + "x")', null],
  ['size(product.tags.map(t, t))', 0],
  ['size(product.tags.filter(t, true))', 0],
  ['size(product.brand)', 0],
  ['product.brand.size()', 0],
  ['has(product.brand)', false],
  ['has(product.title)', true],
  ['has(product.translations.fr.title)', false],
  ['has(variant.options["size"])', false],
  ['has(variant.options["color"])', true],
  ['upper(product.brand)', null],
  ['product.brand.startsWith("A")', false],
  ['startsWith(product.brand, "A")', false],
  ['mentions(product.brand, "a")', false],
  ['default(product.brand, "Acme")', 'Acme'],
  ['product.brand.default("Acme")', 'Acme'],
  ['first([product.brand, "", "  ", variant.sku])', '24-MB01'],
  ['when(stock.tracked, "a")', null],
  ['when(stock.tracked, "a", "b")', 'b'],
  ['blank(product.brand)', true],
  ['blank("  ")', true],
  ['has(" ")', true],
  ['words([product.brand, "Bag"])', 'Bag'],
  ['joined([product.brand, "a", "b"], "/")', 'a/b'],
  ['int("x")', null, ['"x" is not a whole number']],
  ['int("")', null],
  ['double("1,5")', null, ['"1,5" is not a number']],
  ['div(1, 0)', null],
  ['price("5 USD") < price("4 EUR")', false],
  ['1.0 / 0.0', null, ['division by zero']],
  ['stock.available % 0', null, ['division by zero']],
  ['9007199254740991 + 1', null, ['the number is too large']],
  ['"  "', null],
  ['true ? null : "a"', null],
  ['null', null],
];

describe('nothing', () => {
  for (const [expression, value, notes = []] of CASES) {
    it(`${expression} is ${JSON.stringify(value)}`, () => {
      const found = evaluate(expression);
      expect(found.value).toEqual(value);
      if (notes.length > 0) expect(found.notes).toEqual(notes);
    });
  }

  it('leaves a note for bad data, and none for what is merely missing', () => {
    expect(evaluate('div(1, 0)').notes).toHaveLength(1);
    expect(evaluate('price("5 USD") < price("4 EUR")').notes).toEqual(['USD and EUR cannot be compared']);
    expect(evaluate('upper(product.brand)').notes).toEqual([]);
  });

  it('never reaches the prototype of data', () => {
    const row = rowWith({ variant: { options: {} } });
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect(evaluate(`has(variant.options["${name}"])`, row).value).toBe(false);
      expect(evaluate(`"${name}" in variant.options`, row).value).toBe(false);
      expect(evaluate(`has(product.attributes["${name}"])`, row).value).toBe(false);
      expect(
        evaluate(`has(variant.options[product.id])`, { ...row, product: { ...row.product, id: name } }).value,
      ).toBe(false);
    }
  });

  it('keeps unknown stock apart from none', () => {
    const availability =
      'stock.available > 0 ? "in_stock" : has(stock.available) ? "out_of_stock" : null // unknown stays unknown';
    expect(evaluate(availability).value).toBe('in_stock');
    expect(evaluate(availability, rowWith({ stock: { available: 0 } })).value).toBe('out_of_stock');
    expect(evaluate(availability, rowWith({ stock: {} })).value).toBeNull();
  });

  it('notes a free attribute that does not fit its declared type', () => {
    const row = { ...BAG, product: { ...BAG.product, attributes: { size: 3 } } };
    expect(evaluate('product.attributes.size', row).value).toBe(3);
  });
});
