import type { ComponentType } from 'react';
import type { JsonValue } from '../../app/json.js';
import type { FormFacts } from './facts.js';
import type { FormField } from './fields.js';

/** A field with its value, and where both stand. */
export interface BoxProps {
  readonly field: FormField;
  /** JSON pointer. */
  readonly at: string;
  readonly value: JsonValue | undefined;
  readonly facts: FormFacts;
  onChange(value: JsonValue | undefined): void;
}

/** A field that holds others: it is lent what draws one. */
export interface NestProps extends BoxProps {
  readonly fields: readonly FormField[];
  readonly Field: ComponentType<BoxProps>;
}
