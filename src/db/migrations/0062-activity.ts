import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What jobs did and when they last looked, how channels stood hour by hour, and since when errors are there. */
export const activityTables: Migration = {
  name: '0062-activity',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema
        .createTable('run', (table) => {
          table.increments('id');
          table.text('job').notNullable();
          table.text('run_key').notNullable();
          table.text('outcome').notNullable(); // running, done, failed
          table.text('started_at').notNullable();
          table.text('ended_at');
          table.text('facts').notNullable(); // what the last line told, as JSON
          table.text('lines').notNullable(); // every line told, RunLine[] as JSON
          table.text('error');
          table.index(['job', 'run_key', 'id'], 'run_by_job');
        })
        .createTable('run_look', (table) => {
          table.text('job').notNullable();
          table.text('run_key').notNullable();
          table.text('at').notNullable(); // end of the last run, whether it had something to do or not
          table.integer('took_ms').notNullable();
          table.integer('failed').notNullable(); // 1: it failed
          table.primary(['job', 'run_key']);
        })
        .createTable('channel_fact', (table) => {
          table.text('channel').notNullable();
          table.text('at').notNullable(); // beginning of the hour; of older ones, only the last of each day is kept
          table.text('ledger').notNullable(); // Ledger as JSON
          table.text('delays'); // ChangeDelays as JSON; null: nothing changed that could be followed
          table.primary(['channel', 'at']);
        })
        .createTable('issue_age', (table) => {
          table.text('channel').notNullable();
          table.text('origin').notNullable();
          table.text('code').notNullable();
          table.text('attribute').notNullable();
          table.text('since').notNullable(); // when somebody looked and it was there for the first time
          table.primary(['channel', 'code', 'attribute', 'origin']);
        }),
    ),
};
