import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Who agreed to marketing, named by marks only, and which customers were handed out on the ground of it. */
export const consents: Migration = {
  name: '0076-consents',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('buyer_consent', (table) => {
          table.increments('number');
          table.text('mark').notNullable(); // of the e-mail address
          table.text('action').notNullable(); // given, withdrawn
          table.text('at').notNullable(); // when the person said so
          table.text('source').notNullable(); // where, in the operator's words
          table.text('recorded_at').notNullable();
          table.text('recorded_by').notNullable();
          table.unique(['mark', 'action', 'at', 'source'], { indexName: 'buyer_consent_once' });
        })
        .createTable('customer_export', (table) => {
          table.text('id').primary();
          table.text('at').notNullable();
          table.text('by_whom').notNullable();
          table.text('way').notNullable(); // file, webhook
          table.text('target').notNullable(); // name of the file, host of the address
          table.text('columns').notNullable();
          table.text('state').notNullable(); // begun, done, failed
          table.integer('customers').notNullable();
          table.text('counts').notNullable(); // orders by what became of them, as JSON
        }),
    ),
};
