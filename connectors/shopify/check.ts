import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { API_VERSION } from './api-version.js';
import { listIn, nextOf, nodesIn, objectIn, plainId, textIn } from './json-path.js';
import { ensureOrderKey } from './order-key.js';
import { PROBE, READ_LOCATIONS } from './shop-documents.js';
import type { ShopifyWork } from './shopify-work.js';
import { subscribe } from './subscribe.js';

/** Scopes without which a port fails, and what for. A write scope brings its read scope. Source: Admin API 2026-10, access scopes per field. */
const NEEDED: readonly (readonly [scope: string, what: string])[] = [
  ['read_products', 'products are not read'],
  ['read_inventory', 'stock is not read'],
  ['read_locations', 'stock is not read'],
  ['read_orders', 'orders are not found again'],
  ['write_orders', 'orders are not placed'],
  ['read_merchant_managed_fulfillment_orders', 'what is still to be shipped is not read'],
];
const WRITES_STOCK = ['write_inventory', 'our stock is not written'] as const;
const WANTED: readonly (readonly [scope: string, what: string])[] = [
  [
    'read_third_party_fulfillment_orders',
    'units that a fulfilment service ships cannot be cancelled one by one',
  ],
  ['read_all_orders', 'orders older than 60 days look deleted'],
];

/**
 * Whether the shop is ready: the credentials work, the shop is the one of the settings, the scopes are there, the version is served, the
 * chosen locations exist, and the order key and our webhooks are there (they are
 * made when they are missing). Lost credentials are an issue; other failures throw.
 */
export async function checkShop(work: ShopifyWork): Promise<readonly Issue[]> {
  try {
    const data = await work.client.call(PROBE);
    const shop = objectIn(data, 'shop');
    const held = new Set(
      listIn(objectIn(data, 'currentAppInstallation'), 'accessScopes').map((each) => textIn(each, 'handle')),
    );
    const scopes = scopeIssues(held, work);
    const issues = [...shopIssues(work, textIn(shop, 'myshopifyDomain')), ...versionIssues(work), ...scopes];
    if (scopes.some(({ severity }) => severity === 'error')) return issues;
    await ensureOrderKey(work);
    return [...issues, ...(await locationIssues(work)), ...(await hookIssues(work, held))];
  } catch (error) {
    if (
      !(error instanceof ChannelError) ||
      (error.kind !== 'auth-lost' && error.code !== 'order_key_unusable')
    )
      throw error;
    return [issue('error', error.code, error.message, error.advice)];
  }
}

/** A write scope brings its read scope. */
function holds(held: ReadonlySet<string>, scope: string): boolean {
  return held.has(scope) || held.has(scope.replace(/^read_/, 'write_'));
}

async function hookIssues(work: ShopifyWork, held: ReadonlySet<string>): Promise<readonly Issue[]> {
  const { hookAddress, clientSecret } = work.settings;
  if (hookAddress === undefined) return [];
  if (clientSecret === undefined)
    return [
      issue(
        'warning',
        'hooks_unsigned',
        'Calls of the shop cannot be told from forged ones without the client secret',
        'Set `clientSecret`, or take `hookAddress` out: everything is read regularly without it.',
      ),
    ];
  const refused = await subscribe(work, hookAddress, (scope) => holds(held, scope));
  return refused.map(({ message }) =>
    issue(
      'warning',
      'hook_refused',
      `The shop will not call us: ${message}`,
      'Check `hookAddress`; everything is read regularly without it.',
    ),
  );
}

function scopeIssues(held: ReadonlySet<string>, { settings }: ShopifyWork): readonly Issue[] {
  const has = (scope: string): boolean => holds(held, scope);
  const missing =
    (severity: 'error' | 'warning') =>
    ([scope, what]: readonly [string, string]): readonly Issue[] =>
      has(scope)
        ? []
        : [
            issue(
              severity,
              'scope_missing',
              `The app lacks the scope ${scope}: ${what}`,
              'Add it to the app in the Dev Dashboard, release the version and accept it in the shop.',
            ),
          ];
  const needed = settings.stockOwner === 'omnifeed' ? [...NEEDED, WRITES_STOCK] : NEEDED;
  return [...needed.flatMap(missing('error')), ...WANTED.flatMap(missing('warning'))];
}

function shopIssues({ settings }: ShopifyWork, domain: string): readonly Issue[] {
  if (domain === settings.shop) return [];
  return [
    issue(
      'warning',
      'shop_renamed',
      `The shop calls itself ${domain}`,
      `Write it as \`shop\` in the settings instead of ${settings.shop}.`,
    ),
  ];
}

function versionIssues({ client }: ShopifyWork): readonly Issue[] {
  const served = client.servedVersion();
  if (served === null || served === API_VERSION) return [];
  return [
    issue(
      'warning',
      'api_version_expired',
      `Shopify answers as version ${served}, not ${API_VERSION}`,
      'Update Omnifeed: the version it is written for has expired.',
    ),
  ];
}

async function locationIssues({ client, settings }: ShopifyWork): Promise<readonly Issue[]> {
  if (settings.locations === undefined) return [];
  const known = new Map<string, boolean>();
  let after: string | null = null;
  do {
    const data = await client.call(READ_LOCATIONS, { after });
    for (const location of nodesIn(data, 'locations'))
      known.set(plainId(textIn(location, 'id')), location.isActive === true);
    after = nextOf(data, 'locations');
  } while (after !== null);
  return settings.locations
    .filter((id) => known.get(id) !== true)
    .map((id) =>
      issue(
        'error',
        known.has(id) ? 'location_closed' : 'location_unknown',
        `The location ${id} ${known.has(id) ? 'is deactivated' : 'does not exist'}`,
        'Take it out of `locations`, or activate it in the Shopify admin: its stock is not read.',
      ),
    );
}

function issue(severity: 'error' | 'warning', code: string, message: string, advice: string): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
