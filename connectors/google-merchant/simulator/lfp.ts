import type { JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';
import { checkAs } from './input-check.js';

const STOCK_REQUIRED = [
  'targetAccount',
  'storeCode',
  'offerId',
  'regionCode',
  'contentLanguage',
  'availability',
];
const STORE_REQUIRED = ['targetAccount', 'storeAddress', 'storeCode'];
/** Stock dies so long after it was stated (lfp v1, verified 2026-11-25). */
const LIFE_MS = 30 * 86_400_000;

/** The Business Profiles of a merchant and the local programs they are in. */
export interface LfpMerchant {
  /** Addresses of verified stores; `null`: every address matches. */
  readonly addresses: readonly string[] | null;
  readonly linkedGbps: number;
  readonly freeLocalListings: boolean;
  readonly verification: 'NOT_APPROVED' | 'IN_PROGRESS' | 'APPROVED';
}

/** What a provider of the local feeds partnership states for merchants. */
export interface LfpDesk {
  /** Takes stock; throws the 400 for what Google does not take. */
  insertInventory(body: JsonObject): JsonObject;
  insertStore(body: JsonObject): JsonObject;
  stores(targetAccount: string | null): readonly JsonObject[];
  removeStore(key: string): JsonObject;
  state(targetAccount: string): JsonObject;
  /** What is true of the merchants from now on. */
  change(merchant: Partial<LfpMerchant>): void;
  /** Stock that lives, by its name. */
  held(): Readonly<Record<string, JsonObject>>;
}

/** The local feeds partnership of one provider account. */
export function lfpDesk(account: string, country: string, now: () => number): LfpDesk {
  const stores = new Map<string, JsonObject>();
  const stock = new Map<string, { readonly entry: JsonObject; readonly at: number }>();
  let merchant: LfpMerchant = {
    addresses: null,
    linkedGbps: 1,
    freeLocalListings: true,
    verification: 'APPROVED',
  };

  /** Matching by address, as of now. */
  function shown(store: JsonObject): JsonObject {
    const { addresses, linkedGbps } = merchant;
    const hint =
      linkedGbps === 0
        ? 'linked-store-not-found'
        : addresses === null || addresses.includes(String(store.storeAddress))
          ? null
          : 'store-match-not-found';
    return hint === null
      ? { ...store, matchingState: 'STORE_MATCHING_STATE_MATCHED' }
      : { ...store, matchingState: 'STORE_MATCHING_STATE_FAILED', matchingStateHint: hint };
  }

  function living(): readonly JsonObject[] {
    for (const [name, { at }] of stock) if (now() >= at + LIFE_MS) stock.delete(name);
    return [...stock.values()].map(({ entry }) => entry);
  }

  return {
    insertInventory(body) {
      checkAs('LfpInventory', body, 'LfpInventory');
      required(body, STOCK_REQUIRED);
      if (Number(body.quantity ?? 0) < 0) throw invalid('quantity', 'The quantity must not be negative.');
      if (
        body.pickupMethod !== undefined &&
        body.pickupMethod !== 'not supported' &&
        body.pickupSla === undefined
      )
        throw invalid('pickup_sla', 'The field is required with a pickup method.', 'REQUIRED');
      const key = [body.targetAccount, body.storeCode, body.offerId].map(String).join('~');
      const entry = { ...body, name: `accounts/${account}/lfpInventories/${key}` };
      stock.set(key, { entry, at: now() });
      return entry;
    },
    insertStore(body) {
      checkAs('LfpStore', body, 'LfpStore');
      required(body, STORE_REQUIRED);
      for (const output of ['matchingState', 'matchingStateHint'])
        if (body[output] !== undefined) throw invalid(output, 'The field is output only.');
      if (body.phoneNumber !== undefined && !/^\+[1-9]\d{6,14}$/.test(String(body.phoneNumber)))
        throw invalid('phone_number', 'The number is not in E.164 format.');
      const key = `${String(body.targetAccount)}~${String(body.storeCode)}`;
      const store = { ...body, name: `accounts/${account}/lfpStores/${key}` };
      stores.set(key, store);
      return shown(store);
    },
    stores(targetAccount) {
      if (targetAccount === null || !/^\d+$/.test(targetAccount))
        throw invalid('target_account', 'The field is required.', 'REQUIRED');
      return [...stores.values()].filter((store) => store.targetAccount === targetAccount).map(shown);
    },
    removeStore(key) {
      if (stores.delete(key)) return {};
      throw new GoogleRefusal(404, `[name] The store ${key} was not found.`, {
        FIELD_LOCATION: 'name',
        REASON: 'LFP_STORE_NOT_FOUND',
      });
    },
    state(targetAccount) {
      const own = [...stores.values()].filter((store) => store.targetAccount === targetAccount).map(shown);
      const entries = living().filter((entry) => entry.targetAccount === targetAccount);
      const lost = new Set(
        own.filter(({ matchingStateHint }) => matchingStateHint).map((store) => store.storeCode),
      );
      const submitted = entries.filter(({ storeCode }) => !lost.has(storeCode));
      return {
        name: `accounts/${account}/lfpMerchantStates/${targetAccount}`,
        linkedGbps: String(merchant.linkedGbps),
        countrySettings: [
          {
            regionCode: country,
            freeLocalListingsEnabled: merchant.freeLocalListings,
            inventoryVerificationState: `VERIFICATION_STATE_${merchant.verification}`,
          },
        ],
        ...(own.length === 0 ? {} : { storeStates: own.map(stateOf) }),
        ...(entries.length === 0
          ? {}
          : {
              inventoryStats: {
                submittedEntries: String(submitted.length),
                submittedInStockEntries: String(
                  submitted.filter(({ availability }) => availability === 'in_stock').length,
                ),
                unsubmittedEntries: String(entries.length - submitted.length),
                submittedProducts: String(new Set(submitted.map(({ offerId }) => offerId)).size),
              },
            }),
      };
    },
    change(changed) {
      merchant = { ...merchant, ...changed };
    },
    held: () => Object.fromEntries(living().map((entry) => [String(entry.name), entry])),
  };
}

function required(body: JsonObject, fields: readonly string[]): void {
  const missing = fields.find((field) => body[field] === undefined || body[field] === '');
  if (missing !== undefined) throw invalid(missing, 'The field is required.', 'REQUIRED');
}

function stateOf({ storeCode, matchingState, matchingStateHint }: JsonObject): JsonObject {
  return {
    ...{ storeCode, matchingState },
    ...(matchingStateHint === undefined ? {} : { matchingStateHint }),
  };
}
