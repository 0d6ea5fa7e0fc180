import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ChannelHistory, Overview } from '../../../api/shapes/overview.js';
import { call } from '../../app/call.js';

const AGAIN_MS = 30_000;

/** How everything stands; looked at again every half minute and when the stream says so. */
export function overviewQuery(since: string | undefined) {
  return queryOptions({
    queryKey: ['overview', { since }],
    queryFn: ({ signal }) => call<Overview>('GET', '/overview', { query: { since }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  });
}

const HISTORY_MS = 5 * 60_000;

/** How channels stood over the last 30 days. */
export const historyQuery = queryOptions({
  queryKey: ['overview', 'history'],
  queryFn: ({ signal }) => call<ChannelHistory>('GET', '/overview/history', { query: { days: 30 }, signal }),
  staleTime: HISTORY_MS,
});
