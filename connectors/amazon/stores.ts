/** Selling regions of the API. One authorization covers one region. */
export type Region = 'na' | 'eu' | 'fe';

/** An Amazon store ("marketplace") as the API knows it. */
export interface Store {
  readonly id: string;
  readonly country: string;
  readonly region: Region;
  readonly currency: string;
  /** Language of the store's listings when the settings name none. */
  readonly languageTag: string;
}

/**
 * Stores by id. Source: developer-docs.amazon/sp-api, "Marketplace IDs" and "Selling Partner API endpoints"; verified 2026-11.
 * Languages are each store's default; `getMarketplaceParticipations` tells the same for a connected seller.
 */
export const STORES: readonly Store[] = [
  { id: 'ATVPDKIKX0DER', country: 'US', region: 'na', currency: 'USD', languageTag: 'en_US' },
  { id: 'A2EUQ1WTGCTBG2', country: 'CA', region: 'na', currency: 'CAD', languageTag: 'en_CA' },
  { id: 'A1AM78C64UM0Y8', country: 'MX', region: 'na', currency: 'MXN', languageTag: 'es_MX' },
  { id: 'A2Q3Y263D00KWC', country: 'BR', region: 'na', currency: 'BRL', languageTag: 'pt_BR' },
  { id: 'A1F83G8C2ARO7P', country: 'GB', region: 'eu', currency: 'GBP', languageTag: 'en_GB' },
  { id: 'A1PA6795UKMFR9', country: 'DE', region: 'eu', currency: 'EUR', languageTag: 'de_DE' },
  { id: 'A13V1IB3VIYZZH', country: 'FR', region: 'eu', currency: 'EUR', languageTag: 'fr_FR' },
  { id: 'APJ6JRA9NG5V4', country: 'IT', region: 'eu', currency: 'EUR', languageTag: 'it_IT' },
  { id: 'A1RKKUPIHCS9HS', country: 'ES', region: 'eu', currency: 'EUR', languageTag: 'es_ES' },
  { id: 'A1805IZSGTT6HS', country: 'NL', region: 'eu', currency: 'EUR', languageTag: 'nl_NL' },
  { id: 'AMEN7PMS3EDWL', country: 'BE', region: 'eu', currency: 'EUR', languageTag: 'fr_BE' },
  { id: 'A28R8C7NBKEWEA', country: 'IE', region: 'eu', currency: 'EUR', languageTag: 'en_IE' },
  { id: 'A2NODRKZP88ZB9', country: 'SE', region: 'eu', currency: 'SEK', languageTag: 'sv_SE' },
  { id: 'A1C3SOZRARQ6R3', country: 'PL', region: 'eu', currency: 'PLN', languageTag: 'pl_PL' },
  { id: 'A33AVAJ2PDY3EV', country: 'TR', region: 'eu', currency: 'TRY', languageTag: 'tr_TR' },
  { id: 'AE08WJ6YKNBMC', country: 'ZA', region: 'eu', currency: 'ZAR', languageTag: 'en_ZA' },
  { id: 'ARBP9OOSHTCHU', country: 'EG', region: 'eu', currency: 'EGP', languageTag: 'ar_AE' },
  { id: 'A17E79C6D8DWNP', country: 'SA', region: 'eu', currency: 'SAR', languageTag: 'ar_AE' },
  { id: 'A2VIGQ35RCS4UG', country: 'AE', region: 'eu', currency: 'AED', languageTag: 'en_AE' },
  { id: 'A21TJRUUN4KGV', country: 'IN', region: 'eu', currency: 'INR', languageTag: 'en_IN' },
  { id: 'A1VC38T7YXB528', country: 'JP', region: 'fe', currency: 'JPY', languageTag: 'ja_JP' },
  { id: 'A39IBJ37TRP1C6', country: 'AU', region: 'fe', currency: 'AUD', languageTag: 'en_AU' },
  { id: 'A19VAU5U5O7RUS', country: 'SG', region: 'fe', currency: 'SGD', languageTag: 'en_SG' },
];

/** The store of an id, or nothing: Amazon opens new ones. */
export function storeOf(marketplaceId: string): Store | null {
  return STORES.find((store) => store.id === marketplaceId) ?? null;
}
