import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { ShopState } from './shop-state.js';

const WINDOW_SECONDS = 15 * 60;

/**
 * Who is let in, as the REST authentication class of WooCommerce 11.x decides it: Basic (or keys in the query) only where WordPress thinks it is TLS,
 * else OAuth 1.0a without a token, each nonce once within 15 minutes; then what the key may do. Null: come in.
 */
export function refusalAtDoor(
  shop: ShopState,
  seen: Set<string>,
): (request: SimulatorRequest) => SimulatorReply | null {
  return (request) => {
    const { keys, switches } = shop;
    const { query } = request;
    if (query.has('oauth_signature')) {
      const wrong = oauthFault(shop, seen, request);
      if (wrong !== null) return authenticationError(wrong);
    } else {
      const given = switches.tls ? basicKeys(request, switches.dropsAuthorization) : null;
      // Without anything it understands WordPress takes the call for a visitor's.
      if (given === null) return visitor(request);
      if (given.key !== keys.key || !same(given.secret, keys.secret))
        return authenticationError('Consumer key or secret is invalid.');
    }
    const writes = request.method !== 'GET';
    if (writes && keys.permissions === 'read')
      return authenticationError('The API key provided does not have write permissions.');
    if (!writes && keys.permissions === 'write')
      return authenticationError('The API key provided does not have read permissions.');
    return null;
  };
}

function basicKeys(
  { headers, query }: SimulatorRequest,
  dropped: boolean,
): { readonly key: string; readonly secret: string } | null {
  const key = query.get('consumer_key');
  const secret = query.get('consumer_secret');
  if (key !== null && secret !== null) return { key, secret };
  const basic = /^Basic (.+)$/.exec(dropped ? '' : String(headers.authorization ?? ''))?.[1];
  if (basic === undefined) return null;
  const [user = '', password = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { key: user, secret: password };
}

/** Read from RFC 5849, section 3.4: the parameters sorted by their encoded names, the method and the address before them. */
function oauthFault(
  { keys, home, nowMs }: ShopState,
  seen: Set<string>,
  request: SimulatorRequest,
): string | null {
  const { query } = request;
  if (query.get('oauth_consumer_key') !== keys.key) return 'Consumer key is invalid.';
  const encoded = (text: string): string =>
    [...Buffer.from(text, 'utf8')]
      .map((byte) =>
        /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      )
      .join('');
  const pairs = [...query]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map((pair) => pair.join('='));
  const address = `${home.replace(/^https:/, 'http:')}${request.path}`;
  const base = `${request.method}&${encoded(address)}&${encoded(pairs.join('&'))}`;
  if (query.get('oauth_signature_method') !== 'HMAC-SHA256')
    return 'Invalid signature - signature method is invalid.';
  const right = createHmac('sha256', `${keys.secret}&`).update(base).digest('base64');
  if (!same(query.get('oauth_signature') ?? '', right))
    return 'Invalid signature - provided signature does not match.';
  const age = nowMs() / 1_000 - Number(query.get('oauth_timestamp'));
  if (!(Math.abs(age) < WINDOW_SECONDS)) return 'Invalid timestamp.';
  const nonce = query.get('oauth_nonce') ?? '';
  if (nonce === '' || seen.has(nonce)) return 'Invalid nonce - nonce has already been used.';
  seen.add(nonce);
  return null;
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function visitor({ method, path }: SimulatorRequest): SimulatorReply | null {
  if (path.endsWith('/wp-json/')) return null;
  const what =
    method === 'GET' ? 'view' : method === 'POST' ? 'create' : method === 'DELETE' ? 'delete' : 'edit';
  return {
    status: 401,
    body: {
      code: `woocommerce_rest_cannot_${what}`,
      message: `Sorry, you cannot ${what} this resource.`,
      data: { status: 401 },
    },
  };
}

function authenticationError(message: string): SimulatorReply {
  return {
    status: 401,
    body: { code: 'woocommerce_rest_authentication_error', message, data: { status: 401 } },
  };
}
