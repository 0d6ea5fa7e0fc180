import type { SourceNewSearch } from './search.js';

/** What each step is given. */
export interface StepProps {
  readonly search: SourceNewSearch;
  /** Says more, and goes on to a step where one is named. */
  go(more: SourceNewSearch): void;
}
