import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AttributeRow, ValueType } from '../../../connectors/google-merchant/attributes/row.js';
import { ATTRIBUTES, OFFER_ROWS } from '../../../connectors/google-merchant/attributes.js';
import { encodeListing, encodeOffer } from '../../../connectors/google-merchant/listing-form.js';
import {
  compileWith,
  type MerchantApi,
  readTypings,
  repair,
  type TypedCase,
  typingErrors,
} from '../../support/published-typings.js';
import { wholeListings } from './listing-samples.js';

const API = 'products_v1';
const TYPES = `
type Known<T> = T extends \`\${string}_UNSPECIFIED\` ? never : T;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Field<T, K extends keyof T> = Known<NonNullable<T[K]>>;
type Entry<T> = T extends readonly (infer U)[] ? Known<U> : 'not a list';
type Single<T> = T extends readonly unknown[] ? 'a list' : T;
type Attributes = gapi.client.merchantapi.ProductAttributes;
type Price = gapi.client.merchantapi.Price;
type Interval = gapi.client.merchantapi.Interval;
`;

/** One line of checks per fact of the table; the paths say which fact a line is about. */
function checksOf(
  rows: readonly AttributeRow[],
  holder: string,
  trail: string,
): readonly { readonly path: string; readonly check: string }[] {
  const typed = rows.filter((row) => !row.custom);
  const names = typed.map((row) => `'${row.field}'`).join(' | ');
  return [
    { path: `the names of ${trail}`, check: `Same<keyof ${holder}, ${names}>` },
    ...typed.flatMap((row) => {
      const field = `Field<${holder}, '${row.field}'>`;
      const value = row.list === null ? `Single<${field}>` : `Entry<${field}>`;
      return checksOfType(row.type, value, `${trail}.${row.field}`);
    }),
  ];
}

function checksOfType(
  type: ValueType,
  value: string,
  trail: string,
): readonly { readonly path: string; readonly check: string }[] {
  switch (type.kind) {
    case 'text':
    case 'url':
    case 'gtin':
    case 'integer':
    case 'instant':
      return [{ path: trail, check: `Same<${value}, string>` }];
    case 'number':
      return [{ path: trail, check: `Same<${value}, number>` }];
    case 'yes-no':
      return [{ path: trail, check: `Same<${value}, boolean>` }];
    case 'price':
      return [{ path: trail, check: `Same<${value}, Price>` }];
    case 'interval':
      return [{ path: trail, check: `Same<${value}, Interval>` }];
    case 'choice': {
      const values = Object.values(type.values).map((word) => `'${word}'`);
      return [{ path: trail, check: `Same<${value}, ${values.join(' | ')}>` }];
    }
    case 'measure': {
      const size = type.number === 'int64' ? 'string' : 'number';
      const units = Object.values(type.units).map((unit) => `'${unit}'`);
      return [
        { path: `the number of ${trail}`, check: `Same<Field<${value}, 'value'>, ${size}>` },
        {
          path: `the unit of ${trail}`,
          // A unit is a plain text in most places and one of a list in some.
          check: `${units.join(' | ')} extends Field<${value}, 'unit'> ? true : false`,
        },
      ];
    }
    case 'group':
      return checksOf(type.members, value, trail);
  }
}

/** The facts of a table that the published types contradict. */
async function contradictions(rows: readonly AttributeRow[]): Promise<readonly string[]> {
  const checks = checksOf(rows, 'Attributes', 'productAttributes');
  const lines = checks.map(({ check }, place) => `const check${place}: ${check} = true;`);
  const head = TYPES.split('\n').length;
  const errors = await compileWith(API, `${TYPES}\n${lines.join('\n')}\n`);
  return errors.map(({ line, message }) => checks[line - head - 1]?.path ?? `${line}: ${message}`);
}

function inputsOf(count: number): readonly TypedCase[] {
  return wholeListings(count).map((listing) => {
    const encoded = encodeListing(listing);
    if (!encoded.fits) throw new Error(JSON.stringify(encoded.issues));
    const { productAttributes, customAttributes } = encoded;
    return {
      type: 'ProductInput',
      value: {
        ...{ offerId: 'A', contentLanguage: 'en', feedLabel: 'US', versionNumber: '7' },
        productAttributes,
        customAttributes,
      },
    };
  });
}

