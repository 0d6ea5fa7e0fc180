import { queryOptions } from '@tanstack/react-query';
import type { PlanStanding } from '../../../api/shapes/plans.js';
import { call } from '../../app/call.js';

/** What waits to be sent, channel by channel. */
export const plansQuery = queryOptions({
  queryKey: ['plans'],
  queryFn: async ({ signal }) =>
    (await call<{ plans: readonly PlanStanding[] }>('GET', '/plans', { signal })).plans,
  refetchInterval: 30_000,
});
