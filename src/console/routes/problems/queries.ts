import { queryOptions } from '@tanstack/react-query';
import type { ProblemGroup } from '../../../api/shapes/overview.js';
import { call } from '../../app/call.js';

/** Problems that are open, grouped. */
export const problemsQuery = queryOptions({
  queryKey: ['problems'],
  queryFn: ({ signal }) => call<{ groups: readonly ProblemGroup[] }>('GET', '/problems', { signal }),
  refetchInterval: 30_000,
});
