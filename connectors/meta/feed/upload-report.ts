import type { CommittedFeed, FeedReport, FeedVerdict } from '../../../src/channel/feed-port.js';
import { epochMs, type Instant } from '../../../src/domain/instant.js';
import type { Issue } from '../../../src/domain/issue.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { issueOf, type RowFinding, readErrorReport, sampledFindings, verdictsOf } from './error-report.js';
import type { FeedClient } from './feed-client.js';

/** What a report needs beside the document's name. */
export interface ReportContext {
  readonly client: FeedClient;
  readonly now: Instant;
  readonly alarmShare: number;
}

/** Mark of a document that Meta fetches by itself: the id of its feed instead of a session. */
export const SCHEDULED = '@';
/** Verdicts of a page. */
const PAGE = 2_000;
/** After this long a report that does not come is given up for the samples. */
const REPORT_PATIENCE_MS = 2 * 3_600_000;

/**
 * What Meta made of a document: sessions polled to their end, then the whole error report per session. The first session is the
 * items' own; the others are languages and countries, whose complaints are warnings about items that are live.
 */
export async function reportOf(
  written: CommittedFeed,
  cursor: string | null,
  context: ReportContext,
): Promise<FeedReport> {
  const sessions: JsonObject[] = [];
  for (const name of (written.document ?? '').split(' ').filter((part) => part !== '')) {
    const session = await sessionOf(name, written, context.client);
    if (session === null || session.end_time === undefined) return pending(written, context.now);
    sessions.push(session);
  }
  const [main] = sessions;
  if (main === undefined) return { ...NOTHING, state: 'failed', issues: [issue('feed_unknown', UNKNOWN)] };
  const items = countIn(main, 'num_detected_items');
  if (items === 0)
    return {
      ...NOTHING,
      state: 'failed',
      document: String(main.id),
      items,
      issues: await wholeFault(main, context),
    };
  const [place = 0, offset = 0] = (cursor ?? '0:0').split(':').map(Number);
  const found = await findingsOf(sessions[place] ?? main, written, context);
  if (found === 'pending') return pending(written, context.now);
  const next = (length: number): string | null =>
    nextOf({ place, offset, length, sessions: sessions.length });
  const verdicts = place === 0 ? verdictsOf(found.findings) : asWarnings(verdictsOf(found.findings));
  return {
    state: 'done',
    document: sessions.map((session) => String(session.id)).join(' '),
    items,
    verdicts: verdicts.slice(offset, offset + PAGE),
    unnamed: found.complete ? 'taken' : 'unknown',
    // On the last page: what is said of the document as a whole is heard when its report ends.
    issues: next(verdicts.length) === null ? await deletionAlarm(main, context) : [],
    next: next(verdicts.length),
  };
}

const NOTHING = {
  document: null,
  items: null,
  verdicts: [],
  unnamed: 'unknown',
  issues: [],
  next: null,
} as const;
const UNKNOWN = 'Meta does not know the upload any more.';

function pending(written: CommittedFeed, now: Instant): FeedReport {
  const ageMs = Math.max(0, epochMs(now) - epochMs(written.committedAt));
  const againInMs = Math.min(300_000, Math.max(2_000, Math.round(ageMs / 2)));
  return { ...NOTHING, state: 'pending', againInMs };
}

/** A session by its id, or the first one of a feed that began after the file was written. */
async function sessionOf(
  name: string,
  written: CommittedFeed,
  client: FeedClient,
): Promise<JsonObject | null> {
  if (!name.startsWith(SCHEDULED)) return client.session(name);
  const began = (session: JsonObject): number =>
    Date.parse(String(session.start_time).replace(/\+0000$/, 'Z'));
  const later = (await client.uploads(name.slice(1))).filter(
    (session) => began(session) >= epochMs(written.committedAt),
  );
  return later[later.length - 1] ?? null;
}

interface Findings {
  readonly findings: readonly RowFinding[];
  /** The report names everything that was refused. */
  readonly complete: boolean;
}

async function findingsOf(
  session: JsonObject,
  written: CommittedFeed,
  { client, now }: ReportContext,
): Promise<Findings | 'pending'> {
  const id = String(session.id);
  const invalid = countIn(session, 'num_invalid_items') ?? 0;
  const all = (countIn(session, 'error_count') ?? 0) + (countIn(session, 'warning_count') ?? 0);
  if (all === 0) return { findings: [], complete: invalid === 0 };
  const report = isJsonObject(session.error_report) ? session.error_report : null;
  if (report?.report_status === 'WRITE_FINISHED' && typeof report.file_handle === 'string') {
    const findings = readErrorReport(await client.errorReport(report.file_handle));
    if (findings !== null) return { findings, complete: refused(findings) >= invalid };
  } else if (epochMs(now) - epochMs(written.committedAt) < REPORT_PATIENCE_MS) {
    if (report === null) await client.orderErrorReport(id);
    return 'pending';
  }
  const findings = sampledFindings(await client.sampledErrors(id));
  return { findings, complete: refused(findings) >= invalid };
}

function refused(findings: readonly RowFinding[]): number {
  return new Set(findings.filter((finding) => finding.fatal).map((finding) => finding.id)).size;
}

function asWarnings(verdicts: readonly FeedVerdict[]): readonly FeedVerdict[] {
  return verdicts.map(({ sku, issues = [] }) => ({
    sku,
    outcome: 'live',
    issues: issues.map((found) => ({ ...found, severity: 'warning' as const })),
  }));
}

function nextOf(at: { place: number; offset: number; length: number; sessions: number }): string | null {
  if (at.offset + PAGE < at.length) return `${at.place}:${at.offset + PAGE}`;
  return at.place + 1 < at.sessions ? `${at.place + 1}:0` : null;
}

/** A file without a row: the reasons Meta gives, or ours. */
async function wholeFault(session: JsonObject, { client }: ReportContext): Promise<readonly Issue[]> {
  const findings = sampledFindings(await client.sampledErrors(String(session.id)));
  return findings.length > 0
    ? findings.slice(0, 5).map(issueOf)
    : [issue('feed_empty', 'Meta found no item in the file, or could not fetch it.')];
}

/** Meta removes what the file no longer lists. Many at once are a sign that something is wrong, so a person is told. */
async function deletionAlarm(
  session: JsonObject,
  { client, alarmShare }: ReportContext,
): Promise<readonly Issue[]> {
  const deleted = countIn(session, 'num_deleted_items') ?? 0;
  if (deleted === 0) return [];
  const left = (await client.productCount()) ?? 0;
  return deleted / (left + deleted) > alarmShare
    ? [issue('feed_deleted_many', `The file took ${deleted} of ${left + deleted} items away.`)]
    : [];
}

function issue(code: string, message: string): Issue {
  return {
    severity: 'error',
    code,
    origin: 'channel',
    message,
    advice:
      'Look at the feed in Commerce Manager > Data sources; the next daily file mends what a fault has done.',
  };
}

function countIn(session: JsonObject, name: string): number | null {
  const value = session[name];
  return typeof value === 'number'
    ? value
    : typeof value === 'string' && /^\d+$/.test(value)
      ? Number(value)
      : null;
}
