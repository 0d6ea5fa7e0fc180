import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** By what a buyer is found for export and erasure: marks that say nothing without the house's key. */
export const buyerMarks: Migration = {
  name: '0030-buyer-marks',
  statements: (engine) =>
    tables(engine, (schema) =>
      schema.createTable('order_buyer_mark', (table) => {
        table.text('channel').notNullable();
        table.text('external_id').notNullable();
        table.text('kind').notNullable(); // email, phone
        table.text('mark').notNullable();
        table.primary(['channel', 'external_id', 'kind']);
        table.index(['kind', 'mark'], 'order_buyer_mark_by_mark');
      }),
    ),
};
