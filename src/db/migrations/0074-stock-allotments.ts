import type { Migration } from './migration.js';

/** Units that belong to one channel in strict mode, and up to which write of the catalog a channel has shared out. */
export const stockAllotments: Migration = {
  name: '0074-stock-allotments',
  statements: () => [
    `CREATE TABLE stock_allotment (
       sku TEXT NOT NULL,
       channel TEXT NOT NULL,
       state TEXT NOT NULL,
       units INTEGER NOT NULL,
       opened_at TEXT NOT NULL,
       PRIMARY KEY (sku, channel)
     )`,
    "CREATE INDEX stock_allotment_closing ON stock_allotment (channel, sku) WHERE state = 'closing'",
    'ALTER TABLE channel_state ADD COLUMN allotted_for TEXT',
    'ALTER TABLE channel_state ADD COLUMN allotted_seq BIGINT NOT NULL DEFAULT 0',
  ],
};
