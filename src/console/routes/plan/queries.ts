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

/** Lets this very plan through: another one that came meanwhile is held again. */
export function approvePlan({ channel, checksum }: Pick<Plan, 'channel' | 'checksum'>): Promise<void> {
  return call<void>('POST', `${pathOf('/plans', channel)}/approve`, {
    body: { checksum },
    idempotencyKey: onceKey(),
  });
}
