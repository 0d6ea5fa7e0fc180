import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What was seen on the network, what is wrong with which listing, and how far each channel was looked through. */
export const inspectionTables: Migration = {
  name: '0007-inspection',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('sight', (table) => {
          table.text('url').notNullable();
          table.text('kind').notNullable(); // image, page
          table.text('etag');
          table.text('facts').notNullable(); // SightFacts as JSON
          table.text('checked_at').notNullable();
          table.text('stale_at').notNullable(); // looked at again after this
          table.primary(['url', 'kind']);
          table.index(['checked_at'], 'sight_by_age');
        })
        .createTable('sight_finding', (table) => {
          table.text('channel').notNullable();
          table.text('sku').notNullable();
          table.text('issues').notNullable();
          table.text('found_at').notNullable();
          table.primary(['channel', 'sku']);
        })
        .createTable('sight_round', (table) => {
          table.text('channel').primary();
          table.text('day').notNullable(); // the channel's calendar day the fetches are counted for
          table.integer('fetched').notNullable();
          table.bigInteger('cursor').notNullable(); // variants up to this one were looked at
          table.text('begun_at').notNullable();
          table.text('finished_at'); // null: under way
        }),
    ),
};
