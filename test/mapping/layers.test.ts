import { describe, expect, it } from 'vitest';
import {
  BAG,
  CHANNEL,
  faults,
  listing,
  type load,
  loaded,
  memorySources,
  rowWith,
} from './mapping-fixture.js';

const BASE = `connector: shop
params:
  brand: { type: text }
  fee: { type: money, default: 4.90 USD }
  limit: 20
select:
  has a price: variant.price.minor > 0
  is wanted: product.status == "active"
vars:
  brand: default(product.brand, params.brand)
  name: words([vars.brand, product.title])
attributes:
  title: clip(vars.name, params.limit)
  brand: vars.brand
  fee: params.fee
  note: '"base"'
rules:
  - name: first
    set: { a: '"1"' }
  - name: second
    set: { b: '"2"' }
`;

function layered(top: string, more: Parameters<typeof load>[1] = {}) {
  return loaded('', { file: 'top', sources: memorySources({ default: BASE, top }), ...more });
}

describe('layers', () => {
  it('compile once, so a parameter of the merchant reaches the title of the default', () => {
    const mapping = layered('connector: shop\nextends: default\nparams: { brand: Acme }\n');
    expect(listing(mapping)).toEqual({
      title: 'Acme Joust Duffle',
      brand: 'Acme',
      fee: '4.90 USD',
      note: 'base',
      a: '1',
      b: '2',
    });
  });

  it('merge by name: a var moves everything that uses it, null takes away', () => {
    const mapping = layered(`connector: shop
extends: default
select: { has a price: null, is blue: variant.options.color == "Blue" }
vars: { brand: '"Own"' }
attributes: { note: null, brand: ~, extra: params.limit }
rules:
  - name: second
    set: { b: '"own"' }
  - name: first
    off: true
`);
    expect(listing(mapping, rowWith({ variant: { price: { minor: 0, currency: 'USD' } } }))).toEqual({
      title: 'Own Joust Duffle Bag',
      fee: '4.90 USD',
      extra: 20,
      b: 'own',
    });
    const red = rowWith({ variant: { options: { color: 'Red' } } });
    expect(mapping.run(red, '2026-11-24T00:00:00.000Z')).toMatchObject({
      kind: 'excluded',
      reason: 'is blue',
    });
  });

  it('let the channel set parameters last, and refuse what does not fit', () => {
    const top = 'connector: shop\nextends: default\nparams: { brand: Acme, fee: 1.00 USD }\n';
    expect(listing(layered(top, { params: { fee: '3.90 EUR', brand: 'B' } }))).toMatchObject({
      fee: '3.90 EUR',
      brand: 'B',
    });
    const sources = memorySources({ default: BASE, top });
    expect(faults('', { file: 'top', sources, params: { fee: 3.9 } })[0]).toMatch(
      /the channel's value for "fee" is not money: 3.9/,
    );
    expect(faults('', { file: 'top', sources, params: { fees: '1.00 USD' } })[0]).toMatch(
      /did you mean fee\?/,
    );
  });

  it('ask the channel for a required parameter', () => {
    const text =
      'connector: shop\nparams:\n  shop: { type: text, required: true }\nattributes: { x: params.shop }\n';
    expect(faults(text)).toEqual(['3:3 the channel must set the parameter "shop"']);
    expect(faults(text, { params: { shop: 'A' } })).toEqual([]);
  });

  it('keep the spelling of a number where text is declared', () => {
    const text =
      'connector: shop\nparams:\n  code: { type: text, default: 007 }\nattributes: { x: params.code }\n';
    expect(listing(loaded(text))).toEqual({ x: '007' });
  });

  it('fold conditions on the channel and its parameters away', () => {
    const mapping = loaded(`connector: shop
attributes:
  x: 'channel.country == "CH" ? text(stock.available) : product.id'
  y: when(channel.currency in ["USD", "EUR"] && channel.country != "CH", variant.sku, text(stock.available))
`);
    expect(listing(mapping)).toEqual({ x: 'MB01', y: '24-MB01' });
    expect(mapping.readsOf.get('x')).toEqual(new Set(['product']));
    expect(mapping.readsOf.get('y')).toEqual(new Set(['content']));
    expect(
      loaded('connector: shop\nattributes: { x: channel.country }\n', {
        channel: { ...CHANNEL, country: 'CH' },
      }).run(BAG, ''),
    ).toMatchObject({ attributes: { x: 'CH' } });
  });

  it('refuse cycles, missing bases, another type for a var, and rules named twice', () => {
    const cycle = memorySources({ a: 'connector: shop\nextends: b\n', b: 'connector: shop\nextends: a\n' });
    expect(faults('', { file: 'a', sources: cycle })).toEqual(['2:10 a mapping cannot extend itself']);
    expect(faults('connector: shop\nextends: nowhere\n')).toEqual(['2:10 there is no mapping "nowhere"']);
    const chain = Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [`f${n}`, `connector: shop\nextends: f${n + 1}\n`]),
    );
    expect(faults('', { file: 'f0', sources: memorySources(chain) })[0]).toMatch(/may extend 4 others/);
    const typed = memorySources({
      default: BASE,
      top: 'connector: shop\nextends: default\nvars: { brand: 3 }\n',
    });
    expect(faults('', { file: 'top', sources: typed })[0]).toMatch(
      /vars.brand is string in the mapping it extends, here it is int/,
    );
    expect(faults('connector: shop\nrules:\n  - name: a\n  - name: a\n')[0]).toBe(
      '4:11 there are two rules named "a"',
    );
  });

  it('change the revision when a file, a parameter or a lookup table changes', () => {
    const text = 'connector: shop\nparams: { a: x }\nattributes:\n  x: lookup("t", params.a)\n';
    const revision = (csv: string, params = {}, body = text) =>
      loaded('', { sources: memorySources({ default: body }, { t: csv }), params }).revision;
    const first = revision('key,value\nx,1\n');
    expect(revision('key,value\nx,1\n')).toBe(first);
    expect(revision('key,value\nx,2\n')).not.toBe(first);
    expect(revision('key,value\nx,1\n', { a: 'y' })).not.toBe(first);
    expect(revision('key,value\nx,1\n', {}, `${text}  y: 1\n`)).not.toBe(first);
  });
});

