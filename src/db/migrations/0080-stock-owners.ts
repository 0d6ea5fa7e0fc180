import type { Migration } from './migration.js';

/** Who states the counts of a location, where the configuration says so. */
export const stockOwners: Migration = {
  name: '0080-stock-owners',
  statements: () => ['CREATE TABLE stock_owner (location TEXT PRIMARY KEY, owner TEXT NOT NULL)'],
};
