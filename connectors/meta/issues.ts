import type { Issue, Severity } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

/** Code of a finding whose words we do not know. */
export const UNKNOWN_FINDING = 'meta_finding';

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
    code: known?.[1] ?? UNKNOWN_FINDING,
    origin: 'channel',
    message,
    advice: known?.[2] ?? 'See the item in Commerce Manager > Catalog > Issues.',
  };
}

/** The handle of a batch answer: one, or none when nothing was taken. */
export function handlesOf(reply: JsonObject): readonly string[] {
  return isJsonArray(reply.handles) ? reply.handles.map(String).filter((handle) => handle !== '') : [];
}

/** The findings of a batch answer by item: what Meta sees before anything is processed. */
export function findingsOf(status: JsonValue | undefined): ReadonlyMap<string, readonly Issue[]> {
  const rows = isJsonArray(status) ? status.filter(isJsonObject) : [];
  return new Map(
    rows.map((row) => [
      String(row.retailer_id),
      [
        ...messagesOf(row.errors).map((message) => findingOf('error', message)),
        ...messagesOf(row.warnings).map((message) => findingOf('warning', message)),
      ],
    ]),
  );
}

function messagesOf(list: JsonValue | undefined): readonly string[] {
  return isJsonArray(list) ? list.filter(isJsonObject).map((entry) => String(entry.message)) : [];
}
