import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { FAILURES, saidError } from './failures.js';
import type { AmazonSettings } from './settings.js';

/** Lends access tokens; the one place that sees credentials. */
export interface AccessTokens {
  /** A token that is still good for a while. Several callers at once cause one exchange. */
  token(): Promise<string>;
  /** Amazon refused this token: the next caller gets a new one. */
  refused(token: string): void;
}

/** Asks the token endpoint; its address stays with the client. */
export type ExchangeCall = (form: URLSearchParams) => Promise<HttpReply>;

/** Share of a token's life (an hour) after which a new one is fetched. */
const USED_LIFE = 0.85;

/**
 * Exchanges the seller's refresh token for access tokens (Login with Amazon, grant `refresh_token`). The refresh token does
 * not rotate. With a scope the application asks for itself, without a seller (grant `client_credentials`). `invalid_grant` is
 * never repeated in a loop: it throws `auth-lost` and the operator must authorize again.
 * Source: developer-docs.amazon/sp-api, "Connect to the SP-API"; verified 2026-11.
 */
export function accessTokens(
  settings: AmazonSettings,
  host: Host,
  { exchange, scope }: { readonly exchange: ExchangeCall; readonly scope?: string },
): AccessTokens {
  let held: { readonly token: string; readonly renewAtMs: number } | null = null;
  let underWay: Promise<string> | null = null;

  const secrets = [settings.clientSecret, settings.nextClientSecret].filter((secret) => secret !== undefined);
  let current = 0;

  function ask(): Promise<HttpReply> {
    return exchange(
      new URLSearchParams({
        ...(scope === undefined
          ? { grant_type: 'refresh_token', refresh_token: settings.refreshToken }
          : { grant_type: 'client_credentials', scope }),
        client_id: settings.clientId,
        client_secret: secrets[current] ?? '',
      }),
    );
  }

  /** While a secret is being rotated the other one is tried once; the one that worked stays. */
  async function renew(): Promise<string> {
    let reply = await ask();
    if (reply.status === 401 && secrets.length > 1) {
      current = 1 - current;
      reply = await ask();
    }
    if (reply.status !== 200) throw refusalOf(reply);
    const body = jsonObjectOf(reply, 'token exchange');
    if (typeof body.access_token !== 'string') throw tokenMissing();
    const lifeMs = (typeof body.expires_in === 'number' ? body.expires_in : 3_600) * 1_000;
    held = { token: body.access_token, renewAtMs: host.clock.monotonicMs() + lifeMs * USED_LIFE };
    return body.access_token;
  }

  return {
    token() {
      if (held && host.clock.monotonicMs() < held.renewAtMs) return Promise.resolve(held.token);
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    refused(token) {
      if (held?.token === token) held = null;
    },
  };
}

function refusalOf(reply: HttpReply): ChannelError {
  const { code, requestId = reply.headers['x-amzn-requestid'] } = saidError(reply);
  // The description is left out: some answers repeat the token in it.
  return failureOf(reply, { operation: 'token exchange', bodyCode: code, text: code, requestId }, FAILURES);
}

function tokenMissing(): ChannelError {
  return new ChannelError('token exchange answered without a token', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not from Amazon (a proxy page?). The call is repeated by itself.',
  });
}
