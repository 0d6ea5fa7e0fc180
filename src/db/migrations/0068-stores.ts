import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Where orders are fulfilled, how far those are that buyers fetch, whom of the staff was told, and what came back over a counter. */
export const storeTables: Migration = {
  name: '0068-stores',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('order_fulfilment', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('method').notNullable(); // ship, pickup, curbside
          table.text('state').notNullable(); // nowhere, open, ready, collected, not-collected, cancelled
          table.text('reason').notNullable(); // why there, for a person
          table.text('chosen_by').notNullable(); // `itself` or a person
          table.text('chosen_at').notNullable();
          table.integer('revision').notNullable(); // grows whenever the staff must be told something else
          table.text('ready_by');
          table.text('ready_at');
          table.text('keep_until');
          table.text('ended_at');
          table.primary(['channel', 'external_id']);
          table.index(['state'], 'order_fulfilment_by_state');
        })
        .createTable('fulfilment_line', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('line_id').notNullable();
          table.text('location').notNullable();
          table.integer('quantity').notNullable();
          table.integer('handed_over').notNullable().defaultTo(0); // units the buyer has fetched
          table.primary(['channel', 'external_id', 'line_id', 'location']);
          table.index(['location'], 'fulfilment_line_by_location');
        })
        .createTable('staff_notice', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.integer('revision').notNullable();
          table.text('location').notNullable();
          table.text('way').notNullable(); // email, webhook
          table.text('address').notNullable(); // empty for a webhook: the configured one
          table.text('kind').notNullable(); // new, changed, taken-away, cancelled
          table.text('state').notNullable(); // pending, told, void
          table.text('made_at').notNullable();
          table.text('told_at');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('error');
          table.primary(['channel', 'external_id', 'revision', 'location', 'way', 'address']);
          table.index(['state', 'channel'], 'staff_notice_by_state');
        })
        .createTable('order_return', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('reference').notNullable();
          table.text('location').notNullable();
          table.text('lines').notNullable(); // [{ lineId, quantity }]
          table.text('goods').notNullable(); // restocked, written-off, owner
          table.text('returned_by').notNullable();
          table.text('at').notNullable();
          table.text('booked_as'); // the shop's own refund of it, once it was seen
          table.primary(['channel', 'external_id', 'reference']);
        }),
    ),
  ],
};
