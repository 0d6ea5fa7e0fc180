import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Refunds given at the channel that are to be booked in the shop, and how long a cancellation may be under way there. What was told before is a person's, who was asked then. */
export const shopRefunds: Migration = {
  name: '0090-shop-refunds',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema.createTable('shop_refund', (table) => {
        table.text('channel').notNullable();
        table.text('external_id').notNullable();
        table.text('reference').notNullable(); // of the message it was told with, or `channel:…` for what the channel gave by itself
        table.text('refund').notNullable(); // OwedRefund as JSON
        table.text('state').notNullable(); // pending, booked, left (to a person), dropped (the shop has it by itself)
        table.integer('attempts').notNullable().defaultTo(0);
        table.text('made_at').notNullable();
        table.text('retry_at');
        table.text('booked_at');
        table.text('store_reference'); // the shop's own name of it
        table.text('why'); // why it was left to a person
        table.primary(['channel', 'external_id', 'reference']);
        table.index(['channel', 'state'], 'shop_refund_by_state');
      }),
    ),
    'ALTER TABLE order_link ADD COLUMN cancel_until TEXT', // the shop may work on a cancellation until then: no other is sent
    `INSERT INTO shop_refund (channel, external_id, reference, refund, state, attempts, made_at, why)
     SELECT channel, external_id, reference, '{"reason":"other","lines":[]}', 'dropped', 0, made_at, 'a person was asked when it was told'
     FROM order_message WHERE kind = 'refund'`,
  ],
};
