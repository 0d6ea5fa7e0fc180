import type { Issue, Severity } from '../domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { AuditContext } from './audit-context.js';

/** One rule of a connector's preflight: a fact of the channel's documents, dated, that a finished listing can be held against. */
export interface AuditRule {
  /** The channel's own error word where it has one, so that our warning and its later one read alike. */
  readonly code: string;
  readonly severity: Severity;
  /** Attribute the rule is about. */
  readonly attribute: string;
  /** What it looks at, for the list of rules in the README. */
  readonly about: string;
  /** Where the rule stands in the channel's documents. */
  readonly source: string;
  /** Day the rule was last checked, `2026-11-24`. */
  readonly verified: string;
  /** What is wrong, as a sentence with the concrete value; null: nothing. Pure. */
  readonly complaint: (listing: JsonObject, context: AuditContext) => string | null;
  /** What a merchant should do. */
  readonly advice: string;
  /** The channel's page about the rule, for merchants. */
  readonly link?: string;
}

/** The complaints of all rules about one listing, in the order of the rules. Pure. */
export function auditBy(
  rules: readonly AuditRule[],
  listing: JsonObject,
  context: AuditContext,
): readonly Issue[] {
  return rules.flatMap((rule): readonly Issue[] => {
    const message = rule.complaint(listing, context);
    if (message === null) return [];
    const { severity, code, attribute, advice, link } = rule;
    return [
      { severity, code, attribute, origin: 'ours', message, advice, ...(link === undefined ? {} : { link }) },
    ];
  });
}

/** The rules as Markdown lines for a README: code, severity, attribute, what is looked at, source and day. */
export function auditReference(rules: readonly Omit<AuditRule, 'complaint'>[]): string {
  return rules
    .map(
      ({ code, severity, attribute, about, source, verified }) =>
        `- \`${code}\` (${severity}; \`${attribute}\`): ${about} (${source}, ${verified})`,
    )
    .join('\n');
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
