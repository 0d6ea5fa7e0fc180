import type { Migration } from './migration.js';

/** Under which offer a listing is sold out, who ships it, and when it is looked at again after it was sent. */
export const listingLooks: Migration = {
  name: '0022-listing-looks',
  statements: () => [
    'ALTER TABLE listing ADD COLUMN sent_sold_out TEXT',
    'ALTER TABLE listing ADD COLUMN sold_out TEXT',
    'ALTER TABLE listing ADD COLUMN fulfilled_by TEXT',
    'ALTER TABLE unmanaged ADD COLUMN fulfilled_by TEXT',
    'ALTER TABLE listing ADD COLUMN look_at TEXT',
    'CREATE INDEX listing_look ON listing (channel, look_at) WHERE look_at IS NOT NULL',
  ],
};
