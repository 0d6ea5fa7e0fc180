import { type Given, wordIn } from '../../app/search-params.js';

/** The tabs of the page. */
export const PROBLEM_TABS = ['you', 'heals', 'snoozed'] as const;

/** One of them. */
export type ProblemTab = (typeof PROBLEM_TABS)[number];

/** Reads the address; what is not understood is left out. */
export function readProblemsSearch(given: Given): { readonly tab?: ProblemTab | undefined } {
  return { tab: wordIn(given, 'tab', PROBLEM_TABS) };
}
