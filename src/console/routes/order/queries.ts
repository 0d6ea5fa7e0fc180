import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RevealedBuyer } from '../../../api/shapes/order-actions.js';
import type { Locations } from '../../../api/shapes/order-work.js';
import type { Order } from '../../../api/shapes/orders.js';
import { call, pathOf } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import { remark } from '../../ui/toast/toast.js';

/** Which order. */
export type OrderPlace = Pick<Order, 'channel' | 'order'>;
/** A line of an order. */
export type Line = Order['lines'][number];
/** What needs a person. */
export type OrderException = Order['exceptions'][number];

/** Everything about one order but its buyer. */
export function orderQuery(channel: string, order: string) {
  return queryOptions({
    queryKey: ['orders', 'one', channel, order],
    queryFn: ({ signal }) => call<Order>('GET', pathOf('/orders', channel, order), { signal }),
  });
}

const RARELY_MS = 5 * 60_000;

/** Warehouses and stores. */
export const locationsQuery = queryOptions({
  queryKey: ['locations'],
  queryFn: async ({ signal }) => (await call<Locations>('GET', '/locations', { signal })).items,
  staleTime: RARELY_MS,
});

/** Something a person does about an order: `shipments`, `cancel`, … Each press is one write. */
export type OrderDeed =
  | 'shipments'
  | 'cancel'
  | 'refund'
  | 'return'
  | 'pickup'
  | 'assign'
  | 'place'
  | 'take-over'
  | 'resolve'
  | 'confirm';

/** Does something about an order, says so in a remark, and reads everything about orders again. */
export function useOrderDeed<Answer = void>(
  { channel, order }: OrderPlace,
  deed: OrderDeed,
  done: (answer: Answer) => string,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body?: unknown) =>
      call<Answer>('POST', `${pathOf('/orders', channel, order)}/${deed}`, {
        ...(body === undefined ? {} : { body }),
        idempotencyKey: onceKey(),
      }),
    onSuccess: async (answer) => {
      remark({ text: done(answer) });
      await client.invalidateQueries({ queryKey: ['orders'] });
    },
  });
}

/** Name and street of the buyer; that it was looked at is written down. */
export function revealBuyer({ channel, order }: OrderPlace): Promise<RevealedBuyer> {
  return call<RevealedBuyer>('POST', `${pathOf('/orders', channel, order)}/reveal`, {
    idempotencyKey: onceKey(),
  });
}

/** Says which of our SKUs a channel means by one of its own. */
export function matchSku(channel: string, match: { channelSku: string; sku: string }): Promise<void> {
  return call<void>('POST', `${pathOf('/orders', channel)}/match`, {
    body: match,
    idempotencyKey: onceKey(),
  });
}
