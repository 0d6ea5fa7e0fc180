import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** The one shop that is simulated, and the app that is installed on it. */
export const ACCOUNT = {
  shop: 'simulated-shop.myshopify.com',
  clientId: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  clientSecret: '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',
} as const;

/** Where tokens are given. */
export const TOKEN_PATH = '/admin/oauth/access_token';

/** Settings with which the connector can be opened against the simulator at an address. */
export function settingsFor(url: string): JsonObject {
  return {
    shop: ACCOUNT.shop,
    clientId: ACCOUNT.clientId,
    clientSecret: ACCOUNT.clientSecret,
    endpoint: url,
  };
}

/** Gives tokens by the client credentials grant and knows which are still good. */
export interface TokenDoor {
  exchange(request: SimulatorRequest): SimulatorReply;
  /** The refusal of a call whose token is missing, unknown or over; nothing when it is good. */
  refusal(request: SimulatorRequest): SimulatorReply | null;
  /** Ends every token given so far. */
  expireAll(): void;
  /** Why no token is given: the shop is of another organization, the app is not installed. Null: it is given. */
  denied: 'shop_not_permitted' | 'app_not_installed' | null;
}

/** Tokens live 86,399 seconds. */
const LIFE_SECONDS = 86_399;

/** The token endpoint of the shop. */
export function tokenDoor(nowMs: () => number, scopes: () => string): TokenDoor {
  const goodUntil = new Map<string, number>();
  const door: TokenDoor = {
    denied: null,
    expireAll: () => goodUntil.clear(),
    exchange(request) {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const type = String(request.headers['content-type'] ?? '');
      if (request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded'))
        return oauthError('invalid_request', 'The request is not form encoded');
      if (form.get('grant_type') !== 'client_credentials')
        return oauthError('unsupported_grant_type', 'Only client_credentials is supported');
      if (form.get('client_id') !== ACCOUNT.clientId || form.get('client_secret') !== ACCOUNT.clientSecret)
        return oauthError('invalid_client', 'Client authentication failed');
      if (door.denied !== null) return oauthError(door.denied, 'Oauth error');
      const token = `shpat_${randomUUID().replaceAll('-', '')}`;
      goodUntil.set(token, nowMs() + LIFE_SECONDS * 1_000);
      return { status: 200, body: { access_token: token, scope: scopes(), expires_in: LIFE_SECONDS } };
    },
    refusal(request) {
      const token = request.headers['x-shopify-access-token'];
      const until = typeof token === 'string' ? goodUntil.get(token) : undefined;
      if (until !== undefined && until > nowMs()) return null;
      return {
        status: 401,
        body: { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
      };
    },
  };
  return door;
}

function oauthError(error: string, description: string): SimulatorReply {
  return { status: 400, body: { error, error_description: description } };
}
