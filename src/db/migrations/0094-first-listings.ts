import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** The listings a channel was begun with, when it was not begun with all. */
export const firstListings: Migration = {
  name: '0094-first-listings',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('first_listing', (table) => {
        table.text('channel').notNullable();
        table.integer('variant_id').notNullable();
        table.primary(['channel', 'variant_id']);
      }),
    ),
};
