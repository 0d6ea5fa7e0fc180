import pg from 'pg';
import { OperatorError } from '../domain/errors.js';
import type { Database, DurabilityFact, Into, Parameter, Queries, UnfoldColumns } from './database.js';

const SERIALISATION_FAILURES = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
const INT8 = 20;

/**
 * Opens a Postgres database, `postgres://user:password@host:5432/name`. `?schema=name` puts the tables into a schema of
 * their own (it is created). 64-bit integers become numbers: none of ours exceeds 2^53.
 */
export async function openPostgres(address: string): Promise<Database> {
  const url = new URL(address);
  const schema = url.searchParams.get('schema');
  url.searchParams.delete('schema');
  if (schema !== null && !/^[a-z_][a-z0-9_]*$/.test(schema)) {
    throw new OperatorError(
      'bad_database_address',
      `"${schema}" is no schema name`,
      'Use small letters, digits and _.',
    );
  }
  const pool = new pg.Pool({
    connectionString: url.href,
    max: 8,
    application_name: 'omnifeed',
    ...(schema === null ? {} : { options: `-c search_path=${schema}` }),
    types: { getTypeParser: (id, format) => (id === INT8 ? Number : pg.types.getTypeParser(id, format)) },
  });
  pool.on('error', () => undefined); // An idle connection broke; the next query opens another or says why it cannot.
  await reach(pool, schema);
  return databaseOn(pool);
}

async function reach(pool: pg.Pool, schema: string | null): Promise<void> {
  try {
    await pool.query(schema === null ? 'SELECT 1' : `CREATE SCHEMA IF NOT EXISTS ${schema}`);
  } catch (cause) {
    await pool.end();
    throw new OperatorError(
      'database_unreachable',
      `The Postgres database cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Check `database` in omnifeed.yaml: host, port, name, user and password; then that the server runs.',
      cause,
    );
  }
}

function databaseOn(pool: pg.Pool): Database {
  const queries = queriesOn(pool);
  return {
    engine: 'postgres',
    ...queries,
    staging: queries,
    transaction: (work) => transaction(pool, work),
    durability: () => durabilityOf(pool),
    close: () => pool.end(),
  };
}

async function transaction<Result>(pool: pg.Pool, work: (tx: Queries) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(queriesOn(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      if (
        attempt === ATTEMPTS ||
        !(error instanceof pg.DatabaseError) ||
        !SERIALISATION_FAILURES.has(error.code ?? '')
      )
        throw error;
    } finally {
      client.release(broken);
    }
  }
}

function queriesOn(connection: pg.Pool | pg.PoolClient): Queries {
  const query = (sql: string, parameters: readonly Parameter[]): Promise<pg.QueryResult> =>
    connection.query({ text: numbered(sql), values: parameters.map(storable) });
  return {
    all: async <Row>(sql: string, parameters: readonly Parameter[] = []) =>
      (await query(sql, parameters)).rows as Row[],
    get: async <Row>(sql: string, parameters: readonly Parameter[] = []) =>
      (await query(sql, parameters)).rows[0] as Row | undefined,
    run: async (sql, parameters = []) => (await query(sql, parameters)).rowCount ?? 0,
    insert: async (into, rows) => {
      if (rows.length === 0) return 0;
      return (await query(insertAll(into), [JSON.stringify(rows)])).rowCount ?? 0;
    },
    unfold,
  };
}

/**
 * Postgres keeps neither NUL nor half a letter (a lone surrogate) in text, and would refuse every row of a statement for one of them: the sign
 * for "unreadable" stands in their place, also where they stand as escapes in JSON. Pieces of an emoji cut by a shop are how they come.
 */
function storable(value: Parameter): Parameter {
  if (typeof value !== 'string') return value;
  const text = value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value;
  if (!/^[[{]/.test(text) || !text.includes('\\u')) return text;
  return text.replace(ESCAPES, (found) => (UNSTORABLE.test(found) ? '\\ufffd' : found));
}

/** In JSON: a backslash that is itself escaped and a whole pair are passed over, so that what follows is not taken for half of one. */
const ESCAPES = /\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u0000|\\ud[89a-f][0-9a-f]{2}/gi;
const UNSTORABLE = /^\\u(0000|d[89a-f][0-9a-f]{2})$/i;

/** One statement for all rows: each journey to the server costs more than the unfolding. */
function insertAll({ table, columns, conflict = '' }: Into): string {
  const names = Object.keys(columns);
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => `r.${name}`).join(', ')} FROM ${unfold('r', columns)} WHERE true ${conflict}`;
}

const numberedTexts = new Map<string, string>();

/** `?` → `$1`. Our statements have no `?` inside literals; values are always parameters. */
function numbered(sql: string): string {
  const known = numberedTexts.get(sql);
  if (known !== undefined) return known;
  let place = 0;
  const text = sql.replace(/\?/g, () => `$${++place}`);
  if (numberedTexts.size < 2_000) numberedTexts.set(sql, text);
  return text;
}

const TYPES = { text: 'text', integer: 'bigint', real: 'double precision' } as const;

function unfold(alias: string, columns: UnfoldColumns): string {
  const members = Object.entries(columns).map(([name, type]) => `${name} ${TYPES[type]}`);
  return `json_to_recordset(CAST(? AS json)) AS ${alias}(${members.join(', ')})`;
}

async function durabilityOf(pool: pg.Pool): Promise<DurabilityFact[]> {
  const facts: DurabilityFact[] = [];
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const { rows } = await pool.query(`SELECT current_setting('${name}') AS value`);
    const value = String(rows[0]?.value);
    facts.push({ name, value, wanted: 'on', ok: value !== 'off' });
  }
  return facts;
}
