import type { Issue } from '../../../src/domain/issue.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';
import type { MerchantClient } from '../client.js';
import { objectsIn } from '../page-walk.js';
import type { GoogleSettings } from '../settings.js';
import { lfpMerchantState } from './lfp-calls.js';
import type { LfpStoreSettings } from './lfp-settings.js';
import { isUnmatched, matchAdvice } from './store-match.js';

/** What a provider should know of the merchant stock of stores is sent for. Only looked at; nothing for other accounts. */
export async function lfpIssues(
  client: MerchantClient,
  { lfpTargetAccount: merchant, lfpStores: stores = [] }: GoogleSettings,
  country: string,
): Promise<readonly Issue[]> {
  if (merchant === undefined) return [];
  return merchantIssues(await lfpMerchantState(client, merchant), { merchant, stores, country });
}

/** What one merchant state says (lfp v1, LfpMerchantState, verified 2026-11-25). Absent members are not known and say nothing. Pure. */
export function merchantIssues(
  state: JsonObject,
  facts: {
    readonly merchant: string;
    readonly stores: readonly LfpStoreSettings[];
    readonly country: string;
  },
): readonly Issue[] {
  return [
    ...profileIssues(state, facts.merchant),
    ...storeIssues(objectsIn(state, 'storeStates'), facts.stores),
    ...programIssues(
      objectsIn(state, 'countrySettings').find(({ regionCode }) => regionCode === facts.country),
      facts,
    ),
    ...stockIssues(isJsonObject(state.inventoryStats) ? state.inventoryStats : {}),
  ];
}

function profileIssues({ linkedGbps }: JsonObject, merchant: string): readonly Issue[] {
  if (countOf(linkedGbps) !== 0) return [];
  return [
    warning(
      'lfp_no_business_profile',
      `The merchant ${merchant} has no Business Profile linked`,
      'Have the merchant link their Business Profile in Merchant Center; until then no store matches.',
    ),
  ];
}

function storeIssues(states: readonly JsonObject[], wanted: readonly LfpStoreSettings[]): readonly Issue[] {
  const known = new Set(states.map(({ storeCode }) => storeCode));
  const missing = wanted.filter(({ code }) => !known.has(code)).map(({ code }) => code);
  return [
    ...states
      .filter(isUnmatched)
      .map((state) =>
        warning(
          'lfp_store_unmatched',
          `Google knows no Business Profile for the store ${String(state.storeCode)} (${String(state.matchingStateHint ?? 'no hint')})`,
          matchAdvice(state),
        ),
      ),
    ...(missing.length === 0
      ? []
      : [
          warning(
            'lfp_store_missing',
            `Google was not told of the stores ${missing.join(', ')}`,
            'Run `omnifeed channel <channel> lfp-put-stores`.',
          ),
        ]),
  ];
}

/** Nothing where Google has no settings of the country: not knowing is no fault. */
function programIssues(
  settings: JsonObject | undefined,
  { merchant, country }: { readonly merchant: string; readonly country: string },
): readonly Issue[] {
  if (settings === undefined) return [];
  const shown = settings.freeLocalListingsEnabled === true || settings.localInventoryAdsEnabled === true;
  const refused = settings.inventoryVerificationState === 'VERIFICATION_STATE_NOT_APPROVED';
  return [
    ...(shown
      ? []
      : [
          warning(
            'lfp_program_off',
            `The merchant ${merchant} shows goods of stores neither in free local listings nor in local inventory ads in ${country}`,
            'Have the merchant enable one of the two in Merchant Center.',
          ),
        ]),
    ...(refused
      ? [
          warning(
            'lfp_inventory_unverified',
            `Google has not approved the inventory of the merchant ${merchant} in ${country}`,
            'Have the merchant ask for the inventory verification in Merchant Center.',
          ),
        ]
      : []),
  ];
}

function stockIssues({ unsubmittedEntries }: JsonObject): readonly Issue[] {
  const count = countOf(unsubmittedEntries) ?? 0;
  if (count === 0) return [];
  return [
    warning(
      'lfp_entries_unsubmitted',
      `Google could not use ${count} entries of stock in stores`,
      'Look for stores without a match and for products the merchant’s account does not have.',
    ),
  ];
}

/** Null: not said. */
function countOf(value: JsonValue | undefined): number | null {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

function warning(code: string, message: string, advice: string): Issue {
  return { severity: 'warning', code, origin: 'channel', message, advice };
}
