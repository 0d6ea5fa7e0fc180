import type { AuditContext } from '../../src/channel/audit-context.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** A check beyond the schema. `source` and `verified` say where the rule stands and when it was read. */
export interface Rule {
  readonly code: string;
  readonly source: string;
  readonly verified: string;
  check(listing: JsonObject, context: AuditContext): readonly Finding[];
}

/** What a rule found, on one attribute. */
export interface Finding {
  readonly severity: Issue['severity'];
  readonly attribute: string;
  readonly message: string;
  readonly advice: string;
}

/** The instances of an attribute; none where it is absent. */
export function instances(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : [];
}

/** A finding that stops the listing. */
export function error(attribute: string, message: string, advice: string): Finding {
  return { severity: 'error', attribute, message, advice };
}

/** A finding that limits it. */
export function warning(attribute: string, message: string, advice: string): Finding {
  return { severity: 'warning', attribute, message, advice };
}
