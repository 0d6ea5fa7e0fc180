import type { CelType } from './cel-types.js';
import type { Expression } from './expression-tree.js';
import type { Place } from './source-file.js';
import type { TextNode } from './source-tree.js';

/** An expression of a mapping, checked. */
export interface CheckedExpression {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly source: TextNode;
  readonly at: Place;
  /** Where in the document: `attributes.title`. */
  readonly path: string;
}

/** A value of a mapping, checked: what the compiler works from, for the ordinary and for the traced build. */
export type CheckedValue =
  | CheckedExpression
  | { readonly kind: 'fixed'; readonly value: string | number | boolean; readonly at: Place }
  | { readonly kind: 'nothing'; readonly at: Place }
  | { readonly kind: 'list'; readonly items: readonly CheckedValue[]; readonly at: Place }
  | {
      readonly kind: 'object';
      readonly when: CheckedExpression | null;
      readonly members: readonly CheckedMember[];
      /** `$value`: this instead of members. */
      readonly value: CheckedValue | null;
      readonly at: Place;
    }
  | {
      readonly kind: 'each';
      readonly list: CheckedExpression;
      readonly as: string;
      readonly body: CheckedValue;
      readonly at: Place;
    };

/** A member of a map. */
export interface CheckedMember {
  readonly name: string;
  readonly nameAt: Place;
  readonly value: CheckedValue;
}

/** The checker's type of a value, for declaring a var. */
export function typeOfValue(value: CheckedValue): CelType | string {
  switch (value.kind) {
    case 'expression':
      return value.expression.type;
    case 'fixed':
      if (typeof value.value === 'string') return 'string';
      if (typeof value.value === 'boolean') return 'bool';
      return Number.isInteger(value.value) ? 'int' : 'double';
    case 'nothing':
      return 'dyn';
    case 'list':
      return listType(value.items);
    case 'object':
      return value.value === null ? 'map<string, dyn>' : typeOfValue(value.value);
    case 'each':
      return 'list<dyn>';
  }
}

function listType(items: readonly CheckedValue[]): string {
  const names = new Set(items.map(typeOfValue).map((type) => (typeof type === 'string' ? type : type.name)));
  const [only] = names;
  return names.size === 1 && only !== undefined && /^(string|int|double|bool)$/.test(only)
    ? `list<${only}>`
    : 'list<dyn>';
}

/** The value when it is written out in the mapping; undefined when it is worked out. */
export function literalOf(value: CheckedValue): string | number | boolean | undefined {
  if (value.kind === 'fixed') return value.value;
  if (value.kind !== 'expression' || value.expression.kind !== 'literal') return undefined;
  return value.expression.value ?? undefined;
}

/** Whether a value is written out with all its parts: it does not keep the map around it alive. */
export function isFixed(value: CheckedValue): boolean {
  if (value.kind === 'list') return value.items.every(isFixed);
  if (value.kind !== 'object') return value.kind === 'nothing' || literalOf(value) !== undefined;
  if (value.when !== null) return false;
  return value.value === null ? value.members.every((member) => isFixed(member.value)) : isFixed(value.value);
}

/** All expressions inside a value. */
export function expressionsOf(value: CheckedValue): readonly CheckedExpression[] {
  switch (value.kind) {
    case 'expression':
      return [value];
    case 'list':
      return value.items.flatMap(expressionsOf);
    case 'object':
      return [
        ...(value.when === null ? [] : [value.when]),
        ...(value.value === null ? [] : expressionsOf(value.value)),
        ...value.members.flatMap((member) => expressionsOf(member.value)),
      ];
    case 'each':
      return [value.list, ...expressionsOf(value.body)];
    default:
      return [];
  }
}
