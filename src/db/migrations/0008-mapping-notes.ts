import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What mappings stumbled over: the passes of each channel over the catalog, and their notes counted by place and pattern. */
export const mappingNoteTables: Migration = {
  name: '0008-mapping-notes',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('mapping_pass', (table) => {
          table.text('channel').notNullable();
          table.text('mode').notNullable(); // all, changes: the latest finished pass of each
          table.text('pass').notNullable();
          table.text('at').notNullable();
          table.integer('variants').notNullable(); // looked at
          table.primary(['channel', 'mode']);
        })
        .createTable('mapping_note', (table) => {
          table.text('channel').notNullable();
          table.text('pass').notNullable();
          table.text('note_key').notNullable(); // fingerprint of place and pattern; empty: notes beyond the bound
          table.text('attribute');
          table.text('file').notNullable();
          table.integer('line').notNullable();
          table.text('pattern').notNullable();
          table.text('lookup_table');
          table.text('lookup_key');
          table.text('first_sku').notNullable();
          table.text('first_message').notNullable();
          table.integer('count').notNullable();
          table.primary(['channel', 'pass', 'note_key']);
        }),
    ),
};
