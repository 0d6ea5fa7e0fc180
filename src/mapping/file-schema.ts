import { Ajv, type ErrorObject } from 'ajv';
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

const validate = new Ajv({ allErrors: true, verbose: true, strict: false, allowUnionTypes: true }).compile(
  MAPPING_FILE_SCHEMA,
);

/** Checks the shape of one file and reports each trouble at its node. True when the file may be read further. */
export function checkFileShape(root: MapNode, sink: DiagnosticSink): boolean {
  if (validate(plainValue(root)) === true) return true;
  for (const error of deepest(validate.errors ?? [])) report(error, root, sink);
  return false;
}

/** Of alternatives that failed only the complaint that went deepest is worth reading. */
function deepest(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const plain = errors.filter((error) => error.keyword !== 'anyOf');
  return plain.filter(
    (error) =>
      !plain.some((other) => other !== error && other.instancePath.startsWith(`${error.instancePath}/`)),
  );
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
  if (error.keyword === 'type') return `${what} must be ${String(error.params.type).replaceAll(',', ' or ')}`;
  return `${what} ${error.message ?? 'is not right'}`;
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
