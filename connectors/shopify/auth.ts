import { failureOf, jsonObjectOf } from '../../src/channel/classify.js';
import type { HttpReply } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Clock } from '../../src/domain/instant.js';
import { isJsonObject } from '../../src/domain/json.js';
import { FAILURES } from './failures.js';
import type { ShopifySettings } from './settings.js';

/** Lends access tokens; the one place that sees credentials. */
export interface AccessTokens {
  /** A token that is still good for a while. Several callers at once cause one exchange. */
  token(): Promise<string>;
  /** Shopify refused this token. False: it was a given one, another cannot be had. */
  refused(token: string): boolean;
}

/** Asks the shop's token endpoint. */
export type ExchangeCall = (form: string) => Promise<HttpReply>;

/** Share of a token's life after which a new one is fetched. */
const USED_LIFE = 0.8;
const DAY_SECONDS = 86_399;

/**
 * A given token as it is; otherwise the client credentials grant, tokens of 24 hours without a refresh token. Permanent tokens are no longer
 * given to new apps since 2026-01-01. Source: shopify.dev, "Client credentials grant"; verified 2026-11-23.
 */
export function accessTokens(settings: ShopifySettings, clock: Clock, exchange: ExchangeCall): AccessTokens {
  const given = settings.accessToken;
  if (given !== undefined) return { token: () => Promise.resolve(given), refused: () => false };
  const secrets = [settings.clientSecret, settings.nextClientSecret].filter((secret) => secret !== undefined);
  let current = 0;
  let held: { readonly token: string; readonly renewAtMs: number } | null = null;
  let underWay: Promise<string> | null = null;

  const ask = (): Promise<HttpReply> =>
    exchange(
      new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: settings.clientId ?? '',
        client_secret: secrets[current] ?? '',
      }).toString(),
    );

  /** While a secret is rotated the other one is tried once; the one that worked stays. */
  async function renew(): Promise<string> {
    let reply = await ask();
    if (errorCode(reply.body) === 'invalid_client' && secrets.length > 1) {
      current = 1 - current;
      reply = await ask();
    }
    if (reply.status !== 200) {
      const bodyCode = errorCode(reply.body);
      // The description is left out: it may repeat what was sent.
      throw failureOf(reply, { operation: 'token exchange', bodyCode, text: bodyCode }, FAILURES);
    }
    const body = jsonObjectOf(reply, 'token exchange');
    if (typeof body.access_token !== 'string' || body.access_token === '') throw tokenMissing();
    const seconds = typeof body.expires_in === 'number' ? body.expires_in : DAY_SECONDS;
    held = { token: body.access_token, renewAtMs: clock.monotonicMs() + seconds * 1_000 * USED_LIFE };
    return body.access_token;
  }

  return {
    token() {
      if (held !== null && clock.monotonicMs() < held.renewAtMs) return Promise.resolve(held.token);
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    refused(token) {
      if (held?.token === token) held = null;
      return true;
    },
  };
}

function errorCode(body: Buffer): string | undefined {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(answer) && typeof answer.error === 'string' ? answer.error : undefined;
  } catch {
    // A page of a proxy: the status alone decides.
    return undefined;
  }
}

function tokenMissing(): ChannelError {
  return new ChannelError('token exchange answered without a token', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not from Shopify (a proxy page?). The exchange is repeated by itself.',
  });
}
