import { queryOptions } from '@tanstack/react-query';
import type { Listing } from '../../../api/shapes/listing.js';
import type { HistoryEntry } from '../../../api/shapes/product.js';
import { call, pathOf } from '../../app/call.js';

/** Everything about one listing: as wanted, as sent, as shown. */
export function listingQuery(channel: string, sku: string) {
  return queryOptions({
    queryKey: ['listing', channel, sku],
    queryFn: ({ signal }) => call<Listing>('GET', pathOf('/listings', channel, sku), { signal }),
  });
}

/** What changed about a variant, newest first. */
export function historyQuery(sku: string) {
  return queryOptions({
    queryKey: ['history', sku],
    queryFn: async ({ signal }) =>
      (
        await call<{ entries: readonly HistoryEntry[] }>('GET', `${pathOf('/variants', sku)}/history`, {
          signal,
        })
      ).entries,
  });
}
