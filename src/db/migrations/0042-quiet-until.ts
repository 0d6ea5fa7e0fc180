import type { Migration } from './migration.js';

/** Until when only the values sent last may be sent again. */
export const quietUntil: Migration = {
  name: '0042-quiet-until',
  statements: () => ['ALTER TABLE listing ADD COLUMN quiet_until TEXT'],
};
