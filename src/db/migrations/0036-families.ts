import { tables } from '../tables.js';
import type { Migration } from './migration.js';

/** Parents of variation families, and which listing belongs under which. */
export const familyTables: Migration = {
  name: '0036-families',
  statements: (engine) => [
    ...tables(engine, (schema) =>
      schema
        .createTable('family', (table) => {
          table.text('channel').notNullable();
          table.text('sku').notNullable(); // of the parent
          table.text('kind');
          table.text('attributes').notNullable(); // short form as the mapping wrote it, JSON
          table.text('revision').notNullable();
          table.integer('speaker').notNullable(); // the variant whose listing told the parent
          table.text('sent_revision'); // null: nothing of ours is there; ?: something unknown is
          table.text('sent_at');
          table.text('sent_action'); // upsert, remove
          table.text('submission'); // the channel's handle of what is under way
          table.integer('readable').notNullable().defaultTo(0); // 1: the channel shows it, so children may join
          table.text('refused'); // revision, and that of the rules, for which it was refused: not sent again until one differs
          table.text('issues');
          table.text('external_id');
          table.integer('foreign_owned').notNullable().defaultTo(0); // 1: it was there before us: used, never written
          table.text('look_at');
          table.integer('looks').notNullable().defaultTo(0);
          table.integer('attempts').notNullable().defaultTo(0);
          table.text('seen_at'); // last read-back that showed it
          table.primary(['channel', 'sku']);
          table.index(['channel', 'look_at'], 'family_by_look');
        })
        .createTable('family_member', (table) => {
          table.text('channel').notNullable();
          table.integer('variant_id').notNullable();
          table.text('parent'); // where it belongs; null: nowhere any more
          table.text('linked'); // where the channel has it
          table.text('sent_link'); // parent last sent with the listing, empty: none; becomes `linked` with the verdict
          table.text('sent_rev'); // revision of the content it was sent with
          table.text('sent_names'); // names of the attributes of the last whole listing, JSON
          table.primary(['channel', 'variant_id']);
          table.index(['channel', 'parent'], 'family_member_by_parent');
        }),
    ),
    'CREATE INDEX family_member_by_sent ON family_member (channel) WHERE sent_link IS NOT NULL',
    'CREATE INDEX family_member_apart ON family_member (channel) WHERE parent IS NOT NULL AND (linked IS NULL OR linked <> parent)',
  ],
};
