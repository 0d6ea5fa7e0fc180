import { describe, expect, it } from 'vitest';
import { explainListing } from '../../src/mapping/explain.js';
import { MOST_NOTES, missTexts, NoteTally, noteCountText } from '../../src/mapping/notes.js';
import { BAG, loaded, memorySources, rowWith, TODAY } from './mapping-fixture.js';

const MAPPING = loaded('', {
  file: 'top.yaml',
  sources: memorySources({
    default: `connector: shop
params: { brand: Acme }
select:
  has a price: variant.price.minor > 0
  is wanted: product.status == "active"
vars:
  brand: default(product.brand, params.brand)
attributes:
  title: clip(words([vars.brand, product.title]), 150)
  brand: vars.brand
  gtin: gtin(variant.gtin)
  size: 'stock.available > 0 ? variant.options.color : product.type'
`,
    'top.yaml': `connector: shop
extends: default
attributes:
  price: variant.price
rules:
  - name: organic
    when: product.attributes.eco == true
    set: { title: 'listing.title + " – organic"' }
`,
  }),
});

describe('explain', () => {
  it('tells every step of every attribute, with the sources of the branches that ran', () => {
    const explained = explainListing(MAPPING, BAG, TODAY, { attributes: { brand: 'By hand' } });
    expect(explained).toMatchObject({
      sku: '24-MB01',
      channel: 'google-us',
      outcome: 'listing',
      mappingRevision: MAPPING.revision,
      excluded: null,
      selectedBy: ['has a price', 'is wanted'],
    });
    const of = (name: string) => explained.attributes.find((attribute) => attribute.name === name);
    expect(of('title')).toEqual({
      name: 'title',
      value: 'Acme Joust Duffle Bag – organic',
      lane: 'content',
      steps: [
        {
          by: 'default',
          at: 'shop.yaml:9:10',
          expression: 'clip(words([vars.brand, product.title]), 150)',
          value: 'Acme Joust Duffle Bag',
          sources: { 'product.brand': null, 'params.brand': 'Acme', 'product.title': 'Joust Duffle Bag' },
        },
        {
          by: 'rule',
          name: 'organic',
          at: 'top.yaml:8:19',
          expression: 'listing.title + " – organic"',
          when: { 'product.attributes.eco': true },
          value: 'Acme Joust Duffle Bag – organic',
          sources: { 'listing.title': 'Acme Joust Duffle Bag' },
        },
      ],
      notes: [],
    });
    expect(of('brand')).toMatchObject({
      value: 'By hand',
      steps: [
        { by: 'default', sources: { 'params.brand': 'Acme' } },
        { by: 'override', value: 'By hand' },
      ],
    });
    expect(of('gtin')).toMatchObject({ value: null, steps: [{ sources: { 'variant.gtin': null } }] });
    expect(of('price')).toMatchObject({ lane: 'offer', steps: [{ by: 'mapping', at: 'top.yaml:4:10' }] });
    expect(of('size')).toMatchObject({
      lane: 'offer',
      steps: [{ sources: { 'stock.available': 100, 'variant.options.color': 'Blue' } }],
    });
    expect(Object.keys(of('size')?.steps[0]?.sources ?? {})).not.toContain('product.type');
  });

  it('gives the very listing the run gives', () => {
    const outcome = MAPPING.run(BAG, TODAY);
    const explained = explainListing(MAPPING, BAG, TODAY);
    const values = Object.fromEntries(
      explained.attributes.filter(({ value }) => value !== null).map(({ name, value }) => [name, value]),
    );
    expect(outcome).toMatchObject({ kind: 'listing', attributes: values });
  });

  it('shows the condition that failed with what it read', () => {
    const explained = explainListing(MAPPING, rowWith({ product: { status: 'draft' } }), TODAY);
    expect(explained).toMatchObject({
      outcome: 'excluded',
      excluded: { reason: 'is wanted', sources: { 'product.status': 'draft' } },
      selectedBy: ['has a price'],
      attributes: [],
    });
  });

  it('shows the note and the sources of a var with every attribute that uses it', () => {
    const mapping = loaded(
      'connector: shop\nvars: { n: number(variant.options.color) }\nattributes: { a: vars.n, b: vars.n + 1, c: product.id }\n',
    );
    const { attributes } = explainListing(mapping, rowWith({}), TODAY);
    const noted = attributes.map(({ name, notes, steps }) => [name, notes.length, steps[0]?.sources]);
    expect(noted).toEqual([
      ['a', 1, { 'variant.options.color': 'Blue' }],
      ['b', 1, { 'variant.options.color': 'Blue' }],
      ['c', 0, { 'product.id': 'MB01' }],
    ]);
  });

  it('shows notes with their attribute', () => {
    const explained = explainListing(MAPPING, rowWith({ variant: { gtin: '123' } }), TODAY);
    const gtin = explained.attributes.find(({ name }) => name === 'gtin');
    expect(gtin?.notes).toHaveLength(1);
    expect(gtin?.notes[0]).toContain('123');
  });
});