describe('the language of texts', () => {
  const row = rowWith({
    product: { translations: { de: { title: 'Tasche' }, en: { title: 'Bag', description: 'A bag' } } },
  });
  const text = (more: string) =>
    `connector: shop\n${more}attributes: { t: product.title, d: product.description }\n`;
  const german = { ...CHANNEL, language: 'de' };

  it('is the channel’s, without falling back', () => {
    expect(listing(loaded(text(''), { channel: german }), row)).toEqual({ t: 'Tasche' });
    expect(
      listing(loaded(text(''), { channel: { ...CHANNEL, language: 'fr' }, catalogLanguage: 'en' }), row),
    ).toEqual({});
  });

  it('may be named with fallbacks', () => {
    expect(listing(loaded(text('language: { use: fr, else: [en] }\n')), row)).toEqual({
      t: 'Bag',
      d: 'A bag',
    });
    expect(listing(loaded(text('language: de\n')), row)).toEqual({ t: 'Tasche' });
  });

  it('is that of the products’ own texts when the catalog says so', () => {
    expect(listing(loaded(text(''), { catalogLanguage: 'en-us' }))).toEqual({ t: 'Joust Duffle Bag' });
    expect(listing(loaded(text(''), { catalogLanguage: 'fr' }))).toEqual({});
  });
});

describe('free attributes', () => {
  const types = new Map([
    ['material', 'list of text'],
    ['margin', 'number'],
  ] as const);
  const text = (expression: string, more = '') => `connector: shop\n${more}attributes:\n  x: ${expression}\n`;

  it('have the type the catalog declares', () => {
    expect(
      listing(loaded(text('joined(product.attributes.material, "/")'), { catalogAttributes: types })),
    ).toEqual({ x: 'Nylon/Mesh' });
    expect(faults(text('product.attributes.margin + "x"'), { catalogAttributes: types })[0]).toMatch(
      /a number and text cannot be joined/,
    );
  });

  it('name the option that was meant, with how many variants have it', () => {
    const known = {
      catalogAttributes: new Map([['material', 'text' as const]]),
      catalogOptions: new Map([
        ['color', 1_856],
        ['monitor size', 1],
      ]),
    };
    const text = (path: string) => `connector: shop\nattributes: { x: '${path}' }\n`;
    expect(faults(text('product.attributes.colour'), known)).toEqual([
      '2:38 warning: no product has "colour"; 1,856 variants have option "color" = did you mean variant.options.color?',
    ]);
    expect(faults(text('variant.attributes["monitor size"]'), known)).toEqual([
      '2:39 warning: no product has "monitor size"; 1 variant has option "monitor size" = did you mean variant.options["monitor size"]?',
    ]);
    expect(faults(text('product.attributes.materal'), known)).toEqual([
      '2:38 warning: no product has an attribute "materal" = did you mean material?',
    ]);
  });

  it('warn when no product has the name, unless the mapping expects it', () => {
    expect(faults(text('product.attributes.materiel'), { catalogAttributes: types })).toEqual([
      '3:25 warning: no product has an attribute "materiel" = did you mean material?',
    ]);
    const expects = 'expects: { product.attributes.colour: text }\n';
    expect(faults(text('product.attributes.colour', expects), { catalogAttributes: types })).toEqual([]);
    const wrong = 'expects: { product.attributes.margin: text }\n';
    expect(faults(text('text(product.attributes.margin)', wrong), { catalogAttributes: types })[0]).toMatch(
      /the catalog has "margin" as number/,
    );
  });

  it('declared as a date but no instant become nothing with a note', () => {
    const dated = new Map([['since', 'date']] as const);
    const mapping = loaded(text('product.attributes.since'), { catalogAttributes: dated });
    const since = (value: string) => mapping.run(rowWith({ product: { attributes: { since: value } } }), '');
    expect(since('2026-11-26T23:00:00.000Z')).toMatchObject({
      attributes: { x: '2026-11-27T00:00+01:00' },
      notes: [],
    });
    expect(since('soon')).toMatchObject({ attributes: {}, notes: [{ attribute: 'x' }] });
  });

  it('become nothing with a note when a value does not fit', () => {
    const mapping = loaded(text('product.attributes.margin'), { catalogAttributes: types });
    const outcome = mapping.run(rowWith({ product: { attributes: { margin: 'much' } } }), '');
    expect(outcome).toMatchObject({
      attributes: {},
      notes: [{ attribute: 'x', line: 3, pattern: 'product.attributes.margin is not a number' }],
    });
  });
});
