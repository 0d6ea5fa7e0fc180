import { queryOptions } from '@tanstack/react-query';
import { call } from '../../app/call.js';

/** A line of the checklist, with the number that says whether it is done. */
export interface FirstStep {
  readonly step: 'products' | 'channel' | 'ready' | 'first-listing' | 'real-channel' | 'real-listing';
  readonly done: boolean;
  readonly count: number;
}

/** How far a new house is. */
export const startQuery = queryOptions({
  queryKey: ['start'],
  queryFn: ({ signal }) =>
    call<{ steps: readonly FirstStep[]; finished: boolean }>('GET', '/start', { signal }),
});
