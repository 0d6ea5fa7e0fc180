import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonValue } from '../../../../src/domain/json.js';

/** One canned exchange of a model (`x-amzn-api-sandbox.static`), with where it stands. */
export interface StaticCase {
  readonly operation: string;
  readonly model: string;
  readonly method: string;
  /** Path template, `/orders/v0/orders/{orderId}`. */
  readonly path: string;
  readonly status: number;
  /** Parameters that must be equal, by name; `body` stands for the body parameter whatever it is called. */
  readonly parameters: Readonly<Record<string, JsonValue>>;
  /** Absent: the answer has no body. */
  readonly response?: JsonValue;
  /** Names of the operation's parameters, by where they stand. */
  readonly places: Readonly<Record<string, 'path' | 'query' | 'header' | 'body'>>;
}

interface Model {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header' | 'body';
  }[];
  readonly responses?: Readonly<
    Record<string, { readonly 'x-amzn-api-sandbox'?: { readonly static?: readonly Canned[] } }>
  >;
}

interface Canned {
  readonly request?: { readonly parameters?: Readonly<Record<string, { readonly value?: JsonValue }>> };
  readonly response?: JsonValue;
}

/** Reads every canned exchange of the models in a folder, in the order of the files. */
export function staticCases(folder: string): readonly StaticCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((file) => {
    const model = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Model;
    return Object.entries(model.paths).flatMap(([template, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) =>
        casesOf(operation, {
          model: file.replace(/\.json$/, ''),
          method: method.toUpperCase(),
          path: template,
        }),
      ),
    );
  });
}

function casesOf(operation: Operation, where: Pick<StaticCase, 'model' | 'method' | 'path'>): StaticCase[] {
  const places = Object.fromEntries((operation.parameters ?? []).map(({ name, in: place }) => [name, place]));
  return Object.entries(operation.responses ?? {}).flatMap(([status, response]) =>
    (response['x-amzn-api-sandbox']?.static ?? []).map((canned) => ({
      ...where,
      operation: operation.operationId ?? '',
      status: Number(status),
      parameters: valuesOf(canned, places),
      ...(canned.response === undefined ? {} : { response: canned.response }),
      places,
    })),
  );
}

/** A parameter without a value stands for any. */
function valuesOf(canned: Canned, places: StaticCase['places']): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(canned.request?.parameters ?? {}).flatMap(([name, { value }]) =>
      value === undefined ? [] : [[places[name] === 'body' ? 'body' : name, value]],
    ),
  );
}
