import type { FailureRow } from '../../src/channel/classify.js';

const WAIT = 'Meta asks us to slow down. Nothing to do; sending goes on by itself.';
const AGAIN = 'Meta has a fault of its own. The call is repeated by itself.';
const TOKEN =
  'Meta no longer accepts the token. Generate a new one for the system user and put it into the settings.';
const GRANT =
  'The system user lacks a permission. Assign it the catalog with full control, then run `omnifeed doctor`.';

/**
 * Graph error codes. They arrive with 400, 401, 403 or 500 as Meta pleases, so the status says nothing
 * (Graph "Handling errors", Marketing API "Rate limiting", verified 2026-11). 80009: catalog management, 80014: catalog batch.
 * What only an operator can mend (token, permission, version) stops the channel; `refused` is about what was sent.
 */
const CODES: readonly (readonly [string, Pick<FailureRow, 'kind' | 'code' | 'owner' | 'advice'>])[] = [
  ...['4', '17', '32', '341', '613', '80000', '80004', '80009', '80014'].map(
    (code) => [code, { kind: 'throttled', code: 'throttled', owner: 'channel', advice: WAIT }] as const,
  ),
  ...['1', '2'].map(
    (code) => [code, { kind: 'ambiguous', code: 'channel_failed', owner: 'channel', advice: AGAIN }] as const,
  ),
  ...['102', '190'].map(
    (code) =>
      [code, { kind: 'auth-lost', code: 'credentials_refused', owner: 'operator', advice: TOKEN }] as const,
  ),
  ...['10', '3', '200', '294', '298', '299'].map(
    (code) =>
      [code, { kind: 'auth-lost', code: 'permission_missing', owner: 'operator', advice: GRANT }] as const,
  ),
  [
    '368',
    {
      kind: 'auth-lost',
      code: 'account_blocked',
      owner: 'operator',
      advice: 'Meta has blocked the account for policy reasons. See Account quality in Business settings.',
    },
  ],
  [
    '2635',
    {
      kind: 'auth-lost',
      code: 'version_expired',
      owner: 'operator',
      advice:
        'This Graph version is over. Update Omnifeed, or name a newer one as apiVersion in the settings.',
    },
  ],
  [
    '100/method',
    {
      kind: 'auth-lost',
      code: 'catalog_not_reachable',
      owner: 'operator',
      advice: 'Check the catalog id, that the system user may see the catalog, and the app secret.',
    },
  ],
  [
    '100',
    {
      kind: 'refused',
      code: 'parameter_refused',
      owner: 'us',
      advice: 'Meta refused a parameter. See its message; report it if the settings are right.',
    },
  ],
];

/** The table for `failureOf`, with the code as `bodyCode`. */
export const FAILURES: readonly FailureRow[] = CODES.flatMap(([bodyCode, facts]) => [
  { status: 'family-4xx', bodyCode, ...facts },
  { status: 'family-5xx', bodyCode, ...facts },
]);
