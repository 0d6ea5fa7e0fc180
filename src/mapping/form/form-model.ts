/** A stretch of an expression's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** What stands there, letter by letter. */
  readonly text: string;
}

/** A value written out in an expression. */
export type FixedValue = string | number | boolean;

/** What a row compares with: a value that is written out, or another field. */
export type RowValue = FixedValue | { readonly field: string };

/** What a row of a condition asks. `yes`: the field itself is a condition. */
export type Operator =
  | 'is'
  | 'above'
  | 'from'
  | 'below'
  | 'up to'
  | 'between'
  | 'one of'
  | 'contains'
  | 'starts with'
  | 'ends with'
  | 'mentions'
  | 'mentions any of'
  | 'matches'
  | 'in category'
  | 'present'
  | 'blank'
  | 'yes';

/** One row: field, operator, values. */
export interface ConditionRow extends Stretch {
  readonly kind: 'row';
  /** A field, a field in a function that makes it comparable, or the first of some: `variant.price`, `amount(variant.price)`. */
  readonly field: string;
  readonly operator: Operator;
  /** The opposite is asked: is not, does not contain. */
  readonly negated: boolean;
  /** Amounts are texts such as `50.00 USD`. */
  readonly values: readonly RowValue[];
  /** The values are amounts with a currency. */
  readonly money: boolean;
}

/** What no row can show; edited as one line. */
export interface ExpressionNode extends Stretch {
  readonly kind: 'expression';
}

/** Rows of which one must hold. */
export interface ConditionGroup extends Stretch {
  readonly kind: 'any';
  readonly rows: readonly (ConditionRow | ExpressionNode)[];
}

/** A part of a condition; all parts must hold. */
export type ConditionPart = ConditionRow | ConditionGroup | ExpressionNode;

/** Where a value comes from. */
export type Source =
  | ExpressionNode
  | (Stretch & { readonly kind: 'nothing' })
  | (Stretch & { readonly kind: 'fixed'; readonly value: FixedValue })
  | (Stretch & { readonly kind: 'field'; readonly path: string })
  | (Stretch & {
      readonly kind: 'joined';
      /** `plus`: the parts stand together without a blank, and all is nothing when one of them is. */
      readonly how: 'words' | 'headline' | 'joined' | 'plus';
      readonly parts: readonly Source[];
      readonly separator: string | null;
    })
  | (Stretch & { readonly kind: 'cut'; readonly of: Source; readonly longest: Source })
  | (Stretch & {
      readonly kind: 'lookup';
      readonly table: string;
      readonly of: Source;
      readonly column: string | null;
    })
  | (Stretch & { readonly kind: 'category'; readonly table: string; readonly of: Source })
  | (Stretch & {
      readonly kind: 'price';
      readonly how: 'percent' | 'round up' | 'end in';
      readonly of: Source;
      readonly by: FixedValue;
    })
  | (Stretch & { readonly kind: 'first'; readonly of: readonly Source[] })
  | (Stretch & {
      readonly kind: 'if';
      readonly condition: readonly ConditionPart[];
      readonly chosen: Source;
      readonly otherwise: Source | null;
    })
  /** What is made of each entry of a list: those that are kept, and how each becomes another value; null: all, as they are. */
  | (Stretch & {
      readonly kind: 'each';
      readonly of: Source;
      readonly item: string;
      readonly keep: readonly ConditionPart[] | null;
      readonly value: Source | null;
    })
  /** Several values, for attributes that take lists. */
  | (Stretch & { readonly kind: 'list'; readonly of: readonly Source[] })
  /** Yes or no, as rows that must all hold. */
  | (Stretch & { readonly kind: 'condition'; readonly condition: readonly ConditionPart[] })
  /** A source that goes through a function: `upper(product.brand)`; its settings are sources too, most of them fixed. */
  | (Stretch & {
      readonly kind: 'cleaned';
      readonly by: string;
      readonly of: Source;
      readonly settings: readonly Source[];
    });

/** One line of `set` or `append`, or of the attributes. */
export interface FormValue {
  readonly name: string;
  /** Where it stands in the document: `['rules', 2, 'set', 'title']`. */
  readonly path: readonly (string | number)[];
  /** Null: a list or map of values, shown as text. */
  readonly source: Source | null;
  /** The value as it stands in the file. */
  readonly written: string;
}

/** A rule, or one of its cases. */
export interface FormBody {
  /** Null: it always applies. */
  readonly when: readonly ConditionPart[] | null;
  readonly set: readonly FormValue[];
  readonly append: readonly FormValue[];
  readonly remove: readonly string[];
  readonly exclude: string | null;
}

/** A rule as a card. */
export interface FormRule extends FormBody {
  readonly name: string;
  readonly note: string | null;
  readonly off: boolean;
  /** Place in the file's list, from 0. */
  readonly index: number;
  readonly cases: readonly FormBody[];
}

/** A condition of the selection. */
export interface FormSelection {
  /** Empty where the selection is one condition without a name. */
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly when: readonly ConditionPart[];
}

/** One file of a mapping as a form. */
export interface MappingForm {
  readonly select: readonly FormSelection[];
  readonly vars: readonly FormValue[];
  readonly attributes: readonly FormValue[];
  readonly rules: readonly FormRule[];
}
