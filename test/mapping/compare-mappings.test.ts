import { describe, expect, it } from 'vitest';
import { ComparedMappings } from '../../src/mapping/compare-mappings.js';
import { mappingDifference } from '../../src/mapping/mapping-difference.js';
import { LoadedMapping } from '../../src/mapping/run.js';
import type { MappingOutcome, MappingRow } from '../../src/mapping/types.js';
import { BAG, loaded, TODAY } from './mapping-fixture.js';

const BASE = `connector: shop
params:
  most: { type: int, default: 40 }
select:
  has a price: has(variant.price)
vars:
  name: clip(product.title, params.most)
  named: words([vars.name, variant.options.color])
attributes:
  title: vars.named
  price: variant.price
  brand: gtin(product.title)
  note: lookup("gender", product.type)
`;
const RULED = `${BASE}rules:
  - name: all are red
    set: { color: '"red"' }
  - name: cheap
    when: listing.title == "Joust"
    append: { note: '"cheap"' }
  - name: not bags
    when: product.id == "MB02"
    exclude: no bags
`;

function mapping(text: string): LoadedMapping {
  const made = loaded(text);
  if (!(made instanceof LoadedMapping)) throw new Error('it is one');
  return made;
}

const of = (id: string, more: Partial<MappingRow['variant']> = {}): MappingRow => ({
  ...BAG,
  product: { ...BAG.product, id },
  variant: { ...BAG.variant, sku: `${id}-1`, ...more },
});
const { price: _none, ...priceless } = BAG.variant;
const ROWS: readonly MappingRow[] = [
  BAG,
  of('MB02'),
  { ...BAG, product: { ...BAG.product, id: 'MB03' }, variant: priceless },
  of('MB04', { price: { minor: 0, currency: 'USD' } }),
];

/** Lines move when a mapping is edited, and what both share is noted once. */
function told(outcome: MappingOutcome) {
  return {
    ...outcome,
    notes: outcome.notes.map(({ attribute, message }) => `${attribute}: ${message}`).sort(),
  };
}

const EDITS: readonly (readonly [what: string, edit: (text: string) => string])[] = [
  ['nothing', (text) => `${text}# said again\n`],
  ['an attribute', (text) => text.replace('price: variant.price\n', 'price: variant.cost\n')],
  [
    'a var that another var uses',
    (text) => text.replace('clip(product.title, ', 'clip(upper(product.title), '),
  ],
  ['a parameter', (text) => text.replace('default: 40', 'default: 5')],
  ['the selection', (text) => text.replace('has(variant.price)', 'variant.price.minor > 0')],
  ['an attribute less', (text) => text.replace('  price: variant.price\n', '')],
  ['the reason of an exclusion', (text) => text.replace('no bags', 'bags are sold elsewhere')],
  ['the value of a rule', (text) => text.replace('"red"', '"blue"')],
  ['what a rule reads', (text) => text.replace('title: vars.named', 'title: \'"Joust"\'')],
  [
    'a rule more',
    (text) => `${text}${text.includes('rules:') ? '' : 'rules:\n'}  - name: new\n    set: { brand: '"A"' }\n`,
  ],
];

describe.each([
  ['without rules', BASE],
  ['with rules', RULED],
])('two mappings side by side, %s', (_which, base) => {
  it.each(EDITS)('come to what each of them makes alone when an edit changes %s', (_what, edit) => {
    const compared = new ComparedMappings(mapping(base), mapping(edit(base)));
    for (const row of ROWS) {
      const before = told(mapping(base).run(row, TODAY));
      const after = told(mapping(edit(base)).run(row, TODAY));
      const made = compared.run(row, TODAY, { override: undefined, observer: { asked() {}, changed() {} } });
      if (made === null) expect(after).toEqual(before);
      else expect([told(made.before), told(made.after)]).toEqual([before, after]);
    }
  });
});

describe('what two mappings differ in', () => {
  const changedBy = (edit: (text: string) => string, base = BASE) =>
    mappingDifference(mapping(base), mapping(edit(base)));

  it('is one attribute when one is edited, and all that use a var or parameter when that is', () => {
    const one = changedBy((text) => text.replace('price: variant.price\n', 'price: variant.cost\n'));
    expect(one).toEqual({ sameSelection: true, sameRules: true, changed: new Set(['price']) });
    const used = changedBy((text) => text.replace('default: 40', 'default: 5'));
    expect(used?.changed).toEqual(new Set(['title']));
  });

  it('reaches the rules when one of them reads or writes the attribute', () => {
    const title = changedBy((text) => text.replace('title: vars.named', 'title: product.id'), RULED);
    expect(title?.sameRules).toBe(false);
    const price = changedBy((text) => text.replace('price: variant.price\n', 'price: variant.cost\n'), RULED);
    expect(price?.sameRules).toBe(true);
  });

  it('is everything when texts are taken in another language', () => {
    expect(changedBy((text) => `${text}language: de\n`)).toBeNull();
  });
});
