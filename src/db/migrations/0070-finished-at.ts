import type { Migration } from './migration.js';

/** When the channel first showed an order as shipped or cancelled: what keeps a buyer's time from beginning anew with every change. */
export const finishedAt: Migration = {
  name: '0070-finished-at',
  statements: () => [
    'ALTER TABLE channel_order ADD COLUMN finished_at TEXT',
    "UPDATE channel_order SET finished_at = updated_at WHERE status IN ('shipped', 'cancelled')",
    'CREATE INDEX channel_order_by_end ON channel_order (channel, finished_at)',
  ],
};
