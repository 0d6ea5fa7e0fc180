import type { Migration } from './migration.js';

/** Which of its channel's lanes a submission went by. */
export const submissionLane: Migration = {
  name: '0028-submission-lane',
  statements: () => ["ALTER TABLE submission ADD COLUMN lane TEXT NOT NULL DEFAULT 'single'"],
};
