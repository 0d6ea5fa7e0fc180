import type { FailureRow } from '../../src/channel/classify.js';

/** What Vendure's error codes mean (3.7.3, read and tried 2026-11). What is not here may or may not have been applied. */
export const FAILURES: readonly FailureRow[] = (
  [
    {
      bodyCode: 'FORBIDDEN',
      kind: 'auth-lost',
      code: 'permission_missing',
      advice:
        'The API key is not valid any more or its role lacks a permission. Grant what the README of the connector lists, then run `omnifeed doctor`.',
    },
    {
      bodyCode: 'UNAUTHORIZED',
      kind: 'auth-lost',
      code: 'credentials_refused',
      advice: 'The shop does not accept the API key. Make one in the dashboard and connect the shop again.',
    },
    {
      bodyCode: 'CHANNEL_NOT_FOUND',
      kind: 'auth-lost',
      code: 'channel_token_unknown',
      advice: 'The shop has no channel with this `channelToken`. Copy it from the dashboard.',
    },
    {
      bodyCode: 'GRAPHQL_VALIDATION_FAILED',
      kind: 'refused',
      code: 'schema_differs',
      advice:
        'The shop is no Vendure 3.6 or later, a custom field is not there, or the plugin of Omnifeed is missing; see the README of the connector.',
    },
    {
      bodyCode: 'USER_INPUT_ERROR',
      kind: 'refused',
      code: 'input_refused',
      advice: 'Correct what the shop names; the call is repeated by itself.',
    },
    {
      bodyCode: 'ENTITY_NOT_FOUND',
      kind: 'refused',
      code: 'not_there',
      advice:
        'What the shop names was deleted or switched off there. Bring it back; the call is repeated by itself.',
    },
  ] as const
).flatMap((row) =>
  ([400, 401, 403, 500] as const).map((status) => ({ status, owner: 'operator', ...row }) as const),
);
