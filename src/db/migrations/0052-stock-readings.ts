import type { Migration } from './migration.js';

/**
 * When each source last told everything that changed in its counts: a count it did not mention is what it was, as of then. And when a
 * channel had told all its orders.
 */
export const stockReadings: Migration = {
  name: '0052-stock-readings',
  statements: () => [
    'CREATE TABLE stock_reading (source TEXT PRIMARY KEY, as_of TEXT NOT NULL)',
    'ALTER TABLE channel_state ADD COLUMN orders_complete_at TEXT',
  ],
};
