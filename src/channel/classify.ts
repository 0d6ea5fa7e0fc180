import { ChannelError, type FailureKind, type Owner } from '../domain/errors.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { HttpReply } from './http.js';

/** One row of the table that turns an answer into an outcome class. */
export interface FailureRow {
  /** Statuses the row is about; a hundred such as 500 with `family` covers 500 to 599. */
  readonly status: number | 'family-4xx' | 'family-5xx';
  /** Machine code found in the body, when the row is about one code only. */
  readonly bodyCode?: string;
  readonly kind: FailureKind;
  readonly code: string;
  readonly owner: Owner;
  readonly advice: string;
}

/** What every HTTP channel has in common. A connector may put rows of its own in front; the first match wins. */
const COMMON: readonly FailureRow[] = [
  {
    status: 401,
    kind: 'auth-lost',
    code: 'credentials_refused',
    owner: 'operator',
    advice: 'The channel no longer accepts the credentials. Connect the channel again.',
  },
  {
    status: 403,
    kind: 'auth-lost',
    code: 'permission_missing',
    owner: 'operator',
    advice: 'The account lacks a permission. Grant it at the channel, then run `omnifeed doctor`.',
  },
  {
    status: 429,
    kind: 'throttled',
    code: 'throttled',
    owner: 'channel',
    advice: 'The channel asks us to slow down. Nothing to do; sending goes on by itself.',
  },
  {
    status: 408,
    kind: 'ambiguous',
    code: 'timed_out',
    owner: 'channel',
    advice: 'The channel took too long. The call is checked and repeated by itself.',
  },
  {
    status: 'family-5xx',
    kind: 'ambiguous',
    code: 'channel_failed',
    owner: 'channel',
    advice: 'The channel has a fault of its own. The call is repeated by itself.',
  },
  {
    status: 'family-4xx',
    kind: 'refused',
    code: 'call_refused',
    owner: 'us',
    advice: 'The channel refused the call as a whole. See its message; report it if the settings are right.',
  },
];

/** What a connector knows of a failed answer before classification. */
export interface FailureFacts {
  readonly operation: string;
  /** The channel's own machine code, if its body has one. */
  readonly bodyCode?: string | undefined;
  /** The channel's own sentence; it is kept short, and words that may be secrets are left out. */
  readonly text?: string | undefined;
  readonly requestId?: string | undefined;
}

/** The error for an answer that is no success. Throw it, or turn it into receipts. */
export function failureOf(
  reply: HttpReply,
  facts: FailureFacts,
  rows: readonly FailureRow[] = [],
): ChannelError {
  const row = [...rows, ...COMMON].find((candidate) => matches(candidate, reply.status, facts.bodyCode));
  const said = facts.text ? `: ${withoutSecrets(facts.text).slice(0, 300)}` : '';
  return new ChannelError(`${facts.operation} answered ${reply.status}${said}`, {
    code: row?.code ?? 'unexpected_status',
    kind: row?.kind ?? 'ambiguous',
    owner: row?.owner ?? 'us',
    advice: row?.advice ?? 'The channel answered with a status we do not know. Report it with the log.',
    againInMs: retryAfterMs(reply.headers['retry-after'], reply.headers.date),
    requestId: facts.requestId ?? null,
  });
}

const OPAQUE_WORD = /[\w.~+/=%|-]{32,}/g;

/**
 * A channel's sentence may quote the access token it refuses. Long words in small letters alone are names of attributes and stay: a
 * token without a capital or a digit does not occur.
 */
function withoutSecrets(text: string): string {
  return text.replace(OPAQUE_WORD, (word) => (/[A-Z0-9]/.test(word) ? '[left out]' : word));
}

function matches(row: FailureRow, status: number, bodyCode: string | undefined): boolean {
  if (row.bodyCode !== undefined && row.bodyCode !== bodyCode) return false;
  if (row.status === 'family-5xx') return status >= 500 && status < 600;
  if (row.status === 'family-4xx') return status >= 400 && status < 500;
  return row.status === status;
}

const LONGEST_WAIT_MS = 3_600_000;

/** Reads `Retry-After` as seconds or as an HTTP date (against the answer's own Date); capped at an hour; null when unusable. */
export function retryAfterMs(header: string | undefined, date: string | undefined): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1_000, LONGEST_WAIT_MS);
  const until = httpDateMs(text);
  const from = date === undefined ? Number.NaN : httpDateMs(date);
  if (Number.isNaN(until) || Number.isNaN(from)) return null;
  return Math.min(Math.max(0, until - from), LONGEST_WAIT_MS);
}

/** Only what begins with the name of a day is a date: `Date.parse` alone takes "-5" for the year 5 before our era. */
function httpDateMs(text: string): number {
  return /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
}

/**
 * The JSON object in a successful answer. An empty body, cut JSON, an HTML page or anything but an object is not a value:
 * the call counts as ambiguous.
 */
export function jsonObjectOf(reply: HttpReply, operation: string): JsonObject {
  const parsed = jsonOf(reply, operation);
  if (isJsonObject(parsed)) return parsed;
  throw unreadable(operation, undefined);
}

/** The JSON object or list in a successful answer; throws like `jsonObjectOf`. */
export function jsonOf(reply: HttpReply, operation: string): JsonObject | readonly JsonValue[] {
  try {
    const parsed = JSON.parse(reply.body.toString('utf8')) as JsonValue;
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch (cause) {
    throw unreadable(operation, cause);
  }
  throw unreadable(operation, undefined);
}

function unreadable(operation: string, cause: unknown): ChannelError {
  return new ChannelError(`${operation} answered something that is not a JSON object`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'The answer was cut or is not from the channel (a proxy page?). The call is checked and repeated by itself.',
    cause,
  });
}
