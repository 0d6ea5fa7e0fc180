import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SwaggerModel } from './swagger.js';
import { type TypedOperation, typedModel } from './typed-model.js';
import { USED_OPERATIONS } from './used-operations.js';

const HEAD = `// Written by connectors/amazon/models/write-models.ts from Amazon's published models; do not edit.
import type { JsonObject } from '../../../src/domain/json.js';
import type { NoQuery, Open } from './open-types.js';
`;

/**
 * The text of `operations.generated.ts`: types and addresses of every operation we use. `folder` holds the official models
 * (github.com/amzn/selling-partner-api-models, one file a model).
 */
export function modelText(folder: string): string {
  const aliases: string[] = [];
  const operations: TypedOperation[] = [];
  for (const { model, prefix, operations: wanted } of USED_OPERATIONS) {
    const text = readFileSync(path.join(folder, `${model}.json`), 'utf8');
    const typed = typedModel(JSON.parse(text) as SwaggerModel, wanted, prefix);
    aliases.push(`\n// ${model}`, ...typed.aliases);
    operations.push(...typed.operations);
  }
  const types = operations.map(
    ({ name, query, body, answer }) =>
      `  readonly ${name}: { readonly query: ${query}; readonly body: ${body}; readonly answer: ${answer} };`,
  );
  const addresses = operations.map(
    ({ name, method, path: address, takesStores }) =>
      `  ${name}: { method: '${method}', path: '${address}', takesStores: ${takesStores} },`,
  );
  return [
    HEAD + aliases.join('\n'),
    `/** Query, body and answer of each operation, as the models state them. */\nexport interface OperationTypes {\n${types.join('\n')}\n}`,
    `/** Method and path of each operation; {name} stands for a value that is percent-encoded. takesStores: a list of stores is a query parameter. */\nexport const ADDRESSES = {\n${addresses.join('\n')}\n} as const;\n`,
  ].join('\n\n');
}

/** Run by hand after the models changed: `node dist/connectors/amazon/models/write-models.js FOLDER`. */
const [, script, folder] = process.argv;
if (script !== undefined && path.basename(script) === 'write-models.js' && folder !== undefined) {
  writeFileSync(path.resolve('connectors/amazon/models/operations.generated.ts'), modelText(folder));
}
