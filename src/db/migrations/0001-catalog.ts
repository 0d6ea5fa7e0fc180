import type { Migration } from '../migrate.js';
import { tables } from '../tables.js';

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
          table.text('body').notNullable(); // domain Product as JSON
          table.text('body_hash').notNullable();
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
          table.integer('after').notNullable();
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
          table.index(['product_key', 'id'], 'catalog_change_by_product');
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
        .createTable('staged_product', (table) => {
          table.text('import_id').notNullable();
          table.integer('n').notNullable();
          table.text('product_key').notNullable();
          table.text('status').notNullable();
          table.text('body').notNullable();
          table.text('body_hash').notNullable();
          table.primary(['import_id', 'n']);
          table.unique(['import_id', 'product_key'], { indexName: 'staged_product_by_key' });
        })
        .createTable('staged_variant', (table) => {
          table.text('import_id').notNullable();
          table.integer('n').notNullable();
          table.text('product_key').notNullable();
          table.text('sku').notNullable();
          table.integer('position').notNullable();
          table.text('status').notNullable();
          table.text('content').notNullable();
          table.text('offer').notNullable();
          table.text('content_hash').notNullable();
          table.text('offer_hash').notNullable();
          table.text('stock'); // StockReading[] as JSON; null: the source says nothing
          table.primary(['import_id', 'n']);
          table.unique(['import_id', 'sku'], { indexName: 'staged_variant_by_sku' });
        }),
    ),
    'INSERT INTO catalog_clock (id, value) VALUES (1, 0)',
  ],
};
