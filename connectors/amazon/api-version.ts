/**
 * Versions of the Selling Partner API this connector speaks, and the end we know of. Amazon versions each API by itself.
 * Source: developer-docs.amazon/sp-api, deprecation table and models of 2026-08-05; verified 2026-11.
 */
export const API_VERSIONS = {
  /** Listings Items. No end announced. XML and flat-file listing feeds ended on 2025-07-31. */
  listings: '2021-08-01',
  /** Orders, reads. The v0 reads fail after 2027-03-27 and are not used here. */
  orders: '2026-01-01',
  /** `confirmShipment` exists under v0 only and is not deprecated. */
  shipmentConfirmation: 'v0',
  /** Marketplace participations, for `check`. */
  sellers: 'v1',
} as const;
