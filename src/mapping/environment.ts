import { type CelType, DECLARED, type DeclaredType } from './cel-types.js';
import { type CelEnvironment, newEnvironment, registerRecord } from './front.js';
import type { FunctionDefinition } from './functions/definition.js';
import { FUNCTIONS } from './functions/table.js';
import { overloads, type Signature, signatureOf } from './signatures.js';
import { KEPT_SIGNATURES, RECORDS } from './vocabulary.js';

/** Attributes products and variants may have: name → declared type. */
export type AttributeTypes = ReadonlyMap<string, DeclaredType>;

let base: CelEnvironment | null = null;

/** Built once per process: functions with all their overloads, operators of amounts and measures, record types. */
function baseEnvironment(): CelEnvironment {
  base ??= buildBase();
  return base;
}

function buildBase(): CelEnvironment {
  const environment = newEnvironment();
  for (const [name, fields] of Object.entries(RECORDS)) registerRecord(environment, name, fields);
  for (const signature of KEPT_SIGNATURES) environment.registerFunction(signature, never, { async: false });
  registerMethod(environment, signatureOf('h__(dyn): bool'));
  for (const definition of FUNCTIONS) registerFunction(environment, definition);
  for (const operator of operators()) environment.registerOperator(operator, never);
  return environment;
}

/** Nothing is ever evaluated by the checker's own engine. */
function never(): never {
  throw new Error('the checker evaluates nothing');
}

function registerFunction(environment: CelEnvironment, definition: FunctionDefinition): void {
  const seen = new Set<string>();
  for (const written of definition.signatures) {
    for (const signature of overloads(signatureOf(written))) {
      const text = `${signature.name}(${signature.params.join(', ')}): ${signature.result}`;
      if (seen.has(text)) continue;
      seen.add(text);
      environment.registerFunction({
        name: signature.name,
        returnType: signature.result,
        params: signature.params.map((type) => ({ type })),
        handler: never,
        async: false,
      } as Parameters<CelEnvironment['registerFunction']>[0]);
      registerMethod(environment, signature);
    }
  }
}

/** Every function is also a method of its first argument: `f(x, y)` is `x.f(y)`. */
function registerMethod(environment: CelEnvironment, signature: Signature): void {
  const [receiverType, ...params] = signature.params;
  if (receiverType === undefined) return;
  environment.registerFunction({
    name: signature.name,
    receiverType,
    returnType: signature.result,
    params: params.map((type) => ({ type })),
    handler: never,
    async: false,
  } as Parameters<CelEnvironment['registerFunction']>[0]);
}

function operators(): string[] {
  const found: string[] = [];
  for (const operator of ['+', '-', '*', '/']) {
    found.push(`int ${operator} double: double`, `double ${operator} int: double`);
  }
  found.push('int == double', 'int in list<double>', 'double in list<int>');
  found.push('Money + Money: Money', 'Money - Money: Money');
  for (const number of ['int', 'double']) found.push(`Money * ${number}: Money`, `${number} * Money: Money`);
  for (const type of ['Money', 'Measure']) {
    for (const operator of ['<', '<=', '>', '>=']) found.push(`${type} ${operator} ${type}: bool`);
  }
  for (const record of Object.keys(RECORDS)) found.push(`${record} == ${record}`);
  return found;
}

/** A record type for the rows of a table parameter. */
export interface RowType {
  readonly name: string;
  readonly columns: Readonly<Record<string, DeclaredType>>;
}

/**
 * The names an expression may use. A scope is filled step by step while a mapping is loaded; names known only inside a
 * part of it (the entry of `$each`) live in a scope of their own.
 */
export class Scope {
  private readonly typed: CelEnvironment;
  private readonly names = new Map<string, CelType | string>();
  readonly environment: CelEnvironment;

  constructor(typed: CelEnvironment, names: ReadonlyMap<string, CelType | string>) {
    this.typed = typed;
    this.environment = typed.clone();
    for (const [name, type] of names) this.declare(name, type);
  }

  /** Makes a name known. A type that is only known at run time is registered as such. */
  declare(name: string, type: CelType | string): void {
    if (this.names.has(name)) return;
    const known = typeof type === 'string' || type.kind !== 'param' ? type : 'dyn';
    this.names.set(name, known);
    this.environment.registerVariable(name, known as string);
  }

  has(name: string): boolean {
    return this.names.has(name);
  }

  /** Names that begin with a prefix, without it: for suggestions. */
  namesWith(prefix: string): string[] {
    return [...this.names.keys()]
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  }

  /** The same names and one more. */
  with(name: string, type: CelType | string): Scope {
    const names = new Map(this.names);
    names.set(name, type);
    return new Scope(this.typed, names);
  }
}

/**
 * A scope with the given variables. `attributes` are the free attributes of products and variants; null when the
 * catalog's attributes are not known, then every one of them is taken as it comes.
 */
export function newScope(
  variables: Readonly<Record<string, string>>,
  attributes: AttributeTypes | null,
  rows: readonly RowType[] = [],
): Scope {
  const typed = baseEnvironment().clone();
  registerRecord(typed, 'Attributes', attributes && declaredFields(Object.fromEntries(attributes)));
  for (const row of rows) registerRecord(typed, row.name, declaredFields(row.columns));
  const names = new Map<string, CelType | string>(Object.entries(variables));
  names.set('none', 'A');
  return new Scope(typed, names);
}

function declaredFields(columns: Readonly<Record<string, DeclaredType>>): Record<string, string> {
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, DECLARED[type]]));
}
