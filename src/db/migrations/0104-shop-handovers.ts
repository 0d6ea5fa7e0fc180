import type { Migration } from './migration.js';

/** What a shop says buyers have fetched, until it counts at the location. */
export const shopHandovers: Migration = {
  name: '0104-shop-handovers',
  statements: () => [
    // `lines`: [{ lineId, quantity }]; `state`: open, done, asked (a person).
    `CREATE TABLE shop_handover (channel TEXT NOT NULL, external_id TEXT NOT NULL, reference TEXT NOT NULL, lines TEXT NOT NULL, state TEXT NOT NULL,
       seen_at TEXT NOT NULL, PRIMARY KEY (channel, external_id, reference))`,
    "CREATE INDEX shop_handover_open ON shop_handover (channel, external_id) WHERE state = 'open'",
  ],
};
