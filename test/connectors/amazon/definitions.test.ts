import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AMAZON_KEYWORDS } from '../../../connectors/amazon/definitions/keywords.js';
import { prepareDefinition } from '../../../connectors/amazon/definitions/prepare.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';

const FIXTURES = path.resolve(import.meta.dirname, '../../../../shared/specs/amazon/product-types/synthetic');
const present = existsSync(FIXTURES);
if (!present) process.stdout.write(`skipped: made product type definitions, no ${FIXTURES}\n`);

const fixture = (name: string): JsonObject =>
  JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')) as JsonObject;

/** Complaints about one attribute `a` under a schema of its own. */
function complaints(schema: JsonObject, value: JsonValue): readonly string[] {
  const check = compileListingSchema(
    prepareDefinition({ type: 'object', properties: { a: schema } }),
    AMAZON_KEYWORDS,
  );
  return check({ a: value }).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

describe('Amazon’s words in a definition', () => {
  const bullets = { type: 'array', selectors: ['marketplace_id', 'language_tag'], maxUniqueItems: 2 };
  const bullet = (language: string, value: string, store = 'US') => ({
    marketplace_id: store,
    language_tag: language,
    value,
  });

  it('maxUtf8ByteLength counts bytes, not characters', () => {
    expect(complaints({ type: 'string', maxUtf8ByteLength: 6 }, 'Größe')).toEqual([
      'error too_long: a has 7 bytes, 6 are allowed',
    ]);
    expect(complaints({ type: 'string', maxUtf8ByteLength: 7 }, 'Größe')).toEqual([]);
  });

  it('minUtf8ByteLength asks for bytes', () => {
    expect(complaints({ type: 'string', minUtf8ByteLength: 3 }, 'ab')).toEqual([
      'error too_short: a has 2 bytes, at least 3 are needed',
    ]);
    expect(complaints({ type: 'string', minUtf8ByteLength: 3 }, 'aß')).toEqual([]);
  });

  it('maxUniqueItems counts instances with the same selectors', () => {
    expect(complaints(bullets, [bullet('en', '1'), bullet('en', '2'), bullet('de', '3')])).toEqual([]);
    expect(complaints(bullets, [bullet('en', '1'), bullet('en', '2'), bullet('en', '3')])).toEqual([
      'error too_many: a has 3 entries, 2 are allowed',
    ]);
  });

  it('maxUniqueItems takes a missing selector for one of its own, and counts different instances where there are no selectors', () => {
    expect(complaints(bullets, [{ value: '1' }, { value: '2' }, { value: '3' }])).toHaveLength(1);
    expect(complaints({ type: 'array', maxUniqueItems: 1 }, ['x', 'x'])).toEqual([]);
    expect(complaints({ type: 'array', maxUniqueItems: 1 }, ['x', 'y'])).toHaveLength(1);
  });

  it('minUniqueItems asks for instances of each combination', () => {
    const schema = { type: 'array', selectors: ['marketplace_id'], minUniqueItems: 2 };
    expect(complaints(schema, [bullet('en', '1'), bullet('en', '2')])).toEqual([]);
    expect(complaints(schema, [bullet('en', '1'), bullet('en', '2', 'CA')])).toEqual([
      'error too_few: a has 1 entries, at least 2 are needed',
    ]);
  });

  it('a price of 19.99 is a multiple of 0.01', () => {
    for (const price of [19.99, 9.95, 4.35, 0.07])
      expect(complaints({ type: 'number', multipleOf: 0.01 }, price)).toEqual([]);
    expect(complaints({ type: 'number', multipleOf: 0.01 }, 4.355)).toHaveLength(1);
  });

  it('an unlisted value of an open enumeration is a warning that names the listed ones with their labels', () => {
    const schema = {
      type: 'string',
      anyOf: [{ type: 'string' }, { type: 'string', enum: ['blue', 'red'], enumNames: ['Blue', 'Red'] }],
    };
    expect(complaints(schema, 'red')).toEqual([]);
    expect(complaints(schema, 'crimson')).toEqual([
      'warning unlisted_value: a is "crimson", which the product type does not list',
    ]);
  });

  it('labels, hints and empty groups judge nothing', () => {
    const schema = {
      type: 'string',
      editable: false,
      hidden: true,
      enumDeprecated: ['x'],
      replaces: ['/properties/b'],
      replacedBy: ['/properties/c'],
      $lifecycle: { enumDeprecated: ['x'] },
      anyOf: [],
      allOf: [],
    };
    expect(complaints(schema, 'x')).toEqual([]);
  });
});

describe.runIf(present)('a whole definition', () => {
  const definition = present ? prepareDefinition(fixture('LUGGAGE.synthetic.schema')) : {};
  const check = present ? compileListingSchema(definition, AMAZON_KEYWORDS) : () => [];

  for (const name of ['valid.standalone', 'valid.child', 'valid.parent'])
    it(`takes ${name}`, () => {
      expect(check(fixture(name)).filter(({ severity }) => severity === 'error')).toEqual([]);
    });

  it('names every fault of a listing that has many, by the attribute’s own name', () => {
    const found = check(fixture('invalid.many')).filter(({ severity }) => severity === 'error');
    expect(found.map(({ attribute, code }) => `${attribute} ${code}`).sort()).toEqual([
      'bullet_point too_many',
      'condition_type missing_attribute',
      'fulfillment_availability unknown_attribute',
      'item_name too_long',
      'item_name too_long',
      'purchasable_offer missing_attribute',
    ]);
  });

  it('can be compiled again under the same name, as another store’s definition has it', () => {
    expect(() => compileListingSchema(definition, AMAZON_KEYWORDS)).not.toThrow();
  });
});
