import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Documents and their reports, listings that are not ours, stock per place, promotions, parcels reported as signals. */
export const portTables: Migration = {
  name: '0005-ports',
  statements: (engine) => [
    // Without meaning since plans are released by the checksum given with the call, and buyers are purged by their order's age.
    'ALTER TABLE channel_state DROP COLUMN released_checksum',
    'ALTER TABLE order_buyer DROP COLUMN purge_at',
    'ALTER TABLE channel_state ADD COLUMN healed_at TEXT',
    'ALTER TABLE channel_state ADD COLUMN places_revision TEXT', // of places and share for which place rows were computed
    'ALTER TABLE channel_state ADD COLUMN places_seq BIGINT NOT NULL DEFAULT 0',
    // 1: the channel has a listing of this SKU that we neither sent nor adopted
    'ALTER TABLE listing ADD COLUMN unmanaged INTEGER',
    ...tables(engine, (schema) =>
      schema
        .createTable('feed_document', (table) => {
          table.text('channel').primary(); // the latest document only: it is the one the channel shows
          table.text('feed_key').notNullable();
          table.text('document'); // the channel's handle
          table.text('location').notNullable();
          table.integer('items').notNullable();
          table.text('begun_at').notNullable();
          table.text('committed_at').notNullable();
          table.text('state').notNullable(); // pending, done, failed
          table.integer('counted'); // items as the channel counted them
          table.integer('refused').notNullable().defaultTo(0);
          table.text('cursor'); // next page of the report
          table.text('look_at');
          table.integer('looks').notNullable().defaultTo(0);
        })
        .createTable('unmanaged', (table) => {
          table.text('channel').notNullable();
          table.text('sku').notNullable();
          table.text('external_id').notNullable();
          table.text('state').notNullable(); // live, pending, rejected
          table.integer('by_others').notNullable(); // 1: the channel says that somebody else made it
          table.text('first_seen_at').notNullable();
          table.text('seen_at').notNullable();
          table.primary(['channel', 'sku']);
        })
        .createTable('place_stock', (table) => {
          table.text('channel').notNullable();
          table.text('sku').notNullable();
          table.text('kind').notNullable(); // store, region
          table.text('place').notNullable();
          table.text('desired'); // PlaceFacts as JSON; null: nothing should be there
          table.text('sent'); // as last sent; null: nothing of ours is there
          table.text('sent_at');
          table.text('refused'); // as refused by the channel: not sent again until desired differs
          table.text('issues');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.integer('due').notNullable(); // 1: desired and sent differ
          table.primary(['channel', 'sku', 'kind', 'place']);
          table.index(['channel', 'due', 'sku'], 'place_stock_by_due');
        })
        .createTable('promotion', (table) => {
          table.text('channel').notNullable();
          table.text('id').notNullable();
          table.text('body').notNullable(); // domain Promotion as JSON, as the file has it or last had it
          table.text('revision').notNullable();
          table.integer('wanted').notNullable(); // 0: no longer in the file
          table.text('sent_revision'); // null: never sent; of an ended one: 'ended'
          table.text('sent_at');
          table.text('state'); // as the channel says: pending, live, limited, rejected, ended
          table.text('issues');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.primary(['channel', 'id']);
        })
        .createTable('parcel_signal', (table) => {
          table.text('channel').notNullable(); // the channel that is told
          table.text('sold_on').notNullable();
          table.text('external_id').notNullable();
          table.text('reference').notNullable();
          table.text('state').notNullable(); // accepted, rejected, pending
          table.text('sent_at');
          table.text('retry_at');
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('issues');
          table.primary(['channel', 'sold_on', 'external_id', 'reference']);
        }),
    ),
  ],
};
