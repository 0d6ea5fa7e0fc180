import type { AuditRule } from '../../../src/channel/audit-rule.js';
import { pageOf } from './pages.js';

/**
 * How sure a rule is. `official`: read in a current artefact or developer page · `help-page`: read in the help centre ·
 * `long-standing`: published for years, not read again · `third-party`: told by others. Only the first two may stop a listing.
 */
export type Evidence = 'official' | 'help-page' | 'long-standing' | 'third-party';

/** One rule of the pre-flight. */
export interface GoogleRule extends AuditRule {
  readonly evidence: Evidence;
  /** Google's page about the rule. */
  readonly link: string;
}

/** A rule as written down: evidence, day and page are those of its table unless told otherwise. */
export type WrittenRule = Omit<GoogleRule, 'source' | 'evidence' | 'verified' | 'link'> &
  Partial<Pick<GoogleRule, 'evidence' | 'link'>>;

/** A table of rules that were read together. */
export function rulesOf(
  read: { readonly evidence: Evidence; readonly verified: string },
  rows: readonly WrittenRule[],
): readonly GoogleRule[] {
  return rows.map((row) => {
    const { evidence, link } = { ...read, link: pageOf(row.attribute), ...row };
    return { ...row, verified: read.verified, evidence, link, source: `[${evidence}](${link})` };
  });
}

/** The reading most rules come from: help-centre pages collected in the specification of 2026-11-23. */
export const HELP_CENTRE = { evidence: 'help-page', verified: '2026-11-23' } as const;
