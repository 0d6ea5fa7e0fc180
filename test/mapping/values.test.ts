import { describe, expect, it } from 'vitest';
import { BAG, evaluate, listing, load, loaded, rowWith, TODAY } from './mapping-fixture.js';

describe('values', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['variant.price', '34.00 USD'],
    ['variant.price * 1.08', '36.72 USD'],
    ['2 * variant.price', '68.00 USD'],
    ['variant.price - variant.cost', '17.00 USD'],
    ['variant.price == price("34.00 USD")', true],
    ['variant.price > variant.cost', true],
    ['variant.price.minor', 3400],
    ['variant.weight', '2 lb'],
    ['variant.weight < measure(1.0, "kg")', true],
    ['variant.weight == measure(2.0, "lb")', true],
    ['variant.weight < measure(1.0, "m")', false],
    ['variant.saleFrom', '2026-11-27T00:00+01:00'],
    ['variant.saleFrom < variant.saleTo', true],
    ['variant.saleFrom > today', true],
    ['[variant.price, variant.cost]', ['34.00 USD', '17.00 USD']],
    ['{"a": variant.price}', { a: '34.00 USD' }],
    ['{"a": [variant.weight]}', { a: ['2 lb'] }],
    ['variant.price == priceFor(variant.prices, "US", "USD")', true],
    ['[variant.saleFrom]', ['2026-11-27T00:00+01:00']],
    ['product.attributes.material', ['Nylon', 'Mesh']],
    ['product.attributes.material[0]', 'Nylon'],
    ['product.attributes.eco == true', true],
    ['product.attributes.margin > 12', true],
    ['product.attributes["material"].size()', 2],
    ['product.variantCount', 1],
    ['product.optionValues["color"]', ['Blue']],
    ['stock.available + 1', 101],
    ['stock.available + 0.5', 100.5],
    ['stock.available / 8.0', 12.5],
    ['stock.available == 100.0', true],
    ['1 in [1.0, 2.0]', true],
    ['-stock.available', -100],
    ['7 % 4', 3],
    ['variant.options["monitor size"]', '29 in'],
    [
      'product.images.map(i, i.size() > 25, i)',
      ['https://shop.example/a.jpg', 'https://shop.example/no.jpg'],
    ],
    ['product.images.filter(i, !contains(i, "no")).map(i, upper(i))', ['HTTPS://SHOP.EXAMPLE/A.JPG']],
    ['product.images.exists_one(i, i.endsWith("no.jpg"))', true],
    ['variant.options.exists(k, k == "color")', true],
    ['product.images.map(i, product.images.map(j, i == j))[1][1]', true],
    ['cel.bind(t, product.title, t + "/" + t)', 'Joust Duffle Bag/Joust Duffle Bag'],
    ['product.title.clip(5)', 'Joust'],
    ['variant.sku.split("-")[1]', 'MB01'],
    ['["a", "b"].join("/")', 'a/b'],
    ['matches(variant.sku, r"^\\d+-")', true],
    ['variant.sku.matches("x")', false],
    ['substring("Größe😀x", 4, 6)', 'e😀'],
    ['indexOf("a😀b", "b")', 2],
    ['size("a😀b")', 3],
    ['string(1.5)', '1.5'],
    ['int(2.9)', 2],
    ['int("007")', 7],
    ['double("1e3")', 1000],
    ['default(product.attributes.margin, 0)', 12.5],
    ['when(true, 1, 2.5)', 1],
    ['"null" + ".has(x) vars.y"', 'null.has(x) vars.y'],
    ['clip("it\'s null == null", 50)', "it's null == null"],
    ['{"a": 1, "b": null}', { a: 1 }],
    ['channel.country == "US" ? "domestic" : "abroad"', 'domestic'],
  ];
  for (const [expression, value] of cases) {
    it(`${expression} is ${JSON.stringify(value)}`, () => {
      expect(evaluate(expression).value).toEqual(value);
    });
  }

  it('works a var out once per row and lets it use the vars above', () => {
    const vars = { a: 'lookup("gender", "nobody" + variant.sku)', b: 'default(vars.a, "none")' };
    const { value, notes } = evaluate('vars.b + "/" + default(vars.a, "x")', BAG, vars);
    expect(value).toBe('none/x');
    expect(notes).toEqual(['lookup table "gender" has no entry for "nobody24-mb01"']);
  });

  it('writes amounts of a var only when they reach an attribute', () => {
    expect(evaluate('vars.p.minor + 1', BAG, { p: 'variant.price' }).value).toBe(3401);
    expect(evaluate('vars.p', BAG, { p: 'variant.price' }).value).toBe('34.00 USD');
  });

  it('forgets nothing between products and keeps nothing of another one', () => {
    const mapping = loaded('connector: shop\nattributes:\n  t: upper(product.title) + variant.sku\n');
    expect(listing(mapping)).toEqual({ t: 'JOUST DUFFLE BAG24-MB01' });
    expect(listing(mapping, rowWith({ product: { title: 'Mat' } }))).toEqual({ t: 'MAT24-MB01' });
    expect(listing(mapping, { ...BAG, variant: { ...BAG.variant, sku: 'B' } })).toEqual({
      t: 'JOUST DUFFLE BAGB',
    });
  });

  it('hands out each outcome for good: later rows change nothing of it', () => {
    const mapping = loaded('connector: shop\nattributes:\n  n: number(variant.options.size)\n');
    const run = (size: string) => mapping.run(rowWith({ variant: { options: { size } } }), TODAY);
    const first = run('1');
    const second = run('XS');
    const third = run('2');
    expect([first, second, third].map(({ notes }) => notes.length)).toEqual([0, 1, 0]);
    expect([first, third]).toMatchObject([{ attributes: { n: 1 } }, { attributes: { n: 2 } }]);
  });

  it('works a var anew for each row', () => {
    const mapping = loaded(
      'connector: shop\nvars: { s: upper(variant.sku) }\nattributes: { a: vars.s, b: vars.s + "!" }\n',
    );
    const skus = ['a', 'b'].map((sku) => listing(mapping, { ...BAG, variant: { ...BAG.variant, sku } }));
    expect(skus).toEqual([
      { a: 'A', b: 'A!' },
      { a: 'B', b: 'B!' },
    ]);
  });

  it('takes a whole number wherever a number is wanted', () => {
    expect(evaluate('clamp(stock.available, 0, 12.5)').value).toBe(12.5);
    expect(evaluate('tier(stock.available, [20, 50], ["low", "mid", "high"])').value).toBe('high');
    expect(evaluate('stock.available.between(1, 100)').value).toBe(true);
  });

  it('notes bad data in a constant for every row', () => {
    const mapping = loaded('connector: shop\nattributes:\n  n: number("x")\n');
    const counts = [1, 2].map(() => mapping.run(BAG, TODAY).notes.length);
    expect(counts).toEqual([1, 1]);
  });

  it('does the work on a product once for all its variants', () => {
    const mapping = loaded(
      'connector: shop\nattributes:\n  n: product.images.map(i, number(i)) + [1.5]\n  m: size(product.images.map(i, number(i))) + variant.position\n',
    );
    const first = mapping.run(BAG, TODAY);
    const second = mapping.run({ ...BAG, variant: { ...BAG.variant, position: 2 } }, TODAY);
    expect(first).toMatchObject({ attributes: { n: [1.5], m: 3 } });
    expect(second).toMatchObject({ attributes: { n: [1.5], m: 4 } });
    expect([first.notes.length, second.notes.length]).toEqual([4, 0]);
  });

  it('works the day anew for each run', () => {
    const mapping = loaded('connector: shop\nattributes:\n  d: date(today)\n');
    expect(mapping.readsToday).toBe(true);
    expect(mapping.run(BAG, TODAY)).toMatchObject({ attributes: { d: '2026-11-24' } });
    expect(mapping.run(BAG, '2026-11-25T00:00:00.000Z')).toMatchObject({ attributes: { d: '2026-11-25' } });
  });
});

