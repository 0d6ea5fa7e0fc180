import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editText } from '../../../src/mapping/form/edit-text.js';
import type { FormEdit } from '../../../src/mapping/form/form-edit.js';
import { readCondition } from '../../../src/mapping/form/read-condition.js';
import { coverageOf, readForm } from '../../../src/mapping/form/read-form.js';
import { readSource } from '../../../src/mapping/form/read-source.js';
import { editOf, writeCondition, writeRow, writeSource } from '../../../src/mapping/form/write-expression.js';

const FILE = `connector: shop            # ours
# the house rules
params: { brand: Acme, "odd name": x }
select:
  has a price:   variant.price.minor > 0   # or it cannot be sold
  no samples: '!mentions(product.title, "sample")'
attributes:
  title: clip(words([product.brand, product.title]), 150)
  availability: |
    stock.available > 0 ? "in_stock"
    : null

  label: { $text: plain }
rules:
  # first of all
  - name: Cheap
    when: 'variant.price < price("30.00 USD") && product.type == "Coats"'
    set: { label: '"cheap"', note: product.type }
  - name: Eco
    off: false
    set:
      label: '"eco"'      # what the shop says
    # the end of Eco

  # and last
  - name: Out
    exclude: nothing fits
`;

describe('a condition', () => {
  it.each([
    ['product.type == "Coats"', 'product.type', 'is', false, ['Coats']],
    ['product.type != "Coats"', 'product.type', 'is', true, ['Coats']],
    ['variant.price < price("30.00 USD")', 'variant.price', 'below', false, ['30.00 USD']],
    ['amount(variant.price) >= 5', 'amount(variant.price)', 'from', false, [5]],
    ['product.brand in ["A", "B"]', 'product.brand', 'one of', false, ['A', 'B']],
    ['!(product.brand in ["A"])', 'product.brand', 'one of', true, ['A']],
    ['product.type.startsWith("Coats")', 'product.type', 'starts with', false, ['Coats']],
    ['!mentions(product.title, "sample")', 'product.title', 'mentions', true, ['sample']],
    ['mentionsAny(product.title, ["a", "b"])', 'product.title', 'mentions any of', false, ['a', 'b']],
    ['inCategory(product.categories, "Yoga")', 'product.categories', 'in category', false, ['Yoga']],
    ['between(product.variantCount, 2, 5)', 'product.variantCount', 'between', false, [2, 5]],
    ['has(variant.gtin)', 'variant.gtin', 'present', false, []],
    ['variant.gtin == null', 'variant.gtin', 'present', true, []],
    ['!blank(vars.brand)', 'vars.brand', 'blank', true, []],
    ['vars.reduced', 'vars.reduced', 'yes', false, []],
    ['variant.options["shoe size"] == "42"', 'variant.options["shoe size"]', 'is', false, ['42']],
    ['stock.available > -1', 'stock.available', 'above', false, [-1]],
  ])('%s is a row', (text, field, operator, negated, values) => {
    const parts = readCondition(text);
    expect(parts).toMatchObject([{ kind: 'row', field, operator, negated, values, text }]);
    const [row] = parts;
    const written = row?.kind === 'row' ? writeRow(row) : null;
    expect(readCondition(written ?? '')).toMatchObject([{ field, operator, negated, values }]);
  });

  it('is rows joined by and, with groups of or inside; what no row can show is one line of its own', () => {
    const text =
      'product.type == "A" && (has(variant.gtin) || has(variant.mpn)) && product.tags.exists(t, t == "x")';
    const parts = readCondition(text);
    expect(parts.map(({ kind }) => kind)).toEqual(['row', 'any', 'expression']);
    expect(parts[1]).toMatchObject({ rows: [{ field: 'variant.gtin' }, { field: 'variant.mpn' }] });
    expect(writeCondition(parts)).toBe(text);
    expect(readCondition('product.type == ')).toMatchObject([
      { kind: 'expression', text: 'product.type == ' },
    ]);
  });

  it('keeps every stretch it does not understand letter by letter, whatever it is', () => {
    const row = fc.constantFrom(
      'has(a.b)',
      'a.b == "x"',
      '(a.b+1)*2 > c',
      'size( a.b )>2',
      'l.exists(x,x>1)',
      '!q',
      'a ? b : c',
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const text = rows
          .map((one) => (one.includes('?') && rows.length > 1 ? `(${one})` : one))
          .join(' && ');
        const parts = readCondition(text);
        expect(parts).toHaveLength(rows.length);
        expect(parts.map((part) => part.text)).toEqual(rows);
        expect(writeCondition(parts)).toBe(text);
      }),
    );
  });
});

