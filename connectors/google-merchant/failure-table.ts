import type { FailureKind, Owner } from '../../src/domain/errors.js';

/** What becomes of a listing whose call got this answer. */
export type ItemOutcome = 'retry' | 'ambiguous' | 'rejected';

/** One class of refusals: how it is told, what a call and a listing make of it, and who must act. */
export interface FailureClass {
  /** The class of the specification's table (section 3.4). */
  readonly name:
    | 'retry-now'
    | 'retry-later'
    | 'until-reset'
    | 'auth'
    | 'config'
    | 'payload'
    | 'conflict'
    | 'gone'
    | 'limits'
    | 'sunset';
  readonly statuses: readonly number[];
  /** Word of `conditionOf`; absent: whatever Google says. */
  readonly condition?: string;
  /** What the call as a whole failed with. `auth-lost` stops the channel until an operator has acted. */
  readonly kind: FailureKind;
  readonly item: ItemOutcome;
  /** Milliseconds a listing waits where Google names no time. */
  readonly waitMs?: number;
  readonly code: string;
  readonly owner: Owner;
  readonly advice: string;
}

/** A data source created seconds ago is not known everywhere yet (seen 2026-09). */
const PROPAGATION_MS = 45_000;
const MINUTE_MS = 60_000;

const PERSON = { owner: 'operator', kind: 'auth-lost' } as const;

/**
 * Every class of refusal, first match wins. Sources: developers.google.com/merchant/api/guides/error-handling and
 * /quotas-limits, verified 2026-11-23; the words of data-source errors as met in the field 2026-07 to 2026-09. Google names
 * stable reasons only for products, reports and data sources; elsewhere `conditionOf` derives a word of ours.
 */
export const FAILURE_TABLE: readonly FailureClass[] = [
  {
    name: 'auth',
    statuses: [401],
    condition: 'not_registered',
    ...PERSON,
    item: 'retry',
    code: 'gcp_not_registered',
    advice:
      'Register the Google Cloud project with the Merchant Center account: `omnifeed channel <channel> register-gcp`. Then wait five minutes and run `omnifeed resume`.',
  },
  {
    name: 'auth',
    statuses: [401],
    ...PERSON,
    item: 'retry',
    code: 'credentials_refused',
    advice: 'Google no longer accepts the credentials. Connect the channel again.',
  },
  {
    name: 'config',
    statuses: [403],
    condition: 'SERVICE_DISABLED',
    ...PERSON,
    item: 'retry',
    code: 'api_not_enabled',
    advice: 'Enable the Merchant API in the Google Cloud project the credentials belong to.',
  },
  {
    name: 'config',
    statuses: [403],
    ...PERSON,
    item: 'retry',
    code: 'permission_missing',
    advice:
      'Make the service account, or the person who signed in, a user of the Merchant Center account with at least standard access.',
  },
  {
    name: 'config',
    statuses: [404],
    condition: 'data_source_missing',
    ...PERSON,
    item: 'retry',
    waitMs: PROPAGATION_MS,
    code: 'data_source_not_found',
    advice: 'The data source does not exist in this account. Correct or remove the setting dataSource.',
  },
  {
    name: 'config',
    statuses: [400],
    condition: 'data_source_local',
    ...PERSON,
    item: 'retry',
    waitMs: PROPAGATION_MS,
    code: 'data_source_local',
    advice:
      'The data source only takes products of stores. Name another one, or remove the setting dataSource.',
  },
  {
    name: 'config',
    statuses: [400],
    condition: 'data_source_not_api',
    ...PERSON,
    item: 'retry',
    waitMs: PROPAGATION_MS,
    code: 'data_source_not_writable',
    advice:
      'The data source is filled from a file. Name an API data source, or remove the setting dataSource.',
  },
  {
    name: 'config',
    statuses: [404],
    condition: 'account_missing',
    ...PERSON,
    item: 'retry',
    code: 'account_not_found',
    advice: 'Check the account number; the service account or person must be a user of that account.',
  },
  {
    name: 'gone',
    statuses: [404],
    kind: 'refused',
    item: 'rejected',
    code: 'not_found',
    owner: 'channel',
    advice: 'Google does not have what the call is about. It is looked up again by itself.',
  },
  {
    name: 'conflict',
    statuses: [409],
    kind: 'refused',
    item: 'rejected',
    code: 'newer_version_won',
    owner: 'channel',
    advice:
      'Google holds a newer version; the next change of the listing is sent with a higher number. Nothing to do.',
  },
  {
    name: 'sunset',
    statuses: [410],
    kind: 'refused',
    item: 'rejected',
    code: 'api_sunset',
    owner: 'us',
    advice: 'Google has switched off this version of its API. Update Omnifeed.',
  },
  {
    name: 'limits',
    statuses: [429, 403, 400],
    condition: 'too_many_items',
    kind: 'refused',
    item: 'rejected',
    code: 'too_many_items',
    owner: 'operator',
    advice: 'The account has reached its number of products. Ask Google for more or list fewer.',
  },
  {
    name: 'until-reset',
    statuses: [429],
    condition: 'daily_quota',
    kind: 'throttled',
    item: 'retry',
    code: 'daily_quota_used',
    owner: 'channel',
    advice: 'The daily quota is used up; it is renewed at 12:00 UTC. Sending goes on by itself.',
  },
  {
    name: 'retry-later',
    statuses: [429],
    kind: 'throttled',
    item: 'retry',
    waitMs: MINUTE_MS,
    code: 'throttled',
    owner: 'channel',
    advice: 'Google asks us to slow down. Nothing to do; sending goes on by itself.',
  },
  {
    name: 'retry-now',
    statuses: [408, 500, 502, 503, 504],
    kind: 'ambiguous',
    item: 'ambiguous',
    code: 'channel_failed',
    owner: 'channel',
    advice: 'Google has a fault of its own. The call is repeated by itself.',
  },
  {
    name: 'payload',
    statuses: [400],
    kind: 'refused',
    item: 'rejected',
    code: 'invalid_argument',
    owner: 'us',
    advice: 'Google refused the call. See its message; report it if the settings are right.',
  },
];

/** An answer nobody has described: it may or may not have been applied. */
const UNKNOWN: FailureClass = {
  name: 'retry-now',
  statuses: [],
  kind: 'ambiguous',
  item: 'ambiguous',
  code: 'unexpected_status',
  owner: 'channel',
  advice:
    'Google answered with a status we do not know. The call is repeated by itself; report it if it stays.',
};

/** The class of a refusal by its status and condition. */
export function failureClass(status: number, condition: string): FailureClass {
  return (
    FAILURE_TABLE.find(
      (row) => row.statuses.includes(status) && (row.condition === undefined || row.condition === condition),
    ) ?? UNKNOWN
  );
}
