import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Which processes run a house, so that a second one on the same data is noticed. */
export const houseProcessTables: Migration = {
  name: '0016-house-process',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('house_process', (table) => {
        table.text('id').primary();
        table.text('host').notNullable();
        table.integer('pid').notNullable();
        table.text('started_at').notNullable();
        table.text('seen_at').notNullable();
      }),
    ),
};