describe('a source', () => {
  it.each([
    ['"new"', 'fixed'],
    ['null', 'nothing'],
    ['product.brand', 'field'],
    ['words([product.brand, "x", variant.options.size])', 'joined'],
    ['joined(take(product.images, 3), "/")', 'cleaned'],
    ['joined([product.brand, product.type], " / ")', 'joined'],
    ['clip(headline([vars.brand, product.title]), 150)', 'cut'],
    ['lookup("gender", product.attributes.gender)', 'lookup'],
    ['lookup("gender", product.attributes.gender, "short")', 'lookup'],
    ['lookupPath("google-category", product.categories)', 'category'],
    ['addPercent(variant.price, 10)', 'price'],
    ['endIn(addPercent(variant.price, 10), 0.99)', 'price'],
    ['first([variant.title, product.title])', 'first'],
    ['when(stock.available > 0, "in_stock", "out_of_stock")', 'if'],
    ['stock.available > 0 ? "in_stock" : null', 'if'],
    ['gtin(variant.gtin)', 'cleaned'],
    ['inUnit(variant.weight, "kg")', 'cleaned'],
    ['product.tags.filter(t, t != "x")', 'each'],
    ['product.tags.map(t, has(t), upper(t))', 'each'],
    ['params.path + product.id + "/"', 'joined'],
    ['product.tags.exists(t, t == "x")', 'expression'],
    ['interval(variant.saleFrom, variant.saleTo)', 'cleaned'],
    ['variant.salePrice < vars.price && has(variant.gtin)', 'condition'],
    ['[product.type, "x"]', 'list'],
  ])('%s is read as %s and written back to the same meaning', (text, kind) => {
    const source = readSource(text);
    expect(source).toMatchObject({ kind, text });
    const again = readSource(writeSource(editOf(source)));
    const withoutPlaces = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value, (key, one) => (/^(start|end|text)$/.test(key) ? undefined : one)));
    expect(withoutPlaces(again)).toEqual(withoutPlaces(source));
  });
});

