import type { CheckedExpression, CheckedValue } from './checked-value.js';
import type { Layer } from './layers.js';
import type { Param } from './params.js';
import type { Place } from './source-file.js';

/** A condition of the selection. */
export interface CheckedCondition {
  readonly name: string;
  readonly condition: CheckedExpression;
}

/** A var or an attribute. */
export interface CheckedPart {
  readonly name: string;
  readonly nameAt: Place;
  readonly by: Layer['by'];
  readonly value: CheckedValue;
}

/** What a rule, or one of its cases, does. */
export interface CheckedBody {
  readonly when: CheckedExpression | null;
  readonly set: readonly CheckedPart[];
  readonly append: readonly CheckedPart[];
  readonly remove: readonly { readonly name: string; readonly at: Place }[];
  readonly exclude: string | null;
  readonly cases: readonly CheckedBody[];
}

/** A rule that is switched on. */
export interface CheckedRule {
  readonly name: string;
  readonly nameAt: Place;
  readonly by: Layer['by'];
  readonly body: CheckedBody;
}

/** A mapping whose every expression is checked. */
export interface CheckedMapping {
  readonly params: readonly Param[];
  readonly select: readonly CheckedCondition[];
  readonly vars: readonly CheckedPart[];
  readonly attributes: readonly CheckedPart[];
  readonly rules: readonly CheckedRule[];
}

/** A body and its cases. */
export function bodiesOf<Body extends { readonly cases: readonly Body[] }>(body: Body): readonly Body[] {
  return [body, ...body.cases.flatMap((one) => bodiesOf(one))];
}
