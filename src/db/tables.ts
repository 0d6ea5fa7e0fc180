import { createRequire } from 'node:module';
import type { Knex, knex as makeKnex } from 'knex';
import type { Database } from './database.js';

const require = createRequire(import.meta.url);

/**
 * Writes tables with knex's schema builder and returns the statements of the given engine. No connection is opened: the
 * statements run through our own transaction.
 */
export function tables(
  engine: Database['engine'],
  build: (schema: Knex.SchemaBuilder) => Knex.SchemaBuilder,
): string[] {
  const { knex } = require('knex') as { knex: typeof makeKnex }; // loaded only where there are tables to write: a tenth of a second
  const builder = knex({ client: engine === 'sqlite' ? 'better-sqlite3' : 'pg', useNullAsDefault: true });
  return build(builder.schema)
    .toSQL()
    .map((statement) => statement.sql);
}
