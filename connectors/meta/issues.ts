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

/** Findings kept of one item, and characters of each: what Meta says is stored with the listing. */
const MOST_FINDINGS = 20;
const LONGEST_MESSAGE = 500;

/** Meta's words, cut where they would fill a page. */
export function saying(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

/** The findings of an item that are kept: errors before warnings. */
export function keptFindings(issues: readonly Issue[]): readonly Issue[] {
  if (issues.length <= MOST_FINDINGS) return issues;
  const isError = ({ severity }: Issue): boolean => severity === 'error';
  return [...issues.filter(isError), ...issues.filter((issue) => !isError(issue))].slice(0, MOST_FINDINGS);
}

/** A finding of Meta as an issue: its words, and a code where we know the beginning. */
export function findingOf(severity: Severity, said: string): Issue {
  const message = saying(said);
  const known = BEGINNINGS.find(([beginning]) => message.startsWith(beginning));
  return {
    severity,
    code: known?.[1] ?? UNKNOWN_FINDING,
    origin: 'channel',
    message,
    advice: known?.[2] ?? 'See the item in Commerce Manager > Catalog > Issues.',
  };
}

/**
 * Whether Meta says of an item that it has none of this id. Its words are not documented (2026-11-23): one that is not understood here makes us
 * remove the item again until a read-back no longer shows it, never believe it gone while it is there.
 */
export function saysMissing({ message }: Issue): boolean {
  return /\b(does not|doesn['’]t|did not) exist|\bnot (be )?found|\bno such (item|product)|\bunknown (item|product)/i.test(
    message,
  );
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
      keptFindings([
        ...messagesOf(row.errors).map((message) => findingOf('error', message)),
        ...messagesOf(row.warnings).map((message) => findingOf('warning', message)),
      ]),
    ]),
  );
}

function messagesOf(list: JsonValue | undefined): readonly string[] {
  return isJsonArray(list) ? list.filter(isJsonObject).map((entry) => String(entry.message)) : [];
}
