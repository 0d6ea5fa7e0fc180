import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffSentences } from '../../src/mapping/diff-sentences.js';
import { lineDiff, unifiedDiff } from '../../src/mapping/line-diff.js';

describe('two versions of a mapping', () => {
  it('differ by lines from which both can be put together again', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '')).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const side = (sign: string) =>
          lines
            .filter((line) => line.sign !== sign)
            .map((line) => line.text)
            .join('\n');
        expect(side('+')).toBe(before);
        expect(side('-')).toBe(after);
        expect(lines.some(({ sign }) => sign !== ' ')).toBe(before !== after);
      }),
    );
  });

  it('are shown with a few lines around', () => {
    const before = Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n');
    expect(unifiedDiff(before, before.replace('line 10', 'line ten'), 1)).toEqual([
      '@@ line 10 @@',
      ' line 9',
      '-line 10',
      '+line ten',
      ' line 11',
    ]);
    expect(unifiedDiff(before, before)).toEqual([]);
  });

  it('are told apart in sentences', () => {
    const before = `connector: shop
params: { brand: Acme }
select: product.status == "active"
attributes:
  title: product.title
  color: product.brand
rules:
  - name: Cheap
    when: variant.price < price("5.00 USD")
    set: { label: '"cheap"' }
  - name: Eco
    set: { eco: '"yes"' }
`;
    const after = `connector: shop
params: { brand: Bolt }
select: product.status == "active"
attributes:
  title: clip(product.title, 70)
  size: variant.options.size
rules:
  - name: Eco
    off: true
    set: { eco: '"yes"' }
  - name: Cheap
    when: variant.price < price("9.00 USD")
    set: { label: '"cheap"' }
  - name: New
    exclude: nothing fits
`;
    expect(diffSentences(before, after)).toEqual([
      'the parameter brand: Acme → Bolt',
      'the attribute title: product.title → clip(product.title, 70)',
      'the attribute size is new: variant.options.size',
      'the attribute color is gone (it was product.brand)',
      'the rule “Eco”: switched off',
      'the rule “Cheap”: when: variant.price < price("5.00 USD") → variant.price < price("9.00 USD")',
      'the rule “New” is new',
      'the rules come in another order: “Eco”, “Cheap”',
    ]);
    expect(diffSentences(before, 'a: [')).toBeNull();
  });
});
