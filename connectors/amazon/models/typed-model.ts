import type { SwaggerModel, SwaggerOperation, SwaggerParameter, SwaggerSchema } from './swagger.js';

/** One operation we use, as the models describe it, with the TypeScript of its types. */
export interface TypedOperation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** TypeScript of an object type each; `body` and `answer` may name definitions. */
  readonly query: string;
  readonly body: string;
  readonly answer: string;
  /** The operation takes the stores it is about as a query parameter. */
  readonly takesStores: boolean;
}

/** What is made of one model: type aliases and operations. */
export interface TypedModel {
  readonly aliases: readonly string[];
  readonly operations: readonly TypedOperation[];
}

/**
 * Writes the types of the named operations of a model, and of every definition they reach, as TypeScript. `prefix` keeps
 * equal names of different models apart. Texts of the model are left out: they are Amazon's. Throws for an operation the
 * model does not have. Pure.
 */
export function typedModel(model: SwaggerModel, wanted: readonly string[], prefix: string): TypedModel {
  const writer = typeWriter(prefix);
  const operations = wanted.map((name) => typedOperation(model, name, writer));
  const aliases: string[] = [];
  for (const name of writer.met) {
    const definition = model.definitions[name];
    if (definition === undefined) throw new TypeError(`the model has no definition ${name}`);
    aliases.push(`export type ${writer.nameOf(name)} = ${writer.typeOf(definition)};`);
  }
  return { aliases: aliases.sort(), operations };
}

interface TypeWriter {
  /** Definitions met so far; grows while it is walked. */
  readonly met: Set<string>;
  nameOf(definition: string): string;
  typeOf(schema: SwaggerSchema): string;
}

function typeWriter(prefix: string): TypeWriter {
  const met = new Set<string>();
  const nameOf = (definition: string): string => {
    const name = definition.replaceAll(/[^A-Za-z0-9]/g, '').replace(/^./, (letter) => letter.toUpperCase());
    return name.startsWith(prefix) ? name : `${prefix}${name}`;
  };
  const typeOf = (schema: SwaggerSchema): string => {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.replace('#/definitions/', '');
      met.add(name);
      return nameOf(name);
    }
    if (schema.allOf !== undefined) return schema.allOf.map(typeOf).join(' & ');
    if (schema.enum !== undefined)
      return `Open<${schema.enum.map((value) => JSON.stringify(value)).join(' | ')}>`;
    if (schema.type === 'array') return `readonly ${parenthesised(typeOf(schema.items ?? {}))}[]`;
    if (schema.properties !== undefined) return objectType(schema, typeOf);
    if (typeof schema.additionalProperties === 'object')
      return `{ readonly [name: string]: ${typeOf(schema.additionalProperties)} }`;
    return PLAIN[schema.type ?? 'object'] ?? 'JsonObject';
  };
  return { met, nameOf, typeOf };
}

const PLAIN: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};

function parenthesised(type: string): string {
  return type.includes(' ') && !type.startsWith('{') && !type.startsWith('Open<') ? `(${type})` : type;
}

function objectType(schema: SwaggerSchema, typeOf: (schema: SwaggerSchema) => string): string {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, member]) => `readonly ${memberName(name)}${required.has(name) ? '' : '?'}: ${typeOf(member)}`,
  );
  return `{ ${members.join('; ')} }`;
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

function typedOperation(model: SwaggerModel, name: string, writer: TypeWriter): TypedOperation {
  for (const [path, operations] of Object.entries(model.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (operation.operationId !== name) continue;
      const parameters = operation.parameters ?? [];
      const body = parameters.find((parameter) => parameter.in === 'body')?.schema;
      return {
        name,
        method: method.toUpperCase(),
        path,
        query: queryType(parameters, writer),
        body: body === undefined ? 'undefined' : writer.typeOf(body),
        answer: answerType(operation, writer),
        takesStores: parameters.some(
          (parameter) => parameter.name === 'marketplaceIds' && parameter.in === 'query',
        ),
      };
    }
  }
  throw new TypeError(`the model has no operation ${name}`);
}

function queryType(parameters: readonly SwaggerParameter[], writer: TypeWriter): string {
  const members = parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => {
      const { name, required, type, items, enum: values } = parameter;
      const schema: SwaggerSchema = {
        ...(type ? { type } : {}),
        ...(items ? { items } : {}),
        ...(values ? { enum: values } : {}),
      };
      return `readonly ${memberName(name)}${required === true ? '' : '?'}: ${writer.typeOf(schema)}`;
    });
  return members.length === 0 ? 'NoQuery' : `{ ${members.join('; ')} }`;
}

/** The type of the answer that means success; nothing for one without a body (204). */
function answerType(operation: SwaggerOperation, writer: TypeWriter): string {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
  const schema = success?.[1].schema;
  return schema === undefined ? 'undefined' : writer.typeOf(schema);
}
