import type { ConditionPart, ConditionRow, RowValue } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { labelOf } from './labels.js';

/** A condition as one sentence: “product type is “Gift card” and price is above 0.00 USD”. */
export function conditionWords(parts: readonly ConditionPart[]): string {
  const texts = parts.map((part) =>
    part.kind === 'any' && parts.length > 1 ? `(${partWords(part)})` : partWords(part),
  );
  return texts.join(` ${say('mapping.and')} `);
}

function partWords(part: ConditionPart): string {
  if (part.kind === 'any') return part.rows.map(partWords).join(` ${say('mapping.or')} `);
  return part.kind === 'row' ? rowWords(part) : part.text;
}

function rowWords({ field, operator, negated, values, money }: ConditionRow): string {
  const name = negated ? (`op.not.${keyOf(operator)}` as const) : (`op.${keyOf(operator)}` as const);
  return [
    labelOf(field),
    say(name),
    money ? values.map(String).join(` ${say('mapping.and')} `) : valuesWords(operator, values),
  ]
    .filter(Boolean)
    .join(' ');
}

/** `starts with` → `starts_with`, as sentences are named. */
export function keyOf(operator: ConditionRow['operator']): OperatorKey {
  return operator.replaceAll(' ', '_') as OperatorKey;
}

/** Names of operators among the sentences. */
export type OperatorKey =
  | 'is'
  | 'above'
  | 'from'
  | 'below'
  | 'up_to'
  | 'between'
  | 'one_of'
  | 'contains'
  | 'starts_with'
  | 'ends_with'
  | 'mentions'
  | 'mentions_any_of'
  | 'matches'
  | 'in_category'
  | 'present'
  | 'blank'
  | 'yes';

function valuesWords(operator: ConditionRow['operator'], values: readonly RowValue[]): string {
  const texts = values.map(valueWords);
  if (operator === 'between') return texts.join(` ${say('mapping.and')} `);
  return texts.join(', ');
}

function valueWords(value: RowValue): string {
  if (typeof value === 'object') return labelOf(value.field);
  return typeof value === 'string' ? `“${value}”` : String(value);
}
