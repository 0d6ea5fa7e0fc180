import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';
import {
  type CatalogState,
  type Feed,
  nextId,
  type RowFinding,
  type UploadSession,
} from './catalog-state.js';
import { badParameter } from './graph-error.js';
import { asked, flagOf, type ReadCall, textOf } from './graph-request.js';

/** Findings of a kind that are shown with a session; the rest is in the report. */
const SAMPLE = 5;

/** `POST /{feed}/uploads`: a file sent along, or an address that is fetched with the given name and password. */
export function startUpload(state: CatalogState, feed: Feed, call: ReadCall): SimulatorReply {
  const url = textOf(call, 'url');
  if (url === null && call.file === null) return badParameter('Either url or file is required');
  const session = newSession(state, feed, {
    updateOnly: flagOf(call, 'update_only', false),
    fileName: call.file?.name ?? textOf(call, 'file_name') ?? 'feed',
    url,
  });
  if (call.file) session.document = call.file.bytes;
  else fetchInto(session, { username: textOf(call, 'username'), password: textOf(call, 'password') });
  return { status: 200, body: { id: session.id } };
}

/** What the schedule does when its hour comes. */
export function fetchScheduled(
  state: CatalogState,
  feed: Feed,
  name: 'schedule' | 'update_schedule',
): string {
  const schedule = (feed.settings[name] ?? {}) as Readonly<Record<string, string>>;
  const session = newSession(state, feed, {
    updateOnly: name === 'update_schedule',
    fileName: 'feed',
    url: schedule.url ?? null,
  });
  fetchInto(session, { username: schedule.username ?? null, password: schedule.password ?? null });
  return session.id;
}

function newSession(
  state: CatalogState,
  feed: Feed,
  more: Pick<UploadSession, 'updateOnly' | 'fileName' | 'url'>,
): UploadSession {
  const session: UploadSession = {
    ...more,
    id: nextId(state),
    feedId: feed.id,
    startMs: state.nowMs(),
    dueAtMs: state.nowMs() + state.processingMs,
    document: null,
    result: null,
    endMs: null,
    reportDueAtMs: null,
  };
  state.sessions.set(session.id, session);
  return session;
}

interface Login {
  readonly username: string | null;
  readonly password: string | null;
}

/** A file that cannot be fetched ends the session without a row. */
function fetchInto(session: UploadSession, { username, password }: Login): void {
  const login = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
  const headers: Record<string, string> = username === null ? {} : { authorization: `Basic ${login}` };
  fetch(session.url ?? '', { headers, redirect: 'error' })
    .then(async (reply) => (reply.ok ? Buffer.from(await reply.arrayBuffer()) : Buffer.alloc(0)))
    .catch(() => Buffer.alloc(0))
    .then((bytes) => {
      session.document = bytes;
    });
}

/** `GET /{upload}`. `end_time` comes when the file was read to its end. */
export function sessionNode(state: CatalogState, session: UploadSession, call: ReadCall): JsonObject {
  const { result } = session;
  const counted = result && {
    num_detected_items: result.detected,
    num_persisted_items: result.persisted,
    num_deleted_items: result.deleted,
    num_invalid_items: result.invalid,
    error_count: result.errors.length,
    warning_count: result.warnings.length,
  };
  return asked(
    call,
    {
      id: session.id,
      start_time: timeText(session.startMs),
      ...(session.endMs === null ? {} : { end_time: timeText(session.endMs) }),
      filename: session.fileName,
      ...(session.url === null ? {} : { url: session.url }),
      input_method: session.url === null ? 'Manual Upload' : 'Server Fetch',
      ...counted,
      ...(session.reportDueAtMs === null ? {} : { error_report: reportOf(state, session, call) }),
    },
    'id,start_time,end_time',
  );
}

/** `GET /{upload}/errors`: one entry per kind of finding with a few examples. */
export function sampledErrors(session: UploadSession, call: ReadCall): readonly JsonObject[] {
  const kinds = [
    ...grouped(session.result?.errors ?? [], 'fatal'),
    ...(call.params.get('error_priority') === 'HIGH'
      ? []
      : grouped(session.result?.warnings ?? [], 'warning')),
  ];
  return kinds.map((kind, index) => ({ id: `${session.id}${index}`, ...kind }));
}

function grouped(findings: readonly RowFinding[], severity: string): readonly JsonObject[] {
  const types = [...new Set(findings.map(({ type }) => type))];
  const kinds = types.map((type) => [type, findings.filter((finding) => finding.type === type)] as const);
  return kinds.map(([type, all]) => ({
    summary: all[0]?.message ?? type,
    description: all[0]?.message ?? type,
    severity,
    error_type: type,
    total_count: all.length,
    affected_surfaces: ['Shops', 'Advantage+ catalog ads'],
    samples: {
      data: all
        .slice(0, SAMPLE)
        .map(({ row, id }) => ({ id: `row${row}`, row_number: row, retailer_id: id })),
    },
  }));
}

/** `POST /{upload}/error_report`: the whole list is written later. */
export function orderReport(state: CatalogState, session: UploadSession): SimulatorReply {
  if (session.result === null) return badParameter('The upload session has not ended');
  session.reportDueAtMs = state.nowMs() + state.processingMs;
  return { status: 200, body: { success: true } };
}

function reportOf(state: CatalogState, session: UploadSession, call: ReadCall): JsonObject {
  if ((session.reportDueAtMs ?? 0) > state.nowMs()) return { report_status: 'WRITE_IN_PROGRESS' };
  return {
    report_status: 'WRITE_FINISHED',
    file_handle: `${call.origin}/report_files/${session.id}`,
  };
}

/** The file of a report. Its columns are not documented; these are the ones of the samples. */
export function reportFile(session: UploadSession): SimulatorReply {
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = (findings: readonly RowFinding[], severity: string): readonly string[] =>
    findings.map(({ row, id, type, message }) =>
      [String(row), cell(id), severity, type, cell(message)].join(','),
    );
  const rows = [
    'row_number,retailer_id,severity,error_type,description',
    ...lines(session.result?.errors ?? [], 'fatal'),
    ...lines(session.result?.warnings ?? [], 'warning'),
  ];
  return { status: 200, headers: { 'content-type': 'text/csv' }, body: `${rows.join('\n')}\n` };
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '+0000');
}
