import type { FailureRow } from '../../src/channel/classify.js';

const LOST = { kind: 'auth-lost', owner: 'operator' } as const;
const KEYS_REFUSED = {
  ...LOST,
  code: 'credentials_refused',
  advice:
    'The shop does not accept the keys: they were deleted, their user is gone, or a proxy hides https from WordPress (then try `signing: oauth`). Make new keys under WooCommerce → Settings → Advanced → REST API.',
} as const;
const NOT_ALLOWED = {
  ...LOST,
  code: 'permission_missing',
  advice:
    'The key may not do this. Make one with read/write access for a shop manager, then run `omnifeed doctor`.',
} as const;
const REFUSED_BEFORE = { kind: 'not-sent', owner: 'operator' } as const;
const MOVED = {
  ...REFUSED_BEFORE,
  code: 'address_moved',
  advice:
    'The site answers under another address (https, www, a language folder). Write that one into the settings: redirects turn an order into a mere look, so none is followed.',
} as const;

/** Endings of the codes for which WooCommerce answers 401 without, and 403 with a known user (`rest_authorization_required_code`). */
const DENIED = ['view', 'create', 'edit', 'delete', 'batch', 'list'].map(
  (what) => `woocommerce_rest_cannot_${what}`,
);

/**
 * Answers of WooCommerce and WordPress, in front of the common table. Source: REST controllers and authentication class of WooCommerce 11.x,
 * read 2026-11; what is not here (500 without a code, 502, 504) may have been applied.
 */
export const FAILURES: readonly FailureRow[] = [
  ...([301, 302, 303, 307, 308] as const).map((status) => ({ status, ...MOVED })),
  { status: 401, bodyCode: 'woocommerce_rest_authentication_error', ...KEYS_REFUSED },
  ...DENIED.map((bodyCode) => ({ status: 401, bodyCode, ...KEYS_REFUSED })),
  ...DENIED.map((bodyCode) => ({ status: 403, bodyCode, ...NOT_ALLOWED })),
  { status: 403, bodyCode: 'rest_forbidden', ...NOT_ALLOWED },
  {
    status: 403,
    ...REFUSED_BEFORE,
    code: 'firewall_refused',
    advice:
      'Something in front of the shop (a firewall, a security plugin) refused the call. Allow our address there; it is tried again by itself.',
  },
  {
    status: 404,
    bodyCode: 'rest_no_route',
    kind: 'refused',
    owner: 'operator',
    code: 'route_missing',
    advice:
      'The site has no such route: WooCommerce is off, too old, or permalinks are plain (`plainPermalinks`).',
  },
  {
    status: 404,
    kind: 'refused',
    owner: 'operator',
    code: 'not_there',
    advice: 'The shop does not have it any more, or the address is not that of a WooCommerce shop.',
  },
  {
    status: 400,
    kind: 'refused',
    owner: 'operator',
    code: 'input_refused',
    advice: 'Correct what the shop names; the call is repeated by itself.',
  },
  {
    status: 500,
    bodyCode: 'woocommerce_rest_cannot_create_order_refund',
    kind: 'refused',
    owner: 'operator',
    code: 'refund_refused',
    advice: 'Book it in the shop by hand: more than is left of the order cannot be given back.',
  },
  {
    status: 413,
    kind: 'refused',
    owner: 'us',
    code: 'too_large',
    advice: 'The call was larger than the site takes. Report it with the log.',
  },
];
