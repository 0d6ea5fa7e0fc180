import type { AuditContext } from '../../src/channel/audit-context.js';
import { type AuditRule, auditBy } from '../../src/channel/audit-rule.js';
import type { Issue } from '../../src/domain/issue.js';
import type { JsonObject } from '../../src/domain/json.js';
import { ADDRESS_RULES } from './audit/address-rules.js';
import { IDENTITY_RULES } from './audit/identity-rules.js';
import { OFFER_RULES } from './audit/offer-rules.js';
import { TEXT_RULES } from './audit/text-rules.js';

/** Every rule about one listing beyond the schema, each with source and day. Rules about many listings are in `audit/whole-catalog.ts`. */
export const AUDIT_RULES: readonly AuditRule[] = [
  ...IDENTITY_RULES,
  ...OFFER_RULES,
  ...ADDRESS_RULES,
  ...TEXT_RULES,
];

/** Complaints Meta would have about a canonical listing. Pure. */
export function audit(listing: JsonObject, context: AuditContext): readonly Issue[] {
  return auditBy(AUDIT_RULES, listing, context);
}
