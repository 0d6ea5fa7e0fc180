import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** The source of truth: products, variants, stock, their history, imports with their staging, and overrides. */
export const catalogTables: Migration = {
  name: '0001-catalog',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('catalog_clock', (table) => {
          table.integer('id').primary();
          table.bigInteger('value').notNullable();
        })
        .createTable('product', (table) => {
          table.increments('id');
          table.text('product_key').notNullable().unique(); // the merchant's id of the product
          table.text('source').notNullable();
          table.text('status').notNullable();
          table.text('body').notNullable(); // domain Product as JSON, without the summary
          table.text('base_body'); // as its own source says it, when supplements changed the body
          table.text('body_hash').notNullable();
          table.text('summary'); // domain ProductSummary as JSON
          table.bigInteger('seq').notNullable();
        })
        .createTable('variant', (table) => {
          table.increments('id');
          table.integer('product_id').notNullable().references('product.id');
          table.text('sku').notNullable().unique();
          table.text('source').notNullable();
          table.integer('position').notNullable();
          table.text('status').notNullable();
          table.text('content').notNullable(); // domain VariantContent as JSON
          table.text('offer').notNullable(); // domain VariantOffer as JSON
          table.text('base_content'); // as its own source says it, when supplements changed content or offer
          table.text('base_offer');
          table.text('content_hash').notNullable();
          table.text('offer_hash').notNullable();
          table.text('ended_at');
          table.bigInteger('seq').notNullable();
          table.index(['seq', 'product_id', 'id'], 'variant_by_seq');
          table.index(['product_id', 'id'], 'variant_by_product');
        })
        .createTable('stock_level', (table) => {
          table.text('sku').notNullable();
          table.text('location').notNullable();
          table.integer('on_hand').notNullable();
          table.text('source').notNullable(); // the one stated owner of the count at this location
          table.text('read_at').notNullable();
          table.primary(['sku', 'location']);
        })
        .createTable('stock_movement', (table) => {
          table.increments('id');
          table.text('sku').notNullable();
          table.text('location').notNullable();
          table.integer('before');
          table.integer('after'); // null: nobody counts it any more
          table.text('cause').notNullable();
          table.text('at').notNullable();
          table.index(['sku', 'id'], 'stock_movement_by_sku');
        })
        .createTable('catalog_change', (table) => {
          table.increments('id');
          table.text('sku');
          table.text('product_key').notNullable();
          table.text('lane').notNullable(); // product, content, offer, status
          table.text('field').notNullable();
          table.text('old');
          table.text('new');
          table.text('actor').notNullable(); // import:<id>, operator:<name>
          table.text('at').notNullable();
          table.bigInteger('seq').notNullable();
          table.index(['sku', 'id'], 'catalog_change_by_sku');
        })
        .createTable('catalog_override', (table) => {
          table.text('channel').notNullable(); // '*' for every channel
          table.text('scope').notNullable(); // product or variant
          table.text('scope_key').notNullable(); // product id or SKU
          table.text('attributes').notNullable();
          table.text('exclude');
          table.text('actor').notNullable();
          table.text('at').notNullable();
          table.primary(['channel', 'scope', 'scope_key']);
        })
        .createTable('import_run', (table) => {
          table.text('id').primary();
          table.integer('number').notNullable().unique(); // staged rows carry it
          table.text('source').notNullable();
          table.text('state').notNullable(); // staging, held, merged, failed
          table.text('started_at').notNullable();
          table.text('finished_at');
          table.text('facts').notNullable(); // counts, encoding, format, columns as JSON
          table.text('error');
          table.index(['source', 'started_at'], 'import_run_by_source');
        })
        .createTable('import_error', (table) => {
          table.text('import_id').notNullable();
          table.integer('n').notNullable();
          table.integer('line').notNullable();
          table.text('column_name');
          table.text('row_key');
          table.text('severity').notNullable();
          table.text('code').notNullable();
          table.text('reason').notNullable();
          table.primary(['import_id', 'n']);
        })
        .createTable('supplement', (table) => {
          table.text('source').notNullable();
          table.text('scope').notNullable(); // product or variant
          table.text('scope_key').notNullable(); // product id or SKU
          table.integer('priority').notNullable(); // higher wins
          table.text('content').notNullable(); // members that replace or add, as JSON
          table.text('offer').notNullable();
          table.text('hash').notNullable();
          table.integer('run').notNullable(); // number of the import that stated it last
          table.primary(['source', 'scope', 'scope_key']);
          table.index(['scope', 'scope_key'], 'supplement_by_key');
        }),
    ),
    // Changes of variants are found by SKU; an index of them by product would cost every import and serve nobody.
    'CREATE INDEX catalog_change_by_product ON catalog_change (product_key, id) WHERE sku IS NULL',
    'INSERT INTO catalog_clock (id, value) VALUES (1, 0)',
    stagedProduct(engine),
    stagedVariant(engine),
  ],
};

// Written out for their key: a number that SQLite takes as its own row number, so that staging writes one tree less.
// n = number of the run × 10^9 + place in the file: the rows of a run are one range.
const rowNumber = (engine: 'sqlite' | 'postgres') =>
  `n ${engine === 'sqlite' ? 'INTEGER' : 'BIGINT'} PRIMARY KEY`;

const stagedProduct = (engine: 'sqlite' | 'postgres') => `CREATE TABLE staged_product (
  ${rowNumber(engine)},
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
)`;

const stagedVariant = (engine: 'sqlite' | 'postgres') => `CREATE TABLE staged_variant (
  ${rowNumber(engine)},
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
  stock TEXT,
  UNIQUE (run, sku)
)`;
