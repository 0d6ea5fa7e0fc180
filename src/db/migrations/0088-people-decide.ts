import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What people decide about problems, schedules and how much of a channel goes out. */
export const peopleDecide: Migration = {
  name: '0088-people-decide',
  statements: (engine) => [
    // Never written until now: a snooze also ends when the problem becomes another one.
    'DROP TABLE problem_snooze',
    ...tables(engine, (schema) =>
      schema
        .createTable('problem_snooze', (table) => {
          table.text('problem_key').primary();
          table.text('until'); // empty: until the problem changes
          table.text('code').notNullable(); // as the problem was when it was snoozed
          table.text('since').notNullable();
          table.text('severity').notNullable();
          table.text('message').notNullable();
          table.text('note').notNullable();
          table.text('snoozed_by').notNullable();
          table.text('snoozed_at').notNullable();
        })
        .createTable('schedule_pause', (table) => {
          table.text('schedule').primary();
          table.text('paused_by').notNullable();
          table.text('paused_at').notNullable();
        }),
    ),
    'ALTER TABLE channel_state ADD COLUMN sends_at_most INTEGER', // listings; empty: all; 0: it only watches
    'ALTER TABLE channel_state ADD COLUMN leaving_at TEXT', // its listings are taken down, then it is forgotten
    'ALTER TABLE channel_state ADD COLUMN leaving_by TEXT',
    'ALTER TABLE channel_state ADD COLUMN rejected_checksum TEXT', // a plan a person turned down
    'ALTER TABLE channel_state ADD COLUMN rejected_by TEXT',
    'ALTER TABLE channel_state ADD COLUMN rejected_at TEXT',
  ],
};
