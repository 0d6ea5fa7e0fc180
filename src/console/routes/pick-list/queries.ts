import { queryOptions } from '@tanstack/react-query';
import type { PickLists } from '../../../api/shapes/order-work.js';
import { call } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';

/** What is to be fetched at one location. */
export type PickList = PickLists['lists'][number];

/** Pick lists without the names of buyers. */
export function pickListsQuery(location: string | undefined) {
  return queryOptions({
    queryKey: ['orders', 'pick-list', { location }],
    queryFn: async ({ signal }) =>
      (await call<PickLists>('GET', '/orders/pick-list', { query: { location }, signal })).lists,
  });
}

/** The same with the names; that they were looked at is written down. */
export async function pickListsWithNames(location: string | undefined): Promise<readonly PickList[]> {
  const { lists } = await call<PickLists>('POST', '/orders/pick-list/names', {
    body: location === undefined ? {} : { location },
    idempotencyKey: onceKey(),
  });
  return lists;
}
