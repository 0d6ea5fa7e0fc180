import { failureOf, retryAfterMs } from '../../src/channel/classify.js';
import { ChannelError } from '../../src/domain/errors.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { type FailureClass, failureClass } from './failure-table.js';

/** What can be read of a refusal. */
export interface GoogleError {
  /** `google.rpc.Code` name, `INVALID_ARGUMENT`; empty when the body is no Google error. */
  readonly status: string;
  readonly message: string;
  /** `metadata.REASON` of the ErrorInfo; empty when there is none. */
  readonly reason: string;
  /** `metadata.FIELD_LOCATION` or the bracketed field in front of the message; empty when there is none. */
  readonly field: string;
  readonly link: string | null;
}

/** Answers look alike whether they stand alone or inside a batch. */
export interface AnyReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The class of an answer that is no success. */
export function classOf(reply: AnyReply): FailureClass {
  return failureClass(reply.status, conditionOf(reply.status, readGoogleError(reply.body)));
}

/** The failure of a call as a whole, by the table of failures. */
export function callFailure(reply: AnyReply, operation: string, now: Instant): ChannelError {
  const row = classOf(reply);
  const plain = failureOf(reply, { operation, text: readGoogleError(reply.body).message });
  return new ChannelError(plain.message, {
    code: row.code,
    kind: row.kind,
    owner: row.owner,
    advice: row.advice,
    againInMs: row.kind === 'throttled' ? quotaWaitMs(reply, now) : plain.againInMs,
  });
}

/** How long to wait after a 429: what Google says, else a minute, or until noon UTC for a daily quota. */
export function quotaWaitMs(reply: AnyReply, now: Instant): number {
  const said = retryAfterMs(reply.headers['retry-after'], reply.headers.date);
  if (said !== null) return said;
  return conditionOf(429, readGoogleError(reply.body)) === 'daily_quota' ? untilNoonUtc(now) : MINUTE_MS;
}

/** One word for what a refusal is about: our own where Google has none that is certain, else Google's reason or status. */
export function conditionOf(status: number, error: GoogleError): string {
  const said = `${error.reason} ${error.message}`.toLowerCase();
  // The strings of reasons are not documented for these; the message is, and is matched loosely (specification 1.4, 3.3).
  if (status === 401 && said.includes('not registered')) return 'not_registered';
  if (status === 404 && (/^datasource/i.test(error.field) || said.includes('data source with id'))) {
    return 'data_source_missing';
  }
  if (status === 400 && said.includes('channel does not match product channel')) return 'data_source_local';
  if (status === 400 && said.includes("cannot have a 'fileinput' field")) return 'data_source_not_api';
  if (status === 404 && /\baccount\b[^.]*\bnot (found|exist)/.test(said)) return 'account_missing';
  if (/too_many_(items|subaccounts)|merchant quota exceeded/.test(said)) return 'too_many_items';
  if (status === 429 && /daily|per day/.test(said)) return 'daily_quota';
  return error.reason || error.status;
}

/** Reads a `google.rpc.Status` body; members are empty where it is something else, such as a proxy's page. */
export function readGoogleError(body: Buffer): GoogleError {
  const error = errorIn(body);
  const message = typeof error.message === 'string' ? error.message : '';
  const details = isJsonArray(error.details) ? error.details.filter(isJsonObject) : [];
  const metadata = details.map((detail) => detail.metadata).find(isJsonObject) ?? {};
  const [, bracketed] = /^\[([^\]]+)\]/.exec(message) ?? [];
  return {
    status: typeof error.status === 'string' ? error.status : '',
    message,
    reason: typeof metadata.REASON === 'string' ? metadata.REASON : '',
    field: typeof metadata.FIELD_LOCATION === 'string' ? metadata.FIELD_LOCATION : (bracketed ?? ''),
    link: typeof metadata.HELP_CENTER_LINK === 'string' ? metadata.HELP_CENTER_LINK : null,
  };
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Milliseconds until daily quotas are renewed, at 12:00 UTC (guides/quotas-limits, verified 2026-11-23). */
export function untilNoonUtc(now: Instant): number {
  const noon = epochMs(`${now.slice(0, 10)}T12:00:00.000Z`);
  const ahead = noon - epochMs(now);
  return ahead > 0 ? ahead : ahead + DAY_MS;
}

function errorIn(body: Buffer): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(parsed) && isJsonObject(parsed.error) ? parsed.error : {};
  } catch {
    // Not JSON: the status alone decides what happens.
    return {};
  }
}
