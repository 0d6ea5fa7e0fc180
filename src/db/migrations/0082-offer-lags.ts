import type { Migration } from './migration.js';

/** How long it took from a change of stock until a channel had confirmed it: what safety stock is suggested from. */
export const offerLags: Migration = {
  name: '0082-offer-lags',
  statements: () => [
    'CREATE TABLE offer_lag (channel TEXT NOT NULL, submission TEXT NOT NULL, at TEXT NOT NULL, ms BIGINT NOT NULL, PRIMARY KEY (channel, submission))',
    'CREATE INDEX offer_lag_by_time ON offer_lag (channel, at)',
  ],
};
