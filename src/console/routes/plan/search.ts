import { type Given, type ListPlace, placeIn, wordIn } from '../../app/search-params.js';

/** Kinds of change. */
export const CHANGES = ['create', 'update', 'offer', 'remove'] as const;

/** What the address of the page says: which changes are listed. */
export interface PlanSearch extends ListPlace {
  readonly change?: (typeof CHANGES)[number] | undefined;
  readonly held?: 'yes' | undefined;
}

/** Reads the address; what is not understood is left out. */
export function readPlanSearch(given: Given): PlanSearch {
  return {
    change: wordIn(given, 'change', CHANGES),
    held: wordIn(given, 'held', ['yes'] as const),
    ...placeIn(given),
  };
}
