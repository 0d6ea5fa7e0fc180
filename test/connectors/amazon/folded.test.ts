import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { SchemaValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../../connectors/amazon/attributes.js';
import { canonicalListing } from '../../../connectors/amazon/canonical.js';
import { AMAZON_KEYWORDS } from '../../../connectors/amazon/definitions/keywords.js';
import { prepareDefinition } from '../../../connectors/amazon/definitions/prepare.js';
import { shapeListing } from '../../../connectors/amazon/shape.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { CHANNEL, SHORT } from './support.js';

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/specs/amazon/product-types/synthetic');
const present = existsSync(FOLDER);
if (!present) process.stdout.write(`skipped: any mapping against a product type definition, no ${FOLDER}\n`);

const SETTINGS = {
  sellerId: 'A1SELLER000',
  marketplaceId: 'ATVPDKIKX0DER',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
};

const read = (name: string): JsonObject =>
  JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as JsonObject;

/** A judge of its own: Ajv with Amazon's words, as the documents describe them, on the definition as it was read. */
function judge(definition: JsonObject): (listing: JsonObject) => boolean {
  const ajv = new Ajv2019({ strict: false, allErrors: false, multipleOfPrecision: 6, validateSchema: false });
  addFormats.default(ajv);
  const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
  ajv.addKeyword({
    keyword: 'maxUtf8ByteLength',
    type: 'string',
    validate: (n: number, t: string) => bytes(t) <= n,
  });
  ajv.addKeyword({
    keyword: 'minUtf8ByteLength',
    type: 'string',
    validate: (n: number, t: string) => bytes(t) >= n,
  });
  const groups = (items: readonly JsonObject[], parent: JsonObject | undefined): number[] => {
    const names = (parent?.selectors ?? []) as readonly string[];
    const counts = new Map<string, number>();
    for (const item of items) {
      const key = JSON.stringify(names.length === 0 ? 'all' : names.map((name) => item?.[name] ?? null));
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts.values()];
  };
  const most: SchemaValidateFunction = (n: number, items: readonly JsonObject[], parent) =>
    groups(items, parent as JsonObject).every((count) => count <= n);
  const least: SchemaValidateFunction = (n: number, items: readonly JsonObject[], parent) =>
    groups(items, parent as JsonObject).every((count) => count >= n);
  ajv.addKeyword({ keyword: 'maxUniqueItems', type: 'array', validate: most });
  ajv.addKeyword({ keyword: 'minUniqueItems', type: 'array', validate: least });
  const { $schema: _dialect, ...rest } = definition;
  const check = ajv.compile(rest);
  return (listing) => check(listing) === true;
}

/** What a mapping may write: right values, wrong ones, lists, objects with members nobody knows. */
const scalar = fc.oneof(
  fc.constantFrom<JsonValue>(
    'Blue',
    'COLOR',
    'new_new',
    'child',
    'parent',
    'B2B',
    'DEFAULT',
    '12.50 USD',
    'PL',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constant('ü'.repeat(400)),
  fc.integer({ min: -5, max: 500 }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 100 }),
  fc.boolean(),
);
const MEMBERS = [
  'value',
  'name',
  'audience',
  'currency',
  'our_price',
  'quantity',
  'schedule',
  'parent_sku',
  'zzz',
];
const value = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 7 }),
    fc.dictionary(fc.constantFrom(...MEMBERS), tie('any'), { maxKeys: 4 }),
  ),
})).any;

describe.skipIf(!present)('whatever a mapping writes', () => {
  it('becomes a payload the definition takes, or is reported under the name of its attribute', () => {
    const definition = read('LUGGAGE.synthetic.schema.json');
    const schema = prepareDefinition(definition);
    const check = compileListingSchema(schema, AMAZON_KEYWORDS);
    const takes = judge(definition);
    const good: JsonObject = {
      ...SHORT,
      country_of_origin: 'PL',
      supplier_declared_dg_hz_regulation: 'not_applicable',
    };
    const names = [...ATTRIBUTES.map(({ name }) => name), ...Object.keys(good), 'not_an_attribute'];
    const changes = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
    const dropped = fc.subarray(Object.keys(good), { maxLength: 2 });
    const known = new Set(names);
    const seen = { valid: 0, reported: 0 };
    fc.assert(
      fc.property(changes, dropped, (written, missing) => {
        const short = {
          ...good,
          ...Object.fromEntries(missing.map((name) => [name, undefined])),
          ...written,
        };
        const listing = canonicalListing(
          shapeListing(short, { settings: SETTINGS, channel: CHANNEL, schema }),
        );
        const errors = check(listing).filter(({ severity }) => severity === 'error');
        expect(errors.length === 0).toBe(takes(listing));
        for (const { attribute } of errors) expect(known).toContain(attribute);
        seen[errors.length === 0 ? 'valid' : 'reported'] += 1;
      }),
      { numRuns: 400, examples: [[{}, []]] },
    );
    // Both ends are really reached, or the property says nothing.
    expect(seen.valid).toBeGreaterThan(20);
    expect(seen.reported).toBeGreaterThan(100);
  });

  it('agrees with the examples of the definition', () => {
    const check = compileListingSchema(
      prepareDefinition(read('LUGGAGE.synthetic.schema.json')),
      AMAZON_KEYWORDS,
    );
    for (const name of ['valid.standalone.json', 'valid.child.json', 'valid.parent.json'])
      expect(check(read(name)).filter(({ severity }) => severity === 'error')).toEqual([]);
    const attributes = new Set(check(read('invalid.many.json')).map(({ attribute }) => attribute));
    for (const name of [
      'condition_type',
      'item_name',
      'bullet_point',
      'purchasable_offer',
      'fulfillment_availability',
    ])
      expect(attributes).toContain(name);
  });
});
