import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { Run, RunRow, Schedules } from '../../../api/shapes/runs.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { RunsSearch } from './search.js';

/** A page of runs, the newest first. */
export function runsQuery({ job, key, outcome, cursor }: RunsSearch) {
  const query = { job, key, outcome, cursor };
  return queryOptions({
    queryKey: ['runs', 'list', query],
    queryFn: ({ signal }) => call<PageOf<RunRow>>('GET', '/runs', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One run with every line it told. */
export function runQuery(id: string) {
  return queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => call<Run>('GET', pathOf('/runs', id), { signal }),
  });
}

/** Schedules with their next instants, and when each job last looked. */
export const schedulesQuery = queryOptions({
  queryKey: ['schedules'],
  queryFn: ({ signal }) => call<Schedules>('GET', '/schedules', { signal }),
});

/** Has a scheduled job look now, stops a schedule, or lets it go on. */
export function tellSchedule(id: string, deed: 'run' | 'pause' | 'resume'): Promise<void> {
  return call<void>('POST', `${pathOf('/schedules', id)}/${deed}`, { idempotencyKey: onceKey() });
}
