import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SwaggerModel } from '../../../connectors/amazon/models/swagger.js';
import { typedModel } from '../../../connectors/amazon/models/typed-model.js';
import { modelText } from '../../../connectors/amazon/models/write-models.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const MODELS = path.resolve(ROOT, '../shared/specs/amazon');
const present = existsSync(MODELS);
if (!present) process.stdout.write(`skipped: the types against Amazon's models, no ${MODELS}\n`);

describe('types written from a model', () => {
  const model: SwaggerModel = {
    info: { version: '1' },
    paths: {
      '/things/{thingId}': {
        put: {
          operationId: 'putThing',
          parameters: [
            { name: 'thingId', in: 'path', required: true, type: 'string' },
            { name: 'marketplaceIds', in: 'query', required: true, type: 'array', items: { type: 'string' } },
            { name: 'mode', in: 'query', type: 'string', enum: ['TRY'] },
            { name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Thing' } },
          ],
          responses: { '200': { schema: { $ref: '#/definitions/Thing' } }, '400': {} },
        },
      },
    },
    definitions: {
      Thing: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          'odd-name': { type: 'array', items: { $ref: '#/definitions/part' } },
          anything: { type: 'object', additionalProperties: true },
        },
      },
      part: { type: 'string', enum: ['A', 'B'] },
      unused: { type: 'string' },
    },
  };
  const typed = typedModel(model, ['putThing'], 'X');

  it('hold what the operation reaches and nothing else, required members required, known values open', () => {
    expect(typed.aliases).toEqual([
      'export type XPart = Open<"A" | "B">;',
      'export type XThing = { readonly name: string; readonly "odd-name"?: readonly XPart[]; readonly anything?: JsonObject };',
    ]);
  });

  it('name method, path, query, body and answer of the operation', () => {
    expect(typed.operations).toEqual([
      {
        name: 'putThing',
        method: 'PUT',
        path: '/things/{thingId}',
        query: '{ readonly marketplaceIds: readonly string[]; readonly mode?: Open<"TRY"> }',
        body: 'XThing',
        answer: 'XThing',
        takesStores: true,
      },
    ]);
  });

  it('are refused for an operation the model does not have', () => {
    expect(() => typedModel(model, ['gone'], 'X')).toThrow('no operation gone');
  });

  it.runIf(present)('are the ones of Amazon’s models: nobody edited them and none is behind', () => {
    const written = readFileSync(path.join(ROOT, 'connectors/amazon/models/operations.generated.ts'), 'utf8');
    expect(modelText(MODELS)).toBe(written);
  });
});
