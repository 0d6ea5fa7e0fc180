import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Purchases in the merchant's own shop that are reported to the channel the buyer came from. */
export const purchaseTables: Migration = {
  name: '0012-purchases',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('web_purchase', (table) => {
        table.text('channel').notNullable();
        table.text('order_id').notNullable();
        table.text('placed_at').notNullable();
        table.text('state').notNullable(); // waiting, sent, refused, expired
        table.text('sealed'); // the purchase, encrypted; empty once it is settled
        table.text('reason');
        table.integer('attempts').notNullable().defaultTo(0);
        table.text('due_at'); // null: nothing more to do
        table.text('settled_at');
        table.primary(['channel', 'order_id']);
        table.index(['channel', 'due_at'], 'web_purchase_by_due');
      }),
    ),
};
