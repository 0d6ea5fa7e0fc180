import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepSearchWords } from '../../src/catalog/keep-search-words.js';
import { wordsIn } from '../../src/catalog/search-words.js';
import { systemClock } from '../../src/clock.js';
import type { SourceProduct } from '../../src/domain/product.js';
import { type FieldFilter, fits } from '../../src/views/field-filter.js';
import { facetTerm, type ProductTerm, textTerms } from '../../src/views/find-products.js';
import { listProducts } from '../../src/views/list-products.js';
import { fillCatalog, smallCatalog } from '../support/catalog.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

function mug(n: number): SourceProduct {
  return {
    product: { id: `mug-${n}`, title: `Crème mug number ${n}`, brand: 'Acme', status: 'active' },
    variants: [{ sku: `MUG/${n}`, content: {}, offer: { price: { minor: 100 * n, currency: 'EUR' } } }],
  };
}

onEachDatabase('products', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await fill([...smallCatalog(), ...[1, 2, 3, 4, 5].map(mug)]);
  });
  afterEach(() => test.dispose());

  async function fill(products: readonly SourceProduct[]): Promise<void> {
    await fillCatalog(test.database, products, systemClock);
    await keepSearchWords(test.database);
  }
  const list = (
    terms: readonly ProductTerm[],
    field: FieldFilter | null = null,
    limit = 50,
    cursor: string | null = null,
  ) => listProducts(test.database, { terms, field, channels: ['shop'] }, { cursor, limit });
  const ids = async (terms: readonly ProductTerm[], field: FieldFilter | null = null) =>
    (await list(terms, field)).items.map(({ id }) => id);
  const find = (text: string) => ids(textTerms(text));

  it('are found by words of title and brand, by SKU and by barcode, as the beginning of a word', async () => {
    expect(await find('linen')).toEqual(['shirt']);
    expect(await find('fern sh')).toEqual(['shirt']);
    expect(await find('4006381333931')).toEqual(['lamp']);
    expect(await find('00012345')).toEqual(['lamp']);
    expect(await find('mug/3')).toEqual(['mug-3']);
    expect(await find('creme MUG')).toHaveLength(5);
    expect(await find('linen lamp')).toEqual([]);
    expect(await find('%')).toEqual([]);
  });

  it('are found by what they are called now, and not by what they were called', async () => {
    const [first = mug(0)] = smallCatalog();
    await fill([
      { ...first, product: { ...first.product, title: 'Hemp blouse' } },
      ...smallCatalog().slice(1),
    ]);
    expect(await find('hemp')).toEqual(['shirt']);
    expect(await find('linen')).toEqual([]);
    expect(await find('mug')).toEqual([]); // ended: no longer in its source
    expect(await keepSearchWords(test.database)).toBe(0);
  });

  it('are found by brand, source and status exactly', async () => {
    expect(await ids([facetTerm('brand', 'acme')])).toHaveLength(5);
    expect(await ids([facetTerm('brand', 'ac')])).toEqual([]);
    expect(await ids([facetTerm('source', 'shop'), ...textTerms('lamp')])).toEqual(['lamp']);
    expect(await ids([facetTerm('status', 'archived')])).toEqual([]);
  });

  it('are found by any field of product or variant', async () => {
    expect(await ids([], { field: 'attributes.material', operator: 'is', value: 'linen' })).toEqual([
      'shirt',
    ]);
    expect(await ids([], { field: 'options.size', operator: 'is', value: 'M' })).toEqual(['shirt']);
    expect(await ids([], { field: 'price', operator: 'below', value: '3' })).toEqual(['mug-1', 'mug-2']);
    expect(
      await ids([facetTerm('brand', 'acme')], { field: 'gtin', operator: 'empty', value: '' }),
    ).toHaveLength(5);
    expect(await ids([], { field: 'gtin', operator: 'filled', value: '' })).toEqual(['lamp']);
  });

  it('come page by page, with their number on the first', async () => {
    const first = await list(textTerms('mug'), null, 2);
    expect(first).toMatchObject({ total: { rows: 5, exact: true } });
    const second = await list(textTerms('mug'), null, 2, first.next);
    const third = await list(textTerms('mug'), null, 2, second.next);
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `mug-${n}`),
    );
    expect([second.total, third.next]).toEqual([null, null]);
  });

  it('tell prices, stock less what is promised, and the SKU of a single variant', async () => {
    await test.database.run(
      "INSERT INTO reservation (channel, external_id, line_id, sku, quantity, at) VALUES ('m', '1', '1', 'SHIRT-S', 2, 'now')",
    );
    const [shirt, lamp, ...mugs] = (await list([])).items;
    expect(shirt).toMatchObject({
      variants: 3,
      sku: null,
      available: 6,
      priceFrom: { minor: 1999, currency: 'USD' },
    });
    expect(lamp).toMatchObject({
      variants: 1,
      sku: '00012345',
      available: 12,
      image: expect.stringMatching(/^\/api\/v1\/images\/product%3Alamp\?v=[0-9a-f]{12}$/),
    });
    expect(mugs[0]).toMatchObject({ available: null });
  });
});

describe('a field filter', () => {
  const ask = (operator: FieldFilter['operator'], value = '') => ({ field: 'x', operator, value });
  it('takes a missing value for empty and for nothing else', () => {
    expect(fits(undefined, ask('empty'))).toBe(true);
    expect(fits(undefined, ask('below', '5'))).toBe(false);
    expect(fits(undefined, ask('is', ''))).toBe(false);
    expect(fits(0, ask('empty'))).toBe(false);
  });
  it('compares amounts in whole units of their own currency', () => {
    expect(fits({ minor: 1_999, currency: 'EUR' }, ask('below', '20'))).toBe(true);
    expect(fits({ minor: 1_999, currency: 'JPY' }, ask('below', '20'))).toBe(false);
  });
  it('is true of a list when one of its values is', () => {
    expect(fits(['Wool', 'Silk'], ask('is', 'silk'))).toBe(true);
    expect(fits(['Wool', 'Silk'], ask('is-not', 'silk'))).toBe(false);
  });
});

it('words have small letters, no accents and no signs', () => {
  expect(wordsIn('Crème-Brûlée 42" ÅNGSTRÖM 日本')).toEqual(['creme', 'brulee', '42', 'angstrom', '日本']);
});
