import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { onlyMembers } from './request-body.js';

/** The account itself: what Merchant Center shows outside the products. */
export interface AccountDesk {
  /** Parts that can be read, changed by people and by tests: `account`, `homepage`, `automaticImprovements`. */
  read(part: 'account' | 'homepage' | 'automaticImprovements'): JsonObject;
  programs(): readonly JsonObject[];
  issues(): readonly JsonObject[];
  /** Changes what a person changes in Merchant Center: `{"homepage": {...}, "programs": [...], "issues": [...]}`. */
  change(parts: JsonObject): void;
  /** Makes a test account; they never serve and cannot be registered. */
  createTestAccount(body: JsonObject): JsonObject;
}

const ACCOUNT_MEMBERS = ['accountName', 'adultContent', 'languageCode', 'timeZone', 'name'];

/** An account in good order. */
export function accountDesk(account: string): AccountDesk {
  const name = `accounts/${account}`;
  let made = 0;
  let state: Record<string, JsonObject | readonly JsonObject[]> = {
    account: {
      name,
      accountId: account,
      accountName: 'Northwind',
      languageCode: 'en-US',
      timeZone: { id: 'America/New_York' },
    },
    homepage: { name: `${name}/homepage`, uri: 'https://shop.example.com', claimed: true },
    automaticImprovements: {
      name: `${name}/automaticImprovements`,
      itemUpdates: { effectiveAllowPriceUpdates: false, effectiveAllowAvailabilityUpdates: false },
    },
    programs: ['shopping-ads', 'free-listings'].map((program) => ({
      name: `${name}/programs/${program}`,
      state: 'ENABLED',
      activeRegionCodes: ['US', 'DE', 'GB'],
    })),
    issues: [],
  };

  return {
    read: (part) => state[part] as JsonObject,
    programs: () => state.programs as readonly JsonObject[],
    issues: () => state.issues as readonly JsonObject[],
    change(parts) {
      state = { ...state, ...(parts as Record<string, JsonObject>) };
    },
    createTestAccount(body) {
      onlyMembers(body, ACCOUNT_MEMBERS, 'account');
      for (const required of ['accountName', 'languageCode', 'timeZone'])
        if (body[required] === undefined)
          throw invalid(`account.${required}`, 'A value is required.', 'REQUIRED');
      if (made >= 5) throw new GoogleRefusal(429, 'Quota exceeded: too_many_subaccounts');
      made += 1;
      const accountId = String(9_000_000_000 + made);
      return { ...body, name: `accounts/${accountId}`, accountId, testAccount: true };
    },
  };
}
