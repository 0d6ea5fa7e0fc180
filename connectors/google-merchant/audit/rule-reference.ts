import { auditReference } from '../../../src/channel/audit-rule.js';
import { SUBJECTS } from './rules.js';

/** The rules of the pre-flight as Markdown, as they stand in the README. */
export function ruleReference(): string {
  return SUBJECTS.map(({ title, rules }) => `### ${title}\n\n${auditReference(rules)}`).join('\n\n');
}
