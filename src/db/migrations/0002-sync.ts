import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** What each channel should show, was sent and said: one row per (channel, variant), revisions instead of payloads. */
export const syncTables: Migration = {
  name: '0002-sync',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('channel_state', (table) => {
          table.text('channel').primary();
          table.text('mapping_revision');
          table.text('computed_day'); // the channel's calendar day, when the mapping reads today
          table.bigInteger('computed_seq').notNullable().defaultTo(0);
          table.text('pass'); // a pass under way: its cursor as JSON
          table.text('observe_cursor');
          table.text('observed_at');
          table.text('observe_started_at');
          table.text('order_cursor');
          table.text('orders_pulled_at');
          table.text('paused_code'); // set when credentials are lost: nothing is sent until an operator acts
          table.text('paused_at');
          table.text('released_checksum'); // a guarded plan an operator let through
          table.text('feed_built_at');
        })
        .createTable('submission', (table) => {
          table.text('id').primary();
          table.text('channel').notNullable();
          table.text('handle'); // the channel's own id of a batch
          table.text('sent_at').notNullable();
          table.text('look_at'); // next time to ask for verdicts; null: nothing pending
          table.integer('looks').notNullable().defaultTo(0);
          table.index(['channel', 'look_at'], 'submission_by_look');
        })
        .createTable('problem', (table) => {
          table.text('problem_key').primary();
          table.text('channel');
          table.text('severity').notNullable();
          table.text('code').notNullable();
          table.text('message').notNullable();
          table.text('advice').notNullable();
          table.text('since').notNullable();
          table.text('seen_at').notNullable();
        }),
    ),
    LISTING + (engine === 'sqlite' ? ' WITHOUT ROWID' : ''),
    'CREATE INDEX listing_by_attention ON listing (channel, attention_at, variant_id) WHERE attention_at IS NOT NULL',
    'CREATE INDEX listing_by_submission ON listing (submission) WHERE submission IS NOT NULL',
  ],
};

// Written out, because a row is found by its primary key only: SQLite keeps it in one tree, without a hidden row number.
const LISTING = `CREATE TABLE listing (
  channel TEXT NOT NULL,
  variant_id INTEGER NOT NULL,
  sku TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  issues TEXT,
  kind TEXT,
  content_rev TEXT,
  offer_rev TEXT,
  price TEXT,
  version BIGINT NOT NULL,
  urgent INTEGER NOT NULL DEFAULT 0,
  external_id TEXT,
  owned INTEGER NOT NULL DEFAULT 0,
  submission TEXT,
  sent_action TEXT,
  sent_content_rev TEXT,
  sent_offer_rev TEXT,
  sent_offer TEXT,
  sent_price TEXT,
  sent_at TEXT,
  patience_until TEXT,
  verdict TEXT,
  verdict_content_rev TEXT,
  verdict_offer_rev TEXT,
  verdict_at TEXT,
  verdict_issues TEXT,
  retry_at TEXT,
  retry_code TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  refresh_at TEXT,
  held TEXT,
  attention_at TEXT,
  PRIMARY KEY (channel, variant_id)
)`;
