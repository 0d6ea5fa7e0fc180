import { describe, expect, it } from 'vitest';
import { diagnosticText } from '../../src/mapping/diagnostics.js';
import { faults, load } from './mapping-fixture.js';

/** One attribute `x` in a `|` block, so that the expression stands on line 4 from column 5. */
function faultOf(expression: string): string {
  return faults(`connector: shop\nattributes:\n  x: |\n    ${expression}\n`).join('\n');
}

describe('what is wrong with an expression', () => {
  const cases: readonly (readonly [expression: string, fault: string])[] = [
    ['product.titel', '4:13 there is no field "titel" here = did you mean title?'],
    ['variant.weigth', '4:13 there is no field "weigth" here = did you mean weight?'],
    ['has(product.titel)', '4:17 there is no field "titel" here = did you mean title?'],
    ['prodct.title', '4:5 unknown name "prodct" = did you mean product?'],
    [
      'variant.price > 50',
      '4:5 an amount cannot be compared with a number = write amount(variant.price) > 50, or compare with price("50.00 USD")',
    ],
    [
      'stock.available / 3',
      '4:5 dividing two whole numbers drops the remainder = write div(a, b) if that is meant, or: stock.available / 3.0',
    ],
    ['extract(product.title, "a(b")', '4:28 bad pattern: missing closing )'],
    ['matches(product.title, product.brand)', '4:28 the pattern must be written out as a text'],
    ['uper(product.title)', '4:5 there is no function "uper" = did you mean upper?'],
    [
      'clip(product.title)',
      '4:5 clip cannot be used with text = it is clip(string, int): string or clip(string, int, string): string',
    ],
    [
      'product.title + 3',
      '4:5 text and a whole number cannot be joined = write text(x) to turn a value into text, or use words([…])',
    ],
    [
      '"a" + 1',
      '4:5 text and a whole number cannot be joined = write text(x) to turn a value into text, or use words([…])',
    ],
    ['lookup("gendr", "x")', '4:12 there is no lookup table "gendr" = did you mean gender?'],
    [
      'lookup("gender", "x", "shrt")',
      '4:27 the lookup table "gender" has no column "shrt" = did you mean short?',
    ],
    [
      'timestamp("2026-01-01T00:00:00Z")',
      '4:5 the function timestamp is not offered here = the list of functions is in mappings/README.md',
    ],
    ['product.title = "x"', '4:19 "=" is not expected here = equality is written =='],
    ['clip(product.title, 3', '4:26 the expression ends too early'],
    ['"abc', '4:9 this text has no closing quote on its line'],
    ['vars.gendr', '4:5 there is no var "gendr" = a var can be used by the vars below it'],
    [
      'listing.title',
      '4:5 the listing has no attribute "title" = listing is known in rules only, after the attribute was set',
    ],
    [
      'variant.saleTo - variant.saleFrom',
      '4:5 instants cannot be added up or subtracted = write daysBetween(first, second) or addDays(instant, n)',
    ],
    ['product', '4:5 product is a whole record = name one of its fields: product.id'],
    [
      '12345678901234567890',
      '4:5 whole numbers go up to 9007199254740991 = write identifiers as text, in quotes',
    ],
    [
      'product.title.lowerAscii()',
      '4:5 the function lowerAscii is not offered here = the list of functions is in mappings/README.md',
    ],
  ];
  for (const [expression, fault] of cases) {
    it(`${expression}: ${fault}`, () => {
      expect(faultOf(expression)).toBe(fault);
    });
  }

  it('reports one fault per expression and all expressions of a file', () => {
    expect(
      faults('connector: shop\nattributes:\n  a: product.x1\n  b: product.x2 + product.x3\n'),
    ).toHaveLength(2);
  });

  it('says that a condition must be true or false', () => {
    const text = 'connector: shop\nselect: { named: product.title }\nattributes: { x: product.title }\n';
    expect(faults(text)).toEqual([
      '2:18 a condition must be true or false, this is text = to ask whether a value is there write has(x) or !blank(x)',
    ]);
    expect(faults('connector: shop\nattributes:\n  x: \'product.title ? "a" : "b"\'\n')[0]).toMatch(
      /a condition must be true or false, this is text/,
    );
  });

  it('warns of traps that load', () => {
    expect(faults("connector: shop\nattributes:\n  x: '!(stock.available < 5)'\n")).toEqual([
      '3:7 warning: this is true when a value is missing = write >= if a missing value should not count',
    ]);
    expect(
      faults('connector: shop\nextends: base\nvars: { a: product.title }\n', {
        file: 'top',
        sources: {
          readMapping: (name) => ({
            file: name,
            text:
              name === 'top'
                ? 'connector: shop\nextends: base\nvars: { a: product.title }\n'
                : 'connector: shop\n',
          }),
          readLookup: () => null,
        },
      }),
    ).toEqual(['3:9 warning: nothing uses vars.a']);
    expect(faults('connector: shop\nattributes:\n  custom_label_0: text(stock.available)\n')[0]).toMatch(
      /changes with every sale/,
    );
  });

  it('is shown with the line, a mark under the spot and the hint', () => {
    const text = 'connector: shop\nattributes:\n  title: clip(words([product.brand, product.titel]), 150)\n';
    const [found] = load(text).diagnostics;
    expect(found && diagnosticText(found, text)).toBe(
      [
        'shop.yaml:3:45 error: there is no field "titel" here',
        '     3 |   title: clip(words([product.brand, product.titel]), 150)',
        '       |                                             ^^^^^',
        '       = did you mean title?',
      ].join('\n'),
    );
    expect(found).toMatchObject({ path: 'attributes.title', endLine: 3, endColumn: 50, code: 'no_such_key' });
  });
});

