import type { AuditContext } from '../../src/channel/connector.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { CONTENT_RULES } from './audit/content-rules.js';
import { IDENTITY_RULES } from './audit/identity-rules.js';
import { OFFER_RULES } from './audit/offer-rules.js';
import type { AuditRule } from './audit/rule.js';
import { encodeListing } from './listing-form.js';

/** Every rule beyond the schema, with the day it was last checked against Google's documents. */
export const AUDIT_RULES: readonly AuditRule[] = [...OFFER_RULES, ...IDENTITY_RULES, ...CONTENT_RULES];

/** Complaints Google would have about a canonical listing. Pure; unknown attributes are the schema's business. */
export function auditListing(listing: JsonObject, context: AuditContext): readonly Issue[] {
  const encoded = encodeListing(listing);
  const unfit = encoded.fits ? [] : encoded.issues.filter((issue) => issue.code === 'value_does_not_fit');
  return [...unfit, ...AUDIT_RULES.flatMap((rule) => complaint(rule, listing, context))];
}

function complaint(rule: AuditRule, listing: JsonObject, context: AuditContext): readonly Issue[] {
  const message = rule.complaint(listing, context);
  if (message === null) return [];
  const { severity, code, attribute, advice, link } = rule;
  return [
    { severity, code, attribute, origin: 'ours', message, advice, ...(link === undefined ? {} : { link }) },
  ];
}
