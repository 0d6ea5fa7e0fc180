import type { Migration } from './migration.js';

/** How a listing stands, in one word kept by the database itself, whoever writes the row, and found by it; see `views/listing-words.ts`. */
export const listingWords: Migration = {
  name: '0054-listing-words',
  statements: (engine) => [
    `ALTER TABLE listing ADD COLUMN word TEXT GENERATED ALWAYS AS (${WORD}) ${engine === 'sqlite' ? 'VIRTUAL' : 'STORED'}`,
    'CREATE INDEX listing_by_word ON listing (channel, word, variant_id)',
    // Counting the catalog must not read it.
    "CREATE INDEX variant_ended ON variant (product_id) WHERE status = 'ended'",
    "CREATE INDEX product_ended ON product (id) WHERE status = 'ended'",
  ],
};

const LEAVES = `CASE WHEN owned = 1 THEN CASE WHEN held IS NULL THEN 'removing' ELSE 'held' END
  WHEN verdict = 'removed' THEN 'removed' ELSE 'excluded' END`;

const LISTED = `CASE WHEN held IS NOT NULL THEN 'held'
  WHEN unmanaged = 1 AND owned = 0 THEN 'foreign'
  WHEN verdict = 'live' AND verdict_content_rev = content_rev AND verdict_offer_rev = offer_rev THEN 'live'
  WHEN submission IS NOT NULL THEN 'sent'
  WHEN verdict = 'rejected' AND verdict_content_rev = content_rev
    AND (verdict_offer_rev = offer_rev OR verdict_offer_rev = 'price-first:' || COALESCE(offer_rev, '')) THEN 'rejected'
  ELSE 'due' END`;

// `gone`: not in the catalog any more and not on the channel either, so in no sum.
const WORD = `CASE WHEN state = 'gone' THEN CASE WHEN owned = 0 THEN 'gone' WHEN held IS NULL THEN 'leaving' ELSE 'held-leaving' END
  WHEN state = 'blocked' THEN 'blocked'
  WHEN state = 'excluded' THEN ${LEAVES}
  ELSE ${LISTED} END`;
