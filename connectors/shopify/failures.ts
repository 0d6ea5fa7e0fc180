import type { FailureRow } from '../../src/channel/classify.js';
import { ChannelError } from '../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';

const STOPPED = { kind: 'auth-lost', owner: 'operator' } as const;

/**
 * Answers by status, in front of the common table: token exchange and Admin API. Source: shopify.dev, "Client credentials grant" and
 * "Status and error codes"; verified 2026-11-23.
 */
export const FAILURES: readonly FailureRow[] = [
  {
    status: 400,
    bodyCode: 'shop_not_permitted',
    ...STOPPED,
    code: 'shop_not_permitted',
    advice:
      'The shop belongs to another organization than the app. Make the app in the shop’s own organization in the Dev Dashboard, or set accessToken.',
  },
  {
    status: 400,
    bodyCode: 'app_not_installed',
    ...STOPPED,
    code: 'app_not_installed',
    advice:
      'Install the app on the shop. An app made in the admin has no client credentials: set its accessToken instead.',
  },
  {
    status: 400,
    bodyCode: 'invalid_client',
    ...STOPPED,
    code: 'client_refused',
    advice: 'Shopify does not accept client id and secret. Copy both again from the Dev Dashboard.',
  },
  {
    status: 401,
    ...STOPPED,
    code: 'credentials_refused',
    advice: 'The token is dead: the app was uninstalled or its secret was changed. Connect the shop again.',
  },
  {
    status: 402,
    ...STOPPED,
    code: 'shop_frozen',
    advice: 'The shop is frozen. Pay its plan in the Shopify admin; then run `omnifeed resume`.',
  },
  {
    status: 404,
    ...STOPPED,
    code: 'shop_unknown',
    advice: 'There is no such shop. Check the myshopify.com name in the settings.',
  },
  {
    status: 423,
    ...STOPPED,
    code: 'shop_locked',
    advice: 'The shop is locked. Ask Shopify’s support; then run `omnifeed resume`.',
  },
  {
    status: 430,
    ...STOPPED,
    code: 'shop_flagged',
    advice: 'Shopify refuses our calls for security reasons. Ask Shopify’s support.',
  },
];

/** What Shopify says of cost in every answer: points. */
export interface Cost {
  readonly requested: number;
  readonly available: number;
  readonly maximum: number;
  /** Points restored in a second. */
  readonly restoreRate: number;
}

/** The cost part of an answer; nothing when it has none. */
export function costIn(body: JsonObject): Cost | null {
  const cost = member(member(body, 'extensions'), 'cost');
  const status = member(cost, 'throttleStatus');
  const numbers = [
    cost?.requestedQueryCost,
    status?.currentlyAvailable,
    status?.maximumAvailable,
    status?.restoreRate,
  ].map(Number);
  const [requested = 0, available = 0, maximum = 0, restoreRate = 0] = numbers;
  return numbers.every(Number.isFinite) && restoreRate > 0
    ? { requested, available, maximum, restoreRate }
    : null;
}

/**
 * The failure in a GraphQL answer with status 200; nothing when it has no `errors`. An answer with errors is a failure even when part of
 * its data is there: a null beside an error is not "empty".
 */
export function graphqlFailure(
  body: JsonObject,
  call: { readonly operation: string; readonly requestId: string | null },
): ChannelError | null {
  const errors = isJsonArray(body.errors) ? body.errors.filter(isJsonObject) : [];
  const [first] = errors;
  if (first === undefined) return body.errors === undefined ? null : unknownErrors(body.errors, call);
  const code = String(member(first, 'extensions')?.code ?? '');
  const row = GRAPHQL[code] ?? OURS;
  const message = typeof first.message === 'string' ? first.message.slice(0, 300) : code;
  const facts = { code: row.code, owner: row.owner, advice: row.advice, requestId: call.requestId };
  return new ChannelError(`${call.operation} failed: ${message}`, {
    ...facts,
    kind: row.kind,
    againInMs: row.kind === 'throttled' ? throttledMs(costIn(body)) : null,
  });
}

/** Points that are missing, at the shop's rate of restoring; a second when the answer does not tell. */
function throttledMs(cost: Cost | null): number {
  if (cost === null) return 1_000;
  return Math.max(100, Math.ceil(((cost.requested - cost.available) / cost.restoreRate) * 1_000));
}

type Row = Pick<FailureRow, 'kind' | 'code' | 'owner' | 'advice'>;

const CHANNEL_FAULT: Row = {
  kind: 'ambiguous',
  code: 'channel_failed',
  owner: 'channel',
  advice: 'Shopify has a fault of its own. The call is checked and repeated by itself.',
};

/** Codes in `errors[].extensions.code`. Source: shopify.dev, "GraphQL Admin API rate limits" and "Status and error codes"; verified 2026-11-23. */
const GRAPHQL: Readonly<Record<string, Row>> = {
  THROTTLED: {
    kind: 'throttled',
    code: 'throttled',
    owner: 'channel',
    advice: 'Shopify asks us to slow down. Nothing to do; it goes on by itself.',
  },
  MAX_COST_EXCEEDED: {
    kind: 'refused',
    code: 'max_cost_exceeded',
    owner: 'us',
    advice: 'A call asked for too much at once. Report it with the log.',
  },
  ACCESS_DENIED: {
    kind: 'auth-lost',
    code: 'permission_missing',
    owner: 'operator',
    advice:
      'The app lacks a scope, which the message names. Add it, release and install the new version, then run `omnifeed doctor`.',
  },
  SHOP_INACTIVE: {
    kind: 'auth-lost',
    code: 'shop_inactive',
    owner: 'operator',
    advice: 'The shop is not active. Open it in the Shopify admin, then run `omnifeed resume`.',
  },
  INTERNAL_SERVER_ERROR: CHANNEL_FAULT,
  TIMEOUT: CHANNEL_FAULT,
};

/** The document or its variables do not fit the schema: nothing was executed. */
const OURS: Row = {
  kind: 'refused',
  code: 'call_refused',
  owner: 'us',
  advice: 'Shopify refused the call as a whole. Report it with the log.',
};

function unknownErrors(
  errors: JsonValue,
  call: { readonly operation: string; readonly requestId: string | null },
): ChannelError {
  const said = typeof errors === 'string' ? errors.slice(0, 300) : 'errors of an unknown form';
  return new ChannelError(`${call.operation} failed: ${said}`, {
    ...CHANNEL_FAULT,
    requestId: call.requestId,
  });
}

function member(of: JsonObject | null, name: string): JsonObject | null {
  const value = of?.[name];
  return isJsonObject(value) ? value : null;
}
