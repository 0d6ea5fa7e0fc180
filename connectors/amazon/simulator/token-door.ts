import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { ACCOUNT } from './account.js';
import { refused } from './replies.js';

/** Login with Amazon: hands out access tokens and knows which are still good. */
export interface TokenDoor {
  exchange(request: SimulatorRequest): SimulatorReply;
  /** The refusal of a call whose token is missing, unknown or expired; nothing when it is good. */
  refusal(request: SimulatorRequest): SimulatorReply | null;
  /** Life of tokens given from now on. */
  lifeSeconds: number;
  /** Ends every token given so far. */
  expireAll(): void;
  /** The seller takes the authorization back: `invalid_grant` from now on. */
  authorized: boolean;
  /** Whether the application has the role for orders. */
  ordersRole: boolean;
}

const OWN_PATH = /^\/notifications\/v1\/destinations/;
const OWN_SCOPE = 'sellingpartnerapi::notifications';

/** A token endpoint with one client and one refresh token. */
export function tokenDoor(): TokenDoor {
  const goodUntil = new Map<string, { readonly ms: number; readonly own: boolean }>();
  const door: TokenDoor = {
    lifeSeconds: 3_600,
    authorized: true,
    ordersRole: true,
    expireAll: () => goodUntil.clear(),
    exchange(request) {
      const problem = exchangeProblem(request, door.authorized);
      if (problem) return problem;
      const token = `Atza|${randomUUID()}`;
      const own =
        new URLSearchParams(request.body.toString('utf8')).get('grant_type') === 'client_credentials';
      goodUntil.set(token, { ms: Date.now() + door.lifeSeconds * 1_000, own });
      return {
        status: 200,
        headers: { 'cache-control': 'no-store' },
        body: {
          access_token: token,
          ...(own ? {} : { refresh_token: ACCOUNT.refreshToken }),
          token_type: 'bearer',
          expires_in: door.lifeSeconds,
        },
      };
    },
    refusal(request) {
      const token = request.headers['x-amz-access-token'];
      if (typeof token !== 'string' || token === '') {
        return unauthorized('Access token is missing in the request header.');
      }
      const until = goodUntil.get(token);
      if (until === undefined) {
        return unauthorized('The access token you provided is revoked, malformed or invalid.');
      }
      // A token of the application opens its own operations only, and a seller's opens none of them.
      if (until.own !== OWN_PATH.test(request.path))
        return unauthorized('The access token you provided is not of the kind this operation takes.');
      return until.ms < Date.now() ? unauthorized('The access token you provided has expired.') : null;
    },
  };
  return door;
}

function exchangeProblem(request: SimulatorRequest, authorized: boolean): SimulatorReply | null {
  if (request.method !== 'POST') return lwaError(400, 'invalid_request', 'POST is required');
  const type = String(request.headers['content-type'] ?? '');
  if (!type.startsWith('application/x-www-form-urlencoded')) {
    return lwaError(400, 'invalid_request', 'The request is not form encoded');
  }
  const form = new URLSearchParams(request.body.toString('utf8'));
  const own = form.get('grant_type') === 'client_credentials';
  if (own && form.get('scope') !== OWN_SCOPE)
    return lwaError(400, 'invalid_scope', 'The requested scope is invalid');
  if (!own && form.get('grant_type') !== 'refresh_token') {
    return lwaError(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
  }
  if (form.get('client_id') !== ACCOUNT.clientId || form.get('client_secret') !== ACCOUNT.clientSecret) {
    return lwaError(401, 'invalid_client', 'Client authentication failed');
  }
  if (!own && (!authorized || form.get('refresh_token') !== ACCOUNT.refreshToken)) {
    return lwaError(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
  }
  return null;
}

function lwaError(status: number, error: string, text: string): SimulatorReply {
  return {
    status,
    body: { error, error_description: text, error_index: 'SIMULATOR', request_id: randomUUID() },
  };
}

function unauthorized(details: string): SimulatorReply {
  return refused(403, 'Unauthorized', 'Access to requested resource is denied.', details);
}
