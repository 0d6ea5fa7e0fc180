import type { Migration } from './migration.js';

/** Units taken out of an order by the shop or by the channel are two counters: their difference is what the other side is to be told. */
export const orderWaysBack: Migration = {
  name: '0024-order-ways-back',
  statements: () => [
    'ALTER TABLE order_line ADD COLUMN shop_cancelled INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE channel_order ADD COLUMN pushed_at TEXT', // a person wants it placed whatever the policy
  ],
};
