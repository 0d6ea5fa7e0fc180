import type { Migration } from './migration.js';

/** Words by which products are found, bytewise ordered so that a range is a prefix, and how far the catalog was gone through for them. */
export const catalogWords: Migration = {
  name: '0064-catalog-words',
  statements: (engine) => [
    `CREATE TABLE catalog_word (product_id INTEGER NOT NULL, word TEXT ${engine === 'sqlite' ? '' : 'COLLATE "C"'} NOT NULL,
       PRIMARY KEY (product_id, word))${engine === 'sqlite' ? ' WITHOUT ROWID' : ''}`,
    'CREATE INDEX catalog_word_by_word ON catalog_word (word, product_id)',
    'CREATE TABLE catalog_word_place (id INTEGER PRIMARY KEY, seq BIGINT NOT NULL, product_id INTEGER NOT NULL, variant_id INTEGER NOT NULL)',
  ],
};
