import type { FastifyRequest } from 'fastify';
import { callerOfKey, type KeyCaller } from '../access/api-keys.js';
import type { Caller } from '../access/caller.js';
import { keyPace } from '../access/key-pace.js';
import { isAmong } from '../access/networks.js';
import { callerOfSession } from '../access/sessions.js';
import type { App } from '../app.js';
import { readUrl } from '../domain/web-address.js';
import { Refusal } from './problem.js';
import { sessionIn } from './session-cookie.js';

/** Header a browser's script sets on every write; a form or a picture on another site cannot. */
export const OWN_HEADER = 'x-omnifeed-console';

/**
 * Who makes a call: by API key, else by the session's cookie. A key that is no good is refused, not passed over. Writes without a key come
 * from a browser: they must come from our own pages, or anybody's page could make them in a visitor's name.
 */
export async function identify(
  app: Pick<App, 'database' | 'clock' | 'config'>,
  request: FastifyRequest,
): Promise<Caller | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, key = ''] = /^Bearer (\S{1,200})$/i.exec(authorization) ?? [];
    const known = await callerOfKey(app.database, key, app.clock.now());
    if (known !== null) return within(known, request);
    throw new Refusal(
      401,
      'key_refused',
      'The API key is unknown, was revoked, or its time is over.',
      'Make a new key under Settings, or with `omnifeed keys create`.',
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    refuseForeign(request, app.config.http.publicUrl);
  const secret = sessionIn(request.headers.cookie);
  return secret === null ? null : callerOfSession(app.database, secret, app.clock.now());
}

const pace = keyPace(() => performance.now());

/** The caller, when the key is used from where and as often as it may be. */
function within({ caller, networks, perMinute }: KeyCaller, { ip }: FastifyRequest): Caller {
  if (networks.length > 0 && !isAmong(ip, networks))
    throw new Refusal(
      403,
      'key_elsewhere',
      'This API key is not used from here.',
      'Use it from one of its addresses; behind a proxy set `http.trustProxy`.',
    );
  if (perMinute !== null && !pace.takes(caller.id, perMinute))
    throw new Refusal(
      429,
      'too_many_calls',
      `This API key makes at most ${perMinute} calls a minute.`,
      'Wait a minute, or use a key with a higher bound.',
    );
  return caller;
}

function refuseForeign({ headers }: FastifyRequest, publicUrl: string | null): void {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const own = [host, publicUrl === null ? undefined : new URL(publicUrl).host];
  const fromOwn = origin === undefined || (readUrl(origin) !== null && own.includes(new URL(origin).host));
  const fetched = site === undefined || site === 'same-origin' || site === 'none';
  if (headers[OWN_HEADER] !== undefined && fromOwn && fetched) return;
  throw new Refusal(
    403,
    'foreign_page',
    'The call does not come from a page of Omnifeed.',
    'Use the console, or send an API key as a bearer token. Behind a proxy set `http.publicUrl`.',
  );
}
