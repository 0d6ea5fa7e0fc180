import { queryOptions } from '@tanstack/react-query';
import type { ProblemGroup } from '../../../api/shapes/overview.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** Problems that are open, grouped; `snoozed`: those that were put off, else those that were not. */
export function problemsQuery(snoozed: boolean) {
  return queryOptions({
    queryKey: ['problems', { snoozed }],
    queryFn: ({ signal }) =>
      call<{ groups: readonly ProblemGroup[] }>('GET', '/problems', {
        signal,
        query: snoozed ? { snoozed } : {},
      }),
    refetchInterval: 30_000,
  });
}

/** Puts the problems of a group off until an instant; without one until they change. */
export function snoozeProblem(
  id: string,
  body: { readonly until?: string; readonly note: string },
): Promise<void> {
  return call('POST', `${pathOf('/problems', id)}/snooze`, { body, idempotencyKey: onceKey() });
}

/** Brings the problems of a group back at once. */
export function endSnooze(id: string): Promise<void> {
  return call('DELETE', `${pathOf('/problems', id)}/snooze`);
}
