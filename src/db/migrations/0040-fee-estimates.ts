import type { Migration } from './migration.js';

/** What channels said they take for a sale, and where a listing stands among the offers for the same item. */
export const feeEstimates: Migration = {
  name: '0040-fee-estimates',
  statements: () => [
    `CREATE TABLE fee_estimate (channel TEXT NOT NULL, sku TEXT NOT NULL, price_minor BIGINT NOT NULL, currency TEXT NOT NULL,
       fulfilled_by TEXT, outcome TEXT NOT NULL, total_minor BIGINT, lines TEXT, channel_ships INTEGER NOT NULL, code TEXT, message TEXT,
       asked_at TEXT NOT NULL, PRIMARY KEY (channel, sku))`,
    `CREATE TABLE competition (channel TEXT NOT NULL, sku TEXT NOT NULL, status TEXT NOT NULL, currency TEXT, expected_minor BIGINT,
       featured_minor BIGINT, is_ours INTEGER NOT NULL, message TEXT, asked_at TEXT NOT NULL, PRIMARY KEY (channel, sku))`,
  ],
};
