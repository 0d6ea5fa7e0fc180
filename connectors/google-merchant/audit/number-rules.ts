import { valuesOf } from '../../../src/channel/audit-rule.js';
import { ATTRIBUTES } from '../attributes.js';
import { type GoogleRule, rulesOf } from './rule.js';

/** Rules about how many values an attribute has, one for each row of the table whose number nobody has confirmed. */
export const NUMBER_RULES: readonly GoogleRule[] = rulesOf(
  { evidence: 'long-standing', verified: '2026-11-23' },
  ATTRIBUTES.flatMap(({ name, usual }) => {
    if (usual === null) return [];
    const severity = 'warning' as const;
    return {
      code: `${name}_many`,
      severity,
      attribute: name,
      about: `Up to ${usual} values; further ones may be ignored.`,
      complaint: (listing) => {
        const { length } = valuesOf(listing, name);
        return length > usual ? `There are ${length} values of ${name}.` : null;
      },
      advice: `Keep the ${usual} that matter most: take(list, ${usual}) in the mapping.`,
    };
  }),
);
