import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attributeCensus } from '../../src/catalog/attribute-census.js';
import { AttributeTally } from '../../src/catalog/attribute-tally.js';
import { importSource } from '../../src/catalog/import.js';
import { importErrors } from '../../src/catalog/import-errors.js';
import type { AttributeValue, SourceProduct } from '../../src/domain/product.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { primary, product, variant } from './support.js';

/** Products whose variants have these values of `eco`. */
function bags(values: readonly AttributeValue[]): SourceProduct[] {
  return values.map((eco, n) => ({
    ...product(`P${n}`, [
      { ...variant(`S${n}`, 100), content: { options: { Color: 'Blue' }, attributes: { eco } } },
    ]),
    line: n + 2,
  }));
}

onEachDatabase('free attributes', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const complaints = async (importId: string) =>
    (await importErrors(test.database, importId, { from: 1, limit: 50 })).filter(
      ({ code }) => code === 'attribute_type',
    );

  it('have the type of most values; the others are told once per type, with their number and the first place', async () => {
    const result = await importSource(test.database, primary(bags([true, true, 'Yes', true, 'No', 3])));
    expect(result.warnings).toBe(2);
    expect(await complaints(result.importId)).toMatchObject([
      {
        line: 4,
        column: 'eco',
        key: 'S2',
        severity: 'warning',
        reason: expect.stringMatching(
          /^The attribute "eco" is text in 2 places .* and yes or no in 3 places of this source\./,
        ),
      },
      { line: 7, key: 'S5', reason: expect.stringContaining('is a number in 1 place ') },
    ]);
    const { attributes, options } = await attributeCensus(test.database);
    expect([...attributes]).toEqual([['eco', 'bool']]);
    expect([...options]).toEqual([['Color', 6]]);
  });

  it('of one type are no matter, and what an earlier import found is forgotten', async () => {
    await importSource(test.database, primary(bags(['a', 'b', 1])));
    const mended = await importSource(test.database, primary(bags(['a', 'b', 'c'])));
    expect(await complaints(mended.importId)).toEqual([]);
    expect(mended.warnings).toBe(0);
  });

  it('have one type over all sources', async () => {
    await importSource(test.database, primary(bags(['a', 'b', 'c'])));
    const other = primary(
      [product('Q', [{ ...variant('T', 100), content: { attributes: { eco: 5, width: 3 } } }])],
      { source: { id: 'other', role: 'primary' } },
    );
    const result = await importSource(test.database, other);
    expect(await complaints(result.importId)).toMatchObject([
      { column: 'eco', key: 'T', reason: expect.stringContaining('and text in other sources') },
    ]);
    expect([...(await attributeCensus(test.database)).attributes]).toEqual([
      ['eco', 'text'],
      ['width', 'number'],
    ]);
  });
});

describe('the count of attributes', () => {
  it('keeps no more different names than its bound', () => {
    const tally = new AttributeTally();
    for (let n = 0; n < 5_100; n++) tally.add(product(`P${n}`, [], { attributes: { [`a${n}`]: 'x' } }));
    expect(tally.all()).toHaveLength(5_000);
  });
});
