import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { PageOf } from '../../../api/paging.js';
import type { OrderCounts, OrderLine } from '../../../api/shapes/orders.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { OrdersSearch } from './search.js';

/** A page of orders. The rows of before stay while the next ones come. */
export function ordersQuery({ tab = 'to-ship', channel, q, late, cursor }: OrdersSearch) {
  const query = { tab, channel, q, late, cursor };
  return queryOptions({
    queryKey: ['orders', 'list', query],
    queryFn: ({ signal }) => call<PageOf<OrderLine>>('GET', '/orders', { query, signal }),
    placeholderData: keepPreviousData,
  });
}

/** How many orders every tab holds. */
export function orderCountsQuery(channel: string | undefined) {
  return queryOptions({
    queryKey: ['orders', 'counts', { channel }],
    queryFn: ({ signal }) => call<OrderCounts>('GET', '/orders/counts', { query: { channel }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** Has an order placed in the shop now, whatever the policy of its channel. */
export function placeOrder({ channel, order }: Pick<OrderLine, 'channel' | 'order'>): Promise<void> {
  return call<void>('POST', `${pathOf('/orders', channel, order)}/place`, { idempotencyKey: onceKey() });
}
