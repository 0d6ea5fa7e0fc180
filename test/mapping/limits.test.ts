import { describe, expect, it } from 'vitest';
import { BAG, evaluate, faults, load, loaded, oneAttribute, rowWith, TODAY } from './mapping-fixture.js';

describe('limits', () => {
  it('stop a listing that costs too much, and only that one', () => {
    const images = Array.from({ length: 100 }, (_, n) => `https://shop.example/${n}`);
    const nested = 'product.images.exists(a, product.images.exists(b, product.images.exists(c, a + b == c)))';
    const mapping = loaded(oneAttribute(nested));
    expect(mapping.run(rowWith({ product: { images } }), TODAY)).toMatchObject({ kind: 'too-expensive' });
    expect(mapping.run(BAG, TODAY)).toMatchObject({ kind: 'listing' });
  });

  it('stop a text that doubles itself', () => {
    const vars = Object.fromEntries(
      Array.from({ length: 22 }, (_, n) => [
        `v${n}`,
        n === 0 ? '"0123456789"' : `vars.v${n - 1} + vars.v${n - 1} + variant.options.none.default("")`,
      ]),
    );
    const { value, notes } = evaluate('vars.v21', BAG, vars);
    expect(value).toBeNull();
    expect(notes).toContain('the text is too long');
  });

  it('leave a list of more than 1,000 entries out with a note, however it is made', () => {
    const images = Array.from({ length: 1_001 }, (_, n) => `https://shop.example/${n}`);
    const row = rowWith({ product: { images } });
    for (const source of [
      'product.images.map(i, i)',
      'product.images.filter(i, true)',
      'product.images + ["x"]',
    ]) {
      expect(evaluate(source, row)).toEqual({ value: null, notes: ['the list is too long'] });
    }
    const each = { x: { $each: 'product.images', $as: 'i', $value: 'i' } };
    const outcome = loaded(JSON.stringify({ connector: 'shop', attributes: each })).run(row, TODAY);
    expect(outcome).toMatchObject({
      attributes: {},
      notes: [{ message: 'the list is too long', attribute: 'x' }],
    });
    expect(evaluate('size(product.images.take(1000).map(i, i))', row)).toEqual({ value: 1_000, notes: [] });
  });

  it('refuse expressions that are too long, too deep or too large, without a crash', () => {
    const inBlock = (expression: string) => faults(oneAttribute(expression)).join('\n');
    expect(inBlock(`"${'a'.repeat(4100)}"`)).toMatch(/an expression may have 4,000 characters/);
    expect(inBlock(`${'!'.repeat(3900)}true`)).toMatch(/too large|too deeply/);
    expect(inBlock(`${'('.repeat(100)}1${')'.repeat(100)}`)).toMatch(/the expression is too large/);
    expect(inBlock(`[${'1,'.repeat(501)}1]`)).toMatch(/the expression is too large/);
    expect(inBlock(`words([1${' + 1'.repeat(900)}])`)).toBe('');
  });

  it('refuse a file of more than 256 KB and a pattern of more than 500 characters', () => {
    expect(load(`connector: shop\n# ${'x'.repeat(270_000)}\n`).diagnostics[0]?.code).toBe('file_too_large');
    expect(faults(oneAttribute(`extract(product.title, "${'a'.repeat(501)}")`))[0]).toMatch(
      /bad pattern: longer than 500/,
    );
  });

  it('match patterns in time proportional to the text', () => {
    const row = rowWith({ product: { title: `${'a'.repeat(5_000)}!` } });
    const before = performance.now();
    expect(evaluate('matches(product.title, "^(a+)+$")', row).value).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
