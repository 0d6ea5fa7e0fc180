import type { Migration } from './migration.js';

/** Ticks whose job was not woken yet: whoever claimed one may have died before it did. */
export const owedTicks: Migration = {
  name: '0100-owed-ticks',
  statements: () => [
    'ALTER TABLE schedule_tick ADD COLUMN owed INTEGER NOT NULL DEFAULT 0',
    'CREATE INDEX schedule_tick_owed ON schedule_tick (planned_at) WHERE owed = 1',
  ],
};