describe('the form of a mapping', () => {
  it('shows rules, conditions and sources with their places', () => {
    expect(readForm(FILE)).toMatchObject({
      select: [
        { name: 'has a price', when: [{ operator: 'above' }] },
        { name: 'no samples', when: [{ operator: 'mentions', negated: true }] },
      ],
      attributes: [
        { name: 'title', source: { kind: 'cut' } },
        { name: 'availability', source: { kind: 'if' } },
        { name: 'label', source: { kind: 'fixed', value: 'plain' } },
      ],
      rules: [
        { name: 'Cheap', off: false, when: [{ operator: 'below', money: true }, { operator: 'is' }] },
        { name: 'Eco', off: false, when: null, set: [{ name: 'label', path: ['rules', 1, 'set', 'label'] }] },
        { name: 'Out', exclude: 'nothing fits' },
      ],
    });
    expect(readForm('a: [')).toBeNull();
  });

  it.each<[string, FormEdit, (text: string) => string]>([
    [
      'a bare value',
      { do: 'set', path: ['select', 'has a price'], value: 'has(variant.price)' },
      (text) => text.replace('variant.price.minor > 0', 'has(variant.price)'),
    ],
    [
      'a value that needs quotes',
      { do: 'set', path: ['attributes', 'title'], value: 'a ? "x" : "y"' },
      (text) => text.replace('clip(words([product.brand, product.title]), 150)', '\'a ? "x" : "y"\''),
    ],
    [
      'a value in braces',
      { do: 'set', path: ['rules', 0, 'set', 'note'], value: 'words([a, b])' },
      (text) => text.replace('note: product.type', "note: 'words([a, b])'"),
    ],
    [
      'a block',
      { do: 'set', path: ['attributes', 'availability'], value: 'product.type' },
      (text) => text.replace('|\n    stock.available > 0 ? "in_stock"\n    : null', 'product.type'),
    ],
    [
      'a switch',
      { do: 'set', path: ['rules', 1, 'off'], value: true },
      (text) => text.replace('off: false', 'off: true'),
    ],
    [
      'a switch that was not there',
      { do: 'set', path: ['rules', 2, 'off'], value: true },
      (text) => `${text}    off: true\n`,
    ],
    [
      'a new member of a block',
      { do: 'set', path: ['rules', 1, 'set', 'eco'], value: '"yes"' },
      (text) => text.replace('# what the shop says\n', '# what the shop says\n      eco: \'"yes"\'\n'),
    ],
    [
      'a new member in braces',
      { do: 'set', path: ['rules', 0, 'set', 'eco'], value: 'product.id' },
      (text) => text.replace('note: product.type }', 'note: product.type, eco: product.id }'),
    ],
    [
      'a member taken away',
      { do: 'remove', path: ['select', 'no samples'] },
      (text) => text.replace('  no samples: \'!mentions(product.title, "sample")\'\n', ''),
    ],
    [
      'a rule taken away with its comment',
      { do: 'remove', path: ['rules', 0] },
      (text) => text.replace(/ {2}# first of all\n[\s\S]*?(?= {2}- name: Eco)/, ''),
    ],
    [
      'a rule moved up',
      { do: 'move', path: ['rules', 1], to: 0 },
      (text) => {
        const eco =
          '  - name: Eco\n    off: false\n    set:\n      label: \'"eco"\'      # what the shop says\n';
        return text.replace(eco, '').replace('  # first of all\n', `${eco}  # first of all\n`);
      },
    ],
    [
      'a copy of a rule, with the comments above it',
      { do: 'duplicate', path: ['rules', 0], name: 'Cheap (copy)' },
      (text) =>
        text.replace(
          /( {2}# first of all\n {2}- name: )Cheap(\n.*\n.*\n)/,
          (whole, head, rest) => `${whole}${head}Cheap (copy)${rest}`,
        ),
    ],
    [
      'a new rule',
      { do: 'add rule', name: 'New: one', when: 'product.type == "X"', set: { label: 'vars.x' } },
      (text) => `${text}  - name: 'New: one'\n    when: product.type == "X"\n    set:\n      label: vars.x\n`,
    ],
  ])('edits %s and moves nothing else', (_what, edit, expected) => {
    expect(editText(FILE, edit)).toBe(expected(FILE));
  });

  it('refuses what it cannot do without moving something else', () => {
    expect(editText(FILE, { do: 'remove', path: ['rules', 0, 'set', 'note'] })).toBeNull();
    expect(editText(FILE, { do: 'move', path: ['rules', 0], to: 9 })).toBeNull();
    expect(editText('a: [', { do: 'remove', path: ['rules', 0] })).toBeNull();
  });

  it('changes the edited value only: the text around it stays byte by byte, for any value and any file', () => {
    const expression = fc.constantFrom(
      'product.title',
      '"text"',
      'a ? "x" : "y"',
      '!has(a.b)',
      "it's # not: plain",
      '"a" +\n  "b"',
      'when(a, "b", null)',
      '{"k": 1}["k"]',
      '- 3',
      'true',
      '12',
    );
    const style = fc.constantFrom(
      (v: string) => (/^[a-z][^:#'"]*$/.test(v) ? v : `'${v.replaceAll("'", "''").replaceAll('\n', ' ')}'`),
      (v: string) => JSON.stringify(v),
      (v: string) => `|\n    ${v.replaceAll('\n', '\n    ')}`,
    );
    const line = fc.tuple(fc.constantFrom('', '  # note', ''), expression, style);
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        expression,
        (lines, pick, value) => {
          const text = `connector: shop\nattributes:\n${lines
            .map(
              ([comment, one, write], at) =>
                `${comment === '' ? '' : `${comment}\n`}  a${at}: ${write(one)}\n`,
            )
            .join('')}rules: []\n`;
          const at = pick % lines.length;
          const next = editText(text, { do: 'set', path: ['attributes', `a${at}`], value });
          expect(next).not.toBeNull();
          const start = text.indexOf(`  a${at}: `);
          const rest = text.slice(start + 2).search(/\n( {2}#| {2}a|rules)/) + start + 2;
          expect(next?.startsWith(text.slice(0, start + `  a${at}: `.length))).toBe(true);
          expect(next?.endsWith(text.slice(rest))).toBe(true);
          expect(readForm(next ?? '')?.attributes[at]?.written).toBe(value.trim());
        },
      ),
      { numRuns: 300 },
    );
  });

  it('shows nine of ten values of our own mappings without an expression', () => {
    const folder = new URL('../../../mappings/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const counted = files.map((name) => {
      const form = readForm(readFileSync(new URL(name, folder), 'utf8'));
      return form === null ? null : { name, ...coverageOf(form) };
    });
    const sum = (of: 'values' | 'covered' | 'conditions' | 'coveredConditions') =>
      counted.reduce((total, one) => total + (one?.[of] ?? 0), 0);
    expect(sum('covered') / sum('values')).toBeGreaterThanOrEqual(0.9);
    expect(sum('coveredConditions') / sum('conditions')).toBe(1);
  });
});
