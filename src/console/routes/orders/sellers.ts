import { queryOptions } from '@tanstack/react-query';
import type { ChannelRow } from '../../../api/shapes/channels.js';
import { call } from '../../app/call.js';

const RARELY_MS = 5 * 60_000;

/** Channels that sell. */
export const sellersQuery = queryOptions({
  queryKey: ['channels', 'sellers'],
  queryFn: async ({ signal }) => {
    const { channels } = await call<{ channels: readonly ChannelRow[] }>('GET', '/channels', { signal });
    return channels.filter(({ capabilities }) => capabilities.includes('orders'));
  },
  staleTime: RARELY_MS,
});
