import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Schemas of listings as channels define them, kept until the channel says that they changed. */
export const definitionTables: Migration = {
  name: '0010-definitions',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('listing_definition', (table) => {
        table.text('channel').notNullable();
        table.text('name').notNullable(); // the connector's: product type, requirements, place in a family
        table.text('checksum').notNullable(); // the channel's
        table.text('body').notNullable(); // JSON Schema, as prepared by the connector
        table.integer('replaced').notNullable().defaultTo(0); // how often another one took its place
        table.text('checked_at').notNullable();
        table.primary(['channel', 'name']);
      }),
    ),
};