describe('the published typings of products', () => {
  it('have exactly the 145 attributes of the table, each of the same type at every depth', async () => {
    expect(ATTRIBUTES.filter((row) => !row.custom)).toHaveLength(145);
    expect(await contradictions(ATTRIBUTES)).toEqual([]);
  });

  it('contradict a table that is wrong about a name, a type, a list, a value or a member', async () => {
    const changed = (name: string, change: Partial<AttributeRow>): AttributeRow[] =>
      ATTRIBUTES.map((row) => (row.name === name ? { ...row, ...change } : row));
    const less = ATTRIBUTES.filter((row) => row.name !== 'mpn');
    expect(await contradictions(less)).toEqual(['the names of productAttributes']);
    expect(await contradictions(changed('adult', { type: { kind: 'text', max: null } }))).toEqual([
      'productAttributes.adult',
    ]);
    expect(await contradictions(changed('product_type', { list: null }))).toEqual([
      'productAttributes.productTypes',
    ]);
    const soon = { kind: 'choice', values: { in_stock: 'IN_STOCK', soon: 'SOON' } } as const;
    expect(await contradictions(changed('availability', { type: soon }))).toEqual([
      'productAttributes.availability',
    ]);
    const [first] = ATTRIBUTES.filter((row) => row.name === 'shipping');
    if (first?.type.kind !== 'group') throw new Error('shipping is a group');
    const members = first.type.members.slice(1);
    expect(await contradictions(changed('shipping', { type: { ...first.type, members } }))).toEqual([
      'the names of productAttributes.shipping',
    ]);
  });

  it('take every input we can make', async () => {
    const offers = wholeListings(10).map((listing) => {
      const offer = encodeOffer(listing);
      if (!offer.fits) throw new Error(JSON.stringify(offer.issues));
      expect(Object.keys(offer.productAttributes)).toHaveLength(OFFER_ROWS.length);
      return { type: 'ProductInput', value: { productAttributes: offer.productAttributes } };
    });
    expect(await typingErrors(API, [...inputsOf(30), ...offers])).toEqual([]);
  });

  it.each<[string, object]>([
    ['a value in feed spelling', { availability: 'in_stock' }],
    ['an amount as a number', { price: { amountMicros: 24_990_000, currencyCode: 'USD' } }],
    ['the one GTIN of the API before', { gtin: '4006381333931' }],
    ['a whole number that is not a text', { multipack: 6 }],
    ['a list that is a single value', { productTypes: 'Home' }],
  ])('refuse %s', async (_what, productAttributes) => {
    const errors = await typingErrors(API, [{ type: 'ProductInput', value: { productAttributes } }]);
    expect(errors).toHaveLength(1);
  });

  it('need the repair of their nine lists of values, and get it', async () => {
    const typings = readTypings(API);
    const valid = `const input: gapi.client.merchantapi.ProductAttributes = { sizeTypes: ['BIG', 'TALL'] };\n`;
    expect(await compileWith(API, valid, { repaired: false })).not.toEqual([]);
    expect(await compileWith(API, valid)).toEqual([]);
    expect(repair(typings).match(/Array<'/g)).toHaveLength(9);
  });
});

const SPECIFICATION = path.resolve(import.meta.dirname, '../../../../shared/specs/google.md');
const written = existsSync(SPECIFICATION) ? readFileSync(SPECIFICATION, 'utf8') : null;
if (written === null) process.stdout.write(`skipped: examples of the specification, no ${SPECIFICATION}\n`);

/** Examples of a document that say of which type they are, by sub-API. */
function examplesIn(text: string): ReadonlyMap<string, readonly TypedCase[]> {
  const found = new Map<string, TypedCase[]>();
  for (const [, api = '', type = '', json = ''] of text.matchAll(
    /<!-- type: (\w+) (\w+) -->\n```json\n([\s\S]*?)\n```/g,
  )) {
    found.set(api, [...(found.get(api) ?? []), { type, value: JSON.parse(json) }]);
  }
  return found;
}

describe.skipIf(written === null)('the examples of the specification', () => {
  it('are what the typings say', async () => {
    const examples = examplesIn(written ?? '');
    expect([...examples.values()].flat().length).toBeGreaterThanOrEqual(10);
    for (const [api, cases] of examples) {
      expect(await typingErrors(api as MerchantApi, cases), api).toEqual([]);
    }
  });
});
