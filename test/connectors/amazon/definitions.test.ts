import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AMAZON_KEYWORDS } from '../../../connectors/amazon/definitions/keywords.js';
import { prepareDefinition } from '../../../connectors/amazon/definitions/prepare.js';
import { OperatorError } from '../../../src/domain/errors.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { compileListingSchema } from '../../../src/mapping/validate.js';
import { failure, openStage, type Stage } from './support.js';

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

describe('definitions fetched from Amazon', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage();
  });
  afterEach(() => stage.simulator.stop());
  const port = () => {
    const { definitions } = stage.channel;
    if (!definitions) throw new Error('the channel fetches no definitions');
    return definitions;
  };

  it('come by product type, requirement set and place in a family', async () => {
    const whole = await port().fetch('SHIRT/LISTING/NONE', null);
    const offer = await port().fetch('SHIRT/LISTING_OFFER_ONLY/NONE', null);
    const child = await port().fetch('SHIRT/LISTING/CHILD', null);
    expect(whole?.schema.required).toEqual(expect.arrayContaining(['color', 'size', 'item_name']));
    expect(offer?.schema.required).not.toContain('item_name');
    expect(child?.schema.required).toContain('child_parent_sku_relationship');
    expect(new Set([whole?.checksum, offer?.checksum, child?.checksum]).size).toBe(3);
  });

  it('are not downloaded again while the checksum is the same', async () => {
    const first = await port().fetch('LAMP/LISTING/NONE', null);
    expect(await port().fetch('LAMP/LISTING/NONE', first?.checksum ?? '')).toBeNull();
    const downloads = stage.simulator.calls.filter(({ path: address }) => address.startsWith('/documents/'));
    expect(downloads).toHaveLength(1);
  });

  it('stand behind a link that refuses our token beside it, so it never travels there', async () => {
    await port().fetch('LAMP/LISTING/NONE', null);
    const link = `${stage.simulator.url}/documents/definitions/LAMP/LISTING/NONE`;
    expect((await fetch(link)).status).toBe(200);
    expect((await fetch(link, { headers: { 'x-amz-access-token': 'Atza|1' } })).status).toBe(400);
  });

  it('of a type Amazon does not have are the mapping’s mistake', async () => {
    const error = await failure(port().fetch('SPACESHIP/LISTING/NONE', null));
    expect(error).toBeInstanceOf(OperatorError);
    expect(error).toMatchObject({ code: 'product_type_unknown' });
  });

  it('that were cut on the way are not used', async () => {
    stage.simulator.faults.add({ kind: 'fail', match: '/documents/', times: 1 });
    expect(await failure(port().fetch('LAMP/LISTING/NONE', null))).toMatchObject({ kind: 'ambiguous' });
  });

  it('are found by words', async () => {
    const find = stage.channel.actions?.['product-types'];
    expect(await find?.run({ words: 'Trail running shirts' })).toEqual({
      SHIRT: 'Shirt',
      SWEATSHIRT: 'Sweatshirt',
    });
  });
});

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

  it('enumNames stand beside the values a merchant may choose from, in open and closed enumerations', () => {
    const listed = { type: 'string', enum: ['new_new', 'used_good'], enumNames: ['New', 'Used, good'] };
    for (const schema of [listed, { anyOf: [{ type: 'string' }, listed] }]) {
      const definition = prepareDefinition({ type: 'object', properties: { a: schema } });
      const [issue] = compileListingSchema(definition, AMAZON_KEYWORDS)({ a: 'new' });
      expect(issue?.advice).toContain('new_new (New), used_good (Used, good)');
    }
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
