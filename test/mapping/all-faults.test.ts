import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faults, load } from './mapping-fixture.js';

const BROKEN = `connector: shop
titel: My mapping
language: { use: 5 }
params:
  brand: { type: txt }
  fee: { typ: money }
expects:
  product.attributes.material: txet
select: [1]
vars:
  a: product.titel
attributes:
  title: clip(params.brand, 5) + vars.a
  price: params.fee
  b: *x
  size: { $eech: x }
rules:
  - name: Sale
    when: contains(product.title, "sale"
    set: { color: bleu }
    exclud: x
  - when: 5
    set: [x]
  - nope
  - name: 3
    remove: [a, 1]
`;

describe('a mapping with many faults', () => {
  it('is told all of them at once: a wrong shape hides nothing, and what follows from a fault is not said twice', () => {
    expect(faults(BROKEN)).toEqual([
      '2:1 "titel" is not known here = did you mean title?',
      '3:18 language.use must be text',
      '5:18 params.brand.type must be one of text, int, number, bool, money, measure, date, list of text, table',
      '6:10 params.fee needs "type"',
      '6:10 "typ" is not known here = did you mean type?',
      '8:32 expects.product.attributes.material must be one of text, int, number, bool, money, measure, date, list of text',
      '9:9 select must be text or a map',
      '11:14 there is no field "titel" here = did you mean title?',
      '15:6 aliases and anchors (*, &, <<) are not used here = name the value under vars and use vars.name; put an expression that starts with * or & in quotes',
      '16:11 there is no instruction $eech = the instructions are $text, $each, $as, $when and $value',
      '19:41 the expression ends too early',
      `20:19 unknown name "bleu" = if you mean the text, write '"bleu"' or { $text: bleu }`,
      '21:5 "exclud" is not known here = did you mean exclude?',
      '22:5 rules[1] needs "name"',
      '22:11 rules[1].when must be text or true or false',
      '23:10 rules[1].set must be a map',
      '24:5 rules[2] must be a map',
      '25:11 rules[3].name must be text',
      '26:17 rules[3].remove[1] must be text',
    ]);
  });

  it('is told of a wrong expression beside a wrong connector', () => {
    expect(faults('connector: other\nattributes:\n  a: product.titel\n')).toEqual([
      '1:12 this mapping is for other, the channel is shop',
      '3:14 there is no field "titel" here = did you mean title?',
    ]);
  });

  it('is told that YAML ends a value at the closing brace', () => {
    expect(faults('connector: shop\nattributes:\n  a: {"k": "v"}["k"]\n')).toEqual([
      '3:16 nothing may follow the closing quote or bracket = YAML ends the value there: put the whole expression in quotes, or write joined([a, b], "/")',
    ]);
  });

  it('stops at a base that cannot be named, because every name that comes from there would be called unknown', () => {
    expect(faults('connector: shop\nextends: [a]\nattributes:\n  a: vars.b\n')).toEqual([
      '2:10 extends must be text',
    ]);
  });

  it('never throws, whatever stands in the file', () => {
    const word = fc.constantFrom(
      'name',
      'when',
      'set',
      'type',
      'default',
      'columns',
      'product.title',
      '"x"',
      'x',
    );
    const leaf = fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(word, fc.constantFrom('$each', '$as', '$text', '$when')), tie('tree'), {
          maxKeys: 3,
        }),
      ),
    }));
    const section = fc.constantFrom(
      ...['params', 'select', 'vars', 'attributes', 'rules', 'expects', 'language', 'notes', 'title'],
    );
    fc.assert(
      fc.property(fc.dictionary(section, tree, { maxKeys: 5 }), (sections) => {
        const { mapping, diagnostics } = load(JSON.stringify({ connector: 'shop', ...sections }));
        const broken = diagnostics.some(({ severity }) => severity === 'error');
        expect(mapping === null).toBe(broken);
      }),
      { numRuns: 300 },
    );
  });
});
