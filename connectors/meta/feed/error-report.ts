import { parse } from 'csv-parse/sync';
import type { FeedVerdict } from '../../../src/channel/feed-port.js';
import type { Issue } from '../../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';

/** One complaint of Meta about one row of a file. */
export interface RowFinding {
  readonly id: string;
  /** `fatal`: the row was dropped; otherwise the field was, and the rest taken. */
  readonly fatal: boolean;
  readonly type: string;
  readonly message: string;
}

/** Names the columns of a report may have. The form is not documented, so several are taken and none is relied upon. */
const COLUMNS = {
  id: ['retailer_id', 'id', 'product_id', 'item_id'],
  severity: ['severity', 'level'],
  type: ['error_type', 'type', 'error_code'],
  message: ['description', 'message', 'summary', 'error', 'error_message'],
} as const;

/** The findings of an error report; null when it is no table we can read, so that nobody takes it for an empty one. Pure. */
export function readErrorReport(bytes: Buffer): readonly RowFinding[] | null {
  const rows = tableOf(bytes);
  const [header = [], ...lines] = rows ?? [];
  const names = header.map((name) => name.trim().toLowerCase().replace(/\s+/g, '_'));
  const placeOf = (known: readonly string[]): number => names.findIndex((name) => known.includes(name));
  const place = {
    id: placeOf(COLUMNS.id),
    severity: placeOf(COLUMNS.severity),
    type: placeOf(COLUMNS.type),
    message: placeOf(COLUMNS.message),
  };
  if (rows === null || place.id < 0 || place.severity < 0) return null;
  return lines.map((line) => ({
    id: (line[place.id] ?? '').trim(),
    fatal: /^(fatal|error)$/i.test((line[place.severity] ?? '').trim()),
    type: (line[place.type] ?? '').trim(),
    message: (line[place.message] ?? '').trim(),
  }));
}

function tableOf(bytes: Buffer): string[][] | null {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  const delimiter = (text.split('\n', 1)[0] ?? '').includes('\t') ? '\t' : ',';
  try {
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch {
    // Whatever it is, it is no table; the caller falls back on the samples.
    return null;
  }
}

/** The findings in a session's samples: a few items per kind of error. Pure. */
export function sampledFindings(kinds: readonly JsonObject[]): readonly RowFinding[] {
  return kinds.flatMap((kind) => {
    const samples = isJsonObject(kind.samples) ? kind.samples.data : kind.samples;
    const entries = isJsonArray(samples) ? samples.filter(isJsonObject) : [];
    return entries.map(({ retailer_id: id }) => ({
      id: typeof id === 'string' ? id : '',
      fatal: kind.severity === 'fatal',
      type: String(kind.error_type ?? ''),
      message: String(kind.summary ?? kind.description ?? ''),
    }));
  });
}

/** One verdict per item with findings, in order of the report. An item with a fatal finding was not taken; others live with warnings. Pure. */
export function verdictsOf(findings: readonly RowFinding[]): readonly FeedVerdict[] {
  const byId = new Map<string, RowFinding[]>();
  for (const finding of findings) {
    const known = byId.get(finding.id);
    if (finding.id === '') continue;
    if (known) known.push(finding);
    else byId.set(finding.id, [finding]);
  }
  return [...byId].map(([sku, found]) => ({
    sku,
    outcome: found.some((finding) => finding.fatal) ? 'rejected' : 'live',
    issues: found.map(issueOf),
  }));
}

/** A finding in Meta's words. */
export function issueOf({ fatal, type, message }: RowFinding): Issue {
  return {
    severity: fatal ? 'error' : 'warning',
    code: type === '' ? 'meta_finding' : type.toLowerCase(),
    origin: 'channel',
    message: message === '' ? `Meta complains: ${type}.` : message.slice(0, 500),
    advice: 'See the item in Commerce Manager > Catalog > Issues.',
  };
}
