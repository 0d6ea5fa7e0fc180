import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Versions and drafts of mappings, their tests and lookup tables, and which mapping a channel used since when. */
export const mappingVersions: Migration = {
  name: '0060-mapping-versions',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('mapping_text', (table) => {
          table.text('hash').primary();
          table.text('body').notNullable();
        })
        .createTable('mapping_version', (table) => {
          table.text('document').notNullable(); // path below the merchant's folder, or channel/<id>.yaml
          table.integer('number').notNullable();
          table.text('hash').notNullable();
          table.text('author').notNullable(); // `file`: it was edited in the folder
          table.text('approved_by'); // who published it, when somebody else had asked for it
          table.text('comment').notNullable();
          table.text('impact'); // totals at the time, JSON
          table.text('at').notNullable();
          table.primary(['document', 'number']);
        })
        .createTable('mapping_draft', (table) => {
          table.text('document').primary();
          table.integer('revision').notNullable();
          table.text('body').notNullable();
          table.integer('base').notNullable(); // number of the version it began with; 0: none
          table.text('author').notNullable();
          table.text('at').notNullable();
          table.text('asked_by'); // who asks for its publication
          table.text('comment');
        })
        .createTable('mapping_use', (table) => {
          table.increments('id');
          table.text('channel').notNullable();
          table.text('revision').notNullable();
          table.text('snapshot').notNullable(); // JSON; texts by hash
          table.text('at').notNullable();
          table.index(['channel', 'id'], 'mapping_use_by_channel');
        }),
    ),
};
