import type { Migration } from './migration.js';

/**
 * Channel, word and variant of every listing as rows of their own, so that counting and listing by word reads nothing else. SQLite does not
 * count in an index of a computed column without reading the rows; there triggers keep a table. Postgres does: there it is a view.
 */
export const listingWordRows: Migration = {
  name: '0084-listing-word-rows',
  statements: (engine) => (engine === 'sqlite' ? SQLITE : POSTGRES),
};

const POSTGRES = ['CREATE VIEW listing_word AS SELECT channel, word, variant_id FROM listing'];

const SQLITE = [
  'DROP INDEX listing_by_word',
  `CREATE TABLE listing_word (channel TEXT NOT NULL, word TEXT NOT NULL, variant_id INTEGER NOT NULL,
     PRIMARY KEY (channel, word, variant_id)) WITHOUT ROWID`,
  'INSERT INTO listing_word (channel, word, variant_id) SELECT channel, word, variant_id FROM listing',
  `CREATE TRIGGER listing_word_first AFTER INSERT ON listing
   BEGIN INSERT INTO listing_word (channel, word, variant_id) VALUES (NEW.channel, NEW.word, NEW.variant_id); END`,
  `CREATE TRIGGER listing_word_next AFTER UPDATE ON listing WHEN NEW.word <> OLD.word
   BEGIN UPDATE listing_word SET word = NEW.word WHERE channel = OLD.channel AND word = OLD.word AND variant_id = OLD.variant_id; END`,
  `CREATE TRIGGER listing_word_last AFTER DELETE ON listing
   BEGIN DELETE FROM listing_word WHERE channel = OLD.channel AND word = OLD.word AND variant_id = OLD.variant_id; END`,
];
