import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ExceptionGroups } from '../../../api/shapes/orders.js';
import { call } from '../../app/call.js';

/** One thing in the queue. */
export type Queued = ExceptionGroups['groups'][number]['items'][number];

/** What needs a person, grouped by reason. */
export const exceptionsQuery = queryOptions({
  queryKey: ['orders', 'exceptions'],
  queryFn: async ({ signal }) =>
    (await call<ExceptionGroups>('GET', '/orders/exceptions', { signal })).groups,
  placeholderData: keepPreviousData,
});

/** Names one thing of the queue in the address. */
export function keyOf({ channel, order, code }: Queued): string {
  return `${code} ${channel} ${order}`;
}
