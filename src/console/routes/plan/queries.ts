import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { Plan, PlanChange } from '../../../api/shapes/plans.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { PlanSearch } from './search.js';

/** What would be sent to a channel now: numbers, holds and the checksum that approves it. */
export function planQuery(channel: string) {
  return queryOptions({
    queryKey: ['plan', channel],
    queryFn: ({ signal }) => call<Plan>('GET', pathOf('/plans', channel), { signal }),
  });
}

/** A page of its changes with what each changes. */
export function changesQuery(channel: string, { change, held, cursor }: PlanSearch) {
  const query = { change, cursor, ...(held === undefined ? {} : { held: true }) };
  return queryOptions({
    queryKey: ['plan', channel, 'changes', query],
    queryFn: ({ signal }) =>
      call<PageOf<PlanChange>>('GET', `${pathOf('/plans', channel)}/changes`, { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** What whoever decides about a plan was shown of it. */
export type ShownPlan = Pick<Plan, 'channel' | 'checksum' | 'planned' | 'held'>;

/** Lets this very plan through, with as many held as were shown. Throws `plan_moved` (409) when it is another one by now. */
export function approvePlan({ channel, checksum, held }: ShownPlan): Promise<void> {
  return call<void>('POST', `${pathOf('/plans', channel)}/approve`, {
    body: { checksum, count: held },
    idempotencyKey: onceKey(),
  });
}

/** Turns this very plan down: what is held stays as it is. Throws `plan_moved` (409) when it is another one by now. */
export function rejectPlan({ channel, checksum }: ShownPlan, note: string): Promise<void> {
  return call<void>('POST', `${pathOf('/plans', channel)}/reject`, {
    body: { checksum, ...(note === '' ? {} : { note }) },
    idempotencyKey: onceKey(),
  });
}