describe('structures', () => {
  it('drops blank members, and a map whose computed members are all blank', () => {
    const mapping = loaded(`connector: shop
attributes:
  detail:
    - section: '"Fabric"'
      value: text(product.attributes.material)
    - section: '"Brand"'
      value: product.brand
    - section: '"Always"'
      value: { $text: 007 }
  offer:
    currency: variant.price.currency
    sale: variant.salePrice
    prices:
      - amount: amount(variant.price)
  gone:
    a: product.brand
    b: 3
  list: [product.brand, variant.sku]
  measures: variant.weight
  bare: 7
  yes: true
`);
    expect(listing(mapping)).toEqual({
      detail: [
        { section: 'Fabric', value: 'Nylon, Mesh' },
        { section: 'Always', value: '007' },
      ],
      offer: { currency: 'USD', prices: [{ amount: 34 }] },
      list: ['24-MB01'],
      measures: '2 lb',
      bare: 7,
      yes: true,
    });
  });

  it('does not take a map that looks like a measure for one', () => {
    const mapping = loaded(`connector: shop
attributes:
  package:
    $when: has(variant.weight)
    value: inUnit(variant.weight, "lb").value
    unit: '"pounds"'
`);
    expect(listing(mapping)).toEqual({ package: { value: 2, unit: 'pounds' } });
    const { weight: _none, ...light } = BAG.variant;
    expect(listing(mapping, { ...BAG, variant: light })).toEqual({});
  });

  it('repeats a map for each entry of a list or table', () => {
    const mapping = loaded(`connector: shop
params:
  rates:
    type: table
    columns: { country: text, service: text, fee: money }
    default:
      - { country: US, service: Standard, fee: 4.90 USD }
      - { country: DE, service: Standard, fee: 3.90 EUR }
      - { country: US, service: Express }
attributes:
  shipping:
    $each: params.rates
    $as: rate
    $when: rate.country == channel.country
    service: rate.service
    price: rate.fee
  pictures:
    $each: product.images
    $as: picture
    $value: picture.upper()
  colours:
    $each: product.tags
    $as: tag
    name: tag
`);
    expect(listing(mapping)).toEqual({
      shipping: [{ service: 'Standard', price: '4.90 USD' }, { service: 'Express' }],
      pictures: ['HTTPS://SHOP.EXAMPLE/A.JPG', 'HTTPS://SHOP.EXAMPLE/NO.JPG'],
    });
  });

  it('keeps entries of nested loops and of vars apart', () => {
    const mapping = loaded(`connector: shop
vars:
  shouts: product.attributes.material.map(m, upper(m))
attributes:
  x:
    $each: product.attributes.material
    $as: m
    name: m
    all: vars.shouts.map(s, s + "/" + m)
`);
    expect(listing(mapping)).toEqual({
      x: [
        { name: 'Nylon', all: ['NYLON/Nylon', 'MESH/Nylon'] },
        { name: 'Mesh', all: ['NYLON/Mesh', 'MESH/Mesh'] },
      ],
    });
  });

  it('refuses an entry name that hides another one', () => {
    const { mapping, diagnostics } = load(
      'connector: shop\nattributes:\n  x:\n    $each: product.images\n    $as: variant\n    a: variant\n',
    );
    expect(mapping).toBeNull();
    expect(diagnostics[0]).toMatchObject({ line: 5, column: 10, code: 'bad_entry_name' });
  });
});

describe('maps of the file', () => {
  it('are not kept alive by what is written out, however deep it stands', () => {
    const fixed = '{ z: \'"fixed"\', deeper: [{ n: 3 }, { $text: words }] }';
    const mapping = loaded(
      `connector: shop\nattributes:\n  gone: { x: product.brand, y: ${fixed} }\n  whole: { y: ${fixed} }\n  alive: { x: product.id, y: ${fixed} }\n`,
    );
    const y = { z: 'fixed', deeper: [{ n: 3 }, 'words'] };
    expect(listing(mapping)).toEqual({ whole: { y }, alive: { x: 'MB01', y } });
  });

  it('do not take a whole number that JavaScript would change', () => {
    expect(load('connector: shop\nattributes: { x: 9007199254740993 }\n').diagnostics).toMatchObject([
      { code: 'number_too_large', line: 2, hint: expect.stringContaining('$text: 9007199254740993') },
    ]);
  });
});
