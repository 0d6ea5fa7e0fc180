import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.js';
import { patchOf, withMember } from '../../src/console/ui/schema-form/change.js';
import { fieldsOf, unknownKeywords } from '../../src/console/ui/schema-form/fields.js';
import type { JsonObject } from '../../src/domain/json.js';
import { mergePatch } from '../../src/setup/secret-settings.js';

const only = (about: JsonObject) => fieldsOf({ properties: { x: about } })[0];

describe('the fields of a schema', () => {
  it.each<[string, JsonObject, object]>([
    ['text', { type: 'string' }, { kind: 'text', code: false, label: 'X' }],
    ['a day', { type: 'string', format: 'date' }, { kind: 'text', day: true }],
    ['a secret', { type: 'string', writeOnly: true }, { kind: 'secret', file: false }],
    [
      'a secret file',
      { writeOnly: true, contentMediaType: 'application/json' },
      { kind: 'secret', file: true },
    ],
    ['a number', { type: 'integer', default: 14 }, { kind: 'number', otherwise: 14 }],
    ['a switch', { type: 'boolean', title: 'Pack' }, { kind: 'switch', label: 'Pack' }],
    ['a choice', { enum: ['rss', 'tsv'] }, { kind: 'choice', choices: ['rss', 'tsv'] }],
    ['words', { type: 'array', items: { type: 'string' } }, { kind: 'words', choices: undefined }],
    ['words of a few', { type: 'array', items: { enum: ['a'] } }, { kind: 'words', choices: ['a'] }],
    ['rows', { type: 'array', items: { type: 'object', properties: { a: {} } } }, { kind: 'rows' }],
    ['a group', { type: 'object', properties: { a: { type: 'string' } } }, { kind: 'group' }],
    ['pairs', { type: 'object', additionalProperties: { type: 'string' } }, { kind: 'pairs' }],
    ['anything else', { type: 'object', minProperties: 1 }, { kind: 'json' }],
  ])('make %s', (_name, schema, field) => {
    expect(only(schema)).toMatchObject(field);
  });

  it('come in the order they are asked for, and know what must be there', () => {
    const schema = { required: ['b'], properties: { a: { type: 'string' }, b: { type: 'string' } } };
    expect(fieldsOf(schema, ['b', 'a', 'gone']).map(({ name, required }) => [name, required])).toEqual([
      ['b', true],
      ['a', false],
    ]);
  });

  it.each(connectors)('draw the settings of $id whole', ({ settingsSchema }) => {
    expect(unknownKeywords(settingsSchema)).toEqual([]);
    expect(fieldsOf(settingsSchema).length).toBe(Object.keys(settingsSchema.properties ?? {}).length);
  });

  it('tell a keyword no form knows, however deep', () => {
    expect(unknownKeywords({ properties: { a: { items: { oneOf: [] } } } })).toEqual(['/a/items/oneOf']);
  });
});

describe('a change of a form', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }));
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const inner = fc.dictionary(name, value);
  const object = fc.dictionary(name, fc.oneof(value, inner)) as fc.Arbitrary<JsonObject>;

  it('is a patch that makes the one of the other, and nothing when they are the same', () => {
    fc.assert(
      fc.property(object, object, (before, after) => {
        const patch = patchOf(before, after);
        expect(patch === null ? before : mergePatch(before, patch)).toEqual(after);
        expect(patchOf(after, after)).toBeNull();
      }),
    );
  });

  it('takes a member out when it is emptied', () => {
    expect(withMember({ a: 1, b: 2 }, 'a', undefined)).toEqual({ b: 2 });
    expect(patchOf({ a: 1, b: 2 }, { b: 2 })).toEqual({ a: null });
  });
});
