import type { Migration } from './migration.js';

/** Listings a channel said have changed: where to look, not what is there. Rows go away when the look is done. */
export const hintTables: Migration = {
  name: '0018-hints',
  statements: () => [
    'CREATE TABLE listing_hint (channel TEXT NOT NULL, sku TEXT NOT NULL, told_at TEXT NOT NULL, PRIMARY KEY (channel, sku))',
  ],
};
