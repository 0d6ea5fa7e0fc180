import type { FailureRow } from '../../src/channel/classify.js';

/** What an error of Graph says that decides its class. */
export interface GraphError {
  readonly code: number | null;
  readonly subcode: number | null;
  readonly type: string | null;
  readonly message: string;
  readonly transient: boolean;
}

/** Which of a catalog's two budgets must rest; `all`: the app's or the token's own budget is used up. */
export type Resting = 'batch' | 'management' | 'all';

/** One class of errors. First match wins. */
export interface GraphCode extends Pick<FailureRow, 'kind' | 'code' | 'owner' | 'advice'> {
  /** Codes, single or as a range with both ends. */
  readonly codes: readonly (number | readonly [number, number])[];
  /** Only these subcodes; `none`: only without one. */
  readonly subcodes?: readonly number[] | 'none';
  /** Only errors of this type. */
  readonly type?: string;
  /** Only when the message has these words: Meta gives this case no code of its own. */
  readonly says?: string;
  /** Only for calls on the catalog and its edges. */
  readonly onCatalog?: true;
  readonly rests?: Resting;
}

/** Code of a fault Graph answers with itself, in its envelope; a broken connection or a gateway's page is none. */
export const GRAPH_FAULT = 'graph_fault';

const WAIT = { kind: 'throttled', code: 'throttled', owner: 'channel' } as const;
const SLOW = 'Meta asks us to slow down. Nothing to do; sending goes on by itself.';
const TOKEN = { kind: 'auth-lost', code: 'credentials_refused', owner: 'operator' } as const;
const RENEW = 'Generate a new token for the system user and put it into the settings.';
const GRANT =
  'The system user lacks a permission. Assign it the catalog with full control, then run `omnifeed doctor`.';

/**
 * Error codes of Graph and what each means for us. They arrive with 400, 401, 403 or 500 as Meta pleases, so the status says nothing
 * (Graph "Handling errors", Marketing API "Rate limiting", verified 2026-11). What only an operator can mend stops the channel;
 * `refused` is about what was sent, and a refused batch is split until the guilty item is alone.
 */
export const GRAPH_CODES: readonly GraphCode[] = [
  {
    codes: [1],
    says: 'reduce the amount of data',
    kind: 'refused',
    code: 'too_much_data',
    owner: 'us',
    advice: 'The call was too large for Meta. It is split and repeated by itself.',
  },
  {
    codes: [1, 2],
    kind: 'ambiguous',
    code: GRAPH_FAULT,
    owner: 'channel',
    advice: 'Meta has a fault of its own. The call is repeated by itself.',
  },
  {
    codes: [17],
    subcodes: [1_885_172],
    kind: 'refused',
    code: 'call_refused',
    owner: 'us',
    advice: 'Meta refused the call; this is not a limit of calls. See its message.',
  },
  { codes: [4, 17, 32, 341, [80_000, 80_006], 80_008], ...WAIT, rests: 'all', advice: SLOW },
  {
    codes: [613],
    subcodes: 'none',
    kind: 'auth-lost',
    code: 'abuse_prevention',
    owner: 'operator',
    advice:
      'Meta holds the calls of this app for abuse. Look for another program that uses the same app, then resume the channel.',
  },
  { codes: [613], ...WAIT, rests: 'all', advice: SLOW },
  { codes: [80_009], ...WAIT, rests: 'management', advice: SLOW },
  { codes: [80_014], ...WAIT, rests: 'batch', advice: SLOW },
  {
    codes: [368],
    kind: 'auth-lost',
    code: 'account_blocked',
    owner: 'operator',
    advice: 'Meta has blocked the account for policy reasons. See Account quality in Business settings.',
  },
  {
    codes: [190],
    subcodes: [458],
    ...TOKEN,
    advice: `The app was taken off the system user. Install it again, then: ${RENEW}`,
  },
  {
    codes: [190],
    subcodes: [464],
    ...TOKEN,
    advice: 'The system user is not confirmed. Confirm it in Business settings, then resume the channel.',
  },
  { codes: [190], subcodes: [463, 467], ...TOKEN, advice: `The token has expired. ${RENEW}` },
  { codes: [102, 190], ...TOKEN, advice: `Meta no longer accepts the token. ${RENEW}` },
  {
    codes: [3, 10, [200, 299]],
    kind: 'auth-lost',
    code: 'permission_missing',
    owner: 'operator',
    advice: GRANT,
  },
  {
    codes: [3_962],
    kind: 'auth-lost',
    code: 'permission_unknown',
    owner: 'operator',
    advice:
      'A permission of the token does not exist for system users. Generate it with catalog_management and business_management.',
  },
  {
    codes: [2_635],
    kind: 'auth-lost',
    code: 'version_expired',
    owner: 'operator',
    advice: 'This Graph version is over. Update Omnifeed, or name a newer one as apiVersion in the settings.',
  },
  ...(['subcode', 'type'] as const).map(
    (by): GraphCode => ({
      codes: [100],
      ...(by === 'subcode' ? { subcodes: [33] } : { type: 'GraphMethodException' }),
      onCatalog: true,
      kind: 'auth-lost',
      code: 'catalog_not_reachable',
      owner: 'operator',
      advice: 'Check the catalog id, that the system user may see the catalog, and the app secret.',
    }),
  ),
  {
    codes: [100],
    subcodes: [33],
    kind: 'refused',
    code: 'object_not_reachable',
    owner: 'operator',
    advice: 'The object is gone or the system user may not see it. Look for it in Commerce Manager.',
  },
  {
    codes: [100],
    kind: 'refused',
    code: 'parameter_refused',
    owner: 'us',
    advice: 'Meta refused a parameter. See its message; report it if the settings are right.',
  },
];

/** A fault Meta calls passing although its code is none we know. */
const TRANSIENT: Pick<FailureRow, 'kind' | 'code' | 'owner' | 'advice'> = {
  kind: 'ambiguous',
  code: GRAPH_FAULT,
  owner: 'channel',
  advice: 'Meta has a fault of its own. The call is repeated by itself.',
};

/** The class of an error; null: nothing is known of it and the status decides. */
export function classOf(
  error: GraphError,
  onCatalog: boolean,
): Pick<GraphCode, 'kind' | 'code' | 'owner' | 'advice' | 'rests'> | null {
  const row = GRAPH_CODES.find((candidate) => matches(candidate, error, onCatalog));
  return row ?? (error.transient ? TRANSIENT : null);
}

function matches(row: GraphCode, error: GraphError, onCatalog: boolean): boolean {
  const { code } = error;
  if (code === null) return false;
  const coded = row.codes.some((entry) =>
    typeof entry === 'number' ? entry === code : entry[0] <= code && code <= entry[1],
  );
  if (!coded || (row.onCatalog === true && !onCatalog)) return false;
  if (row.type !== undefined && row.type !== error.type) return false;
  if (row.says !== undefined && !error.message.includes(row.says)) return false;
  if (row.subcodes === undefined) return true;
  // Graph writes 0 where there is no subcode.
  if (row.subcodes === 'none') return error.subcode === null || error.subcode === 0;
  return error.subcode !== null && row.subcodes.includes(error.subcode);
}
