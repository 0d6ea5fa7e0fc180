import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What a person must look at in an order, and what a channel is still to be told about it. */
export const orderCore: Migration = {
  name: '0020-order-core',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('order_exception', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('code').notNullable();
          table.text('message').notNullable();
          table.text('advice').notNullable();
          table.text('at').notNullable();
          table.text('closed_at'); // null: a person has to look
          table.text('closed_by'); // `itself` when its cause went away
          table.primary(['channel', 'external_id', 'code']);
          table.index(['closed_at', 'channel'], 'order_exception_open');
        })
        .createTable('order_message', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('reference').notNullable();
          table.text('kind').notNullable(); // acknowledge, cancel, refund
          table.text('message').notNullable(); // OrderMessage as JSON
          table.text('state').notNullable(); // pending, handed, accepted, rejected
          table.text('batch'); // key under which it was handed over
          table.text('handle'); // where the channel works later
          table.text('made_at').notNullable();
          table.text('sent_at');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('issues');
          table.primary(['channel', 'external_id', 'reference']);
          table.index(['channel', 'state'], 'order_message_by_state');
        }),
    ),
    'ALTER TABLE order_line ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE order_line ADD COLUMN returned INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE channel_order ADD COLUMN by_hand TEXT', // since when a person handles it: nothing is placed by us
  ],
};
