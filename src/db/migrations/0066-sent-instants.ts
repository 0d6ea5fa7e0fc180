import type { Migration } from './migration.js';

/** When a channel was last told prices and last told stock, and orders by the day they came and the day they must leave. */
export const sentInstants: Migration = {
  name: '0066-sent-instants',
  statements: () => [
    'ALTER TABLE channel_state ADD COLUMN price_sent_at TEXT',
    'ALTER TABLE channel_state ADD COLUMN stock_sent_at TEXT',
    'CREATE INDEX channel_order_by_placed ON channel_order (placed_at, channel, external_id)',
    'CREATE INDEX channel_order_by_ship ON channel_order (status, ship_by)',
  ],
};
