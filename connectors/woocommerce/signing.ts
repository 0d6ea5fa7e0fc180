import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../src/domain/instant.js';
import { epochMs } from '../../src/domain/instant.js';
import type { WooSettings } from './settings.js';

/** A call as it is to be signed; every part of the query decoded. */
export interface UnsignedCall {
  readonly method: string;
  /** Without the query. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What signing adds to a call. */
export interface Signature {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/**
 * Basic authentication counts only where WordPress thinks the call came over TLS; elsewhere only OAuth 1.0a without a token does, HMAC-SHA256, the body
 * not signed, the clock within 15 minutes, each nonce once (WooCommerce REST authentication class 11.x, verified 2026-11-23). The two are one
 * credential: the keys are never sent over plain http.
 */
export function signerOf(settings: WooSettings, clock: Clock): (call: UnsignedCall) => Signature {
  const { address, consumerKey, consumerSecret, keysInQuery } = settings;
  const secure = address.startsWith('https:');
  const signing = settings.signing ?? (secure ? 'basic' : 'oauth');
  if (signing === 'oauth' || !secure) return (call) => oauth(settings, clock, call);
  if (keysInQuery === true)
    return () => ({
      headers: {},
      query: { consumer_key: consumerKey, consumer_secret: consumerSecret },
    });
  const credentials = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
  return () => ({ headers: { authorization: `Basic ${credentials}` }, query: {} });
}

function oauth({ consumerKey, consumerSecret }: WooSettings, clock: Clock, call: UnsignedCall): Signature {
  const parameters = {
    oauth_consumer_key: consumerKey,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(epochMs(clock.now()) / 1_000)),
  };
  const pairs = Object.entries({ ...call.query, ...parameters })
    .map(([name, value]) => [strict(name), strict(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  // OAuth is only looked at where WordPress does not see TLS: it signs the address as http, whatever we call it.
  const url = call.url.replace(/^https:/, 'http:');
  const base = [call.method, strict(url), strict(pairs.join('&'))].join('&');
  const signature = createHmac('sha256', `${consumerSecret}&`).update(base, 'utf8').digest('base64');
  return { headers: {}, query: { ...parameters, oauth_signature: signature } };
}

/** Percent-encoding of RFC 3986, which OAuth asks for. */
function strict(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
