import type {
  ConditionPart,
  ConditionRow,
  ExpressionNode,
  FixedValue,
  Operator,
  RowValue,
  Source,
} from './form-model.js';

/** What a form puts into a row; what was not touched keeps its text. */
export type RowEdit = Omit<ConditionRow, 'start' | 'end' | 'text'>;

/** A text as CEL writes it. */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`);
}

/** A written-out value as CEL writes it. */
export function fixedLiteral(value: FixedValue): string {
  return typeof value === 'string' ? textLiteral(value) : String(value);
}

function valueLiteral(value: RowValue, money: boolean): string {
  if (typeof value === 'object') return value.field;
  return money ? `price(${textLiteral(String(value))})` : fixedLiteral(value);
}

const SIGNS: Partial<Readonly<Record<Operator, string>>> = {
  is: '==',
  above: '>',
  from: '>=',
  below: '<',
  'up to': '<=',
};
const FUNCTIONS: Partial<Readonly<Record<Operator, string>>> = {
  contains: 'contains',
  'starts with': 'startsWith',
  'ends with': 'endsWith',
  mentions: 'mentions',
  matches: 'matches',
  'in category': 'inCategory',
  present: 'has',
  blank: 'blank',
  between: 'between',
};

/** The expression of a row. Null: the row is not complete. */
export function writeRow(row: RowEdit): string | null {
  const { field, operator, values, negated, money } = row;
  const literals = values.map((value) => valueLiteral(value, money));
  const [first] = literals;
  const wanted = operator === 'between' ? 2 : /^(present|blank|yes)$/.test(operator) ? 0 : 1;
  if (field.trim() === '' || literals.length < wanted) return null;
  const not = negated ? '!' : '';
  if (operator === 'is') return `${field} ${negated ? '!=' : '=='} ${first ?? ''}`;
  const sign = SIGNS[operator];
  if (sign !== undefined)
    return negated ? `!(${field} ${sign} ${first ?? ''})` : `${field} ${sign} ${first ?? ''}`;
  if (operator === 'one of')
    return negated ? `!(${field} in [${literals.join(', ')}])` : `${field} in [${literals.join(', ')}]`;
  if (operator === 'yes') return not + field;
  if (operator === 'mentions any of') return `${not}mentionsAny(${field}, [${literals.join(', ')}])`;
  return `${not}${FUNCTIONS[operator] ?? ''}(${[field, ...literals].join(', ')})`;
}

/** Rows and groups as one condition; a part with a text of its own keeps it letter by letter. */
export function writeCondition(parts: readonly (ConditionPart | { readonly text: string })[]): string {
  return parts.map((part) => grouped(part, parts.length)).join(' && ');
}

function grouped(part: ConditionPart | { readonly text: string }, among: number): string {
  if (!('kind' in part)) return among > 1 && /\|\||\?/.test(part.text) ? `(${part.text})` : part.text;
  const needed = part.kind === 'any' || (part.kind === 'expression' && /\|\||\?/.test(part.text));
  return needed && among > 1 ? `(${part.text})` : part.text;
}

/** Rows of which one must hold. */
export function writeAny(
  rows: readonly (ConditionRow | ExpressionNode | { readonly text: string })[],
): string {
  return rows.map(({ text }) => (/&&|\?/.test(text) ? `(${text})` : text)).join(' || ');
}

const PRICED = { percent: 'addPercent', 'round up': 'roundUpTo', 'end in': 'endIn' } as const;

/** What a form can put together as a source, of parts that are expressions already. */
export type SourceEdit =
  | { readonly kind: 'fixed'; readonly value: FixedValue }
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'expression'; readonly text: string }
  | {
      readonly kind: 'joined';
      readonly how: 'words' | 'headline' | 'joined' | 'plus';
      readonly parts: readonly string[];
      readonly separator: string | null;
    }
  | { readonly kind: 'cut'; readonly of: string; readonly longest: string }
  | { readonly kind: 'lookup'; readonly table: string; readonly of: string; readonly column: string | null }
  | { readonly kind: 'category'; readonly table: string; readonly of: string }
  | {
      readonly kind: 'price';
      readonly how: keyof typeof PRICED;
      readonly of: string;
      readonly by: FixedValue;
    }
  | { readonly kind: 'first' | 'list'; readonly of: readonly string[] }
  | { readonly kind: 'condition'; readonly condition: string }
  | {
      readonly kind: 'each';
      readonly of: string;
      readonly item: string;
      readonly keep: string | null;
      readonly value: string | null;
    }
  | {
      readonly kind: 'if';
      readonly condition: string;
      readonly chosen: string;
      readonly otherwise: string | null;
    }
  | {
      readonly kind: 'cleaned';
      readonly by: string;
      readonly of: string;
      readonly settings: readonly string[];
    };

/** The expression of a source. */
export function writeSource(source: SourceEdit): string {
  switch (source.kind) {
    case 'fixed':
      return fixedLiteral(source.value);
    case 'field':
      return source.path;
    case 'nothing':
      return 'null';
    case 'expression':
      return source.text;
    case 'joined': {
      if (source.how === 'plus') return source.parts.join(' + ');
      const separator = source.separator === null ? '' : `, ${textLiteral(source.separator)}`;
      return `${source.how}([${source.parts.join(', ')}]${separator})`;
    }
    case 'cut':
      return `clip(${source.of}, ${source.longest})`;
    case 'lookup': {
      const column = source.column === null ? '' : `, ${textLiteral(source.column)}`;
      return `lookup(${textLiteral(source.table)}, ${source.of}${column})`;
    }
    case 'category':
      return `lookupPath(${textLiteral(source.table)}, ${source.of})`;
    case 'price':
      return `${PRICED[source.how]}(${source.of}, ${fixedLiteral(source.by)})`;
    case 'first':
      return `first([${source.of.join(', ')}])`;
    case 'list':
      return `[${source.of.join(', ')}]`;
    case 'condition':
      return source.condition;
    case 'each':
      return eachText(source);
    case 'if': {
      const otherwise = source.otherwise === null ? '' : `, ${source.otherwise}`;
      return `when(${source.condition}, ${source.chosen}${otherwise})`;
    }
    case 'cleaned':
      return `${source.by}(${[source.of, ...source.settings].join(', ')})`;
  }
}

function eachText({ of, item, keep, value }: SourceEdit & { readonly kind: 'each' }): string {
  if (value === null) return keep === null ? of : `${of}.filter(${item}, ${keep})`;
  return keep === null ? `${of}.map(${item}, ${value})` : `${of}.map(${item}, ${keep}, ${value})`;
}

/** A source that was read, as the form would put it together anew; its parts keep their texts. */
export function editOf(source: Source): SourceEdit {
  switch (source.kind) {
    case 'joined':
      return { ...source, parts: source.parts.map(({ text }) => text) };
    case 'first':
    case 'list':
      return { ...source, of: source.of.map(({ text }) => text) };
    case 'each':
      return {
        kind: 'each',
        of: source.of.text,
        item: source.item,
        keep: source.keep === null ? null : writeCondition(source.keep),
        value: source.value?.text ?? null,
      };
    case 'condition':
      return { kind: 'condition', condition: writeCondition(source.condition) };
    case 'cleaned':
      return { ...source, of: source.of.text, settings: source.settings.map(({ text }) => text) };
    case 'cut':
      return { ...source, of: source.of.text, longest: source.longest.text };
    case 'lookup':
    case 'category':
    case 'price':
      return { ...source, of: source.of.text } as SourceEdit;
    case 'if':
      return {
        kind: 'if',
        condition: writeCondition(source.condition),
        chosen: source.chosen.text,
        otherwise: source.otherwise?.text ?? null,
      };
    default:
      return source;
  }
}
