import { type Given, type ListPlace, placeIn, textIn, wordIn } from '../../app/search-params.js';

/** How a run can have ended. */
export const OUTCOMES = ['running', 'done', 'failed'] as const;

/** What the address of the list says. */
export interface RunsSearch extends ListPlace {
  readonly job?: string | undefined;
  readonly key?: string | undefined;
  readonly outcome?: (typeof OUTCOMES)[number] | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readRunsSearch(given: Given): RunsSearch {
  return {
    job: textIn(given, 'job'),
    key: textIn(given, 'key'),
    outcome: wordIn(given, 'outcome', OUTCOMES),
    ...placeIn(given),
  };
}
