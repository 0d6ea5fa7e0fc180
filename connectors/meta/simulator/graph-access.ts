import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';

/** The only credentials the simulated Graph knows. */
export const CREDENTIALS = {
  appId: '1234567890',
  appSecret: 'simulated-app-secret',
  accessToken: 'EAAsimulatedSystemUserToken',
  catalogId: '990000000000001',
} as const;

/** An error in Graph's envelope. */
export function graphError(
  status: number,
  code: number,
  message: string,
  more: { readonly subcode?: number; readonly type?: string } = {},
): SimulatorReply {
  return {
    status,
    body: {
      error: {
        message: `(#${code}) ${message}`,
        type: more.type ?? 'OAuthException',
        code,
        ...(more.subcode === undefined ? {} : { error_subcode: more.subcode }),
        fbtrace_id: 'AsimulatedTrace',
      },
    },
  };
}

/** Checks version, token and proof; the refusal, or nothing. `params` are the query and form fields together. */
export function refusedAccess(
  request: SimulatorRequest,
  params: URLSearchParams,
  tokenValid: boolean,
): SimulatorReply | null {
  const version = /^\/v(\d+)\.(\d+)\//.exec(request.path);
  if (!version || Number(version[1]) < 25) {
    return graphError(
      400,
      2635,
      'You are calling a deprecated version of the Ads API. Please update to v26.0.',
    );
  }
  if (params.has('ids') || params.has('date_format'))
    return graphError(400, 100, 'The parameters ids and date_format are no longer supported');
  const token = tokenOf(request, params);
  const appToken = `${CREDENTIALS.appId}|${CREDENTIALS.appSecret}`;
  if (token === null) return graphError(400, 104, 'An access token is required to request this resource.');
  if (token !== appToken && (token !== CREDENTIALS.accessToken || !tokenValid))
    return graphError(400, 190, 'Error validating access token: the session has expired.', {
      subcode: 463,
    });
  return sameProof(params.get('appsecret_proof'), token)
    ? null
    : graphError(400, 100, 'API calls from the server require an appsecret_proof argument', {
        type: 'GraphMethodException',
      });
}

function tokenOf(request: SimulatorRequest, params: URLSearchParams): string | null {
  const header = request.headers.authorization;
  return typeof header === 'string' && header.startsWith('Bearer ')
    ? header.slice(7)
    : params.get('access_token');
}

function sameProof(proof: string | null, token: string): boolean {
  const wanted = Buffer.from(createHmac('sha256', CREDENTIALS.appSecret).update(token).digest('hex'));
  const given = Buffer.from(proof ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
