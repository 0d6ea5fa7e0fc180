import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonObject, type JsonObject } from '../../src/domain/json.js';
import { API_VERSION, versionOverOn } from './api-version.js';
import { tokenIssues } from './auth.js';
import type { MetaClient } from './client.js';
import { saying } from './issues.js';
import type { renewToken } from './renew-token.js';
import type { MetaSettings } from './settings.js';

/** What the check of an account works with. */
export interface CheckOf {
  readonly client: MetaClient;
  readonly settings: MetaSettings;
  /** Name of the feed that is ours; absent: there is none. */
  readonly ownFeed: string | undefined;
  /** What Meta last said about the age of the version; null: nothing. */
  versionWarning(): string | null;
  readonly now: Instant;
  /** Renews a token that ends soon, where that can be done. */
  renew(facts: JsonObject): ReturnType<typeof renewToken>;
}

/**
 * Token, permissions, the version, that the catalog is one we may write to, who else writes to it, and what Meta wants mended in it. An
 * error means that nothing can be sent; a warning is for the merchant to know.
 */
export async function checkAccount(check: CheckOf): Promise<readonly Issue[]> {
  const { client, settings, now } = check;
  const token = await client.debugToken();
  const { renewed, issues: renewal } =
    token === null ? { renewed: false, issues: [] } : await check.renew(token);
  const issues = [
    ...(token === null ? [] : tokenIssues(token, settings, now)).filter(
      ({ code }) => code !== 'token_expires' || (!renewed && renewal.length === 0),
    ),
    ...renewal,
  ];
  if (issues.some((issue) => issue.severity === 'error')) return issues;
  const catalog = catalogIssues(await client.catalog(), settings);
  if (catalog.some((issue) => issue.severity === 'error')) return [...issues, ...catalog];
  const feeds = (await client.feeds())
    .flatMap((feed) => feedIssue(feed, check.ownFeed) ?? [])
    .slice(0, MOST_OF_A_KIND);
  const diagnostics = (await client.diagnostics()).slice(0, MOST_OF_A_KIND).map(diagnosticIssue);
  return [...issues, ...catalog, ...feeds, ...diagnostics, ...versionIssues(check)];
}

/** A catalog may have hundreds of feeds; more than this tell nothing new. */
const MOST_OF_A_KIND = 20;

const OTHER_CATALOG = 'Name the id of a commerce catalog in the settings.';

function catalogIssues(catalog: JsonObject, settings: MetaSettings): readonly Issue[] {
  const issues: Issue[] = [];
  if (catalog.vertical !== undefined && catalog.vertical !== 'commerce')
    issues.push(
      issue(
        'error',
        'wrong_vertical',
        `The catalog is for ${String(catalog.vertical)}, not for goods.`,
        OTHER_CATALOG,
      ),
    );
  if (catalog.is_catalog_segment === true)
    issues.push(
      issue(
        'error',
        'catalog_segment',
        'This is a segment of another catalog; items cannot be written to it.',
        OTHER_CATALOG,
      ),
    );
  const owner = isJsonObject(catalog.owner_business) ? catalog.owner_business : {};
  if (settings.businessId !== undefined && typeof owner.id === 'string' && owner.id !== settings.businessId)
    issues.push(
      issue(
        'warning',
        'catalog_of_other_business',
        `The catalog belongs to business ${owner.id}, which can take it back at any time.`,
        'Use a catalog your own business owns, or take the business id out of the settings.',
      ),
    );
  return issues;
}

/** Another feed that owns items: it deletes and overwrites as its file says, whatever we send. */
function feedIssue(feed: JsonObject, ownFeed: string | undefined): Issue | null {
  const count = typeof feed.product_count === 'number' ? feed.product_count : 0;
  const fetched = isJsonObject(feed.schedule) || isJsonObject(feed.update_schedule);
  if (feed.name === ownFeed || feed.ingestion_source_type === 'SUPPLEMENTARY_FEED') return null;
  if (count === 0 && !fetched) return null;
  return issue(
    'warning',
    'other_feed_writes',
    `The feed "${String(feed.name)}" owns ${count} items of this catalog${fetched ? ' and is fetched by schedule' : ''}.`,
    'Items are removed the way they were added: stop that feed before its items are managed here, or keep the SKUs apart.',
  );
}

function diagnosticIssue(found: JsonObject): Issue {
  const count = typeof found.number_of_affected_items === 'number' ? found.number_of_affected_items : null;
  const title = saying(String(found.title ?? found.type ?? 'A finding'));
  return issue(
    'warning',
    `catalog_${String(found.type ?? 'diagnostic').toLowerCase()}`,
    count === null ? title : `${title}: ${count} items.`,
    'See Commerce Manager > Catalog > Issues.',
  );
}

const SOON_MS = 60 * 86_400_000;

function versionIssues({ settings, versionWarning, now }: CheckOf): readonly Issue[] {
  const version = settings.apiVersion ?? API_VERSION;
  const day = versionOverOn(version);
  const told = versionWarning();
  const advice =
    settings.apiVersion === undefined
      ? 'Update Omnifeed to a release that speaks a newer version.'
      : `Take apiVersion out of the settings; this release speaks ${API_VERSION}.`;
  if (told !== null) return [issue('warning', 'version_ageing', `Meta says of ${version}: ${told}`, advice)];
  if (day === null || Date.parse(day) - epochMs(now) > SOON_MS) return [];
  return [issue('warning', 'version_ending', `Graph ${version} is over for catalogs on ${day}.`, advice)];
}

function issue(severity: Issue['severity'], code: string, message: string, advice: string): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
