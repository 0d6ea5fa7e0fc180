import type { CryptoKey } from 'jose';
import { type FailureRow, failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { HttpClient } from '../../src/channel/http.js';
import { ChannelError, OperatorError } from '../../src/domain/errors.js';
import { type Clock, epochMs } from '../../src/domain/instant.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { Credential, ServiceAccount } from './credential.js';

/** Where tokens come from and what they are good for. */
export interface TokenRequest {
  readonly tokenUrl: string;
  readonly scope: string;
  readonly credential: Credential;
}

/** Access tokens of one service account or one signed-in user. */
export interface AccessTokens {
  /** A token that is still good for a while. One exchange at a time; all callers share it. */
  current(): Promise<string>;
  /** Google no longer takes this token: the next `current` fetches another. */
  discard(token: string): void;
}

/** Google's clock may be behind ours; assertions are dated back by this much (reliability: ±30 s). */
const BACKDATED_SECONDS = 30;
const ASSERTION_SECONDS = 3_600;
/** Share of a token's life after which it is replaced. */
const GOOD_FOR = 0.8;

const REFUSED = { kind: 'auth-lost', code: 'credentials_refused', owner: 'operator' } as const;

const KEY_ADVICE =
  'Google does not accept the service account key. Create a new key in the Google Cloud console, check the clock of this machine, and connect again.';

/** Refresh tokens of a consent screen in "Testing" die after seven days (identity platform, oauth2, verified 2026-11-23). */
const SIGN_IN_ADVICE =
  'Google no longer accepts the sign-in. Sign in again for a new refresh token; set the OAuth consent screen to "In production", or tokens die after seven days.';

function rowsFor(credential: Credential): readonly FailureRow[] {
  const refused = { ...REFUSED, advice: credential.kind === 'user' ? SIGN_IN_ADVICE : KEY_ADVICE };
  return [
    { status: 400, bodyCode: 'invalid_grant', ...refused },
    { status: 400, bodyCode: 'invalid_client', ...refused },
    { status: 401, ...refused },
  ];
}

/**
 * Tokens by the JWT bearer grant (RFC 7523), an RS256 assertion signed with the service account's key and at most an hour
 * long, or by the refresh token of a user. Source: developers.google.com/identity/protocols/oauth2/service-account and
 * /web-server, verified 2026-11-23.
 */
export function accessTokens(request: TokenRequest, http: HttpClient, clock: Clock): AccessTokens {
  let held: { readonly token: string; readonly goodUntilMs: number } | null = null;
  let underWay: Promise<string> | null = null;

  async function exchange(): Promise<string> {
    const answer = await fetchToken(request, http, clock);
    held = { token: answer.token, goodUntilMs: clock.monotonicMs() + answer.lifeMs * GOOD_FOR };
    return answer.token;
  }

  return {
    current() {
      if (held !== null && clock.monotonicMs() < held.goodUntilMs) return Promise.resolve(held.token);
      underWay ??= exchange().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    discard(token) {
      if (held?.token === token) held = null;
    },
  };
}

async function fetchToken(
  request: TokenRequest,
  http: HttpClient,
  clock: Clock,
): Promise<{ readonly token: string; readonly lifeMs: number }> {
  const reply = await http.send({
    method: 'POST',
    url: request.tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(await grantOf(request, clock)).toString(),
    maxBytes: 64 * 1024,
  });
  if (reply.status !== 200) {
    throw failureOf(
      reply,
      { operation: 'token exchange', bodyCode: errorCode(reply.body) },
      rowsFor(request.credential),
    );
  }
  const answer = jsonObjectOf(reply, 'token exchange');
  return { token: tokenIn(answer), lifeMs: lifeMs(answer) };
}

async function grantOf(request: TokenRequest, clock: Clock): Promise<Record<string, string>> {
  const { credential } = request;
  if (credential.kind === 'user') {
    return {
      grant_type: 'refresh_token',
      client_id: credential.clientId,
      client_secret: credential.clientSecret,
      refresh_token: credential.refreshToken,
    };
  }
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await signedAssertion(request, credential, clock),
  };
}

async function signedAssertion(
  { scope, tokenUrl }: TokenRequest,
  key: ServiceAccount,
  clock: Clock,
): Promise<string> {
  const { SignJWT } = await import('jose');
  const now = Math.floor(epochMs(clock.now()) / 1_000) - BACKDATED_SECONDS;
  const header = { alg: 'RS256', typ: 'JWT', ...(key.keyId === null ? {} : { kid: key.keyId }) };
  return new SignJWT({ scope })
    .setProtectedHeader(header)
    .setIssuer(key.clientEmail)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_SECONDS)
    .sign(await privateKey(key.privateKey));
}

async function privateKey(pem: string): Promise<CryptoKey> {
  const { importPKCS8 } = await import('jose');
  try {
    return await importPKCS8(pem, 'RS256');
  } catch {
    // The library's message is left out: it could quote the key.
    throw new OperatorError(
      'service_account_key_unreadable',
      'private_key of the service account is not a PKCS #8 key',
      'Put the key file in unchanged, line breaks included.',
    );
  }
}

/** OAuth's `error` word in a refusal; nothing when the body is something else. */
function errorCode(body: Buffer): string | undefined {
  try {
    const answer = JSON.parse(body.toString('utf8')) as JsonObject;
    return typeof answer?.error === 'string' ? answer.error : undefined;
  } catch {
    // An HTML page of a proxy: the status alone decides.
    return undefined;
  }
}

function tokenIn(answer: JsonObject): string {
  if (typeof answer.access_token === 'string' && answer.access_token !== '') return answer.access_token;
  throw new ChannelError('token exchange answered without a token', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Google gave no token. The exchange is repeated by itself.',
  });
}

function lifeMs(answer: JsonObject): number {
  const seconds = Number(answer.expires_in);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 60_000;
}
