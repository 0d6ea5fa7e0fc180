import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** SKUs a channel sells under that the catalog has under another name, as a person said. */
export const skuLinks: Migration = {
  name: '0086-sku-links',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('sku_link', (table) => {
        table.text('channel').notNullable();
        table.text('channel_sku').notNullable();
        table.text('sku').notNullable(); // ours
        table.text('actor').notNullable();
        table.text('at').notNullable();
        table.primary(['channel', 'channel_sku']);
      }),
    ),
};
