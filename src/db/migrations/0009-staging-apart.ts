import { stagingTables } from '../staging-tables.js';
import type { Migration } from './migration.js';

/** Staged rows leave the catalog's file: they need none of its care. SQLite makes its staging tables for each connection. */
export const stagingApart: Migration = {
  name: '0009-staging-apart',
  statements: (engine) => [
    `DROP TABLE ${engine === 'sqlite' ? 'main.' : ''}staged_variant`,
    `DROP TABLE ${engine === 'sqlite' ? 'main.' : ''}staged_product`,
    ...(engine === 'sqlite' ? [] : stagingTables(engine)),
  ],
};
