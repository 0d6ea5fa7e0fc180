import type { Database } from '../database.js';

/** One step of the schema. Runs in one transaction: the schema is before it or after it, never between. */
export interface Migration {
  /** `0001-catalog`: number and subject, never renamed. */
  readonly name: string;
  statements(engine: Database['engine']): readonly string[];
}
