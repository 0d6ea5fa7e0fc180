import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Orders as channels have them, what they reserve, where they were placed, and the parcels that go back. */
export const orderTables: Migration = {
  name: '0003-orders',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('channel_order', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('status').notNullable(); // the channel's, see domain ChannelOrderStatus
          table.text('state').notNullable(); // ours: waiting, linked, refused
          table.text('reason'); // why it waits, for a person
          table.text('fulfilled_by').notNullable();
          table.text('placed_at').notNullable();
          table.text('updated_at').notNullable();
          table.text('ship_by');
          table.text('totals'); // total and shipping as JSON
          table.text('raw').notNullable(); // the channel's answer without the buyer
          table.text('first_seen_at').notNullable();
          table.primary(['channel', 'external_id']);
          table.index(['state', 'channel'], 'channel_order_by_state');
        })
        .createTable('order_line', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('line_id').notNullable();
          table.text('sku').notNullable();
          table.text('title');
          table.integer('quantity').notNullable();
          table.integer('shipped').notNullable();
          table.integer('cancelled').notNullable();
          table.text('counted_at'); // the owner of the stock has counted these units out: nothing is reserved any more
          table.text('amounts').notNullable(); // unit price, tax, discount as JSON
          table.primary(['channel', 'external_id', 'line_id']);
          table.index(['sku'], 'order_line_by_sku');
        })
        .createTable('order_buyer', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('sealed').notNullable(); // AES-256-GCM, key id and nonce in front
          table.text('purge_at');
          table.primary(['channel', 'external_id']);
        })
        .createTable('order_event', (table) => {
          table.increments('id');
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('kind').notNullable();
          table.text('facts').notNullable();
          table.text('at').notNullable();
          table.index(['channel', 'external_id', 'id'], 'order_event_by_order');
        })
        .createTable('reservation', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('line_id').notNullable();
          table.text('sku').notNullable();
          table.integer('quantity').notNullable(); // open units; the row goes when nothing is open
          table.text('at').notNullable();
          table.primary(['channel', 'external_id', 'line_id']);
          table.index(['sku'], 'reservation_by_sku');
        })
        .createTable('order_link', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('storefront').notNullable();
          table.text('place_key').notNullable().unique();
          table.text('store_id');
          table.text('store_name');
          table.text('state').notNullable(); // intended, placing, placed
          table.text('placed_at');
          table.text('read_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('retry_at');
          table.primary(['channel', 'external_id']);
        })
        .createTable('shipment', (table) => {
          table.text('channel').notNullable();
          table.text('external_id').notNullable();
          table.text('reference').notNullable();
          table.text('carrier').notNullable();
          table.text('tracking_number').notNullable();
          table.text('tracking_url');
          table.text('shipped_at').notNullable();
          table.text('lines').notNullable(); // [{ lineId, quantity }]
          table.text('state').notNullable(); // pending, accepted, rejected
          table.text('sent_at');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('issues');
          table.primary(['channel', 'external_id', 'reference']);
          table.index(['channel', 'state'], 'shipment_by_state');
        }),
    ),
  ],
};
