import type { Severity } from './issue.js';
import type { JsonObject, JsonValue } from './json.js';

/**
 * A word of a channel's schemas beyond JSON Schema, with its meaning. Words that say nothing about validity (labels, hints)
 * need no entry.
 */
export interface SchemaKeyword {
  readonly keyword: string;
  /** Values it speaks of; others pass. */
  readonly on: 'string' | 'array';
  /** What the schema says for the keyword, against the value. `schema` is the object the keyword stands in. Null: it fits. Pure. */
  judge(said: JsonValue, value: JsonValue, schema: JsonObject): KeywordComplaint | null;
}

/** What is wrong with a value, in words for a merchant. */
export interface KeywordComplaint {
  readonly severity: Severity;
  readonly code: string;
  /** Goes on after the place: `has 8 bytes, 6 are allowed`. */
  readonly says: string;
  readonly advice: string;
}
