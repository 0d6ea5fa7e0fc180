import type { Migration } from './migration.js';

/** From where and how often an API key may be used. */
export const keyBounds: Migration = {
  name: '0102-key-bounds',
  statements: () => [
    'ALTER TABLE api_key ADD COLUMN networks TEXT', // addresses and networks with spaces; empty: from anywhere
    'ALTER TABLE api_key ADD COLUMN per_minute INTEGER', // calls; empty: as many as anybody
  ],
};
