import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { AuditCheck, AuditLine } from '../../../api/shapes/reports.js';
import { call } from '../../app/call.js';
import { instantIn } from '../../ui/date-field/date-field.js';
import type { AuditSearch } from './search.js';

/** A page of what was done, the newest first. */
export function auditQuery({ actor, object, since, cursor }: AuditSearch) {
  const query = {
    actor,
    object,
    since: since === undefined ? undefined : instantIn(`${since}T00:00`),
    cursor,
  };
  return queryOptions({
    queryKey: ['audit', 'list', query],
    queryFn: ({ signal }) => call<PageOf<AuditLine>>('GET', '/audit', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

const RARELY_MS = 10 * 60_000;

/** Whether every entry is as it was written. */
export const auditCheckQuery = queryOptions({
  queryKey: ['audit', 'check'],
  queryFn: ({ signal }) => call<AuditCheck>('GET', '/audit/check', { signal }),
  staleTime: RARELY_MS,
});
