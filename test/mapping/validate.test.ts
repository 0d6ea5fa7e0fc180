import { describe, expect, it } from 'vitest';
import type { SchemaKeyword } from '../../src/domain/schema-keyword.js';
import { compileListingSchema } from '../../src/mapping/validate.js';
import { faults } from './mapping-fixture.js';

const SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Shop',
  type: 'object',
  required: ['id', 'title'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', maxLength: 5 },
    title: { type: 'string', maxUtf8ByteLength: 6 },
    structured_title: { type: 'string' },
    condition: { enum: ['new', 'used'] },
    link: { type: 'string', format: 'uri' },
    price: { type: 'string', pattern: '^\\d+\\.\\d\\d [A-Z]{3}$', description: 'Write it as 19.99 EUR.' },
    quantity: { type: 'integer', minimum: 0 },
    images: { type: 'array', maxItems: 2, items: { type: 'string' } },
    shipping: { type: 'array', items: { $ref: '#/$defs/shipping' } },
    gtin: { type: 'string' },
    mpn: { type: 'string' },
  },
  $defs: {
    shipping: {
      type: 'object',
      required: ['price'],
      additionalProperties: false,
      properties: { price: { type: 'string' }, kind: { enum: ['a', 'b'] } },
    },
  },
  allOf: [{ anyOf: [{ required: ['gtin'] }, { required: ['mpn'] }] }],
};

/** A word of some channel: at most so many bytes. */
const BYTES: SchemaKeyword = {
  keyword: 'maxUtf8ByteLength',
  on: 'string',
  judge: (said, value) => {
    const bytes = Buffer.byteLength(String(value));
    if (bytes <= Number(said)) return null;
    const says = `has ${bytes} bytes, ${String(said)} are allowed`;
    return {
      severity: 'error',
      code: 'too_long',
      says,
      advice: `Shorten it in the mapping: clipBytes(x, ${String(said)}).`,
    };
  },
};

describe('the check against a channel’s schema', () => {
  const check = compileListingSchema(SCHEMA, [BYTES]);
  const good = { id: '00012', title: 'Tasche', gtin: '1' };
  const of = (attributes: object) =>
    check({ ...good, ...attributes }).map(({ code, attribute, message, advice }) => [
      code,
      attribute,
      message,
      advice,
    ]);

  it('finds nothing wrong with a listing that fits', () => {
    expect(check(good)).toEqual([]);
  });

  it('counts characters, not the two halves that a rare one is stored in', () => {
    const two = compileListingSchema({ properties: { a: { type: 'string', minLength: 2, maxLength: 2 } } });
    const codes = (a: string) => two({ a }).map((issue) => issue.code);
    expect(codes('👜👜')).toEqual([]);
    expect(codes('ab')).toEqual([]);
    expect(codes('👜')).toEqual(['too_short']);
    expect(codes('👜👜👜')).toEqual(['too_long']);
    expect(codes('')).toEqual(['too_short']);
  });

  const cases: readonly (readonly [attributes: object, issue: readonly unknown[]])[] = [
    [
      { id: '123456' },
      ['too_long', 'id', 'id has 6 characters, 5 are allowed', 'Shorten it in the mapping: clip(x, 5).'],
    ],
    [
      { title: 'Größe' + 'n' },
      [
        'too_long',
        'title',
        'title has 8 bytes, 6 are allowed',
        'Shorten it in the mapping: clipBytes(x, 6).',
      ],
    ],
    [
      { title: undefined },
      [
        'missing_attribute',
        'title',
        'title is missing',
        'Fill it in the catalog, or give it a value in the mapping.',
      ],
    ],
    [
      { gtin: undefined },
      [
        'missing_attribute',
        'gtin',
        'gtin or mpn is missing',
        'Fill one of them in the catalog, or give it a value in the mapping.',
      ],
    ],
    [
      { condition: 'mint' },
      [
        'not_allowed_value',
        'condition',
        'condition cannot be "mint"',
        'Allowed: new, used. A lookup table can translate your values.',
      ],
    ],
    [
      { price: '5 EUR' },
      [
        'wrong_form',
        'price',
        'price is not in the form the channel wants: "5 EUR"',
        'Write it as 19.99 EUR.',
      ],
    ],
    [
      { link: 'no link' },
      [
        'wrong_form',
        'link',
        'link is not a valid uri: "no link"',
        'Correct it in the catalog or in the mapping.',
      ],
    ],
    [
      { quantity: '3' },
      [
        'wrong_type',
        'quantity',
        'quantity must be a whole number, it is "3"',
        'Change its value in the mapping: text(x) gives a text, number(x) a number.',
      ],
    ],
    [
      { quantity: -1 },
      [
        'out_of_range',
        'quantity',
        'quantity must be at least 0, it is -1',
        'Correct it in the catalog or in the mapping.',
      ],
    ],
    [
      { images: ['a', 'b', 'c'] },
      [
        'too_many',
        'images',
        'images has too many entries',
        'At most 2 are allowed; take(list, 2) keeps the first.',
      ],
    ],
    [
      { colour: 'x' },
      [
        'unknown_attribute',
        'colour',
        'the channel does not know colour',
        'Take it out of the mapping, or correct its name.',
      ],
    ],
    [
      { shipping: [{ price: '1' }, {}] },
      [
        'missing_attribute',
        'shipping',
        'shipping 2 → price is missing',
        'Fill it in the catalog, or give it a value in the mapping.',
      ],
    ],
  ];
  for (const [attributes, issue] of cases) {
    it(`says: ${issue[2]}`, () => {
      expect(of(attributes)).toEqual([issue]);
    });
  }

  it('changes nothing', () => {
    const listing = { ...good, quantity: '3', extra: 1 };
    check(listing);
    expect(listing).toEqual({ ...good, quantity: '3', extra: 1 });
  });
});

describe('the mapping’s names and fixed values', () => {
  const of = (attributes: string) =>
    faults(`connector: shop\nattributes:\n${attributes}`, { schema: SCHEMA });

  it('are compared with the channel’s schema', () => {
    expect(of('  conditon: 1\n')).toEqual(['3:3 Shop has no attribute "conditon" = did you mean condition?']);
    expect(of('  condition: \'"brandnew"\'\n')).toEqual([
      '3:14 Shop does not allow "brandnew" here = allowed: new, used',
    ]);
    expect(of('  condition: when(product.tags == null, "new", "usde")\n')).toEqual([
      '3:14 Shop does not allow "usde" here = did you mean used?',
    ]);
    expect(of('  condition: { $text: nwe }\n')).toEqual([
      '3:23 Shop does not allow "nwe" here = did you mean new?',
    ]);
    expect(of('  shipping:\n    - { prize: 1, kind: \'"a"\' }\n')).toEqual([
      '4:9 attributes.shipping has no member "prize" = did you mean price?',
    ]);
    expect(of('  condition: \'"new"\'\n  id: product.id\n')).toEqual([]);
    expect(
      faults('connector: shop\nrules:\n  - name: a\n    set: { condition: \'"usd"\' }\n    remove: [gtn]\n', {
        schema: SCHEMA,
      }),
    ).toEqual([
      '4:23 Shop does not allow "usd" here = did you mean used?',
      '5:14 Shop has no attribute "gtn" = did you mean gtin?',
    ]);
  });
});
