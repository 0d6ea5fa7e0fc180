import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import { allBodies } from './check-mapping.js';
import type { CheckedMapping } from './checked-mapping.js';
import { type CheckedValue, literalOf } from './checked-value.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { Place } from './source-file.js';
import { suggest } from './suggest.js';

interface ConformanceContext {
  readonly connector: string;
  readonly sink: DiagnosticSink;
}

/** Checks names and written-out values of attributes against the channel's listing schema. */
export function checkConformance(
  mapping: CheckedMapping,
  schema: JsonObject,
  context: ConformanceContext,
): void {
  const check = new Conformance(schema, context);
  for (const part of mapping.attributes) check.attribute(part, `attributes.${part.name}`);
  for (const body of allBodies(mapping)) {
    for (const part of [...body.set, ...body.append]) check.attribute(part, part.name);
    for (const { name, at } of body.remove) check.name({ name, nameAt: at }, 'remove');
  }
}

class Conformance {
  private readonly root: JsonObject;
  private readonly context: ConformanceContext;
  private readonly channel: string;

  constructor(root: JsonObject, context: ConformanceContext) {
    this.root = root;
    this.context = context;
    this.channel = typeof root.title === 'string' ? root.title : context.connector;
  }

  attribute(part: { name: string; nameAt: Place; value: CheckedValue }, path: string): void {
    const schema = this.name(part, path);
    if (schema !== null) this.value(part.value, schema, path);
  }

  /** The schema of an attribute; null (and reported) when the channel does not have it. */
  name(part: { name: string; nameAt: Place }, path: string): JsonObject | null {
    const properties = isJsonObject(this.root.properties) ? this.root.properties : {};
    const known = Object.hasOwn(properties, part.name) ? properties[part.name] : undefined;
    if (known !== undefined) return this.resolved(known);
    if (this.root.additionalProperties !== false && Object.keys(properties).length === 0) return null;
    const near = suggest(part.name, Object.keys(properties));
    this.context.sink.error(
      'unknown_channel_attribute',
      part.nameAt,
      `${this.channel} has no attribute "${part.name}"`,
      {
        hint: near === null ? null : `did you mean ${near}?`,
        path,
      },
    );
    return null;
  }

  private resolved(schema: JsonValue | undefined): JsonObject | null {
    if (!isJsonObject(schema)) return null;
    if (typeof schema.$ref !== 'string' || !schema.$ref.startsWith('#/')) return schema;
    let target: JsonValue | undefined = this.root;
    for (const step of schema.$ref.slice(2).split('/'))
      target = isJsonObject(target) ? target[step] : undefined;
    return isJsonObject(target) ? target : null;
  }

  private value(value: CheckedValue, schema: JsonObject, path: string): void {
    const item = this.resolved(schema.items);
    if (value.kind === 'list' && item !== null) {
      for (const entry of value.items) this.value(entry, item, path);
    } else if (value.kind === 'each' && item !== null) this.value(value.body, item, path);
    else if (value.kind === 'object') this.members(value, schema, path);
    else for (const literal of literalResults(value)) this.literal(literal, item ?? schema, path);
  }

  private members(value: CheckedValue & { kind: 'object' }, schema: JsonObject, path: string): void {
    if (value.value !== null) this.value(value.value, schema, path);
    const properties = isJsonObject(schema.properties) ? schema.properties : null;
    if (properties === null) return;
    for (const member of value.members) {
      const known = Object.hasOwn(properties, member.name) ? this.resolved(properties[member.name]) : null;
      if (known !== null) this.value(member.value, known, `${path}.${member.name}`);
      else if (schema.additionalProperties === false) {
        const near = suggest(member.name, Object.keys(properties));
        const hint = near === null ? null : `did you mean ${near}?`;
        this.context.sink.error(
          'unknown_channel_attribute',
          member.nameAt,
          `${path} has no member "${member.name}"`,
          { hint, path },
        );
      }
    }
  }

  private literal(
    found: { value: string | number | boolean; at: Place },
    schema: JsonObject,
    path: string,
  ): void {
    const allowed = isJsonArray(schema.enum) ? schema.enum : null;
    if (allowed === null || allowed.includes(found.value)) return;
    const texts = allowed.map(String);
    const near = suggest(String(found.value), texts);
    this.context.sink.error(
      'not_allowed_value',
      found.at,
      `${this.channel} does not allow "${found.value}" here`,
      {
        hint: near === null ? `allowed: ${texts.slice(0, 12).join(', ')}` : `did you mean ${near}?`,
        path,
      },
    );
  }
}

/** Values an expression can only have because they are written out: the branches of its choices. */
function literalResults(value: CheckedValue): readonly { value: string | number | boolean; at: Place }[] {
  const literal = literalOf(value);
  if (literal !== undefined) return [{ value: literal, at: value.at }];
  if (value.kind !== 'expression') return [];
  return branchesOf(value.expression).map((text) => ({ value: text, at: value.at }));
}

function branchesOf(
  expression: (CheckedValue & { kind: 'expression' })['expression'],
): (string | number | boolean)[] {
  if (expression.kind === 'literal') return expression.value === null ? [] : [expression.value];
  if (expression.kind === 'choice')
    return [...branchesOf(expression.chosen), ...branchesOf(expression.otherwise)];
  if (expression.kind === 'call' && expression.name === 'when')
    return expression.args.slice(1).flatMap(branchesOf);
  return [];
}
