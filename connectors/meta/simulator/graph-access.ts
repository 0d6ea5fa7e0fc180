import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import type { CatalogState } from './catalog-state.js';
import { graphError } from './graph-error.js';
import type { ReadCall } from './graph-request.js';

/** The only credentials the simulated Graph knows. */
export const CREDENTIALS = {
  appId: '1234567890',
  appSecret: 'simulated-app-secret',
  accessToken: 'EAAsimulatedSystemUserToken',
  catalogId: '990000000000001',
} as const;

/** Versions whose Marketing API is alive (changelog, read 2026-11). */
const OLDEST = 25;
const NEWEST = 26;

/** Parameters that no version knows any more (changelog of v26.0, read 2026-11). `debug` and `pretty` are ignored. */
const REMOVED = ['ids', 'date_format'] as const;

/** Checks version, removed features, token, proof and permission; the refusal, or nothing. */
export function refusedAccess(
  state: CatalogState,
  request: SimulatorRequest,
  call: ReadCall,
): SimulatorReply | null {
  return (
    refusedVersion(request) ??
    refusedParameter(call) ??
    refusedToken(state, tokenOf(request, call), call) ??
    null
  );
}

function refusedVersion(request: SimulatorRequest): SimulatorReply | null {
  const version = /^\/v(\d+)\.\d+\//.exec(request.path);
  const major = Number(version?.[1] ?? 0);
  if (major > NEWEST) return graphError(400, 2500, `Unknown path components: ${request.path}`);
  return major >= OLDEST
    ? null
    : graphError(
        400,
        2635,
        `You are calling a deprecated version of the Ads API. Please update to v${NEWEST}.0.`,
      );
}

function refusedParameter(call: ReadCall): SimulatorReply | null {
  const removed = REMOVED.find((name) => call.params.has(name));
  return removed === undefined
    ? null
    : graphError(400, 100, `The parameter ${removed} is no longer supported`);
}

function refusedToken(state: CatalogState, token: string | null, call: ReadCall): SimulatorReply | null {
  if (token === null) return graphError(400, 104, 'An access token is required to request this resource.');
  const isApp = token === `${CREDENTIALS.appId}|${CREDENTIALS.appSecret}`;
  if (!isApp && !stands(state, token))
    return graphError(400, 190, 'Error validating access token: the session has expired.', { subcode: 463 });
  if (!sameProof(call.params.get('appsecret_proof'), token))
    return graphError(400, 100, 'API calls from the server require an appsecret_proof argument', {
      type: 'GraphMethodException',
    });
  const isOnCatalog = call.path.startsWith(state.catalogId) || call.path.startsWith('catalog:');
  if (isApp || !isOnCatalog) return null;
  const may = state.token.scopes.includes('catalog_management');
  const granted = state.token.targets === null || state.token.targets.includes(state.catalogId);
  return may && granted
    ? null
    : graphError(403, 200, 'Requires catalog_management permission on the catalog');
}

/** The end of a system user's token in seconds, 0: never; null: no such token. */
export function endOf({ token }: CatalogState, text: string): number | null {
  return text === CREDENTIALS.accessToken ? token.expiresAt : (token.exchanged.get(text) ?? null);
}

/** Whether a token is one of the system user's, valid, and not at its end. */
export function stands(state: CatalogState, text: string): boolean {
  const end = endOf(state, text);
  return end !== null && state.token.valid && (end === 0 || end * 1_000 > state.nowMs());
}

function tokenOf(request: SimulatorRequest, call: ReadCall): string | null {
  const header = request.headers.authorization;
  return typeof header === 'string' && header.startsWith('Bearer ')
    ? header.slice(7)
    : call.params.get('access_token');
}

function sameProof(proof: string | null, token: string): boolean {
  const wanted = Buffer.from(createHmac('sha256', CREDENTIALS.appSecret).update(token).digest('hex'));
  const given = Buffer.from(proof ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
