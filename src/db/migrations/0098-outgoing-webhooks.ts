import type { Database } from '../database.js';
import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/**
 * What happens in the house as rows of their own, and what of it each webhook still has to be told. Both are written by the database, in the
 * transaction of the fact itself: no way to write a fact can forget them, and no fact that was rolled back is told.
 */
export const outgoingWebhooks: Migration = {
  name: '0098-outgoing-webhooks',
  statements: (engine) => [
    // Never written until now.
    'DROP TABLE webhook_delivery',
    'DROP TABLE webhook',
    ...tables(engine, (schema) =>
      schema
        .createTable('webhook', (table) => {
          table.text('id').primary();
          table.text('url').notNullable();
          table.text('events').notNullable(); // kinds with spaces around each, or *
          table.text('secret_sealed').notNullable();
          table.text('previous_sealed'); // signs too until previous_until
          table.text('previous_until');
          table.integer('active').notNullable();
          table.text('created_at').notNullable();
          table.text('created_by').notNullable();
        })
        .createTable('house_event', (table) => {
          table.bigIncrements('number');
          table.text('kind').notNullable();
          table.text('channel');
          table.text('subject').notNullable();
          table.text('facts').notNullable(); // JSON, without buyers
          table.text('at').notNullable(); // by the database's clock
          table.index(['at'], 'house_event_by_time');
        })
        .createTable('webhook_delivery', (table) => {
          table.text('webhook').notNullable();
          table.bigInteger('event').notNullable();
          table.text('state').notNullable(); // waiting, delivered, dead
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('next_at').notNullable(); // empty: at once
          table.integer('status'); // of the last answer
          table.text('failure');
          table.text('done_at');
          table.primary(['webhook', 'event']);
          table.index(['state', 'next_at'], 'webhook_delivery_due');
        }),
    ),
    ...triggersOf(engine),
  ],
};

interface Source {
  readonly name: string;
  readonly table: string;
  /** When the row tells something, of `NEW` and `OLD`; absent: always. */
  readonly when?: string;
  readonly on: 'INSERT' | 'UPDATE' | 'DELETE';
  /** Expressions of `NEW` or `OLD`. */
  readonly kind: string;
  readonly channel: string;
  readonly subject: string;
  /** Names and expressions of the facts. */
  readonly facts: Readonly<Record<string, string>>;
}

