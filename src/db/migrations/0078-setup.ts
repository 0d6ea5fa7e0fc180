import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What is set up in the console instead of the file, plans a person let through, and webhooks that go out. */
export const setupTables: Migration = {
  name: '0078-setup',
  statements: (engine) => [
    'ALTER TABLE channel_state ADD COLUMN released_checksum TEXT',
    ...tables(engine, (schema) =>
      schema
        .createTable('house_part', (table) => {
          table.text('kind').notNullable(); // channels, sources, schedules: the group of omnifeed.yaml it belongs to
          table.text('id').notNullable();
          table.text('state').notNullable(); // draft, active
          table.text('body').notNullable(); // as it would stand in omnifeed.yaml, without secrets
          table.text('sealed'); // secret settings, JSON
          table.text('step'); // where the wizard was left
          table.integer('revision').notNullable();
          table.text('changed_at').notNullable();
          table.text('changed_by').notNullable();
          table.primary(['kind', 'id']);
        })
        .createTable('problem_snooze', (table) => {
          table.text('problem_key').primary();
          table.text('until').notNullable();
          table.text('note').notNullable();
          table.text('by').notNullable();
        })
        .createTable('webhook', (table) => {
          table.text('id').primary();
          table.text('url').notNullable();
          table.text('events').notNullable();
          table.text('secret_sealed').notNullable();
          table.integer('active').notNullable();
          table.text('created_at').notNullable();
          table.text('created_by').notNullable();
        })
        .createTable('webhook_delivery', (table) => {
          table.increments('id');
          table.text('webhook').notNullable();
          table.text('event').notNullable();
          table.text('reference').notNullable(); // what happened, once per webhook
          table.text('body').notNullable();
          table.text('state').notNullable(); // waiting, delivered, given-up
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('next_at');
          table.integer('status'); // of the last answer
          table.text('failure');
          table.text('created_at').notNullable();
          table.text('done_at');
          table.unique(['webhook', 'reference']);
          table.index(['state', 'next_at'], 'webhook_delivery_by_time');
        }),
    ),
  ],
};