describe('the place of a fault', () => {
  const cases: readonly (readonly [style: string, yaml: string, place: string])[] = [
    ['plain', '  x: upper(prodct)\n', '3:12'],
    ['single quotes', "  x: 'clip(''a'' + prodct, 3)'\n", '3:20'],
    ['double quotes', '  x: "clip(\\"a\\tb\\" + prodct, 3)"\n', '3:23'],
    ['an escaped letter', '  x: "\\u0075pper(prodct)"\n', '3:18'],
    ['a literal block', '  x: |\n    upper(\n      prodct)\n', '5:7'],
    ['a folded block', '  x: >-\n    upper(\n      prodct\n    )\n', '5:7'],
    ['a block that begins with blank lines', '  x: |\n\n\n    upper(prodct)\n', '6:11'],
    ['a plain value over two lines', '  x: upper(\n    prodct)\n', '4:5'],
    ['behind an emoji', '  x: clip("😀", 3) + prodct\n', '3:22'],
    ['behind a comment', '  x: |\n    // prodct\n    upper(prodct)\n', '5:11'],
  ];
  for (const [style, yaml, place] of cases) {
    it(`is found in ${style}`, () => {
      const [fault] = faults(`connector: shop\nattributes:\n${yaml}`);
      expect(fault).toBe(`${place} unknown name "prodct" = did you mean product?`);
    });
  }
});

describe('where YAML bites', () => {
  const cases: readonly (readonly [yaml: string, fault: RegExp])[] = [
    [
      '  x: has(product.brand) ? "a" : "b"\n',
      /^3:31 ": " is not allowed in a bare expression = put it in quotes or a \| block/,
    ],
    ['  x: product.title + " #1"\n', /^3:22 this text has no closing quote = YAML takes " #"/],
    ['  x: !has(product.brand)\n', /^3:6 a value cannot start with ! = YAML takes it for a tag/],
    ['  x: "new"\n', /^3:6 unknown name "new" = if you mean the text, write '"new"' or \{ \$text: new \}/],
    [
      '  x: [product.title, product.brand].joined("/")\n',
      /^3:36 nothing may follow the closing quote or bracket/,
    ],
    ['  x: "x" + product.title\n', /^3:10 nothing may follow/],
    ['  x: { value: inUnit(variant.weight, "lb") }\n', /^3:42 a comma ends the value inside \{ \}/],
    ['  x: *y\n', /^3:6 aliases and anchors/],
    ['  x: &y 3\n', /aliases and anchors/],
    ['  x: 1\n  x: 2\n', /^4:3 this name is given twice/],
    ['  x: 007\n', /^3:6 warning: 007 is read as the number 7 = write \{ \$text: 007 \}/],
  ];
  for (const [yaml, fault] of cases) {
    it(`${yaml.trim()} is reported once`, () => {
      const found = faults(`connector: shop\nattributes:\n${yaml}`);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(fault);
    });
  }

  it('says what a file must look like', () => {
    expect(faults('attributes: {}\n')).toEqual(['1:1 the file needs "connector"']);
    expect(faults('connector: other\n')).toEqual(['1:12 this mapping is for other, the channel is shop']);
    expect(faults('connector: shop\natributes: {}\n')).toEqual([
      '2:1 "atributes" is not known here = did you mean attributes?',
    ]);
    expect(faults('connector: shop\nrules:\n  - name: a\n    wen: true\n')).toEqual([
      '4:5 "wen" is not known here = did you mean when?',
    ]);
    expect(faults('connector: shop\nrules:\n  - set: { a: 1 }\n')).toEqual(['3:5 rules[0] needs "name"']);
    expect(faults('- a\n')).toEqual(['1:1 a mapping file is a YAML map that begins with "connector:"']);
    expect(faults('')).toEqual(['1:1 a mapping file is a YAML map that begins with "connector:"']);
    expect(faults('connector: shop\nattributes:\n  x: { $eech: a }\n')[0]).toMatch(
      /there is no instruction \$eech/,
    );
  });
});
