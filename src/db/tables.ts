import knex, { type Knex } from 'knex';
import type { Database } from './database.js';

/**
 * Writes tables with knex's schema builder and returns the statements of the given engine. No connection is opened: the
 * statements run through our own transaction.
 */
export function tables(
  engine: Database['engine'],
  build: (schema: Knex.SchemaBuilder) => Knex.SchemaBuilder,
): string[] {
  const builder = knex({ client: engine === 'sqlite' ? 'better-sqlite3' : 'pg', useNullAsDefault: true });
  return build(builder.schema)
    .toSQL()
    .map((statement) => statement.sql);
}
