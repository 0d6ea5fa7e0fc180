import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { DiagnosticSink } from './diagnostics.js';
import type { Place } from './source-file.js';
import { type MapNode, plainValue, type ValueNode } from './source-tree.js';
import { suggest } from './suggest.js';

const TYPES = ['text', 'int', 'number', 'bool', 'money', 'measure', 'date', 'list of text'];

/** The shape of a mapping file; the language's own rules are checked afterwards. Also what an editor completes from. */
export const MAPPING_FILE_SCHEMA = {
  type: 'object',
  required: ['connector'],
  additionalProperties: false,
  properties: {
    connector: { type: 'string', description: 'connector the mapping is for; equal to its base' },
    extends: { type: 'string', description: '"default", a stored mapping or a file' },
    title: { type: 'string' },
    notes: {},
    language: {
      anyOf: [
        { type: 'string' },
        {
          type: 'object',
          additionalProperties: false,
          properties: { use: { type: 'string' }, else: { type: 'array', items: { type: 'string' } } },
        },
      ],
    },
    params: {
      type: 'object',
      additionalProperties: {
        anyOf: [{ type: ['string', 'number', 'boolean', 'array', 'null'] }, { $ref: '#/$defs/param' }],
      },
    },
    select: {
      anyOf: [
        { type: 'string' },
        { type: 'object', additionalProperties: { type: ['string', 'boolean', 'null'] } },
      ],
    },
    vars: { $ref: '#/$defs/values' },
    attributes: { $ref: '#/$defs/values' },
    rules: { type: 'array', items: { $ref: '#/$defs/rule' } },
    expects: { type: 'object', additionalProperties: { enum: TYPES } },
  },
  $defs: {
    values: { type: 'object' },
    param: {
      type: 'object',
      additionalProperties: false,
      required: ['type'],
      properties: {
        type: { enum: [...TYPES, 'table'] },
        columns: { type: 'object', additionalProperties: { enum: TYPES } },
        default: {},
        required: { type: 'boolean' },
        note: { type: 'string' },
      },
    },
    body: {
      when: { type: ['string', 'boolean'] },
      set: { $ref: '#/$defs/values' },
      append: { $ref: '#/$defs/values' },
      remove: { type: 'array', items: { type: 'string' } },
      exclude: { type: 'string' },
    },
    rule: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        note: { type: 'string' },
        off: { type: 'boolean' },
        when: { $ref: '#/$defs/body/when' },
        set: { $ref: '#/$defs/body/set' },
        append: { $ref: '#/$defs/body/append' },
        remove: { $ref: '#/$defs/body/remove' },
        exclude: { $ref: '#/$defs/body/exclude' },
        cases: { type: 'array', items: { $ref: '#/$defs/case' } },
      },
    },
    case: {
      type: 'object',
      additionalProperties: false,
      properties: {
        when: { $ref: '#/$defs/body/when' },
        set: { $ref: '#/$defs/body/set' },
        append: { $ref: '#/$defs/body/append' },
        remove: { $ref: '#/$defs/body/remove' },
        exclude: { $ref: '#/$defs/body/exclude' },
      },
    },
  },
} as const;

let compiled: ValidateFunction | undefined;

/** Compiled with the first mapping that is read: most commands read none. */
function validator(): ValidateFunction {
  compiled ??= new Ajv({ allErrors: true, verbose: true, strict: false, validateSchema: false }).compile(
    MAPPING_FILE_SCHEMA,
  );
  return compiled;
}

/** Checks the shape of one file and reports each trouble at its node. Reading goes on: it must not hide what is wrong elsewhere. */
export function checkFileShape(root: MapNode, sink: DiagnosticSink): void {
  const validate = validator();
  if (validate(plainValue(root)) === true) return;
  for (const error of deepest(validate.errors ?? [])) report(error, root, sink);
}

/** Of alternatives that failed only the complaint that says most is worth reading: the deepest, else one about a name, else all the types. */
function deepest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let remaining = errors.filter((error) => error.keyword !== 'anyOf');
  for (const { keyword, instancePath } of errors) {
    if (keyword !== 'anyOf') continue;
    const inside = remaining.filter(
      (error) => error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`),
    );
    const deeper = inside.filter((error) => error.instancePath !== instancePath);
    const named = inside.filter((error) => error.keyword !== 'type');
    const worth = deeper.length > 0 ? deeper : named.length > 0 ? named : oneOfTypes(inside);
    remaining = [...remaining.filter((error) => !inside.includes(error)), ...worth];
  }
  return remaining;
}

function oneOfTypes(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const [first] = errors;
  if (first === undefined) return [];
  const type = errors.flatMap((error) => error.params.type as string | readonly string[]);
  return [{ ...first, params: { type } }];
}

function report(error: ErrorObject, root: MapNode, sink: DiagnosticSink): void {
  const steps = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = steps.reduce(
    (whole, step) => (/^\d+$/.test(step) ? `${whole}[${step}]` : whole === '' ? step : `${whole}.${step}`),
    '',
  );
  const node = nodeAt(root, steps);
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const near = suggest(name, known);
    const hint = near === null ? `known here: ${known.join(', ')}` : `did you mean ${near}?`;
    sink.error('unknown_key', nameAt(node, name), `"${name}" is not known here`, { hint, path });
    return;
  }
  const at: Place = node.kind === 'map' ? (node.entries[0]?.nameAt ?? node.at) : node.at;
  sink.error('bad_shape', at, shapeMessage(error, path), { path });
}

function shapeMessage(error: ErrorObject, path: string): string {
  const what = path === '' ? 'the file' : path;
  if (error.keyword === 'required') return `${what} needs "${error.params.missingProperty}"`;
  if (error.keyword === 'enum')
    return `${what} must be one of ${(error.params.allowedValues as string[]).join(', ')}`;
  if (error.keyword === 'type') return `${what} must be ${typeWords(error.params.type)}`;
  return `${what} ${error.message ?? 'is not right'}`;
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

function typeWords(types: unknown): string {
  const names = Array.isArray(types) ? types.map(String) : [String(types)];
  return names.map((name) => WORDS[name] ?? name).join(' or ');
}

function nodeAt(root: ValueNode, steps: readonly string[]): ValueNode {
  let node: ValueNode = root;
  for (const step of steps) {
    const next: ValueNode | undefined =
      node.kind === 'list'
        ? node.items[Number(step)]
        : node.kind === 'map'
          ? node.entries.find((entry) => entry.name === step)?.value
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

function nameAt(node: ValueNode, name: string): Place {
  return (
    (node.kind === 'map' ? node.entries.find((entry) => entry.name === name)?.nameAt : undefined) ?? node.at
  );
}
