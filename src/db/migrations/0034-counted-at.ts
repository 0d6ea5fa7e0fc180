import type { Migration } from './migration.js';

/** Counts of one source may be of different ages. New databases have the column from `staging-tables.ts`. */
export const countedAt: Migration = {
  name: '0034-counted-at',
  statements: (engine) =>
    engine === 'sqlite' ? [] : ['ALTER TABLE staged_stock ADD COLUMN IF NOT EXISTS as_of TEXT'],
};
