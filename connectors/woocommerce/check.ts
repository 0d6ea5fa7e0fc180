import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { API, OLDEST_VERSION } from './api-version.js';
import type { WooWork } from './shop-facts.js';
import { subscribe } from './subscribe.js';

/**
 * Whether the shop is ready: the keys work, may write, the version is one we speak, the address is the site's own, the currency is the channel's, and our
 * webhooks are there and on. Lost access and a moved address are issues; other failures throw.
 */
export async function checkShop(work: WooWork): Promise<readonly Issue[]> {
  const { client, settings, host } = work;
  const issues: Issue[] = [];
  if (settings.address.startsWith('http:'))
    issues.push(
      warning(
        'not_encrypted',
        'The shop is reached without encryption: buyers’ addresses travel in the open',
        'Use the https address of the site.',
      ),
    );
  try {
    const status = await client.object({
      operation: 'system status',
      route: `${API}/system_status`,
      query: { _fields: 'environment' },
    });
    const environment = isJsonObject(status.environment) ? status.environment : {};
    issues.push(...versionIssues(environment), ...addressIssues(environment, settings.address));
    const { currency, pricesIncludeTax } = await work.facts();
    if (currency !== host.channel.currency) issues.push(otherCurrency(currency, host.channel.currency));
    if (pricesIncludeTax === false) issues.push(netPrices());
    // An empty batch changes nothing, and is refused to keys that may only read.
    await client.object({
      operation: 'write access',
      method: 'POST',
      route: `${API}/orders/batch`,
      body: {},
    });
    return [...issues, ...(await hookIssues(work))];
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const told =
      error.kind === 'auth-lost' || ['address_moved', 'route_missing', 'not_there'].includes(error.code);
    if (!told) throw error;
    return [...issues, issue('error', error.code, error.message, error.advice)];
  }
}

function versionIssues({ version }: JsonObject): readonly Issue[] {
  const parts = (text: string): readonly number[] => text.split('.').map((part) => Number.parseInt(part, 10));
  const held = parts(String(version ?? ''));
  const oldest = parts(OLDEST_VERSION);
  const [major = Number.NaN, minor = 0] = held;
  const [leastMajor = 0, leastMinor = 0] = oldest;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return [];
  return [
    issue(
      'error',
      'version_too_old',
      `The shop runs WooCommerce ${String(version ?? 'of an unknown version')}; ${OLDEST_VERSION} is needed`,
      'Update WooCommerce.',
    ),
  ];
}

/** A site answers reads under several names and redirects writes to its own. */
function addressIssues({ home_url: home, site_url: site }: JsonObject, address: string): readonly Issue[] {
  const plain = (url: unknown): string =>
    String(url ?? '')
      .replace(/\/+$/, '')
      .toLowerCase();
  if ([plain(home), plain(site)].includes(plain(address))) return [];
  return [
    warning(
      'address_differs',
      `The site calls itself ${String(home ?? '')}`,
      `Write that as \`address\` in the settings instead of ${address}.`,
    ),
  ];
}

async function hookIssues(work: WooWork): Promise<readonly Issue[]> {
  const { hookAddress, hookSecret } = work.settings;
  if (hookAddress === undefined || hookSecret === undefined) return [];
  try {
    await subscribe(work, hookAddress, hookSecret);
    return [];
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    return [
      warning(
        'hook_refused',
        `The shop will not call us: ${error.message}`,
        'Check `hookAddress`; everything is read regularly without it.',
      ),
    ];
  }
}

function otherCurrency(theirs: string, ours: string): Issue {
  return issue(
    'error',
    'currency_differs',
    `The shop sells in ${theirs}, the configuration says ${ours}`,
    'Correct `currency` of the channel.',
  );
}

function netPrices(): Issue {
  return {
    ...warning(
      'prices_without_tax',
      'The shop’s prices are entered without tax',
      'Channels whose prices contain the tax need a mapping rule that adds it.',
    ),
    severity: 'info',
  };
}

function warning(code: string, message: string, advice: string): Issue {
  return issue('warning', code, message, advice);
}

function issue(severity: 'error' | 'warning', code: string, message: string, advice: string): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
