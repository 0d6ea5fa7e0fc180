import { epochMs, type Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import type { AmazonSettings } from './settings.js';

/** A credential that dies of age, and what to do before it does. */
interface Credential {
  readonly setting: 'clientSecretSince' | 'authorizedSince';
  readonly name: string;
  readonly lifeDays: number;
  readonly renew: string;
}

/**
 * A client secret lives 180 days; the one before it dies 7 days after a new one was made. An authorization lives 365 days; no
 * age is documented for self-authorized applications, so it is only reminded of.
 * Source: developer-docs.amazon/sp-api, "Rotate your client secrets" and "Authorization limits"; verified 2026-11.
 */
const CREDENTIALS: readonly Credential[] = [
  {
    setting: 'clientSecretSince',
    name: 'client secret',
    lifeDays: 180,
    renew:
      'Create a new secret in the Solution Provider Portal and set it as nextClientSecret beside the old one, then move it to clientSecret with today as clientSecretSince.',
  },
  {
    setting: 'authorizedSince',
    name: 'authorization',
    lifeDays: 365,
    renew:
      'Authorize the application again in Seller Central and set the new refreshToken with today as authorizedSince.',
  },
];

const WARN_DAYS = 30;
const URGENT_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

/** How long the channel's credentials still live: a warning in their last month, an error in their last week. Pure. */
export function credentialIssues(settings: AmazonSettings, now: Instant): readonly Issue[] {
  return CREDENTIALS.flatMap((credential) => {
    const since = settings[credential.setting];
    if (since === undefined) return [];
    const ageDays = Math.floor((epochMs(now) - Date.parse(`${since}T00:00:00Z`)) / DAY_MS);
    const left = credential.lifeDays - ageDays;
    return left > WARN_DAYS ? [] : [ending(credential, left)];
  });
}

function ending({ setting, name, renew }: Credential, left: number): Issue {
  return {
    severity: left <= URGENT_DAYS ? 'error' : 'warning',
    code: setting === 'clientSecretSince' ? 'client_secret_ends' : 'authorization_ends',
    attribute: setting,
    origin: 'ours',
    message: left > 0 ? `The ${name} ends in ${left} days.` : `The ${name} has reached its age.`,
    advice: renew,
  };
}
