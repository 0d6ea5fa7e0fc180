/** A type as the checker names it. Instances of equal types are the same object within one environment. */
export interface CelType {
  readonly kind: string;
  readonly name: string;
  readonly keyType?: CelType | undefined;
  readonly valueType?: CelType | undefined;
  readonly hasDynType: boolean;
  readonly hasPlaceholderType: boolean;
}

/** Kinds of values the compiler tells apart. `any`: only known when the expression runs. */
export type ValueKind =
  | 'text'
  | 'int'
  | 'number'
  | 'bool'
  | 'instant'
  | 'money'
  | 'measure'
  | 'list'
  | 'map'
  | 'record'
  | 'any';

/** CEL's name of an instant. */
export const INSTANT = 'google.protobuf.Timestamp';

const KINDS: Readonly<Record<string, ValueKind>> = {
  string: 'text',
  int: 'int',
  double: 'number',
  bool: 'bool',
  [INSTANT]: 'instant',
  Money: 'money',
  Measure: 'measure',
};

/** The kind of a checked type. */
export function kindOf(type: CelType): ValueKind {
  if (type.kind === 'dyn' || type.kind === 'param') return 'any';
  if (type.kind === 'list') return 'list';
  if (type.kind === 'map') return 'map';
  return KINDS[type.name] ?? (type.kind === 'message' ? 'record' : 'any');
}

const SPOKEN: Readonly<Record<ValueKind, string>> = {
  text: 'text',
  int: 'a whole number',
  number: 'a number',
  bool: 'yes/no',
  instant: 'an instant',
  money: 'an amount',
  measure: 'a measure',
  list: 'a list',
  map: 'a map',
  record: 'a record',
  any: 'a value',
};

/** A type in the words of messages: `an amount`, `a list of text`. */
export function spokenType(type: CelType): string {
  const kind = kindOf(type);
  if (kind === 'list' && type.valueType !== undefined && kindOf(type.valueType) !== 'any') {
    return `a list of ${SPOKEN[kindOf(type.valueType)].replace(/^an? /, '')}`;
  }
  return SPOKEN[kind];
}

/** Value types a merchant may declare for parameters and free attributes. */
export type DeclaredType = 'text' | 'int' | 'number' | 'bool' | 'money' | 'measure' | 'date' | 'list of text';

/** The checker's name for each declared type. */
export const DECLARED: Readonly<Record<DeclaredType, string>> = {
  text: 'string',
  int: 'int',
  number: 'double',
  bool: 'bool',
  money: 'Money',
  measure: 'Measure',
  date: INSTANT,
  'list of text': 'list<string>',
};
