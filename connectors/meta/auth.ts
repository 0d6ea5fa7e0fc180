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

/** What `debug_token` says against the token: invalid, expiring within 14 days, or without a scope we need. */
export function tokenIssues(facts: JsonObject, now: Instant): readonly Issue[] {
  if (facts.is_valid !== true) {
    return [issue('error', 'token_invalid', 'Meta says the token is no longer valid.', RENEW)];
  }
  const issues: Issue[] = [];
  const scopes = scopesOf(facts);
  if (!scopes.has('catalog_management'))
    issues.push(
      issue('error', 'scope_missing', 'The token may not manage catalogs.', GRANT('catalog_management')),
    );
  if (!scopes.has('business_management'))
    issues.push(
      issue(
        'warning',
        'scope_missing',
        'The token may not list business assets.',
        GRANT('business_management'),
      ),
    );
  // 0 means: does not expire.
  const expiresMs = typeof facts.expires_at === 'number' ? facts.expires_at * 1_000 : 0;
  if (expiresMs > 0 && expiresMs - epochMs(now) < SOON_MS)
    issues.push(issue('warning', 'token_expires', 'The token expires within 14 days.', RENEW));
  return issues;
}

const RENEW = 'Generate a new token for the system user in Business settings and put it into the settings.';
const GRANT = (scope: string): string => `Generate the token again with the permission ${scope}.`;

function scopesOf(facts: JsonObject): ReadonlySet<string> {
  const scopes = isJsonArray(facts.scopes) ? facts.scopes.map(String) : [];
  const granular = isJsonArray(facts.granular_scopes) ? facts.granular_scopes.filter(isJsonObject) : [];
  return new Set([...scopes, ...granular.map((entry) => String(entry.scope))]);
}

function issue(severity: Issue['severity'], code: string, message: string, advice: string): Issue {
  return { severity, code, origin: 'channel', message, advice };
}
