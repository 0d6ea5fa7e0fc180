import { createHmac } from 'node:crypto';
import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MetaSettings } from './settings.js';

/** Proof that the caller also has the app secret: HMAC-SHA256 of the token, lower-case hex (Graph "Securing requests", verified 2026-11). */
export function appSecretProof(appSecret: string, accessToken: string): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

/** The app's own token, which may inspect other tokens; nothing without the app's id and secret. */
export function appToken(settings: MetaSettings): string | null {
  return settings.appId !== undefined && settings.appSecret !== undefined
    ? `${settings.appId}|${settings.appSecret}`
    : null;
}

const SOON_MS = 14 * 86_400_000;

/** Permissions the connector uses, and what is lost without each (catalog permissions, verified 2026-11). */
const SCOPES = [
  ['catalog_management', 'error', 'The token may not manage catalogs.'],
  ['business_management', 'warning', 'The token may not list the assets of the business.'],
] as const;

/** What `debug_token` says against the token: invalid, ending within 14 days, of another app or kind, without a permission, or for other catalogs. */
export function tokenIssues(facts: JsonObject, settings: MetaSettings, now: Instant): readonly Issue[] {
  if (facts.is_valid !== true)
    return [issue('error', 'token_invalid', 'Meta says the token is no longer valid.', RENEW)];
  const granted = grantedScopes(facts);
  const missing = SCOPES.filter(([scope]) => !granted.has(scope)).map(([scope, severity, message]) =>
    issue(severity, 'scope_missing', message, `Generate the token again with the permission ${scope}.`),
  );
  return [
    ...missing,
    ...originIssues(facts, settings),
    ...targetIssues(granted, settings),
    ...endIssues(facts, now),
  ];
}

/** A permission may be limited to some objects (`granular_scopes`); null: it holds for all. */
function grantedScopes(facts: JsonObject): ReadonlyMap<string, readonly string[] | null> {
  const granted = new Map<string, readonly string[] | null>();
  for (const scope of isJsonArray(facts.scopes) ? facts.scopes : []) granted.set(String(scope), null);
  for (const entry of isJsonArray(facts.granular_scopes) ? facts.granular_scopes.filter(isJsonObject) : [])
    granted.set(String(entry.scope), isJsonArray(entry.target_ids) ? entry.target_ids.map(String) : null);
  return granted;
}

function originIssues(facts: JsonObject, settings: MetaSettings): readonly Issue[] {
  const issues: Issue[] = [];
  if (typeof facts.app_id === 'string' && facts.app_id !== settings.appId)
    issues.push(
      issue(
        'error',
        'token_of_other_app',
        `The token was made with app ${facts.app_id}, the settings name ${settings.appId ?? 'none'}.`,
        'Put id and secret of the app the token was made with into the settings.',
      ),
    );
  if (facts.type === 'USER' || facts.type === 'PAGE')
    issues.push(
      issue(
        'warning',
        'token_of_person',
        'The token belongs to a person or a page and ends with their session.',
        'Generate one for a system user in Business settings.',
      ),
    );
  return issues;
}

function targetIssues(
  granted: ReadonlyMap<string, readonly string[] | null>,
  settings: MetaSettings,
): readonly Issue[] {
  const catalogs = granted.get('catalog_management');
  if (catalogs === undefined || catalogs === null || catalogs.includes(settings.catalogId)) return [];
  return [
    issue(
      'error',
      'catalog_not_granted',
      `The token may manage ${catalogs.length} catalog(s), but not ${settings.catalogId}.`,
      'Assign the catalog to the system user with full control and generate the token again.',
    ),
  ];
}

/** 0 means: does not end. */
function endIssues(facts: JsonObject, now: Instant): readonly Issue[] {
  const endsMs = typeof facts.expires_at === 'number' ? facts.expires_at * 1_000 : 0;
  if (endsMs <= 0 || endsMs - epochMs(now) >= SOON_MS) return [];
  const day = new Date(endsMs).toISOString().slice(0, 10);
  return [issue('warning', 'token_expires', `The token ends on ${day}.`, RENEW)];
}

const RENEW = 'Generate a new token for the system user in Business settings and put it into the settings.';

function issue(severity: Issue['severity'], code: string, message: string, advice: string): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