const SOURCES: readonly Source[] = [
  {
    name: 'order_received',
    table: 'channel_order',
    on: 'INSERT',
    kind: "'order.received'",
    channel: 'NEW.channel',
    subject: 'NEW.external_id',
    facts: { status: 'NEW.status' },
  },
  {
    name: 'order_status',
    table: 'channel_order',
    on: 'UPDATE',
    when: 'NEW.status <> OLD.status',
    kind: "'order.' || NEW.status",
    channel: 'NEW.channel',
    subject: 'NEW.external_id',
    facts: { status: 'NEW.status', before: 'OLD.status' },
  },
  {
    name: 'order_placed',
    table: 'order_event',
    on: 'INSERT',
    when: "NEW.kind = 'placed'",
    kind: "'order.placed'",
    channel: 'NEW.channel',
    subject: 'NEW.external_id',
    facts: {},
  },
  {
    name: 'order_exception',
    table: 'order_exception',
    on: 'INSERT',
    kind: "'order.exception'",
    channel: 'NEW.channel',
    subject: 'NEW.external_id',
    facts: { code: 'NEW.code' },
  },
  {
    name: 'shipment',
    table: 'shipment',
    on: 'UPDATE',
    when: "NEW.state <> OLD.state AND NEW.state IN ('accepted', 'rejected')",
    kind: "'shipment.' || NEW.state",
    channel: 'NEW.channel',
    subject: 'NEW.external_id',
    facts: { reference: 'NEW.reference' },
  },
  {
    name: 'problem_raised',
    table: 'problem',
    on: 'INSERT',
    kind: "'problem.raised'",
    channel: 'NEW.channel',
    subject: 'NEW.problem_key',
    facts: { code: 'NEW.code', severity: 'NEW.severity', message: 'NEW.message' },
  },
  {
    name: 'problem_cleared',
    table: 'problem',
    on: 'DELETE',
    kind: "'problem.cleared'",
    channel: 'OLD.channel',
    subject: 'OLD.problem_key',
    facts: { code: 'OLD.code' },
  },
  {
    name: 'import',
    table: 'import_run',
    on: 'UPDATE',
    when: "NEW.state <> OLD.state AND NEW.state IN ('merged', 'held', 'failed')",
    kind: "'import.' || NEW.state",
    channel: 'NULL',
    subject: 'NEW.source',
    facts: { import: 'NEW.id' },
  },
  {
    name: 'mapping_published',
    table: 'mapping_version',
    on: 'INSERT',
    kind: "'mapping.published'",
    channel: 'NULL',
    subject: 'NEW.document',
    facts: { version: 'NEW.number' },
  },
  {
    name: 'channel_paused',
    table: 'channel_state',
    on: 'UPDATE',
    when: 'NEW.paused_code IS NOT NULL AND OLD.paused_code IS NULL',
    kind: "'channel.paused'",
    channel: 'NEW.channel',
    subject: 'NEW.channel',
    facts: { code: 'NEW.paused_code' },
  },
  {
    name: 'channel_resumed',
    table: 'channel_state',
    on: 'UPDATE',
    when: 'NEW.paused_code IS NULL AND OLD.paused_code IS NOT NULL',
    kind: "'channel.resumed'",
    channel: 'NEW.channel',
    subject: 'NEW.channel',
    facts: {},
  },
];

/** Events kinds are in lists with spaces around each. */
const FAN_OUT = `INSERT INTO webhook_delivery (webhook, event, state, attempts, next_at)
  SELECT w.id, NEW.number, 'waiting', 0, '' FROM webhook w WHERE w.active = 1 AND (w.events = '*' OR w.events LIKE '% ' || NEW.kind || ' %')`;

function triggersOf(engine: Database['engine']): string[] {
  return engine === 'sqlite'
    ? [
        ...SOURCES.map(sqliteTrigger),
        `CREATE TRIGGER event_fan_out AFTER INSERT ON house_event BEGIN ${FAN_OUT}; END`,
      ]
    : [
        ...SOURCES.flatMap(postgresTrigger),
        `CREATE FUNCTION event_fan_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${FAN_OUT}; RETURN NULL; END $$`,
        'CREATE TRIGGER event_fan_out AFTER INSERT ON house_event FOR EACH ROW EXECUTE FUNCTION event_fan_out()',
      ];
}

function inserting(source: Source, as: { readonly json: string; readonly now: string }): string {
  const facts = Object.entries(source.facts).flatMap(([name, expression]) => [`'${name}'`, expression]);
  return `INSERT INTO house_event (kind, channel, subject, facts, at)
    VALUES (${source.kind}, ${source.channel}, ${source.subject}, ${as.json.replace('?', facts.join(', '))}, ${as.now})`;
}

function sqliteTrigger(source: Source): string {
  const body = inserting(source, { json: 'json_object(?)', now: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')" });
  return `CREATE TRIGGER event_${source.name} AFTER ${source.on} ON ${source.table} FOR EACH ROW ${source.when === undefined ? '' : `WHEN ${source.when}`}
    BEGIN ${body}; END`;
}

function postgresTrigger(source: Source): string[] {
  const body = inserting(source, {
    json: 'json_build_object(?)::text',
    now: `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  });
  return [
    `CREATE FUNCTION event_${source.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body}; RETURN NULL; END $$`,
    `CREATE TRIGGER event_${source.name} AFTER ${source.on} ON ${source.table} FOR EACH ROW ${source.when === undefined ? '' : `WHEN (${source.when})`}
      EXECUTE FUNCTION event_${source.name}()`,
  ];
}
