import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** The embedded queue and the ticks of schedules. */
export const jobTables: Migration = {
  name: '0004-jobs',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('wake', (table) => {
          table.text('job').notNullable();
          table.text('wake_key').notNullable();
          table.text('due_at').notNullable();
          table.integer('again').notNullable().defaultTo(0); // woken while running: run once more
          table.text('lease'); // token of the running worker
          table.text('lease_until');
          table.integer('attempts').notNullable().defaultTo(0);
          table.integer('crashes').notNullable().defaultTo(0);
          table.text('error');
          table.text('state').notNullable().defaultTo('waiting'); // waiting, dead
          table.primary(['job', 'wake_key']);
          table.index(['state', 'due_at'], 'wake_by_due');
        })
        .createTable('schedule_tick', (table) => {
          table.text('schedule').notNullable();
          table.text('planned_at').notNullable();
          table.primary(['schedule', 'planned_at']);
        }),
    ),
};
