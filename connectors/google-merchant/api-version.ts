/**
 * The sub-APIs this connector speaks and the version of each. Each is versioned alone; v1 is the only stable one
 * (general availability 2025-08; v1beta was switched off 2026-02-28; Content API for Shopping ended 2026-08-18).
 * Source: developers.google.com/merchant/api/latest-updates, verified 2026-11-23.
 */
export const API_VERSION = {
  products: 'v1',
  datasources: 'v1',
  accounts: 'v1',
  quota: 'v1',
  reports: 'v1',
  issueresolution: 'v1',
  notifications: 'v1',
  inventories: 'v1',
  promotions: 'v1',
  ordertracking: 'v1',
  lfp: 'v1',
} as const;

/** A part of the Merchant API. */
export type SubApi = keyof typeof API_VERSION;
