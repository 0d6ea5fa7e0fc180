import type { Issue, Severity } from '../../src/domain/issue.js';

/** Meta's findings are English prose without codes; the beginnings are stable (facebook-for-woocommerce sources, verified 2026-11). */
const BEGINNINGS: readonly (readonly [string, string, string])[] = [
  ['Unrecognised field', 'unknown_attribute', 'Take the attribute out of the mapping.'],
  ['A required field is missing', 'missing_attribute', 'Fill the attribute in the catalog or the mapping.'],
  ['URL Incorrectly Formatted', 'bad_address', 'Correct the web address in the catalog or the mapping.'],
  [
    'These fields have missing information',
    'missing_information',
    'Fill the attributes; Meta shows the item less without them.',
  ],
];

/** A finding of Meta as an issue: its words, and a code where we know the beginning. */
export function findingOf(severity: Severity, message: string): Issue {
  const known = BEGINNINGS.find(([beginning]) => message.startsWith(beginning));
  return {
    severity,
    code: known?.[1] ?? 'meta_finding',
    origin: 'channel',
    message,
    advice: known?.[2] ?? 'See the item in Commerce Manager > Catalog > Issues.',
  };
}
