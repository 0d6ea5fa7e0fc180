import type { Migration } from './migration.js';

/** Placing an order belongs to one worker at a time, and an unknown outcome is searched twice before it is tried again. */
export const placingLease: Migration = {
  name: '0006-placing-lease',
  statements: () => [
    'ALTER TABLE order_link ADD COLUMN lease TEXT', // token of the worker that holds the link
    'ALTER TABLE order_link ADD COLUMN lease_until TEXT',
    'ALTER TABLE order_link ADD COLUMN misses INTEGER NOT NULL DEFAULT 0', // searches in vain since an outcome became unknown
  ],
};
