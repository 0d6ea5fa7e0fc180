import type { AuditContext } from '../../../src/channel/connector.js';
import type { Severity } from '../../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';

/** One rule of the pre-flight. */
export interface AuditRule {
  readonly code: string;
  readonly severity: Severity;
  /** Attribute the rule is about. */
  readonly attribute: string;
  /** Day the rule was last checked. */
  readonly verified: string;
  /** What is wrong, as a sentence with the concrete value; null: nothing. */
  readonly complaint: (listing: JsonObject, context: AuditContext) => string | null;
  readonly advice: string;
  /** Google's page about the rule. */
  readonly link?: string;
}

/** A text attribute; nothing when it is absent or something else. */
export function textOf(listing: JsonObject, name: string): string | null {
  const value = listing[name];
  return typeof value === 'string' ? value : null;
}

/** The values of an attribute that may repeat; none when it is absent. */
export function valuesOf(listing: JsonObject, name: string): readonly JsonValue[] {
  const value = listing[name];
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value : [value];
}

/** The objects of an attribute that may repeat. */
export function objectsOf(listing: JsonObject, name: string): readonly JsonObject[] {
  return valuesOf(listing, name).filter(isJsonObject);
}
