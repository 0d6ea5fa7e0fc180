import type { Migration } from './migration.js';

/** Who makes the price of a listing, as the channel last told. */
export const pricedBy: Migration = {
  name: '0050-priced-by',
  statements: () => ['ALTER TABLE listing ADD COLUMN priced_by TEXT'],
};
