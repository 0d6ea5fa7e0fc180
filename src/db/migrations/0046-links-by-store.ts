import type { Migration } from './migration.js';

/** Shops call for every order they have; which of them are ours must be found at once. */
export const linksByStore: Migration = {
  name: '0046-links-by-store',
  statements: () => ['CREATE INDEX order_link_by_store ON order_link (storefront, store_id)'],
};
