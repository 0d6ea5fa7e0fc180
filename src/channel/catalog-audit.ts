import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import type { AuditRule } from './audit-rule.js';

/** One rule about many listings together. */
export type CatalogRule = Omit<AuditRule, 'complaint'>;

/** What was found, with a few examples to look at. */
export interface CatalogFinding {
  readonly rule: CatalogRule;
  /** Items, groups or currencies concerned. */
  readonly count: number;
  /** Up to five examples. */
  readonly examples: readonly string[];
}

/** Looks at the listings of a catalog one by one and tells in the end what only shows beside each other. Its memory is bounded. */
export interface CatalogAudit {
  add(sku: string, listing: JsonObject): void;
  findings(): readonly CatalogFinding[];
  /** False: there were more groups, texts or items than it remembers, so it may have missed something. */
  complete(): boolean;
}

/** A finding as an issue about the whole catalog. Never an error: by then the listings are on their way, and the channel judges each one. */
export function catalogIssue({
  rule: { code, attribute, about, advice },
  count,
  examples,
}: CatalogFinding): Issue {
  return {
    severity: 'warning',
    code,
    attribute,
    origin: 'ours',
    message: `${count} times: ${about} (${examples.join(', ')}).`,
    advice,
  };
}
