import type { JsonObject } from '../../../src/domain/json.js';

/** A store of the merchant as a provider of the local feeds partnership states it (lfp v1, LfpStore, verified 2026-11-25). */
export interface LfpStoreSettings extends JsonObject {
  /** Store code; the same as under `places` and in stock per store. Never changes. */
  readonly code: string;
  /** Street address in one line, as the Business Profile has it: Google matches the two by it. */
  readonly address: string;
  readonly name?: string;
  /** E.164: `+15556767888`. */
  readonly phone?: string;
  readonly website?: string;
  /** Categories of the Business Profile, `gcid:clothing_store`. */
  readonly categories?: readonly string[];
  /** Google's Place ID. */
  readonly placeId?: string;
}

/** JSON Schema of the setting `lfpStores`. */
export const LFP_STORES_SCHEMA: JsonObject = {
  type: 'array',
  title: 'Stores of the merchant (providers of the local feeds partnership only)',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['code', 'address'],
    properties: {
      code: { type: 'string', pattern: '^[^\\s/~]+$', title: 'Store code' },
      address: { type: 'string', minLength: 5, title: 'Address, as the Business Profile has it' },
      name: { type: 'string', minLength: 1, title: 'Name' },
      phone: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$', title: 'Telephone (+15556767888)' },
      website: { type: 'string', format: 'uri', title: 'Website' },
      categories: { type: 'array', uniqueItems: true, items: { type: 'string', minLength: 1 } },
      placeId: { type: 'string', minLength: 1, title: 'Place ID' },
    },
  },
};

/** A store in Google's words, for the merchant's account. Pure. */
export function encodeLfpStore(store: LfpStoreSettings, targetAccount: string): JsonObject {
  const { code, address, name, phone, website, categories, placeId } = store;
  return {
    targetAccount,
    storeCode: code,
    storeAddress: address,
    ...(name === undefined ? {} : { storeName: name }),
    ...(phone === undefined ? {} : { phoneNumber: phone }),
    ...(website === undefined ? {} : { websiteUri: website }),
    ...(categories === undefined ? {} : { gcidCategory: categories }),
    ...(placeId === undefined ? {} : { placeId }),
  };
}
