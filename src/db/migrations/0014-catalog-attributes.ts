import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Free attributes by name and type, and options by name, as the latest import of each source found them. */
export const catalogAttributeTables: Migration = {
  name: '0014-catalog-attributes',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('catalog_attribute', (table) => {
        table.text('source').notNullable();
        table.text('name').notNullable();
        table.text('type'); // null: an option of variants
        table.integer('count').notNullable();
        table.index(['source', 'name'], 'catalog_attribute_by_source');
      }),
    ),
};
