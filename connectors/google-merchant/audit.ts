import type { AuditContext } from '../../src/channel/audit-context.js';
import { auditBy } from '../../src/channel/audit-rule.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { AUDIT_RULES } from './audit/rules.js';
import { encodeListing } from './listing-form.js';

/** Complaints Google would have about a canonical listing. Pure; unknown attributes are the schema's business. */
export function auditListing(listing: JsonObject, context: AuditContext): readonly Issue[] {
  const encoded = encodeListing(listing);
  const unfit = encoded.fits ? [] : encoded.issues.filter((issue) => issue.code === 'value_does_not_fit');
  return [...unfit, ...auditBy(AUDIT_RULES, listing, context)];
}
