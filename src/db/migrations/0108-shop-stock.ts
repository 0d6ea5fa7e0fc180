import type { Migration } from './migration.js';

/** What shops were told of the stock of locations we count. */
export const shopStock: Migration = {
  name: '0108-shop-stock',
  statements: () => [
    // `location`: the shop's own id; `wanted`: null, nothing is to be told any more; `told`: as last known to stand there; `trying`: [units] that were
    // handed over, whose answers are unknown.
    `CREATE TABLE shop_stock (channel TEXT NOT NULL, sku TEXT NOT NULL, location TEXT NOT NULL, wanted INTEGER, told INTEGER, trying TEXT,
       due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, retry_at TEXT, issues TEXT, PRIMARY KEY (channel, sku, location))`,
    'CREATE INDEX shop_stock_due ON shop_stock (channel, sku, location) WHERE due = 1',
    'CREATE TABLE shop_stock_seen (channel TEXT PRIMARY KEY, seq BIGINT NOT NULL, revision TEXT NOT NULL)',
  ],
};
