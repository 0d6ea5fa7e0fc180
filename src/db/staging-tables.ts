import type { Database } from './database.js';

/**
 * Tables an import reads its file into before anything of it counts. Their rows mean nothing once the import is over, however
 * it ends, so they are written without the care of the catalog: on SQLite as temporary tables of the connection that
 * writes, in a file of SQLite's own that nobody waits for and that goes with the process; on Postgres unlogged.
 */
export function stagingTables(engine: Database['engine']): readonly string[] {
  // n = number of the run × 10^9 + place in the file: the rows of a run are one range, and SQLite's own row number.
  const kind = engine === 'sqlite' ? 'TEMP' : 'UNLOGGED';
  const rowNumber = `n ${engine === 'sqlite' ? 'INTEGER' : 'BIGINT'} PRIMARY KEY`;
  return [
    `CREATE ${kind} TABLE staged_product (
      ${rowNumber},
      run INTEGER NOT NULL,
      line INTEGER,
      product_key TEXT NOT NULL,
      status TEXT NOT NULL,
      body TEXT NOT NULL,
      base_body TEXT,
      body_hash TEXT NOT NULL,
      summary TEXT,
      variants INTEGER NOT NULL,
      UNIQUE (run, product_key)
    )`,
    `CREATE ${kind} TABLE staged_variant (
      ${rowNumber},
      run INTEGER NOT NULL,
      line INTEGER,
      product_key TEXT NOT NULL,
      sku TEXT NOT NULL,
      position INTEGER NOT NULL,
      status TEXT NOT NULL,
      content TEXT NOT NULL,
      offer TEXT NOT NULL,
      base_content TEXT,
      base_offer TEXT,
      content_hash TEXT NOT NULL,
      offer_hash TEXT NOT NULL,
      UNIQUE (run, sku)
    )`,
    // n = number of the variant's row.
    `CREATE ${kind} TABLE staged_stock (
      n ${engine === 'sqlite' ? 'INTEGER' : 'BIGINT'} NOT NULL,
      location TEXT NOT NULL,
      on_hand INTEGER NOT NULL,
      as_of TEXT,
      PRIMARY KEY (n, location)
    )${engine === 'sqlite' ? ' WITHOUT ROWID' : ''}`,
  ];
}