describe('notes', () => {
  it('are counted by attribute and pattern, the first one kept as an example', () => {
    const mapping = loaded('connector: shop\nattributes:\n  n: number(variant.options.size)\n');
    const tally = new NoteTally();
    for (const [sku, size] of [
      ['A', 'XS'],
      ['B', 'S'],
      ['C', '3'],
    ] as const) {
      const outcome = mapping.run(rowWith({ variant: { sku, options: { size } } }), TODAY);
      tally.add(sku, outcome.notes);
    }
    const [count] = tally.all();
    expect(tally.all()).toHaveLength(1);
    expect(count).toMatchObject({ attribute: 'n', line: 3, count: 2, first: { sku: 'A' } });
    expect(count && noteCountText(count)).toBe(
      '2 variants: attributes.n: "…" is not a number (first: A, "XS")',
    );
  });

  it('count what a lookup table does not have, by key', () => {
    const mapping = loaded('connector: shop\nattributes:\n  g: lookup("gender", variant.options.who)\n');
    const notes = (who: string) => mapping.run(rowWith({ variant: { options: { who } } }), TODAY).notes;
    expect(notes('Ladies')).toEqual([]);
    expect(notes('Robots')).toMatchObject([
      { attribute: 'g', pattern: 'lookup table "gender" has no entry for "robots"' },
    ]);
  });

  it('list the keys a lookup table lacks in one line per table, whoever asked, the commonest first', () => {
    const mapping = loaded(
      'connector: shop\nattributes:\n  a: lookup("gender", variant.options.who)\n  b: lookup("gender", variant.options.too)\n',
    );
    const tally = new NoteTally();
    for (const [who, too] of [
      ['Robots', 'beige'],
      ['men', 'robots'],
      ['ROBOTS', 'grey'],
    ] as const)
      tally.add('A', mapping.run(rowWith({ variant: { options: { who, too } } }), TODAY).notes);
    expect(missTexts(tally.all())).toEqual(['gender: robots 3, beige 1, grey 1']);
  });

  it('keep no more different ones than their bound and count the rest', () => {
    const mapping = loaded('connector: shop\nattributes:\n  g: lookup("gender", variant.sku)\n');
    const tally = new NoteTally();
    for (let n = 0; n < MOST_NOTES + 7; n++)
      tally.add(`S${n}`, mapping.run(rowWith({ variant: { sku: `S${n}` } }), TODAY).notes);
    expect(tally.all()).toHaveLength(MOST_NOTES);
    expect(tally).toMatchObject({ dropped: 7, total: MOST_NOTES + 7 });
  });

  it('of conditions are told apart from those of attributes', () => {
    const mapping = loaded(
      'connector: shop\nselect:\n  dear: variant.price > price("1.00 EUR") || true\nattributes:\n  n: number(variant.options.color)\n',
    );
    const explained = explainListing(mapping, rowWith({}), TODAY);
    expect(explained.notes).toEqual(['USD and EUR cannot be compared']);
    expect(explained.attributes[0]?.notes).toEqual(['"Blue" is not a number']);
  });
});
