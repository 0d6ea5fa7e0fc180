import { type FailureRow, failureOf, retryAfterMs } from '../../src/channel/classify.js';
import { ChannelError } from '../../src/domain/errors.js';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';

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

const CONFIGURE = 'operator' as const;

/**
 * Rows in front of the common table. Google names stable reasons only for products, reports and data sources
 * (developers.google.com/merchant/api/guides/error-handling, verified 2026-11-23); where it names none, `conditionOf`
 * derives a word of ours.
 */
const ROWS: readonly FailureRow[] = [
  {
    status: 401,
    bodyCode: 'not_registered',
    kind: 'auth-lost',
    code: 'gcp_not_registered',
    owner: CONFIGURE,
    advice:
      'Register the Google Cloud project of the service account with the Merchant Center account (registerGcp), wait five minutes, and try again.',
  },
  {
    status: 403,
    bodyCode: 'SERVICE_DISABLED',
    kind: 'auth-lost',
    code: 'api_not_enabled',
    owner: CONFIGURE,
    advice: 'Enable the Merchant API in the Google Cloud project of the service account.',
  },
  {
    status: 403,
    kind: 'auth-lost',
    code: 'permission_missing',
    owner: CONFIGURE,
    advice: 'Make the service account a user of the Merchant Center account with at least standard access.',
  },
  {
    status: 404,
    bodyCode: 'data_source_missing',
    kind: 'refused',
    code: 'data_source_not_found',
    owner: CONFIGURE,
    advice: 'The data source does not exist in this account. Correct or remove the setting dataSource.',
  },
  {
    status: 404,
    kind: 'refused',
    code: 'account_not_found',
    owner: CONFIGURE,
    advice: 'Check the account number; the service account must be a user of that account.',
  },
  {
    status: 409,
    kind: 'refused',
    code: 'conflict',
    owner: 'channel',
    advice: 'Google holds something newer. Nothing to do.',
  },
  {
    status: 410,
    kind: 'refused',
    code: 'api_sunset',
    owner: 'us',
    advice: 'Google has switched off this version of its API. Update Omnifeed.',
  },
  {
    status: 429,
    bodyCode: 'too_many_items',
    kind: 'refused',
    code: 'too_many_items',
    owner: CONFIGURE,
    advice: 'The account has reached its number of products. Ask Google for more or list fewer.',
  },
];

/** The failure of a call as a whole. */
export function callFailure(reply: AnyReply, operation: string, now: Instant): ChannelError {
  const error = readGoogleError(reply.body);
  const condition = conditionOf(reply.status, error);
  const failure = failureOf(reply, { operation, bodyCode: condition, text: error.message }, ROWS);
  if (failure.kind !== 'throttled') return failure;
  return new ChannelError(failure.message, {
    code: condition === 'daily_quota' ? 'daily_quota_used' : 'throttled',
    kind: 'throttled',
    owner: 'channel',
    advice:
      condition === 'daily_quota'
        ? 'The daily quota is used up; it is renewed at 12:00 UTC. Sending goes on by itself.'
        : failure.advice,
    againInMs: quotaWaitMs(reply, now),
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
  if (status === 429 && said.includes('too_many_items')) return 'too_many_items';
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

/** Daily quotas are renewed at 12:00 UTC (guides/quotas-limits, verified 2026-11-23). */
function untilNoonUtc(now: Instant): number {
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
