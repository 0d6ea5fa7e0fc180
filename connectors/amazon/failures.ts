import type { FailureRow } from '../../src/channel/classify.js';
import type { HttpReply } from '../../src/channel/http.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/domain/json.js';

/**
 * Rows in front of the common table. Source: developer-docs.amazon/sp-api, "SP-API errors" and "LWA error codes"; verified 2026-11.
 */
export const FAILURES: readonly FailureRow[] = [
  {
    status: 400,
    bodyCode: 'invalid_grant',
    kind: 'auth-lost',
    code: 'authorization_lost',
    owner: 'operator',
    advice:
      'The refresh token was revoked or is older than a year. Authorize the application again in Seller Central.',
  },
  {
    status: 401,
    bodyCode: 'invalid_client',
    kind: 'auth-lost',
    code: 'client_secret_refused',
    owner: 'operator',
    advice:
      'Amazon refuses the client secret; it expires after 180 days. Create a new one in the Solution Provider Portal.',
  },
  {
    status: 400,
    bodyCode: 'unauthorized_client',
    kind: 'auth-lost',
    code: 'client_refused',
    owner: 'operator',
    advice: 'The application may not exchange this token. Check client id and refresh token belong together.',
  },
  {
    status: 403,
    kind: 'auth-lost',
    code: 'permission_missing',
    owner: 'operator',
    advice:
      'The application lacks a role for this call, or the store is not one of the account’s region. Add the role, authorize again, then run `omnifeed doctor`.',
  },
  {
    status: 404,
    kind: 'refused',
    code: 'not_found',
    owner: 'operator',
    advice: 'Amazon does not know this listing or order.',
  },
];

/** Code and sentence of an error body: SP-API's `errors[0]` or LWA's `error`. Details often are the only explanation. */
export interface SaidError {
  readonly code?: string;
  readonly text?: string;
  /** The number LWA gives an exchange, which its support asks for; SP-API's stands in a header. */
  readonly requestId?: string;
}

/** Reads what an error answer says; a body that is no JSON (a gateway's page) says nothing. */
export function saidError(reply: HttpReply): SaidError {
  const body = parsed(reply.body);
  // `getListingsRestrictions` answers the bare list of errors.
  if (isJsonArray(body)) return ofErrors(body);
  if (!isJsonObject(body)) return {};
  if (typeof body.error === 'string') {
    const text = typeof body.error_description === 'string' ? body.error_description : undefined;
    const { request_id: requestId } = body;
    return {
      code: body.error,
      ...(text === undefined ? {} : { text }),
      ...(typeof requestId === 'string' ? { requestId } : {}),
    };
  }
  return isJsonArray(body.errors) ? ofErrors(body.errors) : {};
}

function ofErrors([first]: readonly JsonValue[]): SaidError {
  if (!isJsonObject(first)) return {};
  const sentences = [first.message, first.details].filter((part) => typeof part === 'string' && part !== '');
  return {
    ...(typeof first.code === 'string' ? { code: first.code } : {}),
    ...(sentences.length > 0 ? { text: sentences.join(' ') } : {}),
  };
}

function parsed(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}
