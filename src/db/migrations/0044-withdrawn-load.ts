import type { Migration } from './migration.js';

/** When a load was last taken back for listings that could not wait. */
export const withdrawnLoad: Migration = {
  name: '0044-withdrawn-load',
  statements: () => ['ALTER TABLE channel_state ADD COLUMN withdrawn_at TEXT'],
};
