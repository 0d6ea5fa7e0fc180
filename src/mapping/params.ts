import { readInstant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import { unitOf } from '../domain/measure.js';
import { isCurrencyCode, readDecimal } from '../domain/money.js';
import { DECLARED, type DeclaredType } from './cel-types.js';
import type { DiagnosticSink } from './diagnostics.js';
import type { RowType } from './environment.js';
import type { Value } from './functions/definition.js';
import type { Part } from './layers.js';
import type { Place } from './source-file.js';
import { memberOf, plainValue, type ValueNode } from './source-tree.js';
import { suggest } from './suggest.js';

/** A parameter with the value it has on this channel. */
export interface Param {
  readonly name: string;
  /** The checker's type. */
  readonly type: string;
  /** For tables: the record type of a row. */
  readonly row: RowType | null;
  readonly value: Value;
}

type Columns = Readonly<Record<string, DeclaredType>>;
type ParamType = DeclaredType | 'table';

/**
 * Fills the parameters: the declaration's default, then what the layers say, then the channel's settings. A required one
 * without a value is an error of the channel.
 */
export function filledParams(
  parts: readonly Part[],
  settings: Readonly<Record<string, unknown>>,
  sink: DiagnosticSink,
): readonly Param[] {
  const params: Param[] = [];
  for (const part of parts) {
    if (!/^[A-Za-z_]\w*$/.test(part.name)) {
      sink.error('bad_name', part.nameAt, 'a parameter is named with letters, digits and _', {
        path: 'params',
      });
      continue;
    }
    if (isFaulty(part, sink)) {
      params.push({ name: part.name, type: 'dyn', row: null, value: null });
      continue;
    }
    const param = filled(part, Object.hasOwn(settings, part.name) ? settings[part.name] : undefined, sink);
    if (param !== null) params.push(param);
  }
  for (const name of Object.keys(settings)) {
    if (parts.some((part) => part.name === name)) continue;
    const near = suggest(
      name,
      parts.map((part) => part.name),
    );
    const place = parts[0]?.nameAt;
    if (place === undefined) continue;
    sink.warning('unknown_param', place, `the channel sets a parameter "${name}" the mapping does not have`, {
      hint: near === null ? null : `did you mean ${near}?`,
      path: 'params',
    });
  }
  return params;
}

/** The file's shape is wrong here or below; that was said. */
function isFaulty(part: Part | null, sink: DiagnosticSink): boolean {
  return part !== null && (sink.hasErrorIn(part.node.at) || isFaulty(part.below, sink));
}

function filled(part: Part, setting: unknown, sink: DiagnosticSink): Param | null {
  const declaration = declarationOf(part);
  const given = valueNode(part);
  const path = `params.${part.name}`;
  const type =
    declaration === null ? inferredType(given) : (textOf(memberOf(declaration, 'type')) as ParamType);
  const columns = columnsOf(declaration);
  const row: RowType | null = type === 'table' ? { name: `Row_${part.name}`, columns } : null;
  const celType = row === null ? DECLARED[type as DeclaredType] : `list<${row.name}>`;
  const base = { name: part.name, type: celType, row };
  const isSet = setting !== undefined && setting !== null;
  const raw = isSet ? setting : given === null ? null : asData(given, type);
  if (raw === null) {
    if (plainMember(declaration, 'required') === true) {
      sink.error('missing_param', part.nameAt, `the channel must set the parameter "${part.name}"`, { path });
    }
    return { ...base, value: null };
  }
  const value = type === 'table' ? tableValue(raw, columns) : paramValue(raw, type);
  if (value === undefined) {
    const place: Place = isSet ? part.nameAt : (given ?? part.node).at;
    const from = isSet ? `the channel's value for "${part.name}"` : `"${part.name}"`;
    sink.error('bad_param', place, `${from} is not ${type}: ${JSON.stringify(raw)}`, { path });
    return { ...base, value: null };
  }
  return { ...base, value };
}

/** The nearest layer that declares the type. */
function declarationOf(part: Part | null): ValueNode | null {
  if (part === null) return null;
  return isDeclaration(part.node) ? part.node : declarationOf(part.below);
}

/** The topmost value: a plain one, or a declaration's default. */
function valueNode(part: Part | null): ValueNode | null {
  if (part === null) return null;
  if (!isDeclaration(part.node)) return part.node.kind === 'nothing' ? null : part.node;
  const standard = memberOf(part.node, 'default');
  return standard === null || standard.kind === 'nothing' ? valueNode(part.below) : standard;
}

function isDeclaration(node: ValueNode): boolean {
  return node.kind === 'map' && memberOf(node, 'type') !== null;
}

function inferredType(node: ValueNode | null): DeclaredType {
  if (node?.kind === 'list') return 'list of text';
  if (node?.kind !== 'fixed') return 'text';
  if (typeof node.value === 'boolean') return 'bool';
  return Number.isSafeInteger(node.value) ? 'int' : 'number';
}

function columnsOf(declaration: ValueNode | null): Columns {
  const node = memberOf(declaration, 'columns');
  return node === null ? {} : (plainValue(node) as Columns);
}

function textOf(node: ValueNode | null): string {
  return node?.kind === 'text' ? node.value : 'text';
}

function plainMember(node: ValueNode | null, name: string): unknown {
  const member = memberOf(node, name);
  return member === null ? undefined : plainValue(member);
}

/** A number where text is wanted keeps its spelling: `code: 007` is "007". */
function asData(node: ValueNode, type: ParamType): unknown {
  return node.kind === 'fixed' && type === 'text' ? node.source : plainValue(node);
}

function tableValue(raw: unknown, columns: Columns): Value | undefined {
  if (!Array.isArray(raw)) return undefined;
  const rows: Value[] = [];
  for (const entry of raw as readonly unknown[]) {
    if (typeof entry !== 'object' || entry === null) return undefined;
    const row: Record<string, Value> = {};
    for (const [name, type] of Object.entries(columns)) {
      const cell = (entry as Readonly<Record<string, unknown>>)[name];
      if (cell === undefined || cell === null) continue;
      const value = paramValue(cell, type);
      if (value === undefined) return undefined;
      row[name] = value;
    }
    rows.push(row);
  }
  return rows;
}

/** Data of a file or of the channel's settings as a value of the declared type; undefined when it does not fit. */
export function paramValue(raw: unknown, type: ParamType): Value | undefined {
  switch (type) {
    case 'text':
      return typeof raw === 'string' ? raw : typeof raw === 'number' ? String(raw) : undefined;
    case 'int':
      return Number.isSafeInteger(raw) ? (raw as number) : undefined;
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) ? raw : undefined;
    case 'bool':
      return typeof raw === 'boolean' ? raw : undefined;
    case 'money':
      return amountOf(raw);
    case 'measure':
      return measureOf(raw);
    case 'date':
      return typeof raw === 'string' ? (readInstant(raw) ?? undefined) : undefined;
    case 'list of text':
      return Array.isArray(raw) && raw.every((entry) => typeof entry === 'string')
        ? (raw as readonly string[])
        : undefined;
    case 'table':
      return undefined;
  }
}

function amountOf(raw: unknown): Value | undefined {
  if (typeof raw === 'object' && raw !== null && 'minor' in raw && 'currency' in raw) {
    const { minor, currency } = raw as Readonly<Record<string, JsonValue>>;
    return Number.isSafeInteger(minor) && typeof currency === 'string'
      ? { minor: Number(minor), currency }
      : undefined;
  }
  const match = typeof raw === 'string' ? /^(\S+)\s+([A-Z]{3})$/.exec(raw.trim()) : null;
  const [, digits = '', currency = ''] = match ?? [];
  return isCurrencyCode(currency) ? (readDecimal(digits, currency) ?? undefined) : undefined;
}

function measureOf(raw: unknown): Value | undefined {
  const match = typeof raw === 'string' ? /^(\d+(?:\.\d+)?)\s*(\S.*)$/.exec(raw.trim()) : null;
  const unit = match === null ? null : unitOf(match[2] ?? '');
  return unit === null ? undefined : { value: Number(match?.[1]), unit };
}
