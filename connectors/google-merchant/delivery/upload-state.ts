import { epochMs, type Instant } from '../../../src/domain/instant.js';
import type { Issue } from '../../../src/domain/issue.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import { objectsIn } from '../page-walk.js';

/** What became of one fetched file. */
export interface UploadState {
  readonly state: 'pending' | 'done' | 'failed';
  /** Google has begun with this very file. */
  readonly fetched: boolean;
  readonly items: number | null;
  readonly issues: readonly Issue[];
}

/** Clocks may differ by this much. */
const SKEW_MS = 120_000;

/** Nobody came for the file. */
export const NOT_FETCHED: Issue = {
  severity: 'error',
  code: 'file_not_fetched',
  origin: 'channel',
  message: 'Google has not fetched the file for more than a day',
  advice: 'Check that the address feedUrl can be reached from outside and that the data source is enabled.',
};

/**
 * Reads the latest upload of a file data source (datasources v1, fileUploads, verified 2026-11-24). An upload from before the
 * file was written says nothing about it. A state nobody has heard of counts as under way.
 */
export function uploadState(upload: JsonObject | null, committedAt: Instant): UploadState {
  const at = upload === null ? Number.NaN : Date.parse(String(upload.uploadTime));
  const fetched = at >= epochMs(committedAt) - SKEW_MS;
  if (upload === null || !fetched) return { state: 'pending', fetched: false, items: null, issues: [] };
  const issues = objectsIn(upload, 'issues').map(issueOf);
  if (upload.processingState === 'FAILED') return { state: 'failed', fetched, items: null, issues };
  if (upload.processingState !== 'SUCCEEDED') return { state: 'pending', fetched, items: null, issues: [] };
  return { state: 'done', fetched, items: countOf(upload.itemsTotal), issues };
}

function issueOf(issue: JsonObject): Issue {
  const count = countOf(issue.count);
  const title = String(issue.title ?? issue.code ?? 'Google names no reason.');
  return {
    severity: issue.severity === 'ERROR' ? 'error' : 'warning',
    code: typeof issue.code === 'string' ? issue.code : 'file_issue',
    origin: 'channel',
    message: count === null || count < 2 ? title : `${title} (${count} items)`,
    ...(typeof issue.description === 'string' ? { advice: issue.description } : {}),
    ...(typeof issue.documentationUri === 'string' ? { link: issue.documentationUri } : {}),
  };
}

function countOf(value: JsonValue | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}
