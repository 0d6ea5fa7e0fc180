import { describe, expect, it } from 'vitest';
import { BAG, faults, listing, loaded, rowWith, TODAY } from './mapping-fixture.js';

describe('rules', () => {
  it('apply from top to bottom, and see what the ones above did', () => {
    const mapping = loaded(`connector: shop
attributes: { title: product.title, price: variant.price }
rules:
  - name: organic
    when: product.attributes.eco == true
    set: { title: 'clip(words([listing.title, "– organic"]), 150)' }
  - name: twice
    set: { copy: listing.title, cost: listing.price }
`);
    expect(listing(mapping)).toEqual({
      title: 'Joust Duffle Bag – organic',
      price: '34.00 USD',
      copy: 'Joust Duffle Bag – organic',
      cost: '34.00 USD',
    });
  });

  it('append to a list, make one of a single value, and remove', () => {
    const mapping = loaded(`connector: shop
attributes: { one: '"a"', many: product.attributes.material, label: '"x"' }
rules:
  - name: more
    append:
      one: '"b"'
      many: ['"c"', product.brand]
      fresh: '"d"'
      none: product.brand
    remove: [label, unknown]
  - name: blank removes
    set: { one: product.brand }
`);
    expect(listing(mapping)).toEqual({ many: ['Nylon', 'Mesh', 'c'], fresh: ['d'] });
  });

  it('take the first case that holds', () => {
    const mapping = loaded(`connector: shop
rules:
  - name: tier
    when: has(variant.price)
    cases:
      - when: variant.price < price("30.00 USD")
        set: { tier: '"entry"' }
      - when: variant.price < price("50.00 USD")
        set: { tier: '"core"' }
      - set: { tier: '"top"' }
`);
    const at = (minor: number) =>
      listing(mapping, rowWith({ variant: { price: { minor, currency: 'USD' } } })).tier;
    expect([at(2999), at(3000), at(5000)]).toEqual(['entry', 'core', 'top']);
    expect(mapping.readsOf.get('tier')).toEqual(new Set(['price']));
  });

  it('make an attribute depend on the cases above the one that sets it', () => {
    const mapping = loaded(`connector: shop
rules:
  - name: a
    cases:
      - when: stock.available > 3
        set: { many: 1 }
      - when: has(variant.gtin)
        set: { few: 1 }
      - set: { rest: 1 }
`);
    const groups = (name: string) => [...(mapping.readsOf.get(name) ?? [])].sort();
    expect([groups('many'), groups('few'), groups('rest')]).toEqual([
      ['stock'],
      ['content', 'stock'],
      ['content', 'stock'],
    ]);
  });

  it('exclude with their reason, whatever stands below', () => {
    const mapping = loaded(`connector: shop
attributes: { x: product.id }
rules:
  - name: not here
    when: inCategory(product.categories, "Gear")
    exclude: sold through a partner
  - name: never
    set: { y: 1 }
`);
    expect(mapping.run(BAG, TODAY)).toEqual({
      kind: 'excluded',
      reason: 'sold through a partner',
      notes: [],
    });
    expect(listing(mapping, rowWith({ product: { categories: ['Sale'] } }))).toEqual({ x: 'MB01', y: 1 });
    expect(mapping.reads).toEqual(new Set(['product']));
  });

  it('that are switched off do nothing, but are still checked', () => {
    const text = (set: string) =>
      `connector: shop\nrules:\n  - name: a\n    off: true\n    set: { x: ${set} }\n`;
    expect(listing(loaded(text('1')))).toEqual({});
    expect(faults(text('product.titel'))[0]).toMatch(/there is no field "titel"/);
  });

  it('come before overrides', () => {
    const mapping = loaded(
      'connector: shop\nattributes: { x: product.id, z: 1 }\nrules:\n  - name: a\n    set: { x: 2 }\n',
    );
    expect(listing(mapping, BAG, { attributes: { x: 'by hand', z: null, y: [1] } })).toEqual({
      x: 'by hand',
      y: [1],
    });
    expect(mapping.run(BAG, TODAY, { exclude: 'recalled' })).toMatchObject({
      kind: 'excluded',
      reason: 'recalled',
    });
  });

  it('are named with the first condition of the selection that does not hold', () => {
    const mapping = loaded(`connector: shop
select:
  has a price: variant.price.minor > 0
  is not a sample: '!mentions(product.title, "sample")'
attributes: { x: product.id }
`);
    expect(mapping.run(rowWith({ product: { title: 'Fabric sample' } }), TODAY)).toMatchObject({
      reason: 'is not a sample',
    });
    const { price: _none, ...free } = BAG.variant;
    expect(mapping.run({ ...BAG, variant: free }, TODAY)).toMatchObject({
      kind: 'excluded',
      reason: 'has a price',
    });
  });
});

describe('what a mapping reads', () => {
  it('of a product as a whole goes with its stock, even inside work that is kept with the product', () => {
    const mapping = loaded(`connector: shop
vars: { many: product.available > 10 }
attributes:
  x: text(product.available)
  y: when(vars.many, product.title)
`);
    expect(mapping.readsSiblings).toBe(true);
    expect(mapping.readsOf.get('x')).toEqual(new Set(['stock']));
    expect(mapping.readsOf.get('y')).toEqual(new Set(['product', 'stock']));
    expect(listing(mapping, { ...BAG, productAvailable: 12 })).toEqual({ x: '12', y: 'Joust Duffle Bag' });
    expect(listing(mapping, { ...BAG, productAvailable: 3 })).toEqual({ x: '3' });
    expect(listing(mapping, BAG)).toEqual({});
  });

  it('is known per attribute, through vars and rules', () => {
    const mapping = loaded(`connector: shop
select: { listed: product.status == "active" }
vars: { reduced: variant.salePrice < variant.price }
attributes:
  title: product.title
  color: variant.options["color"]
  material: variant.attributes.material
  price: when(vars.reduced, variant.salePrice, variant.price)
  availability: when(stock.available > 0, "in", "out")
  range: product.priceFrom
  fixed: '"x"'
rules:
  - name: label
    when: stock.available < 3
    set: { title: listing.title + "!" }
  - name: copy
    set: { copy: listing.color, free: product.attributes.eco }
`);
    expect(
      Object.fromEntries([...mapping.readsOf].map(([name, groups]) => [name, [...groups].sort()])),
    ).toEqual({
      title: ['product', 'stock'],
      color: ['content'],
      material: ['attributes', 'content'],
      price: ['price'],
      availability: ['stock'],
      range: ['price', 'product'],
      fixed: [],
      copy: ['content'],
      free: ['attributes', 'product'],
    });
    expect([...mapping.reads].sort()).toEqual(['attributes', 'content', 'price', 'product', 'stock']);
    expect(mapping.readsToday).toBe(false);
    expect(mapping.readsSiblings).toBe(false);
  });
});

describe('a rule that excludes', () => {
  it('does so after its cases, so that the reason of a case is the one shown', () => {
    const mapping = loaded(`connector: shop
attributes: { x: product.id }
rules:
  - name: out
    exclude: not wanted
    cases:
      - { when: variant.options.color == "Blue", exclude: blue is sold out }
`);
    expect(mapping.run(BAG, TODAY)).toMatchObject({ kind: 'excluded', reason: 'blue is sold out' });
    expect(mapping.run(rowWith({ variant: { options: {} } }), TODAY)).toMatchObject({ reason: 'not wanted' });
  });
});
